"""« Qui peut voir mon dossier »: the blueprint that its pages share, and whom an address names."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from sandbox.access import To, actor, opened_record, require
from sandbox.account.models import Record, Role, User
from sandbox.db import db
from sandbox.learner import portal
from sandbox.privacy.matrix_file import professions
from sandbox.privacy.models import Standing

bp = portal("privacy", __name__, "/confidentialite")
ZONES = ("Documents", "Vaccinations", "Histoire de santé", "Entourage et volontés")  # what a consent opens (reference §1.11)


def record_of() -> Record:
    """The open record with its professionals, for whoever chooses who may look at it; 404 otherwise."""
    record = opened_record()
    require(actor(), To.CHOOSE_PRIVACY, record)
    people = selectinload(Record.standings).joinedload(Standing.professional).joinedload(User.professional)
    return db.session.scalars(sa.select(Record).where(Record.id == record.id).options(people)).one()


def professional_of(ref: str) -> User:
    """The professional of this address; 404 for anybody else."""
    query = sa.select(User).where(User.ref == ref, User.role == Role.PROFESSIONAL).options(joinedload(User.professional))
    return db.session.scalars(query).first() or abort(404)


def profession_of(user: User) -> str:
    """The words of what this professional is: « Infirmier · Soins infirmiers »."""
    card = user.professional
    known = professions().get(card.profession, "") if card else ""
    return " · ".join(dict.fromkeys(word for word in (known, card.specialty if card else "") if word))


@bp.context_processor
def words() -> dict[str, Any]:
    """What the section's pages say of professionals."""
    return {"profession_of": profession_of, "zones": ZONES}
