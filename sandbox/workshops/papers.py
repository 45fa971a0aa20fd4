"""Numeric prescriptions: their readable copy, which goes among the documents, and those that a pack tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sandbox import acts
from sandbox.french import NBSP, several
from sandbox.numbers import prescription_number
from sandbox.workshops.packs import Item, draw
from sandbox.workshops.rows import told_date, told_moment

if TYPE_CHECKING:
    from sandbox.workshops.story import Story

KINDS = {"products": "57833-6", "nursing": "PRESC-INF", "physiotherapy": "PRESC-KINE", "biology": "PRESC-BIO"}
CARES = {"passage", "séance", "analyse"}
TITLE, LONGEST_TITLE = "Ordonnance numérique – ", 80
NAME_ENDS = re.compile(r",|\s\d")
MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
ACTS = {True: (acts.LineDelivered, acts.LineRefused), False: (acts.LinePerformed, acts.CareRefused)}  # products, or care
FIRST_PRESENTATION_DAYS = 91  # three months to present a prescription (reference §2.4)


def prescription_title(drugs: list[str]) -> str:
    """« Ordonnance numérique – metformine, amlodipine, atorvastatine »."""
    names = [NAME_ENDS.split(drug)[0] for drug in drugs]
    while len(told := f"{TITLE}{', '.join(names)}") > LONGEST_TITLE and len(names) > 1:
        names = [*names[:-2], "…"] if names[-1] == "…" else [*names[:-1], "…"]
    return told[:LONGEST_TITLE]


def words_of(line: Mapping[str, Any]) -> str:
    """How to take it, for how long, how much of it, in sentences that a pharmacist and a patient read alike."""
    told = [f"{_when(line)}{NBSP}: {several(line['quantity'], line.get('unit') or 'boîte')}."]
    if renewals := line.get("renewals"):
        told.append(f"À renouveler {several(renewals, 'fois', 'fois')}.")
    if not line.get("substitution", True):
        told.append(f"Non substituable{NBSP}: {line.get('reason') or 'sans motif'}.")
    if line.get("ald"):
        told.append("En rapport avec une affection de longue durée (ALD).")
    return " ".join(told)


def _when(line: Mapping[str, Any]) -> str:
    """« 1 comprimé matin et soir, pendant 28 jours »; a care done once is done within that time."""
    days = several(line["duration_days"], "jour")
    once = line["quantity"] == 1 and line.get("unit") in CARES
    posology = str(line["posology"]).rstrip(". ")
    return f"{posology[:1].upper()}{posology[1:]}, {'dans les' if once else 'pendant'} {days}"


def prescription_text(lines: Iterable[Mapping[str, Any]]) -> str:
    """The readable copy that goes among the documents, in Markdown; what was typed is no Markdown."""
    return "\n".join(f"- **{_plain(line['drug'])}**  \n  {_plain(words_of(line))}" for line in lines)


def _plain(typed: str) -> str:
    return MARKUP.sub(r"\\\1", typed)


def tell(story: Story) -> None:
    """The prescriptions of a seat, with what pharmacists did of them."""
    for item in story.pack.prescriptions:
        kind = item.get("kind", "products")
        signed = story.rows.add(
            "prescription", kind=kind, ref=story.ref("prescription", item["ref"]), record_id=story.record,
            prescriber_id=story.actor(item["prescriber"]), document_id=_copy(story, item), slug=item["ref"],
            number=prescription_number(draw(story.seed, story.seat, "number", item["ref"])),
            signed_at=told_moment(item["day"], item["at"]),
            valid_until=told_date(item["day"] + FIRST_PRESENTATION_DAYS),
            cancelled_at=told_moment(item["day"], "18:00") if item.get("cancelled") else None,
        )
        for position, line in enumerate(item["line"], 1):
            _line(story, f"{item['ref']}-{position}", signed, position, line | {"kind": kind})


def _copy(story: Story, item: Item) -> str:
    sheet = {
        "ref": f"o-{item['ref']}"[:40], "title": prescription_title([line["drug"] for line in item["line"]]),
        "category": "ORD_SOIN", "type": KINDS[item.get("kind", "products")], "author": item["prescriber"], "day": item["day"], "at": item["at"],
    }
    return story.document(sheet, prescription_text(item["line"]))


def _line(story: Story, slug: str, signed: str, position: int, line: Item) -> None:
    deliveries = line.get("delivery", [])
    ref = story.rows.add(
        "line", ref=story.ref("line", slug), prescription_id=signed, position=position,
        drug=line["drug"], posology=line["posology"], duration_days=line["duration_days"],
        quantity=line["quantity"], unit=line.get("unit", "boîte"), renewals=line.get("renewals", 0),
        substitution=line.get("substitution", True), reason=line.get("reason", ""),
        code=line.get("code", ""), dose=line.get("dose", ""), frequency=line.get("frequency", ""), ald=line.get("ald", False),
        delivered=sum(d["quantity"] for d in deliveries),
    )
    for at, delivery in enumerate(deliveries):
        story.rows.add(
            "delivery", ref=story.ref("delivery", f"{slug}-{at}"), line_id=ref,
            pharmacist_id=story.actor(delivery["pharmacist"]), quantity=delivery["quantity"],
            at=told_moment(delivery["day"], delivery["at"]), substituted=delivery.get("substituted", ""),
            refused=delivery.get("refused", ""), note=delivery.get("note", ""), why=delivery.get("why", ""),
            posology=delivery.get("posology", ""),
        )
        done, not_done = ACTS[line["kind"] == "products"]
        act: type[acts.Act] = not_done if delivery.get("refused") else done
        story.event(delivery, act, delivery["pharmacist"], {"line": {"drug": line["drug"]}}, signed)
