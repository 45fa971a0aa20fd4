"""From a pack to rows: the exchanges of a seat, each message with copies of what was attached to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox import acts, texts
from sandbox.blobs import TEMPLATE
from sandbox.workshops.packs import Item
from sandbox.workshops.rows import told_date, told_moment

if TYPE_CHECKING:
    from sandbox.workshops.story import Story


def tell(story: Story) -> None:
    for item in story.pack.conversations:
        last = item["message"][-1]
        talk = story.rows.add(
            "conversation", ref=story.ref("conversation", item["ref"]), record_id=story.record,
            professional_id=story.actor(item["professional"]), slug=item["ref"], subject=item["subject"],
            state=item.get("state", "open"), last_at=told_moment(last["day"], last["at"]),
        )
        for at, message in enumerate(item["message"]):
            _message(story, item, talk, f"{item['ref']}-{at}", message)


def _message(story: Story, item: Item, talk: str, slug: str, message: Item) -> None:
    ref = story.rows.add(
        "message", ref=story.ref("message", slug), conversation_id=talk,
        sender_id=story.actor(message["from"]), body=texts.render(message["text"].strip(), story.values),
        sent_at=told_moment(message["day"], message["at"]),
        read_at=told_moment(message["day"], "21:00") if message.get("read", True) else None,
    )
    for at, attached in enumerate(message.get("attach", [])):
        _piece(story, item, message, story.ref("document", f"{slug}/{at}"), attached)
        story.rows.add("attachment", message_id=ref, document_id=story.ref("document", f"{slug}/{at}"))
    act: type[acts.Act] = acts.MessageReplied if message["from"] == "patient" else acts.MessageReceived
    story.event(message, act, message["from"], {"conversation": {"subject": item["subject"]}}, talk)


def _piece(story: Story, talk: Item, message: Item, ref: str, attached: str | Item) -> None:
    """What was attached stays as it was sent: a copy of a document, or a sheet that the sender wrote for it."""
    by = {"author": message["from"], "day": message["day"]}
    sheet: Item = by | (story.sheets[attached] if isinstance(attached, str) else attached)
    sent = told_moment(message["day"], message["at"])
    story.rows.add(
        "document", ref=ref, record_id=story.record, author_id=story.actor(sheet["author"]),
        title=sheet["title"], category=sheet["category"], kind=sheet.get("type", ""), loose=True,
        dated=told_date(sheet["day"]), deposited_at=sent, opened_at=sent,
        confidentiality="N", blob_hash=story.blob(story.pack.text(sheet["ref"])), media_type=TEMPLATE,
    )
    if isinstance(attached, str) and message["from"] == "patient":
        about = {"document": {"title": sheet["title"]}, "professional": {"name": story.names[talk["professional"]]}}
        story.event(message, acts.DocumentSent, "patient", about, story.ref("document", attached))
