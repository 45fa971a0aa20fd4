"""Carrying out a prescription line by line: delivered in all or part, or refused with a reason (reference §2.3)."""

from __future__ import annotations

from datetime import date

from sandbox.account.models import User
from sandbox.acts import CareRefused, DeliveryCancelled, LineDelivered, LinePerformed, LineRefused, publish
from sandbox.clock import now, today
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.french import hour, long_date, several
from sandbox.prescriptions.models import Delivery, Kind, Line, Prescription, PrescriptionState
from sandbox.prescriptions.service import lock, refuse_closed
from sandbox.texts import without_marks

ONE_AT_A_TIME = {Kind.NURSING, Kind.PHYSIOTHERAPY}  # a visit, a session; the rest is handed over at once
REASON_MISSING = "Dites pourquoi, en quelques mots : le patient et le prescripteur liront ce motif."
NO_DATE = "Écrivez la date de l’accord du prescripteur : sans son accord, la posologie ne change pas."
NO_POSOLOGY = "Écrivez la nouvelle posologie, ou effacez la date de l’accord."
FUTURE = "La date de l’accord est aujourd’hui ou dans le passé."
TOO_LATE_TO_UNDO = "Ce n’est plus possible : une erreur se corrige une fois, le jour même, par la personne qui l’a notée."
TOO_OLD = "Cette ordonnance a plus d’un an : plus rien ne peut être {}. Le patient demande une nouvelle ordonnance."
ALL_DONE = "Tout a déjà été {} sur cette ordonnance. Une nouvelle ordonnance est nécessaire."
SHUT = "Le patient a fermé ou refusé son espace : le code de cette ordonnance ne sert plus. Demandez l’ordonnance signée sur papier."
NOTHING_TODAY = "Rien n’est à {} aujourd’hui sur cette ordonnance."


def deliver(
    pharmacist: User, line: Line, quantity: int, *,
    substituted: str = "", why: str = "", posology: str = "", agreed_on: date | None = None, note: str = "",
) -> Delivery:
    """Hand over, or carry out, some of one line. Raises Refused; of two counters after the last box, the second is refused."""
    _hold(line.prescription)
    _refuse_quantity(line, quantity)
    refuse_substitution(line, substituted)
    refuse_posology(line, posology, agreed_on)
    act = LineDelivered if line.prescription.kind is Kind.PRODUCTS else LinePerformed
    line.delivered += quantity
    return _told(act, Delivery(
        line=line, pharmacist=pharmacist, quantity=quantity, at=now(), agreed_on=agreed_on,
        substituted=_tidy(substituted), why=_tidy(why) if substituted.strip() else "", posology=_tidy(posology), note=_tidy(note),
    ))


def deliver_all(pharmacist: User, prescription: Prescription) -> list[Delivery]:
    """What is usual of every line, in one press. Raises Refused when there is nothing to do today, and says since when."""
    _hold(prescription)
    lines = [line for line in prescription.lines if line.available]
    if not lines:
        raise Refused(" ".join([NOTHING_TODAY.format(verb(prescription)), *map(_renewal, prescription.lines)]).strip())
    return [deliver(pharmacist, line, usual(line)) for line in lines]


def refuse(pharmacist: User, line: Line, reason: str) -> Delivery:
    """Hand over nothing of one line, and say why. Raises Refused."""
    _hold(line.prescription)
    if line.is_settled:
        raise Refused(_nothing_left(line))
    if not reason.strip():
        raise Refused(REASON_MISSING)
    act = LineRefused if line.prescription.kind is Kind.PRODUCTS else CareRefused
    return _told(act, Delivery(line=line, pharmacist=pharmacist, quantity=0, at=now(), refused=_tidy(reason)))


def undo(pharmacist: User, done: Delivery) -> None:
    """It was recorded by mistake: it stays written, and no longer counts. Raises Refused after the day, or the second time."""
    line = done.line
    lock(line.prescription)
    if done.cancelled_at or done.day != today():
        raise Refused(TOO_LATE_TO_UNDO)
    done.cancelled_at = now()
    line.delivered -= done.quantity
    signed = line.prescription
    publish(DeliveryCancelled(actor=pharmacist, record=signed.record, prescription=signed, line=line))


