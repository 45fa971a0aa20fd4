"""Carrying out a prescription line by line: delivered in all or part, or refused with a reason (reference §2.3)."""

from __future__ import annotations

from sandbox.account.models import User
from sandbox.acts import LineDelivered, LineRefused, publish
from sandbox.clock import now
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.french import several
from sandbox.prescriptions.models import Delivery, Line
from sandbox.prescriptions.service import lock, refuse_closed
from sandbox.texts import without_marks

REASON_MISSING = "Dites pourquoi ce produit n’est pas délivré, par exemple « Rupture de stock »."


def deliver(pharmacist: User, line: Line, quantity: int, substituted: str = "", note: str = "") -> Delivery:
    """Hand over some boxes of one line. Raises Refused; of two counters after the last box, the second is refused."""
    lock(line.prescription)
    refuse_closed(line.prescription)
    _refuse_quantity(line, quantity)
    if substituted and not line.substitution:
        raise Refused(f"Le prescripteur a écrit « non substituable » : {line.reason or 'sans motif'}.")
    line.delivered += quantity
    done = Delivery(
        line=line, pharmacist=pharmacist, quantity=quantity, at=now(),
        substituted=without_marks(substituted), note=without_marks(note),
    )
    return _told(LineDelivered, done)


def refuse(pharmacist: User, line: Line, reason: str) -> Delivery:
    """Hand over nothing of one line, and say why. Raises Refused."""
    lock(line.prescription)
    refuse_closed(line.prescription)
    if line.is_settled:
        raise Refused("Cette ligne est déjà entièrement délivrée.")
    if not reason.strip():
        raise Refused(REASON_MISSING)
    return _told(
        LineRefused, Delivery(line=line, pharmacist=pharmacist, quantity=0, at=now(), refused=without_marks(reason.strip()))
    )


def _told(act: type[LineDelivered] | type[LineRefused], done: Delivery) -> Delivery:
    db.session.add(done)
    signed = done.line.prescription
    publish(act(actor=done.pharmacist, record=signed.record, prescription=signed, line=done.line))
    return done


def _refuse_quantity(line: Line, quantity: int) -> None:
    if line.is_settled:
        raise Refused("Cette ligne vient d’être entièrement délivrée. Il ne reste rien à remettre.")
    if not 1 <= quantity <= line.remaining:
        raise Refused(f"Il reste {several(line.remaining, line.unit)} sur cette ligne. Délivrez entre 1 et {line.remaining}.")
