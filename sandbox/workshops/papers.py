"""Numeric prescriptions: their readable copy, which goes among the documents, and those that a pack tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox import acts
from sandbox.numbers import prescription_number
from sandbox.workshops.packs import Item, draw
from sandbox.workshops.rows import told_date, told_moment

if TYPE_CHECKING:
    from sandbox.workshops.story import Story

KINDS = {"products": "57833-6", "nursing": "PRESC-INF", "physiotherapy": "PRESC-KINE", "biology": "PRESC-BIO"}
FIRST_PRESENTATION_DAYS = 91  # three months to present a prescription (reference §2.4)


def prescription_title(drugs: list[str]) -> str:
    """« Ordonnance numérique – metformine, amlodipine, atorvastatine »."""
    return ("Ordonnance numérique – " + ", ".join(drug.split()[0] for drug in drugs))[:80]


def prescription_text(lines: list[dict[str, Any]]) -> str:
    """The readable copy that goes among the documents, in Markdown."""
    told = []
    for line in lines:
        renewals = f" À renouveler {line['renewals']} fois." if line.get("renewals") else ""
        only = "" if line.get("substitution", True) else f" Non substituable : {line.get('reason', '')}."
        told.append(f"- **{line['drug']}**  \n  {line['posology']}, pendant {line['duration_days']} jours.{renewals}{only}")
    return "\n".join(told)


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
            _line(story, f"{item['ref']}-{position}", signed, position, line)


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
        act: type[acts.Act] = acts.LineRefused if delivery.get("refused") else acts.LineDelivered
        story.event(delivery, act, delivery["pharmacist"], {"line": {"drug": line["drug"]}}, signed)
