"""Signing in: who has this identifier and password, and what being in leaves behind (reference §1.1)."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from sandbox.account import codes
from sandbox.account.models import Device, Life, Record, Role, User
from sandbox.acts import SectionOpened, SignedIn, SignedOut, publish
from sandbox.clock import now
from sandbox.db import begin_writing, db, let_go
from sandbox.errors import Refused
from sandbox.workshops import printed
from sandbox.workshops.models import Credential
from sandbox.workshops.service import matches

WRONG = "L’identifiant ou le mot de passe n’est pas le bon. Vérifiez les majuscules et le tiret, puis réessayez."
WRONG_PICTURES = "Ce ne sont pas ces trois images, ou pas dans cet ordre. Regardez votre carte, puis recommencez."
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

    The tries are forgotten once they are in, not before: whoever knows the password could try codes for ever. The hash is compared before the transaction that writes, so that a whole room can sign in at once.
    The caller commits even when it is refused: the count of tries must stay.
    """
    user, hashes = _keys(identifier.strip().lower(), role)
    if user:
        codes.need_unlocked(user)
    let_go()
    right = any([matches(password.strip(), hashed) for hashed in hashes])
    begin_writing()
    if user is None:
        raise Refused(WRONG)
    count_afresh(user)
    codes.need_unlocked(user)
    if not right:
        codes.miss(user)
        raise Refused(WRONG)
    return user


def _keys(identifier: str, role: Role) -> tuple[User | None, list[str]]:
    """Who has this identifier, and the passwords that go with it.

    Until the space is activated the printed card opens it too: an activation left half-way is taken up again with either.
    """
    user = db.session.scalars(sa.select(User).where(User.identifier == identifier, User.role == role)).first()
    hashes = [user.password_hash] if user else []
    card = codes.card_named(identifier)
    holder = (user or user_of(card.ref)) if card else None
    if card and holder and card.ref == holder.ref and holder.record and holder.record.life is Life.CREATED:
        user, hashes = holder, [*hashes, card.password_hash]
    return user, list(dict.fromkeys(hashes)) or [""]


def count_afresh(user: User) -> None:
    """Tries are counted one after the other: two at the same time would count as one."""
    db.session.refresh(user, ["failures", "locked_until"], with_for_update=True)


def check_pictures(user: User, pressed: list[str]) -> None:
    """Whether these are the three pictures of their card, in order. The caller commits even when it is refused.

    Raises Locked, Refused.
    """
    count_afresh(user)
    codes.need_unlocked(user)
    card = codes.card_of(user)
    right = [picture.slug for picture in printed.pictures(card.token)] if card else []
    if not hmac.compare_digest(" ".join(pressed), " ".join(right)):
        codes.miss(user)
        raise Refused(WRONG_PICTURES)


def paired_phone(user: User) -> Device | None:
    """The telephone that may stand in for the six digits: the last one paired, and not taken away."""
    mine = Device.user_id == user.id, Device.kind == "phone", Device.revoked_at.is_(None)
    return db.session.scalars(sa.select(Device).where(*mine).order_by(Device.paired_at.desc()).limit(1)).first()


def signed_in(user: User, by: type[SignedIn] = SignedIn, **about: Any) -> None:
    """The person is in: it is an act, when they have a record. `by` says how, with what it is `about`."""
    user.seen_at, user.failures, user.locked_until = now(), 0, None
    if user.record:
        publish(by(actor=user, record=user.record, **about))


def used(device: Device) -> None:
    """A paired device said that it is really them."""
    device.used_at = now()


def signed_out(user: User) -> None:
    """The person leaves, on purpose."""
    if user.record:
        publish(SignedOut(actor=user, record=user.record))


def opened(user: User, record: Record, section: str, label: str) -> None:
    """The person opens a section of the profile that is open: the real portal keeps a trace of it."""
    if user.seen_at is None or abs(now() - user.seen_at) > SEEN:
        user.seen_at = now()
    publish(SectionOpened(actor=user, record=record, section=section, label=label))


def institution(slug: str = "portail") -> User:
    """Who acts when nobody does: the portal itself, or Assurance Maladie. Raises NoResultFound."""
    return db.session.scalars(sa.select(User).where(User.slug == slug, User.role == Role.INSTITUTION)).one()
