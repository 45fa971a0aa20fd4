"""Who runs a workshop: the trainer whose it is, and the colleagues with whom it is shared."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops.models import Share, Trainer, Workshop

MOST = 20  # colleagues of one workshop
UNKNOWN = "Aucun formateur n’a cette adresse. Demandez à un administrateur de l’ajouter."
NOBODYS = "Cet atelier n’est à personne : tous les formateurs l’animent déjà."
ALREADY = "Cette personne anime déjà l’atelier."
TOO_MANY = f"Un atelier se partage avec {MOST} collègues au plus."


def is_among(trainer: Trainer, workshop: Workshop) -> bool:
    """Whether the workshop is shared with this trainer."""
    mine = sa.select(Share.id).where(Share.workshop_id == workshop.id, Share.trainer_id == trainer.id)
    return db.session.execute(mine).first() is not None


def of_workshop(workshop: Workshop) -> list[Trainer]:
    """The colleagues, in the order in which they came."""
    shares = sa.select(Share).where(Share.workshop_id == workshop.id).order_by(Share.id).options(joinedload(Share.trainer))
    return [share.trainer for share in db.session.scalars(shares)]


def workshops_of(trainer: Trainer) -> list[Workshop]:
    """What a trainer sees, newest first: their own, those shared with them, and those made from the command line."""
    shared = sa.select(Share.workshop_id).where(Share.trainer_id == trainer.id)
    mine = sa.or_(Workshop.trainer_id == trainer.id, Workshop.trainer_id.is_(None), Workshop.id.in_(shared))
    return list(db.session.scalars(sa.select(Workshop).where(mine).order_by(Workshop.id.desc()).options(joinedload(Workshop.trainer))))


def usual_territory(trainer: Trainer) -> str:
    """Where their latest workshop was."""
    latest = sa.select(Workshop.territory).where(Workshop.trainer_id == trainer.id).order_by(Workshop.id.desc()).limit(1)
    return db.session.scalars(latest).first() or ""


def share(workshop: Workshop, email: str) -> Trainer:
    """From now on this colleague runs it too. Raises Refused."""
    if workshop.trainer_id is None:
        raise Refused(NOBODYS)
    db.session.scalars(sa.select(Workshop.id).where(Workshop.id == workshop.id).with_for_update()).one()
    colleague = db.session.scalars(sa.select(Trainer).where(Trainer.email == email.strip().lower())).first()
    if colleague is None or colleague.blocked_at:
        raise Refused(UNKNOWN)
    if colleague.id == workshop.trainer_id or is_among(colleague, workshop):
        raise Refused(ALREADY)
    if len(of_workshop(workshop)) >= MOST:
        raise Refused(TOO_MANY)
    db.session.add(Share(workshop_id=workshop.id, trainer=colleague))
    db.session.flush()
    return colleague


def stop_sharing(workshop: Workshop, trainer_id: int) -> bool:
    """This colleague runs it no more; whether they did."""
    theirs = sa.delete(Share).where(Share.workshop_id == workshop.id, Share.trainer_id == trainer_id)
    return bool(db.session.execute(theirs).rowcount)  # type: ignore[attr-defined]
