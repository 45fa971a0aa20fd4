"""Finding one's keys again: who asked, by which way the code left, and whether it was right.

Nothing tells whether somebody exists: for nobody, the same pages, the same waits, and a code that is never right.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import NoReturn

import sqlalchemy as sa
from flask import session

from sandbox.account import codes, life
from sandbox.account.models import CodePurpose, Life, Record, Role, User
from sandbox.account.place import HAND, here, hold_phone_of
from sandbox.account.service import count_afresh, user_of
from sandbox.acts import IdentifierRecalled, PasswordChanged, publish
from sandbox.clock import PARIS, now, real_now
from sandbox.db import db
from sandbox.numbers import tidy_number
from sandbox.tenancy import new_ref

KEPT = "recovery"  # in the session, one for each purpose
SPAN = 15 * 60  # seconds to finish, by the world's clock
HAS_AN_ACCOUNT = (Life.ACTIVE, Life.CLOSED)  # a space that was never activated has no keys yet


@dataclass
class Recovery:
    """One under way, as the session keeps it. For nobody, `who` is a ref like any other, and leads to nobody."""

    purpose: str
    who: str
    channel: str
    at: float
    began: float  # real time, and the world: what a trainer has put back since is to begin again
    world: int
    proven: bool = False
    tries: int = 0  # of nobody's: somebody's are counted with their account
    until: float = 0.0

    @property
    def is_over(self) -> bool:
        """Too late; or the trainer put things back; or somebody else has shown their card at this browser since."""
        too_late = not 0 <= now().timestamp() - self.at < SPAN
        return too_late or self.world != here().world_id or self._was_put_back or self._another_came

    @property
    def user(self) -> User | None:
        return user_of(self.who)

    @property
    def _was_put_back(self) -> bool:
        user = self.user
        return bool(user and user.expired_at and user.expired_at.timestamp() > self.began)

    @property
    def _another_came(self) -> bool:
        return self.user is not None and session.get(HAND) != self.who


def begin(purpose: CodePurpose, user: User | None, channel: str) -> Recovery:
    """A code leaves, for whoever has an account."""
    who = user.ref if user else new_ref()
    recovery = Recovery(purpose.value, who, channel, now().timestamp(), real_now().timestamp(), here().world_id)
    keep(recovery)
    if user:
        hold_phone_of(user)
    send(recovery)
    return recovery


def send(recovery: Recovery) -> None:
    if user := recovery.user:
        codes.send(user, CodePurpose(recovery.purpose), channel=recovery.channel)


def under_way(purpose: CodePurpose) -> Recovery | None:
    """The one begun in this browser, unless its time is over."""
    told = session.get(KEPT, {}).get(purpose.value)
    recovery = Recovery(**told) if told else None
    return None if recovery is None or recovery.is_over else recovery


def keep(recovery: Recovery) -> None:
    session[KEPT] = {**session.get(KEPT, {}), recovery.purpose: asdict(recovery)}


def end(purpose: CodePurpose) -> None:
    session[KEPT] = {kept: told for kept, told in session.get(KEPT, {}).items() if kept != purpose.value}


def prove(recovery: Recovery, typed: str) -> None:
    """The code is right: an identifier is told at once. Raises Refused; the caller commits even then."""
    user, purpose = recovery.user, CodePurpose(recovery.purpose)
    if user is None:
        _refuse_nobody(recovery)
    count_afresh(user)
    codes.check(user, purpose, typed)
    recovery.proven, recovery.at = True, now().timestamp()
    keep(recovery)
    if purpose is CodePurpose.IDENTIFIER and user.record:
        publish(IdentifierRecalled(actor=user, record=user.record))


def _refuse_nobody(recovery: Recovery) -> NoReturn:
    """As an account would: five wrong tries wait a minute."""
    if recovery.until > now().timestamp():
        raise codes.Locked(datetime.fromtimestamp(recovery.until, PARIS))
    recovery.tries += 1
    if recovery.tries % codes.TRIES == 0:
        recovery.until = (now() + codes.LOCKED).timestamp()
        keep(recovery)
        raise codes.Locked(datetime.fromtimestamp(recovery.until, PARIS))
    keep(recovery)
    raise codes.WrongCode(codes.wrong(CodePurpose(recovery.purpose)))


def by_contact(contact: str, born: date) -> User | None:
    """Whose account has this e-mail or mobile and this birth date."""
    wanted = _tidy(contact)
    query = _accounts().where(Record.birth_date == born).order_by(Record.id)
    return next((user for user in db.session.scalars(query) if user.record and wanted in _contacts(user.record)), None)


def by_identifier(identifier: str) -> User | None:
    return db.session.scalars(_accounts().where(User.identifier == identifier.strip().lower())).first()


def _accounts() -> sa.Select[User]:
    has_one = User.role == Role.LEARNER, Record.life.in_(HAS_AN_ACCOUNT)
    return sa.select(User).join(User.record).where(*has_one)


def _contacts(record: Record) -> set[str]:
    return {_tidy(record.email), _tidy(record.phone)}


def _tidy(contact: str) -> str:
    """An address in small letters; a number without spaces, from its first 0."""
    if is_email(contact):
        return contact.strip().lower()
    number = tidy_number(contact)
    return f"0{number[2:]}" if number.startswith("33") else number


def is_email(contact: str) -> bool:
    return "@" in contact


def change_password(user: User, hashed: str) -> None:
    """The new password is the only one, and whoever was in with the former one is out."""
    user.password_hash, user.failures, user.locked_until = hashed, 0, None
    life.expire_sessions(user)
    if user.record:
        publish(PasswordChanged(actor=user, record=user.record))
