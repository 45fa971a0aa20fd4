"""A connected glucose meter: its readings are kept at the firm first, then given to the portal if it takes them."""

from __future__ import annotations

import random
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from sandbox import clock, french
from sandbox.catalogue import exchanges
from sandbox.clock import PARIS
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.partners import notes
from sandbox.partners.models import Customer, Note

SLUG, GLUCOSE = "glyco-suivi", "glycemie"  # the firm, and the kind of measure
READING, REPORT = "reading", "report"  # kinds of notes
LOWEST, HIGHEST, USUAL = 0.70, 1.80, 1.10  # grams a litre
NO_READING = "Faites d’abord une mesure : le bilan du mois est vide."
NOTHING_NEW = "Le bilan est déjà dans « Mon espace santé ». Faites une nouvelle mesure avant d’en déposer un autre."


def take(customer: Customer, value: str = "") -> Note:
    """The device measures, and sends; `value` is the trainer's, « 1.42 », or is drawn. Raises Refused when it is no number."""
    if value and not exchanges.NUMBER.fullmatch(value):
        raise Refused(exchanges.NO_SUCH_MEASURE)
    note = notes.keep(customer, READING, value or _drawn(customer))
    send(note)
    return note


def send(note: Note) -> str:
    """Give it to the portal; returns why not, or nothing."""
    return notes.hand_over(note, lambda: exchanges.push_measure(note.customer.passkey, GLUCOSE, note.label, note.at))


def send_waiting(customer: Customer) -> tuple[int, str]:
    """Give all that waits, oldest first; how many were taken, and why the rest was not. The first refusal ends it."""
    taken = 0
    for note in notes.waiting(customer, READING):
        if (why := send(note)) and note.answer != notes.UNFIT:
            return taken, why
        taken += note.answer == notes.SENT
    return taken, ""


def report(customer: Customer) -> Note:
    """The month's readings as a text, kept, then put among the documents if the portal takes it. Raises Refused."""
    month = [one for one in notes.of(customer, READING, most=100) if _month(one.at) == _month(clock.now())]
    if not month:
        raise Refused(NO_READING)
    last = next(iter(notes.of(customer, REPORT, most=1)), None)
    if last and last.answer == notes.SENT and month[0].at <= last.at:
        raise Refused(NOTHING_NEW)
    title = f"Bilan de glycémie, {french.month(clock.today())}"
    note = last if last and last.answer != notes.SENT else notes.keep(customer, REPORT, title)
    note.label, note.at = title, clock.now()
    text = _text(customer, month)
    notes.hand_over(note, lambda: exchanges.deposit(customer.passkey, note.label, "AUTR_DOC", text))
    return note


def _drawn(customer: Customer) -> str:
    """The same seat draws the same values in the same order, in every world."""
    count = db.session.scalar(sa.select(sa.func.count(Note.id)).where(Note.customer_id == customer.id, Note.kind == READING))
    chance = random.Random(f"{customer.record.ref} {count}")  # noqa: S311 — a device that is simulated
    return f"{chance.triangular(LOWEST, HIGHEST, USUAL):.2f}"


def _month(moment: datetime) -> tuple[int, int]:
    local = moment.astimezone(PARIS)
    return local.year, local.month


def _text(customer: Customer, month: list[Note]) -> str:
    values = [Decimal(one.label) for one in month]
    lines = [f"| {french.full_moment(one.at)} | {_written(Decimal(one.label))} |" for one in month]
    return "\n".join([
        f"Glycémies de {customer.record.name}, en {french.month(clock.today())}, relevées par le lecteur Glyco Suivi.", "",
        f"- Mesures : {len(values)}",
        f"- Moyenne : {_written(sum(values, Decimal()) / len(values))}",
        f"- La plus basse : {_written(min(values))} ; la plus haute : {_written(max(values))}", "",
        "| Date | Glycémie |", "|---|---|", *lines, "",
        "Ce bilan est fait par un appareil simulé. Ne changez jamais votre traitement sans l’avis d’un professionnel.",
    ])


def _written(value: Decimal) -> str:
    return f"{value:.2f} g/L".replace(".", ",")
