"""Where one writes, an answer or a new message: its draft, its buttons, what it carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import french
from sandbox.access import actor
from sandbox.account.models import Record, User
from sandbox.documents.models import Document
from sandbox.messaging import budget, drafts, service
from sandbox.messaging.forms import ALL, ALONE, NewMessage, Reply
from sandbox.messaging.models import Conversation, Draft

KEPT = "Brouillon enregistré à {}"
REMOVED = "« {} » n’est plus joint à votre message."
TURNING = {"brouillon", "joindre", "retirer"}  # the buttons that do not send


@dataclass(frozen=True)
class Place:
    """An exchange, or a new message to somebody."""

    record: Record
    talk: Conversation | None = None
    to: User | None = None

    @property
    def professional(self) -> User:
        found = self.talk.professional if self.talk else self.to
        assert found is not None  # noqa: S101
        return found

    def address(self, anchor: str | None = "ecrire") -> str:
        """The page where one writes there."""
        if self.talk:
            return url_for("messaging.show", ref=self.talk.ref, _anchor=anchor)
        return url_for("messaging.write_anew", ref=self.professional.ref, _anchor=anchor)

    @property
    def action(self) -> str:
        """Where the form is sent."""
        return self.address(None)

    @property
    def keeping(self) -> str:
        """Where a page with JavaScript sends what is typed, at each pause."""
        if self.talk:
            return url_for("messaging.keep_reply", ref=self.talk.ref)
        return url_for("messaging.keep_new", ref=self.professional.ref)


class Desk:
    """The page where one writes, between two presses of its buttons."""

    def __init__(self, place: Place, *, sent: bool) -> None:
        self.place, self.draft = place, drafts.find(actor(), place.record, place.talk, place.to)
        kind: type[Reply] = Reply if place.talk else NewMessage
        self.form = kind(place.talk) if sent else kind(place.talk, formdata=None, data=_of(self.draft))

    @property
    def pieces(self) -> list[Document]:
        return [piece.document for piece in self.draft.pieces] if self.draft else []

    @property
    def budget(self) -> str:
        """« 2,3 Mo sur 10 Mo ; il reste 7,7 Mo »."""
        return budget.told(self.draft) if self.draft else ""

    @property
    def footer(self) -> str:
        """What the message will say of whoever writes it for somebody else."""
        return service.footer(actor(), self.place.record)

    def keep(self) -> bool:
        """What was typed becomes the draft, unless it looks real: whether it does."""
        form = self.form
        if not form.may_be_kept():
            return False
        self.draft = drafts.of(actor(), self.place.record, self.place.talk, self.place.to)
        drafts.keep(
            self.draft, subject=form.about, body=form.text.data or "", aside=form.is_aside, receipt_asked=form.receipt.data
        )
        return True

    def turned(self) -> ResponseReturnValue | None:
        """Where a button that does not send leads to, once what was typed is kept."""
        wanted, _, ref = request.form.get("do", "").partition(":")
        if wanted not in TURNING or not self.keep() or self.draft is None:
            return None
        if wanted == "joindre":
            return redirect(url_for("messaging.attach", ref=self.draft.ref))
        if wanted == "retirer":
            if document := drafts.remove(self.draft, ref):
                flash(REMOVED.format(document.title), "done")
            return redirect(self.place.address("pieces"))
        flash(f"{told(self.draft)}. Vous le retrouverez dans « Messages », puis « Brouillons ».", "done")
        return redirect(self.place.address())

    def is_ready(self) -> bool:
        """Whether the message may go; otherwise its form says why, and the draft holds what was typed."""
        return self.keep() and bool(self.form.validate_on_submit())


def told(draft: Draft) -> str:
    """« Brouillon enregistré à 14 h 32 »."""
    return KEPT.format(french.hour(draft.written_at))


def place_of(draft: Draft) -> Place:
    """Where a draft is being written."""
    return Place(draft.record, draft.conversation, draft.to)


def _of(draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {}
    return {
        "text": draft.body, "subject": draft.subject, "receipt": draft.receipt_asked, "aside": ALONE if draft.aside else ALL,
    }
