"""Who somebody is, told from what is printed on their card; a child's profile activated by who represents them."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox.account import codes, life
from sandbox.account.models import Record, Role, User
from sandbox.account.service import count_afresh
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.family.models import Delegation, DelegationKind

NO_MATCH = "Nous n’avons pas trouvé votre espace avec ces trois informations."
NO_SUCH_CHILD = "Nous ne connaissons pas d’enfant né ce jour-là avec votre numéro."


def identify(nir: str, serial: str, born: date | None) -> User:
    """Who has this number and this card, and this birth date when it is asked (a child's is not the card's).

    The tries are forgotten once a code is right, not before: whoever has the card could try codes for ever.
    The caller commits even when it is refused. Raises Refused; Locked after five wrong tries with a number that is known.
    """
    user = _holder(nir)
    if user is None or user.record is None:
        raise Refused(NO_MATCH)
    count_afresh(user)
    codes.need_unlocked(user)
    if user.record.vitale_serial != serial or born not in {None, user.record.birth_date}:
        codes.miss(user)
        raise Refused(NO_MATCH)
    return user


def _holder(nir: str) -> User | None:
    """The card's holder; a child's number leads to nobody."""
    query = sa.select(User).join(User.record).options(joinedload(User.record))
    query = query.where(User.role == Role.LEARNER, Record.birth_code == nir[5:10])
    return next((user for user in db.session.scalars(query) if user.record and user.record.nir == nir), None)


def children_of(user: User, born: date) -> list[Record]:
    """The children known with this parent's number who were born that day: twins are several."""
    query = sa.select(Record).join(Record.owner).where(
        Record.seat == user.seat, Record.birth_date == born, User.role == Role.DEPENDANT
    )
    return list(db.session.scalars(query.order_by(Record.first_name)))


def person(ref: str) -> User | None:
    return db.session.scalars(sa.select(User).where(User.ref == ref, User.role == Role.LEARNER)).first()


def record(ref: str) -> Record | None:
    return next(iter(records([ref])), None)


def records(refs: list[str]) -> list[Record]:
    return list(db.session.scalars(sa.select(Record).where(Record.ref.in_(refs)).order_by(Record.first_name)))


def give_contacts(record: Record, *, mobile: bool, email: bool) -> bool:
    """The health-insurance fund knows these contacts of the person from now on, beside those it knew; false when none is told."""
    told = {"sms": mobile, "email": email}
    record.reach = " ".join(kind for kind, given in told.items() if given or kind in record.reach.split())
    return mobile or email


def activate_child(user: User, record: Record) -> None:
    """The parent opens the child's profile from now on. Raises Refused."""
    if not any(delegation.delegate_id == user.id for delegation in record.delegations):
        db.session.add(Delegation(delegate=user, record=record, kind=DelegationKind.LEGAL_REPRESENTATION))
    life.activate(user, record)
