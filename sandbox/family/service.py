"""Opening the profile of somebody else, as their legal representative (reference §1.12)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox.account.models import Life, Record, User
from sandbox.acts import ProfileOpened, publish
from sandbox.db import db
from sandbox.family.models import Delegation

MOST_SHOWN = 19  # attached profiles that the portal shows (reference §1.12)


def entrusted_to(user: User) -> sa.Select[int]:
    """The ids of the records that this person may open beside their own, for whoever asks more about them."""
    active = sa.select(Delegation.record_id).join(Delegation.record).where(Record.life == Life.ACTIVE)
    return active.where(Delegation.delegate_id == user.id)


def attached(user: User) -> list[Delegation]:
    """The profiles attached to this person's, the oldest child first."""
    query = sa.select(Delegation).where(Delegation.delegate_id == user.id).options(joinedload(Delegation.record))
    found = db.session.scalars(query.join(Delegation.record).order_by(Record.birth_date, Delegation.id))
    return list(found.unique())[:MOST_SHOWN]


def open_profile(user: User, record: Record) -> None:
    """The person opens a profile that is entrusted to them: its history keeps who, and when."""
    publish(ProfileOpened(actor=user, record=record))
