"""What the stories of appointments and hours share: a booking, an hour that has come, and what the patient's agenda says."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from sandbox import clock
from sandbox.agenda import managing, service
from sandbox.agenda.managing import Gift
from sandbox.agenda.models import Appointment
from sandbox.agenda.slots import free_slots
from sandbox.db import db
from tests.partners.pairing import tied
from tests.room import Room


def slots(room: Room, slug: str = "dr-lemoine") -> list[datetime]:
    with room.inside():
        return free_slots(room.user(slug), clock.today())


def booked(room: Room, seat: int = 1, slot: datetime | None = None) -> str:
    """The ref of an appointment that a patient took with Dr Lemoine, at a booking service that tells the agenda."""
    tied(room, seat, "rdv-valbrune")
    with room.inside():
        record, doctor = room.record(seat), room.user("dr-lemoine")
        slot = slot or free_slots(doctor, clock.today())[0]
        appointment = service.book(record.owner, record, doctor, slot, "Fatigue", service="rdv-valbrune")
        service.bring_in(appointment)
        return appointment.ref


def given(room: Room, starts_at: datetime, seat: int = 1, slug: str = "dr-lemoine") -> str:
    """The ref of an appointment that a professional gave."""
    with room.inside():
        return managing.give(room.user(slug), room.record(seat), Gift("Contrôle", starts_at, 20)).ref


def told(ref: str) -> Appointment:
    """Only inside."""
    return db.session.scalars(sa.select(Appointment).where(Appointment.ref == ref)).one()


def moment_of(room: Room, ref: str) -> datetime:
    with room.inside():
        return told(ref).starts_at


def until(room: Room, ref: str, after: timedelta = timedelta(minutes=1)) -> None:
    """The room's clock moves on to the hour of an appointment, and a little further."""
    with room.inside():
        by = told(ref).starts_at + after - clock.now()
        room.world().shift_seconds += int(by.total_seconds())
