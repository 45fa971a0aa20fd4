"""A hand raised at a seat, and how the trainer answers it. A row of the workshop: it outlives resets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from sandbox import clock, live, tenancy
from sandbox.acts import SignedOut, on
from sandbox.db import Model, choice, db
from sandbox.errors import Refused
from sandbox.exercises.models import IS_PRESENT, Attempt
from sandbox.tenancy import Bound
from sandbox.workshops.models import Workshop

LOWERED = "Cette main n’est plus levée."
TAKEN = "Quelqu’un y va déjà."


class Answer(StrEnum):
    COMING = "coming"
    WORD = "word"


class Hand(Model):
    """Somebody asks for help, from `raised_at` to `lowered_at`. Moments are the machine's: a person waits by the wall."""

    __tablename__ = "hand"
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id", ondelete="CASCADE"), index=True)
    seat: Mapped[int]
    exercise: Mapped[str] = mapped_column(sa.String(60), default="")  # the one they were at, if any
    raised_at: Mapped[datetime]
    answer: Mapped[Answer | None] = mapped_column(choice(Answer))
    answered_at: Mapped[datetime | None]
    lowered_at: Mapped[datetime | None]


IS_UP = Hand.lowered_at.is_(None)
sa.Index("uq_hand_up", Hand.workshop_id, Hand.seat, unique=True, sqlite_where=IS_UP, postgresql_where=IS_UP)


def raise_hand(where: Bound, seat: int, exercise: str = "") -> None:
    """Ask for help; asking twice asks once. Whoever was answered by a word and asks again waits again."""
    hand = _up(where.workshop_id, seat)
    if hand is not None and hand.answer is not Answer.WORD:
        return
    _lower(where.workshop_id, [seat])
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.add(Hand(
                workshop_id=where.workshop_id, seat=seat, exercise=exercise or _under_way(where, seat), raised_at=clock.real_now(),
            ))
    except sa.exc.IntegrityError:
        return  # another page of the same person has just asked
    _tell(where.workshop_id, [seat])


def lower(workshop_id: int, seat: int) -> None:
    """No help is needed any more, says either of them."""
    if _lower(workshop_id, [seat]):
        _tell(workshop_id, [seat])


def come(workshop: Workshop, seat: int) -> None:
    """The trainer is on their way. Raises Refused when the hand is down, or when a colleague goes."""
    hand = _up(workshop.id, seat)
    if hand is None:
        raise Refused(LOWERED)
    if hand.answer is Answer.COMING:
        raise Refused(TAKEN)
    hand.answer, hand.answered_at = Answer.COMING, clock.real_now()
    _tell(workshop.id, [seat])


def answered(workshop: Workshop, seats: Iterable[int]) -> None:
    """A word went to these seats: those who waited are answered by it."""
    waiting = sa.select(Hand).where(Hand.workshop_id == workshop.id, Hand.seat.in_(list(seats)), IS_UP, Hand.answer.is_(None))
    hands = db.session.scalars(waiting).all()
    for hand in hands:
        hand.answer, hand.answered_at = Answer.WORD, clock.real_now()
    _tell(workshop.id, [hand.seat for hand in hands])


def of_workshop(workshop_id: int) -> list[Hand]:
    """The hands that are up, in order of arrival."""
    mine = sa.select(Hand).where(Hand.workshop_id == workshop_id, IS_UP).order_by(Hand.raised_at, Hand.id)
    return list(db.session.scalars(mine))


def up(workshop_id: int, seat: int) -> Hand | None:
    """The hand of a seat, while it is up."""
    return db.session.scalars(sa.select(Hand).where(Hand.workshop_id == workshop_id, Hand.seat == seat, IS_UP)).first()


def is_up() -> sa.Select[int]:
    """The question whether it is, for whoever asks several at once."""
    return sa.select(Hand.id).where(Hand.workshop_id == sa.bindparam("workshop"), Hand.seat == sa.bindparam("seat"), IS_UP)


@on(SignedOut)
def leave(act: SignedOut) -> None:
    """Nobody waits at a seat that was left on purpose."""
    if where := tenancy.bound():
        lower(where.workshop_id, act.record.seat)


def _up(workshop_id: int, seat: int) -> Hand | None:
    """The same as `up`, for whoever changes it."""
    mine = sa.select(Hand).where(Hand.workshop_id == workshop_id, Hand.seat == seat, IS_UP)
    return db.session.scalars(mine.with_for_update().execution_options(populate_existing=True)).first()


def _lower(workshop_id: int, seats: list[int]) -> bool:
    hands = sa.update(Hand).where(Hand.workshop_id == workshop_id, Hand.seat.in_(seats), IS_UP)
    return bool(db.session.execute(hands.values(lowered_at=clock.real_now()).returning(Hand.id)).all())


def _under_way(where: Bound, seat: int) -> str:
    """The exercise begun last and not done."""
    goes = sa.select(Attempt.exercise).where(
        Attempt.world_id == where.world_id, Attempt.seat == seat, IS_PRESENT, Attempt.begun_at.is_not(None), Attempt.done_at.is_(None),
    )
    return db.session.scalars(goes.order_by(Attempt.begun_at.desc())).first() or ""


def _tell(workshop_id: int, seats: list[int]) -> None:
    for seat in seats:
        live.tell(live.audience_of_seat(workshop_id, seat), "hand")
    if seats:
        for topic in ("hands", "board"):
            live.tell(live.audience_of_room(workshop_id), topic)
