"""What a person says of a recommended exam, vaccine or screening (reference §1.7): to plan, done, not done, or nothing."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from sandbox import clock, french
from sandbox.account.models import Record, User
from sandbox.acts import ExamMarked, publish
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.prevention import calendar
from sandbox.prevention.models import Mark, State
from sandbox.prevention.recommended import LABELS, Item, window_of

EARLY = timedelta(days=183)  # before the window opens: what is done then may still count for it
LOCKED = "C’est noté par {}, le {} : vous ne pouvez pas le changer. Si c’est une erreur, demandez-lui de corriger."
FUTURE = "Cette date n’est pas encore venue. Pour une date à venir, choisissez « À prévoir »."
UNBORN = "Cette date est avant la naissance, le {}. Vérifiez l’année."
TOO_EARLY = "Cette date est trop tôt : la période commence le {}. Vérifiez l’année."
NOT_YET = "La période commence seulement le {}. Choisissez « À prévoir »."


def mark(user: User, record: Record, item: Item, state: State | None, done_on: date | None = None) -> None:
    """Say it of one window; None takes back what was said. Raises Refused."""
    if item.is_locked:
        raise Refused(locked(item))
    done_on = done_on if state is State.DONE else None
    if state is State.DONE:
        _check(record, item, done_on)
    before = _marks(record, item)
    if [(one.state, one.done_on) for one in before] == ([(state, done_on)] if state else []):
        return
    for one in before if state is None else before[:-1]:
        db.session.delete(one)
    if state:
        one = before[-1] if before else _row(record, item, state)
        one.state, one.done_on, one.marked_at = state, done_on, clock.now()
    db.session.flush()
    publish(ExamMarked(actor=user, record=record, title=item.title, state=in_words(state, done_on)))


def locked(item: Item) -> str:
    """Why it cannot be changed."""
    return LOCKED.format(item.done_by, french.long_date(item.done_on or item.opens_on))


def in_words(state: State | None, done_on: date | None) -> str:
    """« à prévoir », « fait le 3 mars 2026 »."""
    return LABELS[state].lower() + (f" le {french.long_date(done_on)}" if done_on else "")


def _check(record: Record, item: Item, done_on: date | None) -> None:
    """The day on which it was done: lived already, and not long before its window."""
    if done_on and done_on > clock.today():
        raise Refused(FUTURE)
    if done_on and done_on < record.birth_date:
        raise Refused(UNBORN.format(french.long_date(record.birth_date)))
    if (done_on or clock.today()) < item.opens_on - EARLY:
        raise Refused((TOO_EARLY if done_on else NOT_YET).format(french.long_date(item.opens_on)))


def _marks(record: Record, item: Item) -> list[Mark]:
    """What was said of this window until now, the latest last."""
    query = sa.select(Mark).where(Mark.record_id == record.id, Mark.code == item.code).order_by(Mark.marked_at, Mark.id)
    windows = [window for window in calendar.windows(record.birth_date, record.sex) if window.thing is item.thing]
    found = db.session.scalars(query.with_for_update(of=Mark).execution_options(populate_existing=True))
    return [one for one in found if (window := window_of(one.code, one.opens_on, windows)) and window.opens_on == item.opens_on]


def _row(record: Record, item: Item, state: State) -> Mark:
    """A new row, or the one that another window has just written: the store keeps one."""
    one = Mark(record=record, code=item.code, opens_on=item.opens_on, state=state)
    try:
        with db.session.begin_nested():
            db.session.add(one)
    except IntegrityError:
        return _marks(record, item)[-1]
    return one
