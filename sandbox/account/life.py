"""The life of a space: created, active, opposed, closed; and the starts that a trainer may put a seat in (R1111-28, -36)."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from sandbox import clock
from sandbox.account import codes
from sandbox.account.models import TO_ERASE, Life, OneTimeCode, Record, User
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
from sandbox.workshops import due
from sandbox.workshops.starts import HOUR, STATES, Start

TOO_LATE = "Les six semaines pour s’opposer sont passées. Vous pouvez activer votre espace, puis le fermer quand vous voulez."
CANNOT_OBJECT = {
    Life.ACTIVE: "Cet espace est déjà activé. Pour ne plus l’utiliser, fermez-le depuis vos paramètres.",
    Life.OPPOSED: "L’opposition à cet espace est déjà enregistrée.",
    Life.CLOSED: "Cet espace est clos : il n’y a plus rien à quoi s’opposer.",
}
CANNOT_ACTIVATE = "Cet espace ne peut pas être activé."
NOT_OPPOSED = "Il n’y a pas d’opposition à retirer pour cet espace."
NOT_OPEN = "Cet espace n’est pas ouvert : il n’y a rien à fermer."
NOT_CLOSED = "Cet espace n’est pas clos."


def activate(user: User, record: Record) -> None:
    """The space is activated: by its owner, or for a child by the legal representative. Raises Refused."""
    _turn(record, Life.CREATED, Life.ACTIVE, CANNOT_ACTIVATE)
    kind = SpaceActivated if record.owner_id == user.id else ChildActivated
    publish(kind(actor=user, record=record))


def oppose(user: User, record: Record) -> None:
    """The person objects to the creation, within six weeks. Raises Refused."""
    if record.life in CANNOT_OBJECT:
        raise Refused(CANNOT_OBJECT[record.life])
    if not record.may_object:
        raise Refused(TOO_LATE)
    _turn(record, Life.CREATED, Life.OPPOSED, TOO_LATE)
    publish(SpaceOpposed(actor=user, record=record))


def withdraw_opposition(user: User, record: Record) -> None:
    """The person changes their mind, whenever they like: six weeks begin anew. Raises Refused.

    What they receive then invites them to activate: no other letter leaves.
    """
    _turn(record, Life.OPPOSED, Life.CREATED, NOT_OPPOSED)
    record.invited_at = clock.now()
    publish(OppositionWithdrawn(actor=user, record=record))


def close(user: User, record: Record, *, erase: bool) -> None:
    """The space is closed and its data archived, or erased within three months when that is asked. Raises Refused."""
    _turn(record, Life.ACTIVE, Life.CLOSED, NOT_OPEN)
    record.erase_asked = erase
    if erase:
        due.expect(clock.now() + TO_ERASE)
    kind = SpaceClosedForGood if erase else SpaceClosed
    publish(kind(actor=user, record=record))


def reopen(user: User, record: Record) -> None:
    """The archived data come back, and a request to erase that was not carried out is dropped. Raises Refused.

    Whoever had left this space open elsewhere must sign in again.
    """
    _turn(record, Life.CLOSED, Life.ACTIVE, NOT_CLOSED)
    record.erase_asked = False
    if record.owner_id == user.id:
        expire_sessions(user)
    publish(SpaceReopened(actor=user, record=record))


def _turn(record: Record, was: Life, becomes: Life, refusal: str) -> None:
    """From one state to the next, unless another window has been quicker: of two at once, one alone does."""
    since = clock.now() if becomes in {Life.OPPOSED, Life.CLOSED} else None
    mine = sa.update(Record).where(Record.id == record.id, Record.life == was)
    changed = db.session.execute(mine.values(life=becomes, life_at=since))
    if not changed.rowcount:  # type: ignore[attr-defined]
        db.session.refresh(record)
        raise Refused(refusal)


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
