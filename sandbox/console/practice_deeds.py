"""What a professional does beside depositing and writing: vaccinate, give appointments and change them, open in an emergency,
take a document back, deliver.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import clock
from sandbox.access import To, may
from sandbox.account.models import Record, User
from sandbox.agenda import managing, slots
from sandbox.agenda.managing import Gift, Verb
from sandbox.agenda.models import Appointment, Status
from sandbox.console.deeds import NotReached, need
from sandbox.db import db
from sandbox.documents import versions
from sandbox.documents.models import Document
from sandbox.partners import telling
from sandbox.prescriptions import delivering
from sandbox.prescriptions import service as prescriptions
from sandbox.privacy import service as privacy
from sandbox.vaccination import service as vaccination
from sandbox.vaccination.service import Told
from sandbox.workshops.packs import Item

LOT, SITE, DOSE = "EXERCICE-1", "Bras gauche", "Dose non précisée"
CANNOT_VACCINATE = "{} ne vaccine pas. Choisissez un médecin, une infirmière ou une pharmacie."
CANNOT_GIVE = "{} ne donne pas de rendez-vous. Choisissez une personne que l’on consulte."
CANNOT_DELIVER = "{} ne délivre rien. Choisissez la pharmacie, ou qui réalise les soins."
NO_SLOT = "{} n’a pas d’heure libre dans les semaines qui viennent."
NO_APPOINTMENT = "Il n’y a pas de rendez-vous à venir avec cette personne que l’on puisse ainsi changer."
NO_DEPOSIT = "Cette personne n’a rien déposé dans ce dossier qui puisse être retiré."
NO_EMERGENCY = "L’accès en urgence n’a pas lieu d’être : il est refusé, ou la personne peut déjà lire le dossier."
NOTHING_TO_DELIVER = "Aucune ordonnance n’a quelque chose à délivrer aujourd’hui par cette personne."


def vaccinate(actor: User, record: Record, deed: Item) -> None:
    need(actor, To.VACCINATE, CANNOT_VACCINATE, record)
    told = Told(deed["vaccine"], clock.today(), deed.get("dose", DOSE), deed.get("lot", LOT), deed.get("site", SITE))
    vaccination.add(actor, record, told)


def give(actor: User, record: Record, deed: Item) -> None:
    """At the next hour that is free."""
    need(actor, To.GIVE_APPOINTMENT, CANNOT_GIVE, record)
    free = slots.free_slots(actor, clock.today())
    if not free:
        raise NotReached(NO_SLOT.format(actor.name))
    managing.give(actor, record, Gift(deed["appointment"]["title"], free[0], note=deed["appointment"].get("note", "")))


def confirm(actor: User, record: Record, deed: Item) -> None:
    appointment = _next(actor, record, Verb.CONFIRM)
    managing.settle(actor, appointment, Verb.CONFIRM, is_told=telling.follows(appointment))


def call_off(actor: User, record: Record, deed: Item) -> None:
    appointment = _next(actor, record, Verb.CALL_OFF)
    managing.settle(actor, appointment, Verb.CALL_OFF, deed.get("reason", ""), is_told=telling.follows(appointment))


def _next(actor: User, record: Record, verb: Verb) -> Appointment:
    """Their next appointment that this may be done with. Raises NotReached."""
    query = sa.select(Appointment).where(
        Appointment.professional_id == actor.id, Appointment.record_id == record.id, Appointment.starts_at > clock.now(),
        Appointment.status == Status.CONFIRMED, Appointment.stale_of == "",
    ).options(joinedload(Appointment.record).joinedload(Record.owner), joinedload(Appointment.professional))
    found = db.session.scalars(query.order_by(Appointment.starts_at, Appointment.id)).unique()
    appointment = next((one for one in found if verb in managing.possible(one)), None)
    if appointment is None:
        raise NotReached(NO_APPOINTMENT)
    return appointment


def open_in_emergency(actor: User, record: Record, deed: Item) -> None:
    if not may(actor, To.BREAK_GLASS, record):
        raise NotReached(NO_EMERGENCY)
    privacy.break_glass(actor, record, deed["reason"])


def withdraw(actor: User, record: Record, deed: Item) -> None:
    """Their last deposit."""
    query = sa.select(Document).where(Document.author_id == actor.id, Document.record_id == record.id, ~Document.loose)
    found = db.session.scalars(query.order_by(Document.deposited_at.desc(), Document.id.desc()))
    document = next((one for one in found if may(actor, To.WITHDRAW, one) and not versions.is_signed(one)), None)
    if document is None:
        raise NotReached(NO_DEPOSIT)
    versions.withdraw(actor, document, deed["reason"])


def deliver(actor: User, record: Record, deed: Item) -> None:
    """All that may be delivered today."""
    need(actor, To.DISPENSE, CANNOT_DELIVER)
    waiting = [
        signed for signed in prescriptions.of_record(record)
        if signed.is_presentable and may(actor, To.EXECUTE, signed) and any(line.available for line in signed.lines)
    ]
    if not waiting:
        raise NotReached(NOTHING_TO_DELIVER)
    for signed in waiting:
        delivering.deliver_all(actor, signed)


DEEDS: dict[str, Callable[[User, Record, Item], None]] = {
    "vaccinate": vaccinate, "give": give, "confirm": confirm, "call_off": call_off, "emergency": open_in_emergency,
    "withdraw": withdraw, "deliver": deliver,
}
