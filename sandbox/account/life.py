"""The life of a space: created, active, opposed, closed; and the starts that a trainer may put a seat in (R1111-28, -36)."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from sandbox import clock
from sandbox.account import codes
from sandbox.account.models import Life, OneTimeCode, Record, User
from sandbox.account.service import institution
from sandbox.acts import (
    ChildActivated,
    Invited,
    OppositionWithdrawn,
    SpaceActivated,
    SpaceClosed,
    SpaceClosedForGood,
    SpaceOpposed,
    SpaceReopened,
    publish,
)
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops.starts import HOUR, STATES, Start

TOO_LATE = "Les six semaines pour s’opposer sont passées. Vous pouvez activer votre espace, puis le fermer quand vous voulez."
ALREADY = "Cet espace est déjà activé. Pour ne plus l’utiliser, fermez-le depuis vos paramètres."


def activate(user: User, record: Record) -> None:
    """The space is activated: by its owner, or for a child by the legal representative. Raises Refused."""
    if record.life is not Life.CREATED:
        raise Refused("Cet espace ne peut pas être activé.")
    record.life, record.life_at = Life.ACTIVE, None
    kind = SpaceActivated if record.owner_id == user.id else ChildActivated
    publish(kind(actor=user, record=record))


def oppose(user: User, record: Record) -> None:
    """The person objects to the creation, within six weeks. Raises Refused."""
    if record.life is Life.ACTIVE:
        raise Refused(ALREADY)
    if not record.may_object:
        raise Refused(TOO_LATE)
    record.life, record.life_at = Life.OPPOSED, clock.now()
    publish(SpaceOpposed(actor=user, record=record))


def withdraw_opposition(user: User, record: Record) -> None:
    """The person changes their mind, whenever they like. Raises Refused."""
    if record.life is not Life.OPPOSED:
        raise Refused("Il n’y a pas d’opposition à retirer pour cet espace.")
    record.life, record.life_at, record.invited_at = Life.CREATED, None, clock.now()
    publish(OppositionWithdrawn(actor=user, record=record))


def close(user: User, record: Record, *, erase: bool) -> None:
    """The space is closed and its data archived, or erased within three months when that is asked. Raises Refused."""
    if record.life is not Life.ACTIVE:
        raise Refused("Cet espace n’est pas ouvert.")
    record.life, record.life_at, record.erase_asked = Life.CLOSED, clock.now(), erase
    kind = SpaceClosedForGood if erase else SpaceClosed
    publish(kind(actor=user, record=record))


def reopen(user: User, record: Record) -> None:
    """The archived data come back, and a request to erase that was not carried out is dropped. Raises Refused."""
    if record.life is not Life.CLOSED:
        raise Refused("Cet espace n’est pas clos.")
    record.life, record.life_at, record.erase_asked = Life.ACTIVE, None, False
    publish(SpaceReopened(actor=user, record=record))


def put(record: Record, start: Start) -> None:
    """The trainer puts a seat's space in one of the starting states: its keys are those of its card again."""
    state, owner = STATES[start], record.owner
    record.life, record.reach, record.erase_asked = Life(state.life), state.reach, False
    record.invited_at, record.life_at = _days(state.invited), _days(state.since)
    if card := codes.card_of(owner):
        owner.identifier, owner.password_hash = card.identifier, card.password_hash
    owner.failures, owner.locked_until = 0, None
    expire_sessions(owner)
    db.session.execute(sa.delete(OneTimeCode).where(OneTimeCode.user_id == owner.id))
    if record.life is Life.CREATED:
        publish(Invited(actor=institution("assurance-maladie"), record=record))


def _days(days: int | None) -> datetime | None:
    return None if days is None else clock.at(clock.today() + timedelta(days=days), HOUR)


def expire_sessions(user: User) -> None:
    """Whoever is signed in as this person, on whatever device, must sign in again. Real time: a session knows no other."""
    user.expired_at = clock.real_now()
