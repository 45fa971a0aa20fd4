"""Signing in: identifier and password, then the six-digit code read on the simulated phone (reference §1.1)."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

import sqlalchemy as sa
from flask import current_app

from sandbox.account.models import CodePurpose, OneTimeCode, Record, Role, User
from sandbox.acts import CodeSent, SectionOpened, SignedIn, publish
from sandbox.clock import now
from sandbox.db import begin_writing, db, let_go
from sandbox.errors import Refused
from sandbox.workshops.models import Credential
from sandbox.workshops.service import matches

TRIES = 5
LOCKED = timedelta(minutes=1)
CODE_LIFE = timedelta(minutes=10)
WRONG = "L’identifiant ou le mot de passe n’est pas le bon. Vérifiez les majuscules et le tiret, puis réessayez."
SEEN = timedelta(seconds=20)  # the board tells minutes: no need to write at every page
WAIT = "Trop d’essais. Attendez une minute, puis recommencez."
WRONG_CODE = "Ce code n’est pas le bon. Lisez le dernier message du téléphone simulé et recopiez les six chiffres."
DEAD_CODE = "Ce code ne sert plus. Demandez un nouveau code."


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
    if user and user.is_locked:
        raise Refused(WAIT)
    let_go()
    right = matches(password.strip(), user.password_hash if user else "")
    begin_writing()
    if not right or user is None:
        if user:
            _count_failure(user)
        raise Refused(WRONG)
    user.failures, user.locked_until = 0, None
    return user


def _count_failure(user: User) -> None:
    user.failures += 1
    if user.failures % TRIES == 0:
        user.locked_until = now() + LOCKED


def send_code(user: User) -> None:
    """A new six-digit code on the simulated phone; the former ones die."""
    db.session.execute(
        sa.update(OneTimeCode).where(OneTimeCode.user_id == user.id, OneTimeCode.used_at.is_(None)).values(used_at=now())
    )
    code = f"{secrets.randbelow(1_000_000):06d}"
    db.session.add(
        OneTimeCode(user=user, purpose=CodePurpose.SIGN_IN, code_hash=_hashed(user, code), expires_at=now() + CODE_LIFE)
    )
    if user.record:
        publish(CodeSent(actor=user, record=user.record, code=code))


def _hashed(user: User, code: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"{user.ref}:{code}".encode(), sha256).hexdigest()


def check_code(user: User, typed: str) -> None:
    """Accept the code once. Raises Refused. The caller commits even when it is refused."""
    code = db.session.scalars(
        sa.select(OneTimeCode).where(OneTimeCode.user_id == user.id).order_by(OneTimeCode.id.desc()).with_for_update()
    ).first()
    if code is None or not code.is_usable:
        raise Refused(DEAD_CODE)
    digits = "".join(sign for sign in typed if sign.isdigit())
    if not hmac.compare_digest(code.code_hash, _hashed(user, digits)):
        code.tries += 1
        raise Refused(WRONG_CODE)
    code.used_at = now()


def signed_in(user: User) -> None:
    """The person is in: it is an act, when they have a record."""
    user.seen_at = now()
    if user.record:
        publish(SignedIn(actor=user, record=user.record))


def opened(user: User, record: Record, section: str, label: str) -> None:
    """The person opens a section of the profile that is open: the real portal keeps a trace of it."""
    if user.seen_at is None or abs(now() - user.seen_at) > SEEN:
        user.seen_at = now()
    publish(SectionOpened(actor=user, record=record, section=section, label=label))


def institution(slug: str = "portail") -> User:
    """Who acts when nobody does: the portal itself, or Assurance Maladie. Raises NoResultFound."""
    return db.session.scalars(sa.select(User).where(User.slug == slug, User.role == Role.INSTITUTION)).one()
