"""One-time codes: sent to the simulated phone or printed on the letter, hashed, used once, dead after their time."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from flask import current_app

from sandbox import tenancy
from sandbox.account.models import CodePurpose, OneTimeCode, Record, User
from sandbox.acts import CodeSent, publish
from sandbox.clock import now
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.numbers import UNAMBIGUOUS, tidy_number
from sandbox.workshops.models import Credential
from sandbox.workshops.printed import LETTER_CODE, letter_code

TRIES = 5
LOCKED = timedelta(minutes=1)
LATE = timedelta(hours=1)  # after which a change that was left half done is forgotten
LIFE, LONG_LIFE = timedelta(minutes=10), timedelta(minutes=30)  # six digits; the twelve signs of the activation
WAIT = "Trop d’essais. Attendez une minute, puis recommencez."


class Locked(Refused):
    """Five wrong tries: this account waits until `until`, nobody else does."""

    def __init__(self, until: datetime) -> None:
        super().__init__(WAIT)
        self.until = until


class WrongCode(Refused):
    """Not a code of this person's."""


class ExpiredCode(Refused):
    """Right, and too late; or replaced by a newer one."""


class UsedCode(Refused):
    """Right, and used already."""


def send(
    user: User, purpose: CodePurpose, *, channel: str = "", target: str = "", record: Record | None = None, sender: str = ""
) -> None:
    """A new code on the simulated phone; the former ones of this purpose die.

    `channel` is their usual way by default, `target` is the address or number being checked, `record` whose history says so (the user's own by default),
    `sender` the firm that sends it, when it is not the portal.
    """
    mine = OneTimeCode.user_id == user.id, OneTimeCode.purpose == purpose, OneTimeCode.used_at.is_(None)
    db.session.execute(sa.update(OneTimeCode).where(*mine).values(replaced=True))
    code = _drawn(purpose)
    life = LONG_LIFE if purpose is CodePurpose.ACTIVATION else LIFE
    db.session.add(
        OneTimeCode(
            user=user, purpose=purpose, target=target, code_hash=_hashed(user, purpose, code), expires_at=now() + life
        )
    )
    if about := record or user.record:
        publish(CodeSent(actor=user, record=about, code=code, purpose=purpose.value, channel=channel or way_of(user), sender=sender))


def way_of(user: User) -> str:
    """The way that the codes of this person come: by e-mail for who has no mobile."""
    return "sms" if user.record and user.record.phone else "email"


def awaited(user: User, purpose: CodePurpose) -> OneTimeCode | None:
    """The change that was asked for and waits for its code, if any; what it is about is its `target`."""
    alive = OneTimeCode.used_at.is_(None), OneTimeCode.replaced.is_(False), OneTimeCode.expires_at > now() - LATE
    query = sa.select(OneTimeCode).where(*_asked(user, purpose), *alive)
    return db.session.scalars(query.order_by(OneTimeCode.id.desc())).first()


def give_up(user: User, purpose: CodePurpose) -> None:
    """The person changes their mind: the code dies, what they had asked for is forgotten."""
    asked = sa.update(OneTimeCode).where(*_asked(user, purpose))
    db.session.execute(asked.values(replaced=True, target=""))


def _asked(user: User, purpose: CodePurpose) -> tuple[sa.ColumnElement[bool], ...]:
    return OneTimeCode.user_id == user.id, OneTimeCode.purpose == purpose, OneTimeCode.target != ""


def _drawn(purpose: CodePurpose) -> str:
    if purpose is CodePurpose.ACTIVATION:
        return "".join(secrets.choice(UNAMBIGUOUS) for _ in range(LETTER_CODE))
    return f"{secrets.randbelow(1_000_000):06d}"


def _hashed(user: User, purpose: CodePurpose, code: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"{user.ref}:{purpose.value}:{code}".encode(), sha256).hexdigest()


def check(user: User, purpose: CodePurpose, typed: str) -> OneTimeCode:
    """Accept a code once, however it was spaced. The caller commits even when it is refused: the count must stay.

    Raises Locked, UsedCode, ExpiredCode, WrongCode.
    """
    need_unlocked(user)
    found = _found(user, purpose, tidy_number(typed))
    if found is None:
        miss(user)
        raise WrongCode(wrong(purpose))
    if found.used_at:
        raise UsedCode("Ce code a déjà servi : chaque code ne sert qu’une fois.")
    if found.is_over:
        raise ExpiredCode("Ce code n’est plus valable : il est trop ancien, ou un autre l’a remplacé. Demandez un nouveau code.")
    found.used_at, user.failures, user.locked_until = now(), 0, None
    return found


def wrong(purpose: CodePurpose) -> str:
    signs = "douze signes" if purpose is CodePurpose.ACTIVATION else "six chiffres"
    return f"Ce code n’est pas le bon. Lisez le dernier message du téléphone simulé et recopiez les {signs}."


def _found(user: User, purpose: CodePurpose, typed: str) -> OneTimeCode | None:
    """The code that was typed, compared in constant time; the letter's becomes a row when it is first tried."""
    hashed = _hashed(user, purpose, typed)
    query = sa.select(OneTimeCode).where(OneTimeCode.user_id == user.id, OneTimeCode.purpose == purpose)
    latest = query.order_by(OneTimeCode.id.desc()).limit(20).with_for_update()
    for code in db.session.scalars(latest.execution_options(populate_existing=True)):  # another window may have used it
        if hmac.compare_digest(code.code_hash, hashed):
            return code
    if purpose is CodePurpose.ACTIVATION and user.record and hmac.compare_digest(typed.encode(), _printed(user).encode()):
        return db.session.scalars(query.where(OneTimeCode.code_hash == hashed)).first() or _letter(user, user.record, hashed)
    return None


def _printed(user: User) -> str:
    card = card_of(user)
    return letter_code(card.token) if card else "-"


def card_of(user: User) -> Credential | None:
    """The printed card of somebody of the workshop one is in."""
    where = tenancy.bound()
    mine = Credential.ref == user.ref, Credential.workshop_id == (where.workshop_id if where else 0)
    return db.session.scalars(sa.select(Credential).where(*mine)).first()


def card_named(identifier: str) -> Credential | None:
    """The printed card of a seat of the workshop one is in, by its identifier."""
    where = tenancy.bound()
    mine = (
        Credential.workshop_id == (where.workshop_id if where else 0), Credential.seat > 0,
        Credential.identifier == identifier,
    )
    return db.session.scalars(sa.select(Credential).where(*mine)).first()


def _letter(user: User, record: Record, hashed: str) -> OneTimeCode:
    over = now() if record.letter_is_out_of_date else now() + LONG_LIFE
    code = OneTimeCode(user=user, purpose=CodePurpose.ACTIVATION, code_hash=hashed, expires_at=over)
    db.session.add(code)
    db.session.flush()
    return code


def miss(user: User) -> None:
    """A wrong try, of a password or of a code. The fifth locks this account for a minute: raises Locked."""
    user.failures += 1
    if user.failures % TRIES == 0:
        user.locked_until = now() + LOCKED
        raise Locked(user.locked_until)


def need_unlocked(user: User) -> None:
    """Raises Locked while this account waits."""
    if user.locked_until and user.is_locked:
        raise Locked(user.locked_until)
