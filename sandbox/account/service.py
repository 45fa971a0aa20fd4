"""Signing in: who has this identifier and password, and what being in leaves behind (reference §1.1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from sandbox.account import codes
from sandbox.account.models import Record, Role, User
from sandbox.acts import SectionOpened, SignedIn, publish
from sandbox.clock import now
from sandbox.db import begin_writing, db, let_go
from sandbox.errors import Refused
from sandbox.workshops.models import Credential
from sandbox.workshops.service import matches

WRONG = "L’identifiant ou le mot de passe n’est pas le bon. Vérifiez les majuscules et le tiret, puis réessayez."
SEEN = timedelta(seconds=20)  # the board tells minutes: no need to write at every page


def card(token: str) -> Credential | None:
    """The printed card that a QR code leads to."""
    return db.session.scalars(sa.select(Credential).where(Credential.token == token)).first()


def user_of(ref: str) -> User | None:
    return db.session.scalars(sa.select(User).where(User.ref == ref)).first()


def seat_user(seat: int) -> User | None:
    return db.session.scalars(sa.select(User).where(User.seat == seat, User.role == Role.LEARNER)).first()


def check_password(identifier: str, password: str, role: Role) -> User:
    """Who has this identifier and password in this world. Raises Refused; five wrong tries lock that account a minute.

    The hash is compared before the transaction that writes, so that a whole room can sign in at once.
    The caller commits even when it is refused: the count of tries must stay.
    """
    query = sa.select(User).where(User.identifier == identifier.strip().lower(), User.role == role)
    user = db.session.scalars(query).first()
    if user:
        codes.need_unlocked(user)
    let_go()
    right = matches(password.strip(), user.password_hash if user else "")
    begin_writing()
    if not right or user is None:
        if user:
            codes.miss(user)
        raise Refused(WRONG)
    user.failures, user.locked_until = 0, None
    return user


def signed_in(user: User, by: type[SignedIn] = SignedIn, **about: Any) -> None:
    """The person is in: it is an act, when they have a record. `by` says how, with what it is `about`."""
    user.seen_at = now()
    if user.record:
        publish(by(actor=user, record=user.record, **about))


def opened(user: User, record: Record, section: str, label: str) -> None:
    """The person opens a section of the profile that is open: the real portal keeps a trace of it."""
    if user.seen_at is None or abs(now() - user.seen_at) > SEEN:
        user.seen_at = now()
    publish(SectionOpened(actor=user, record=record, section=section, label=label))


def institution(slug: str = "portail") -> User:
    """Who acts when nobody does: the portal itself, or Assurance Maladie. Raises NoResultFound."""
    return db.session.scalars(sa.select(User).where(User.slug == slug, User.role == Role.INSTITUTION)).one()
