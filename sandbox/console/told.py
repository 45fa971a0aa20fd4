"""What happened or is planned, as its page tells it: plain words, no rows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sandbox import clock, french
from sandbox.db import db
from sandbox.workshops import service
from sandbox.workshops.models import Trainer, Workshop
from sandbox.workshops.planned import Happening, Stage, Unfolding

TAGS = {
    Stage.PLANNED: ("Prévu", "info"), Stage.PAUSED: ("En pause", "neutral"), Stage.DONE: ("Fait", "good"),
    Stage.FAILED: ("Pas fait", "bad"), Stage.STOPPED: ("Arrêté", "neutral"),
}
FEW = 4
SKIPPED = ("N’arrivera pas", "neutral")
PARTLY = ("Fait, sauf à certaines places", "warn")


@dataclass(frozen=True)
class Told:
    """One thing."""

    ref: str
    label: str
    note: str
    at: datetime
    when: str
    whom: str
    by: str
    tag: tuple[str, str]
    is_to_come: bool
    reached: str  # whom, by their names
    missed: list[tuple[str, str]]  # who, and why


def told_of(workshop: Workshop, happenings: Iterable[Happening]) -> list[Told]:
    """In the order given."""
    names = {card.seat: card.name for card in service.credentials(workshop) if card.seat}
    pauses = {
        number: at for number, at in db.session.execute(
            sa.select(Unfolding.id, Unfolding.paused_at).where(Unfolding.workshop_id == workshop.id, Unfolding.paused_at.is_not(None))
        )
    }
    trainers = {number: email for number, email in db.session.execute(sa.select(Trainer.id, Trainer.email))}
    return [_told(one, names, trainers.get(one.trainer_id or 0, ""), pauses.get(one.unfolding_id or 0)) for one in happenings]


def _told(one: Happening, names: dict[int, str], trainer: str, paused_at: datetime | None) -> Told:
    at = one.wanted_at if one.stage.is_to_come else one.done_at or one.wanted_at
    whys: dict[str, list[str]] = {}
    for seat, why in one.missed:
        whys.setdefault(why, []).append(names.get(seat, f"place {seat}"))
    return Told(
        ref=one.ref, label=one.label, note=one.note, at=at, when=_when(one, at, paused_at),
        whom=whom(one.seats, len(names)), by="par le déroulé" if one.unfolding_id else f"par {trainer}" if trainer else "",
        tag=_tag(one), is_to_come=one.stage.is_to_come,
        reached=_reached(one.reached, names),
        missed=[(french.listed(who), why) for why, who in whys.items()],
    )


def _tag(one: Happening) -> tuple[str, str]:
    if one.unfolding_id and one.stage is Stage.STOPPED:
        return SKIPPED
    return PARTLY if one.reached and one.missed else TAGS[one.stage]


def _when(one: Happening, at: datetime, paused_at: datetime | None) -> str:
    """Its hour; while its timeline is paused, what is left to wait."""
    if one.stage is Stage.PAUSED and paused_at:
        left = max(0, math.ceil((at.timestamp() - paused_at.timestamp()) / 60))
        return f"{french.several(left, 'minute')} après la reprise"
    return french.at(at, clock.real_now().date())


def _reached(seats: list[int], names: dict[int, str]) -> str:
    """By their names; a whole room in two words."""
    if len(seats) == len(names) > FEW:
        return "toutes les places"
    return french.listed([names.get(seat, f"place {seat}") for seat in seats])


def whom(seats: list[int], every: int) -> str:
    """« toutes les places », « la place 3 », « les places 1 et 2 »."""
    if len(seats) == every:
        return "toutes les places"
    words = french.places(seats) if seats else "Aucune place"
    return words[0].lower() + words[1:]
