"""« May this service have that? »: what it shows, what it asks for, and why it is denied, if it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from sandbox import clock
from sandbox.account.models import Role, User
from sandbox.catalogue import service
from sandbox.catalogue.models import Purpose, Status, Synchronization
from sandbox.db import db
from sandbox.errors import Refused


class Denial(StrEnum):
    """Why a service is denied what it asks for, in words for whoever reads its site and for the history."""

    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    EXPIRED = "expired"
    RENEWAL = "renewal"
    HALTED = "halted"
    SHUT = "shut"

    @property
    def label(self) -> str:
        return DENIED[self]


DENIED = {
    Denial.UNKNOWN: "cette clé n’ouvre aucun espace",
    Denial.WITHDRAWN: "le service n’est plus synchronisé",
    Denial.REFUSED: "vous n’avez pas donné cet accord",
    Denial.EXPIRED: "vos accords ont plus d’un an",
    Denial.RENEWAL: "vos accords sont à redonner",
    Denial.HALTED: "le service est à l’arrêt (suspendu, fermé ou retiré du catalogue)",
    Denial.SHUT: "l’espace est fermé",
}


class Denied(Refused):
    """A service asked for what it may not have."""

    def __init__(self, denial: Denial) -> None:
        super().__init__(f"« Mon espace santé » a refusé : {denial.label}.")
        self.denial = denial


@dataclass(frozen=True)
class Call:
    """One thing that a service asks for, with the key that it shows."""

    tie: Synchronization | None
    purpose: Purpose

    def is_of(self, user: User) -> bool:
        """Whether the key was given to this service."""
        return self.tie is not None and user.role is Role.SERVICE and user.slug == self.tie.service

    @property
    def denial(self) -> Denial | None:
        """The first reason that stands against it."""
        if self.tie is None:
            return Denial.UNKNOWN
        refused = None if self.tie.grants(self.purpose) else Denial.REFUSED
        return stopped(self.tie, service.find(self.tie.service, self.tie.record)) or refused


def stopped(tie: Synchronization, sheet: service.Service | None) -> Denial | None:
    """Why nothing at all is exchanged any more, if so: the first reason."""
    against = (
        (Denial.WITHDRAWN, not tie.is_live), (Denial.SHUT, not tie.record.is_active),
        (Denial.HALTED, sheet is None or sheet.status is not Status.ONLINE), (Denial.EXPIRED, tie.is_over),
        (Denial.RENEWAL, sheet is not None and needs_renewal(tie, sheet)),
    )
    return next((reason for reason, stands in against if stands), None)


def needs_renewal(tie: Synchronization, sheet: service.Service) -> bool:
    """A new version asks for something else; or a child who came of age decides alone (reference §1.9)."""
    return tie.version < sheet.version or came_of_age(tie)


def came_of_age(tie: Synchronization) -> bool:
    """Whether somebody else agreed for a child who is no longer one."""
    was_a_child = clock.age_on(tie.record.birth_date, tie.agreed_at.date()) < service.ADULT
    return tie.record.age >= service.ADULT and tie.agreed_by_id != tie.record.owner_id and was_a_child


def find(passkey: str) -> Synchronization | None:
    """What this key was given for, in the world one is in; whether it still opens anything is another question."""
    if not passkey:
        return None
    query = sa.select(Synchronization).where(Synchronization.passkey == passkey)
    return db.session.scalars(query.options(selectinload(Synchronization.consents), joinedload(Synchronization.record))).first()
