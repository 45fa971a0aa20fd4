"""What concerns one person: the windows of the calendar near today, with what they and professionals said of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

import sqlalchemy as sa

from sandbox import clock, french
from sandbox.account.models import Record, Sex, User
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.prevention import calendar
from sandbox.prevention.calendar import Kind, Requirement, Thing, Window
from sandbox.prevention.exams import birthday
from sandbox.prevention.models import ChildExam, Mark, State
from sandbox.vaccination.models import Vaccination

SOON, FAR, CHILDHOOD = "2y", "10y", "18y"
AHEAD = timedelta(days=14)  # a vaccine given a little early is the one of the window that opens
LABELS = {State.TO_PLAN: "À prévoir", State.DONE: "Fait", State.NOT_DONE: "Non fait", None: "Non précisé"}
Key = tuple[str, date]


@dataclass(frozen=True)
class Said:
    """What is said of one window, and by which professional when it is one."""

    state: State
    done_on: date | None
    done_by: str = ""


@dataclass(frozen=True)
class Item:
    """One line of a person's prevention. `done_by` is the professional who recorded it: then it is locked."""

    thing: Thing
    code: str
    title: str
    opens_on: date
    closes_on: date | None
    today: date
    state: State | None = None
    done_on: date | None = None
    done_by: str = ""

    @property
    def kind(self) -> Kind:
        return self.thing.kind

    @property
    def requirement(self) -> Requirement:
        return self.thing.requirement

    @property
    def is_locked(self) -> bool:
        return self.done_by != ""

    @property
    def is_done(self) -> bool:
        return self.state is State.DONE

    @property
    def is_to_come(self) -> bool:
        return self.opens_on > self.today

    @property
    def is_past(self) -> bool:
        return self.closes_on is not None and self.closes_on < self.today

    @property
    def is_open(self) -> bool:
        return not (self.is_to_come or self.is_past)

    @property
    def is_soon(self) -> bool:
        return self.is_to_come and self.opens_on <= birthday(self.today, SOON)

    @property
    def state_label(self) -> str:
        """« À prévoir », « Fait le 3 mars 2026 »."""
        return f"Fait le {french.long_date(self.done_on)}" if self.is_done and self.done_on else LABELS[self.state]

    @property
    def when(self) -> str:
        """« entre le 3 mars 2026 et le 2 mars 2028 », « à partir du 3 mars 2026 »."""
        first = french.long_date(self.opens_on)
        return f"entre le {first} et le {french.long_date(self.closes_on)}" if self.closes_on else f"à partir du {first}"


def every(record: Record) -> list[Item]:
    """What is open, what was and what will be not too far from today, and all that something is said of."""
    windows = calendar.windows(record.birth_date, record.sex)
    said = _said(record, windows)
    near = _near(record.birth_date, record.sex, clock.today())
    return [_item(window, said.get(_key(window))) for window in windows if _key(window) in near or _key(window) in said]


def dated(record: Record) -> list[Item]:
    """What waits for the person: open now or within two years, neither done nor put aside; the soonest first."""
    waits = (item for item in every(record) if item.state in {None, State.TO_PLAN} and (item.is_open or item.is_soon))
    return sorted(waits, key=lambda item: item.opens_on)


def find(record: Record, code: str, opens_on: str) -> Item | None:
    """The one of that code whose window opens that day, as an address tells it."""
    return next((item for item in every(record) if (item.code, item.opens_on.isoformat()) == (code, opens_on)), None)


def window_of(code: str, opens_on: date, windows: Iterable[Window]) -> Window | None:
    """The window that a mark is about: the nearest, since a record restored another year has other birthdays."""
    own = (window for window in windows if window.thing.code == code)
    return min(own, key=lambda window: abs(window.opens_on - opens_on), default=None)


def _item(window: Window, said: Said | None) -> Item:
    thing = window.thing
    title = f"{thing.title} – {window.label}" if window.label else thing.title
    told = (said.state, said.done_on, said.done_by) if said else ()
    return Item(thing, thing.code, title, window.opens_on, window.closes_on, clock.today(), *told)


def _key(window: Window) -> Key:
    return window.thing.code, window.opens_on


# --- near today --------------------------------------------------------------------------------------

@lru_cache(maxsize=512)
def _near(born: date, sex: Sex, today: date) -> frozenset[Key]:
    """Of what repeats: the last window, the one that is open, the next one. Of the rest: a childhood back, ten years ahead."""
    by_thing = groupby(calendar.windows(born, sex), key=lambda window: window.thing)
    return frozenset(_key(window) for thing, own in by_thing for window in _shown(thing, list(own), today))


def _shown(thing: Thing, own: list[Window], today: date) -> list[Window]:
    past = [window for window in own if window.closes_on and window.closes_on < today <= birthday(window.closes_on, CHILDHOOD)]
    coming = [window for window in own if today < window.opens_on <= birthday(today, FAR)]
    present = [window for window in own if window.opens_on <= today and (window.closes_on is None or window.closes_on >= today)]
    return [*past[-1:], *present, *coming[:1]] if thing.repeats else [*past, *present, *coming]


# --- what is said ------------------------------------------------------------------------------------

def _said(record: Record, windows: tuple[Window, ...]) -> dict[Key, Said]:
    """By window; what a professional recorded goes over what the person marked."""
    found: dict[Key, Said] = {}
    query = sa.select(Mark.code, Mark.opens_on, Mark.state, Mark.done_on).where(Mark.record_id == record.id)
    for code, opens_on, state, done_on in db.session.execute(query.order_by(Mark.marked_at, Mark.id)):
        if window := window_of(code, opens_on, windows):
            found[_key(window)] = Said(state, done_on)
    given: Counter[Key] = Counter()
    for code, day, name, is_exam in db.session.execute(_recorded(record)):
        window = _of_exam(code, windows) if is_exam else _of_dose(code, day, windows)
        if window:
            given[_key(window)] += 1
            if given[_key(window)] >= window.thing.doses:
                found[_key(window)] = Said(State.DONE, day, name)
    return found


def _of_exam(code: str, windows: Iterable[Window]) -> Window | None:
    return next((window for window in windows if window.thing.exam == code), None)


def _of_dose(code: str, day: date, windows: Iterable[Window]) -> Window | None:
    """The last window already open that day: a vaccine given late is that one's."""
    opened = (window for window in windows if code in window.thing.vaccines and window.opens_on - AHEAD <= day)
    return max(opened, key=lambda window: window.opens_on, default=None)


def _recorded(record: Record) -> sa.Executable:
    """What professionals recorded, in the order of days, but for what was withdrawn or is not announced yet: one question."""
    stands = sa.or_(Document.id.is_(None), sa.and_(
        Document.withdrawn_at.is_(None), ~Document.loose, sa.or_(Document.hidden_until.is_(None), Document.hidden_until <= clock.now()),
    ))
    given = sa.select(Vaccination.vaccine.label("code"), Vaccination.given_on.label("day"), User.name, sa.false().label("is_exam"))
    made = sa.select(ChildExam.exam.label("code"), ChildExam.made_on.label("day"), User.name, sa.true().label("is_exam"))
    return sa.union_all(
        given.join(Vaccination.author).outerjoin(Vaccination.document).where(Vaccination.record_id == record.id, stands),
        made.join(ChildExam.author).outerjoin(ChildExam.document).where(ChildExam.record_id == record.id, stands),
    ).order_by("day")
