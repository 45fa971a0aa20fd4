"""What the booking site asks of the portal and tells it, as far as it may; what the agenda was not told waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import french
from sandbox.account.models import Record, User
from sandbox.agenda import service
from sandbox.agenda.models import Appointment, Status
from sandbox.catalogue import exchanges
from sandbox.catalogue.models import Purpose
from sandbox.clock import now
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.partners.models import Customer

SLUG = "rdv-valbrune"
CATEGORY = "DOC_ADM"
TITLE = "Rendez-vous avec {} : confirmation"
PAPER = """# Votre rendez-vous

- **Quand** : {when}
- **Avec** : {whom}
- **Où** : {where}
- **Pour** : {name}

Pris sur Rendez-vous Valbrune. Pour le déplacer ou l’annuler, revenez sur ce site.
"""


def take(customer: Customer, professional: User, slot: datetime, reason: str) -> Appointment:
    """Book, then tell the agenda if it may be. Raises SlotTaken, Refused."""
    appointment = service.book(customer.user, customer.record, professional, slot, reason, service=SLUG)
    tell(customer, appointment)
    return appointment


def move(customer: Customer, appointment: Appointment, slot: datetime) -> None:
    """Another hour with the same professional; the agenda follows if it may. Raises SlotTaken, Refused."""
    service.move(customer.user, appointment, slot, is_told=may_tell(customer))
    tell(customer, appointment)


def cancel(customer: Customer, appointment: Appointment) -> None:
    """The agenda follows if it may. Raises Refused."""
    service.cancel(customer.user, appointment, is_told=may_tell(customer))
    tell(customer, appointment)


def tell(customer: Customer, appointment: Appointment) -> bool:
    """Whether the agenda knows it now as it is; a refusal leaves its line at the portal's. What it never knew and does not
    stand any more is not told.
    """
    if not customer.passkey or (appointment.status is not Status.CONFIRMED and not is_known(appointment)):
        return False
    return _done(lambda: exchanges.write_appointment(customer.passkey, appointment))


def may_tell(customer: Customer) -> bool:
    return exchanges.allows(customer.passkey, Purpose.WRITE_AGENDA)


def follows(appointment: Appointment) -> bool:
    """Whether the agenda may learn what the professional does of it: nobody but the service that it was taken at tells it."""
    if not appointment.is_booked:
        return True
    query = sa.select(Customer).where(Customer.record_id == appointment.record_id, Customer.service == appointment.service)
    return any(may_tell(customer) for customer in db.session.scalars(query))


def clash(customer: Customer, starts_at: datetime, minutes: int) -> tuple[datetime, datetime] | None:
    """What the agenda already holds at that hour, when it may be read. The caller commits: reading leaves its line."""
    if not exchanges.allows(customer.passkey, Purpose.READ_AGENDA):
        return None
    return next(iter(exchanges.busy(customer.passkey, starts_at, starts_at + timedelta(minutes=minutes))), None)


def file(customer: Customer, appointment: Appointment) -> bool:
    """The confirmation among the documents, when some may be added. Neither the reason nor the speciality is told."""
    if not exchanges.allows(customer.passkey, Purpose.WRITE_DOCUMENTS):
        return False
    text = PAPER.format(
        when=french.full_moment(appointment.starts_at), whom=appointment.with_name, where=appointment.place, name=customer.record.name,
    )
    title = TITLE.format(appointment.with_name)[:100]
    return _done(lambda: exchanges.deposit(customer.passkey, title, CATEGORY, text))


def push_waiting(customer: Customer) -> int:
    """Tell the agenda, once it may be told, what it was not; how many that made."""
    return sum(tell(customer, appointment) for appointment in waiting(customer)) if may_tell(customer) else 0


def waiting(customer: Customer) -> list[Appointment]:
    """What the agenda does not know: appointments to come, and those that changed since it last heard of them."""
    found = [one for one in of(customer) if not one.in_agenda]
    return [one for one in found if (one.status is Status.CONFIRMED and one.starts_at > now()) or is_known(one)]


def of(customer: Customer) -> list[Appointment]:
    """Everything that was booked here for this record, in order of time."""
    query = sa.select(Appointment).where(*_mine(customer.record)).order_by(Appointment.starts_at, Appointment.id)
    return list(db.session.scalars(query.options(joinedload(Appointment.professional).joinedload(User.professional))))


def find(customer: Customer, ref: str) -> Appointment | None:
    query = sa.select(Appointment).where(*_mine(customer.record), Appointment.ref == ref)
    return db.session.scalars(query.options(joinedload(Appointment.professional).joinedload(User.professional))).first()


def taken_by(record: Record, professional: User, slot: datetime) -> Appointment | None:
    """The same appointment, when this record holds it already: the button was pressed twice."""
    same = Appointment.professional_id == professional.id, Appointment.starts_at == slot, Appointment.held
    return db.session.scalars(sa.select(Appointment).where(*_mine(record), *same)).first()


def _mine(record: Record) -> tuple[sa.ColumnElement[bool], ...]:
    """What was booked here, and not what an agenda keeps of it."""
    return Appointment.record_id == record.id, Appointment.service == SLUG, Appointment.stale_of == ""


def is_known(appointment: Appointment) -> bool:
    """Whether the agenda knows something of it, even if that is not true any more."""
    copy = sa.select(Appointment.id).where(Appointment.record_id == appointment.record_id, Appointment.stale_of == appointment.ref)
    return appointment.in_agenda or db.session.scalars(copy).first() is not None


def _done(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Refused:
        return False
    return True
