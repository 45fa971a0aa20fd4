"""What a firm keeps for a customer, and what the portal answered when it was asked to take it: nothing is lost on a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from sandbox import clock, texts
from sandbox.catalogue import exchanges, service
from sandbox.catalogue.calls import Denial, Denied
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.partners.models import Customer, Note

SENT, UNFIT = "sent", "unfit"  # answers: taken, or never to be taken
NOT_TIED = "{} n’est pas synchronisé avec « Mon espace santé »."
SHOWN = 30  # of what a firm keeps, the newest


@dataclass(frozen=True)
class Barrier:
    """Why the portal would refuse, in words; `denial` is nothing when the firm was never synchronised."""

    phrase: str
    denial: Denial | None = None


def keep(customer: Customer, kind: str, label: str, detail: str = "") -> Note:
    """The firm writes it down first, whatever the portal says next."""
    note = Note(
        customer=customer, kind=kind, label=texts.without_marks(label)[:200], detail=texts.without_marks(detail)[:2000], at=clock.now()
    )
    db.session.add(note)
    db.session.flush()
    return note


def of(customer: Customer, kind: str, most: int = SHOWN) -> list[Note]:
    """The newest first."""
    query = sa.select(Note).where(Note.customer_id == customer.id, Note.kind == kind)
    return list(db.session.scalars(query.order_by(Note.at.desc(), Note.id.desc()).limit(most)))


def waiting(customer: Customer, kind: str) -> list[Note]:
    """What the portal has not taken and may take yet, oldest first."""
    query = sa.select(Note).where(Note.customer_id == customer.id, Note.kind == kind, Note.answer.not_in([SENT, UNFIT]))
    return list(db.session.scalars(query.order_by(Note.at, Note.id).limit(SHOWN)))


def hand_over(note: Note, give: Callable[[], object]) -> str:
    """Ask the portal to take it; its answer stays with the note. Returns why not, or nothing. The caller commits."""
    if not note.customer.passkey:
        return not_tied(note.customer)
    try:
        give()
    except Denied as denied:
        note.answer = denied.denial.value
        return denied.phrase
    except Refused as refused:
        note.answer = UNFIT
        return refused.phrase
    note.answer = SENT
    return ""


def barrier(customer: Customer, purpose: Purpose) -> Barrier | None:
    """Why the portal would refuse now, if it would; asking leaves no trace there."""
    if not customer.passkey:
        return Barrier(not_tied(customer))
    denial = exchanges.denial_of(customer.passkey, purpose)
    return Barrier(Denied(denial).phrase, denial) if denial else None


def is_tied(customer: Customer) -> bool:
    """Whether the portal knows this customer: whatever it lets the firm do, it says who they are."""
    return bool(customer.passkey) and exchanges.denial_of(customer.passkey, Purpose.READ_DOCUMENTS) in (None, Denial.REFUSED)


def not_tied(customer: Customer) -> str:
    return NOT_TIED.format(service.services()[customer.service].name)
