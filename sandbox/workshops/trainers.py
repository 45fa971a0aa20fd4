"""Who may come to the console: added, blocked, given a new password; among them, administrators. Verbs of an administrator."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from sandbox import clock
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import service
from sandbox.workshops.models import Trainer, Workshop

LAST = "C’est le seul administrateur : nommez-en un autre d’abord."
ONESELF = "Vous ne pouvez pas bloquer votre propre compte."
BLOCKED = "Ce compte est bloqué : débloquez-le d’abord."


@dataclass(frozen=True)
class Known:
    """A trainer, and how many workshops are theirs."""

    trainer: Trainer
    workshops: int


def every() -> list[Known]:
    """All of them, by address."""
    count = sa.select(sa.func.count(Workshop.id)).where(Workshop.trainer_id == Trainer.id).scalar_subquery()
    return [Known(trainer, workshops) for trainer, workshops in db.session.execute(sa.select(Trainer, count).order_by(Trainer.email))]


def named(email: str) -> Trainer:
    """The trainer who signs in with this address. Raises Refused."""
    found = db.session.scalars(sa.select(Trainer).where(Trainer.email == email.strip().lower())).first()
    if found is None:
        raise Refused("Aucun formateur n’a cette adresse.")
    return found


def drawn_password() -> str:
    """Read aloud or copied without a mistake, and long enough not to be guessed."""
    words = "-".join(secrets.choice(service.WORDS) for _ in range(3))
    return f"{words}-{secrets.randbelow(9000) + 1000}"


def add(email: str) -> tuple[Trainer, str]:
    """A new trainer, and the password drawn for them. Raises Refused."""
    password = drawn_password()
    return service.add_trainer(email, password), password


def renew_password(trainer: Trainer) -> str:
    """The former password is worth nothing, and wherever they were signed in they are no more."""
    password = drawn_password()
    trainer.password_hash = service.hash_password(password, current_app.config["SETTINGS"].trainer_cost)
    trainer.failures, trainer.locked_until, trainer.expired_at = 0, None, clock.real_now()
    return password


def block(administrator: Trainer | None, trainer: Trainer) -> None:
    """They come in no more, and their open pages end now; their workshops stay. Raises Refused."""
    if administrator is not None and trainer.id == administrator.id:
        raise Refused(ONESELF)
    _leave_one(trainer)
    trainer.blocked_at = trainer.expired_at = clock.real_now()


def unblock(trainer: Trainer) -> None:
    trainer.blocked_at = None


def make_administrator(trainer: Trainer) -> None:
    """Raises Refused."""
    if trainer.blocked_at:
        raise Refused(BLOCKED)
    trainer.is_admin = True


def make_plain(trainer: Trainer) -> None:
    """Raises Refused for the last administrator."""
    _leave_one(trainer)
    trainer.is_admin = False


def _leave_one(trainer: Trainer) -> None:
    """There is always an administrator who can come in; two who step down at once do so one after the other."""
    able = sa.select(Trainer.id).where(Trainer.is_admin, Trainer.blocked_at.is_(None)).order_by(Trainer.id).with_for_update()
    if list(db.session.scalars(able)) == [trainer.id]:
        raise Refused(LAST)
