"""What a trainer says to seats: a message, a prepared hint, a place of the page to look at. Kept until it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from sandbox import clock, live, tenancy
from sandbox.acts import SignedOut, on
from sandbox.classroom import hands
from sandbox.classroom.showing import SHOWN, Shown
from sandbox.db import Model, db
from sandbox.errors import Refused
from sandbox.workshops.models import Workshop

LONGEST = 400
REMEMBERED = 200  # rows told on the trainer's page, all seats together
NOTHING = "Écrivez un message, choisissez un indice ou un endroit à montrer."


class Word(Model):
    """One word to one seat; the same `ref` at all the seats it was sent to."""

    __tablename__ = "trainer_word"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "ref", "seat"),)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"))
    ref: Mapped[str] = mapped_column(sa.String(16))
    seat: Mapped[int]
    is_hint: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(sa.String(LONGEST), default="")
    landmark: Mapped[str] = mapped_column(sa.String(20), default="")
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]  # by the trainer, or because the person left

    @property
    def place(self) -> Shown | None:
        """What is to be looked at, if it still has a name."""
        return SHOWN.get(self.landmark)


IS_WAITING = sa.and_(Word.read_at.is_(None), Word.taken_at.is_(None))


@dataclass(frozen=True)
class Said:
    """What one press sends. At least one of text and landmark."""

    text: str = ""
    landmark: str = ""
    is_hint: bool = False


@dataclass(frozen=True)
class Sending:
    """One press, as the trainer looks back at it."""

    word: Word
    seats: list[int]
    read: list[int]
    waiting: list[int]


def send(workshop: Workshop, seats: Iterable[int], said: Said) -> None:
    """Say it to these seats; those who had raised a hand are answered. Raises Refused."""
    to, text = sorted({seat for seat in seats if 1 <= seat <= workshop.seats}), said.text.strip()[:LONGEST]
    if not to:
        raise Refused("Choisissez au moins une place de cet atelier.")
    if not text and said.landmark not in SHOWN:
        raise Refused(NOTHING)
    ref, now = tenancy.new_ref(), clock.real_now()
    db.session.add_all(
        Word(workshop_id=workshop.id, ref=ref, seat=seat, is_hint=said.is_hint, text=text, landmark=said.landmark, sent_at=now)
        for seat in to
    )
    hands.answered(workshop, to)
    _tell(workshop.id, to)


def read(workshop_id: int, seat: int, ref: str) -> None:
    """The person has read it; saying so again changes nothing."""
    if _end(workshop_id, Word.ref == ref, Word.seat == seat, read_at=clock.real_now()):
        _tell(workshop_id, [seat])


def take_back(workshop: Workshop, ref: str) -> list[int]:
    """Nobody who has not read it sees it any more. Gives the seats where it still waited."""
    seats = _end(workshop.id, Word.ref == ref, taken_at=clock.real_now())
    _tell(workshop.id, seats)
    return seats


@on(SignedOut)
def leave(act: SignedOut) -> None:
    """What was said to somebody is not said to whoever sits there next."""
    if where := tenancy.bound():
        _tell(where.workshop_id, _end(where.workshop_id, Word.seat == act.record.seat, taken_at=clock.real_now()))


def waiting(workshop_id: int, seat: int) -> list[Word]:
    """What a seat has not read and still says something, the oldest first."""
    mine = sa.select(Word).where(Word.workshop_id == workshop_id, Word.seat == seat, IS_WAITING)
    return [word for word in db.session.scalars(mine.order_by(Word.id)) if word.text or word.place]


def how_many() -> sa.Select[int]:
    """The question how many there are, for whoever asks several at once."""
    mine = Word.workshop_id == sa.bindparam("workshop"), Word.seat == sa.bindparam("seat"), IS_WAITING
    return sa.select(sa.func.count(Word.id)).where(*mine)


def sent(workshop_id: int) -> list[Sending]:
    """What was said in this workshop, the latest first."""
    rows = sa.select(Word).where(Word.workshop_id == workshop_id).order_by(Word.sent_at.desc(), Word.ref, Word.seat).limit(REMEMBERED)
    return [_sending(list(words)) for _, words in groupby(db.session.scalars(rows), key=lambda word: word.ref)]


def _sending(words: list[Word]) -> Sending:
    return Sending(
        words[0], [one.seat for one in words], [one.seat for one in words if one.read_at],
        [one.seat for one in words if not one.read_at and not one.taken_at],
    )


def _end(workshop_id: int, *which: sa.ColumnElement[bool], **how: datetime) -> list[int]:
    """End those that wait; at which seats there were some."""
    mine = sa.update(Word).where(Word.workshop_id == workshop_id, IS_WAITING, *which)
    return sorted(set(db.session.scalars(mine.values(**how).returning(Word.seat))))


def _tell(workshop_id: int, seats: list[int]) -> None:
    for seat in seats:
        live.tell(live.audience_of_seat(workshop_id, seat), "words")
    if seats:
        live.tell(live.audience_of_room(workshop_id), "words")
