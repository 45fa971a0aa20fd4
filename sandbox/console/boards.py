"""The live board: each seat and each exercise in four words, who is on which page, who may be stuck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from sandbox import clock, french, live, tenancy
from sandbox.account.models import Life, Record, Role, User
from sandbox.classroom import hands, presence
from sandbox.classroom.presence import Presence
from sandbox.console.overview import bound_of
from sandbox.db import db
from sandbox.exercises import service as exercises
from sandbox.exercises.models import IS_PRESENT, Attempt
from sandbox.exercises.service import Exercise
from sandbox.workshops.models import Workshop

STANDING = {Life.CREATED: "pas activé", Life.OPPOSED: "opposition", Life.CLOSED: "clos"}  # a seat that is not active
DONE, BEGUN, HELP, NONE = "done", "doing", "stuck", "none"
WORDS = {NONE: "À faire", BEGUN: "Commencé", DONE: "Fait", HELP: "Besoin d’aide"}
ROWS_A_COLUMN = 20  # on the wall


@dataclass(frozen=True)
class Seat:
    """One line of the board. `marks`: a word of WORDS for each exercise, in order."""

    number: int
    name: str
    seen_at: datetime | None
    life: Life
    marks: tuple[str, ...]
    where: str  # the page one is on
    stuck: str  # why one may be stuck
    asks: bool  # a hand is raised there

    @property
    def standing(self) -> str:
        """In a word, why the person cannot simply sign in."""
        return STANDING.get(self.life, "")

    @property
    def short(self) -> str:
        """« Clémence J. »: what holds on a crowded screen."""
        first, _, family = self.name.partition(" ")
        return f"{first} {family[:1]}."

    @property
    def done(self) -> int:
        return self.marks.count(DONE)

    @property
    def needs_help(self) -> bool:
        return self.asks

    @property
    def seen(self) -> str:
        """When the person was last seen opening a section."""
        if self.seen_at is None:
            return ""
        day = "" if self.seen_at.date() == clock.now().date() else f"le {french.short_date(self.seen_at.date())} "
        return f"{day}à {french.hour(self.seen_at)}"


@dataclass(frozen=True)
class Board:
    exercises: list[Exercise]
    seats: list[Seat]
    open_until: datetime | None  # None: nobody can enter

    def count(self, slug: str) -> int:
        at = next(number for number, one in enumerate(self.exercises) if one.slug == slug)
        return sum(seat.marks[at] == DONE for seat in self.seats)

    @property
    def present(self) -> int:
        return sum(seat.seen_at is not None for seat in self.seats)

    @property
    def done(self) -> int:
        return sum(seat.done for seat in self.seats)

    @property
    def total(self) -> int:
        return len(self.seats) * len(self.exercises)

    @property
    def stuck(self) -> list[Seat]:
        """Those who may be stuck, by their number: nobody is ranked."""
        return [seat for seat in self.seats if seat.stuck]

    @property
    def columns(self) -> list[list[Seat]]:
        """The seats as they stand on the wall: as many columns as it takes."""
        return [self.seats[at : at + ROWS_A_COLUMN] for at in range(0, len(self.seats), ROWS_A_COLUMN)]


def board(workshop: Workshop) -> Board:
    """Each seat and each exercise, as they are now."""
    asked = exercises.of_workshop(workshop.id)
    people = sa.select(User.seat, User.name, User.seen_at, Record.life).join(User.record)
    people = people.where(User.role == Role.LEARNER).order_by(User.seat)
    with tenancy.world(bound_of(workshop)):
        done = exercises.done(asked)
        rows = db.session.execute(people).all()
    begun, there = _begun(workshop), presence.of_workshop(workshop.id, workshop.world_id or 0)
    helped = {hand.seat: hand.exercise for hand in hands.of_workshop(workshop.id)}
    seats = [
        Seat(seat, name, seen_at, life, _marks(seat, asked, done, begun, helped.get(seat)), *_where(there.get(seat)), seat in helped)
        for seat, name, seen_at, life in rows
    ]
    return Board(asked, seats, workshop.open_until if workshop.is_open else None)


def done(workshop: Workshop) -> dict[str, set[int]]:
    """For each exercise, the seats that have done it."""
    asked = exercises.of_workshop(workshop.id)
    with tenancy.world(bound_of(workshop)):
        return exercises.done(asked)


def _marks(
    seat: int, asked: list[Exercise], done: Mapping[str, set[int]], begun: set[tuple[int, str]], helped: str | None
) -> tuple[str, ...]:
    return tuple(
        DONE if seat in done[one.slug] else HELP if one.slug == helped else BEGUN if (seat, one.slug) in begun else NONE
        for one in asked
    )


def _begun(workshop: Workshop) -> set[tuple[int, str]]:
    goes = sa.select(Attempt.seat, Attempt.exercise).where(
        Attempt.world_id == workshop.world_id, Attempt.begun_at.is_not(None), IS_PRESENT
    )
    return {(seat, slug) for seat, slug in db.session.execute(goes)}


def _where(row: Presence | None) -> tuple[str, str]:
    """The page one is on, and why one may be stuck."""
    if row is None:
        return "", ""
    now = clock.real_now()
    if row.left_at:
        return f"parti à {french.hour(row.left_at)}", ""
    is_away = now - row.seen_at > presence.GONE
    return f"vu à {french.hour(row.seen_at)}" if is_away else row.label, presence.stuck(row, now)


def print_of(workshop: Workshop) -> str:
    """What changes when the board does, found by one question: an unchanged board is not made again.

    The minute is part of it: how long one has been on a page is told in minutes.
    """
    asked = {"workshop": workshop.id, "room": live.audience_of_room(workshop.id)}
    since, errors, event = db.session.execute(_question(), asked).one()
    return f"{workshop.world_id}-{workshop.start_id}-{workshop.is_open}-{since}-{errors}-{event}-{clock.real_now():%d%H%M}"


@lru_cache(maxsize=1)
def _question() -> sa.Select[Any]:
    """Made once: putting it together takes longer than asking it."""
    news = sa.select(sa.func.max(live.Event.id)).where(live.Event.audience == sa.bindparam("room"))
    moves = sa.select(sa.func.max(Presence.since), sa.func.coalesce(sa.func.sum(Presence.errors), 0), news.scalar_subquery())
    return moves.where(Presence.workshop_id == sa.bindparam("workshop"))