def usual(line: Line) -> int:
    """What one does of a line without being told: a visit or a session at a time, all that is open of the rest."""
    return min(1, line.available) if line.prescription.kind in ONE_AT_A_TIME else line.available


def verb(prescription: Prescription) -> str:
    return "délivrer" if prescription.kind is Kind.PRODUCTS else "réaliser"


def done_word(signed: Prescription) -> str:
    return "délivré" if signed.kind is Kind.PRODUCTS else "réalisé"


def refuse_substitution(line: Line, substituted: str) -> None:
    """Raises Refused when the prescriber wants this product and no other."""
    if substituted.strip() and not line.substitution:
        raise Refused(f"Le prescripteur a écrit « non substituable » : {line.reason or 'sans motif'}. Délivrez ce produit, ou appelez-le.")


def refuse_posology(line: Line, posology: str, agreed_on: date | None) -> None:
    """Raises Refused for a posology changed without the prescriber's agreement, given since the signature."""
    if bool(posology.strip()) is not bool(agreed_on):
        raise Refused(NO_POSOLOGY if agreed_on else NO_DATE)
    signed_on = line.prescription.signed_on
    if agreed_on and agreed_on > today():
        raise Refused(FUTURE)
    if agreed_on and agreed_on < signed_on:
        raise Refused(f"L’accord suit l’ordonnance, signée le {long_date(signed_on)}. Vérifiez la date.")


def _hold(signed: Prescription) -> None:
    """One counter at a time, on a prescription that may still be carried out. Raises Refused."""
    lock(signed)
    if signed.record.is_shut:
        raise Refused(SHUT)
    begun = [line for line in signed.lines if line.delivered]
    if signed.state is PrescriptionState.EXHAUSTED:
        raise Refused(f"{_last(begun)} {ALL_DONE.format(done_word(signed))}".strip())
    if signed.state is PrescriptionState.EXPIRED and begun:
        raise Refused(TOO_OLD.format(done_word(signed)))
    refuse_closed(signed)


def _refuse_quantity(line: Line, quantity: int) -> None:
    if line.is_settled:
        raise Refused(_nothing_left(line))
    if not line.available:
        raise Refused(" ".join([_last([line]), _renewal(line)]))
    if not 1 <= quantity <= line.available:
        most, rest = several(line.available, line.unit), line.remaining - line.available
        later = f" ({rest} de plus avec les renouvellements)" if rest else ""
        raise Refused(f"Aujourd’hui, {most} au plus pour {line.name}{later}. Écrivez un nombre entre 1 et {line.available}.")


def _nothing_left(line: Line) -> str:
    return f"{_last([line])} Il ne reste rien à {verb(line.prescription)} pour {line.name}.".strip()


def _renewal(line: Line) -> str:
    """From which day the next renewal of a line may be delivered."""
    return f"Renouvellement possible à partir du {long_date(line.renews_on)} pour {line.name}." if line.renews_on else ""


def _last(lines: list[Line]) -> str:
    """Who handed over what, last: what another counter reads when it comes second."""
    done = max((done for line in lines for done in line.kept if done.quantity), key=lambda one: (one.at, one.id), default=None)
    if done is None:
        return ""
    place = f" ({done.pharmacist.professional.place})" if done.pharmacist.professional else ""
    day = "aujourd’hui" if done.day == today() else f"le {long_date(done.day)}"
    word = done_word(done.line.prescription)
    return f"{done.pharmacist.name}{place} a {word} {done.line.name} ({several(done.quantity, done.line.unit)}) {day} à {hour(done.at)}."


def _told(act: type[LineDelivered] | type[LineRefused], done: Delivery) -> Delivery:
    db.session.add(done)
    signed = done.line.prescription
    publish(act(actor=done.pharmacist, record=signed.record, prescription=signed, line=done.line))
    return done


def _tidy(text: str) -> str:
    return without_marks(text.strip())
