"""Whatever people decide, in whatever order: a service does what it was allowed, by a live tie of that world, and no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sandbox import clock
from sandbox.account.service import institution
from sandbox.catalogue import halting, pairing, service
from sandbox.catalogue.calls import Denied
from sandbox.catalogue.models import Purpose, Status
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.workshops import resets
from sandbox.workshops.models import Workshop
from tests.catalogue.calling import WRITES, call, written
from tests.room import Room
from tests.trying import tried

FIRMS = ("glyco-suivi", "rappel-vaccins", "pre-admission-valbrune")
SOME = st.sets(st.sampled_from(list(Purpose)))
DEEDS = st.one_of(
    st.tuples(st.just("agree"), st.sampled_from(FIRMS), SOME),
    st.tuples(st.just("change"), st.sampled_from(FIRMS), SOME),
    st.tuples(st.just("withdraw"), st.sampled_from(FIRMS)),
    st.tuples(st.just("wait"), st.integers(1, 400)),
    st.tuples(st.just("halt"), st.sampled_from(FIRMS), st.sampled_from([Status.ONLINE, Status.SUSPENDED, Status.OFFLINE])),
    st.tuples(st.just("renew"), st.sampled_from(FIRMS)),
    st.tuples(st.just("reset")),
)


@dataclass
class Known:
    """What should be true of one firm, told without the code that is tried."""

    key: str = ""
    granted: set[Purpose] = field(default_factory=set)
    until: datetime | None = None
    version: int = 0
    status: Status = Status.ONLINE
    newest: int = 1

    def opens(self, key: str, purpose: Purpose) -> bool:
        is_valid = self.until is not None and clock.now() < self.until and self.version >= self.newest
        return bool(key) and key == self.key and is_valid and self.status is Status.ONLINE and purpose in self.granted

    def forget(self) -> None:
        self.key, self.granted = "", set()


def agree(room: Room, known: Known, slug: str, granted: set[Purpose]) -> None:
    record = room.record(1)
    sheet = service.find(slug, record)
    assert sheet is not None
    tie = pairing.agree(record.owner, record, sheet, granted)
    known.forget()
    if tie is not None:
        known.key, known.granted, known.version = tie.passkey, granted & set(sheet.purposes), known.newest
        known.until = clock.now() + timedelta(days=365)


def change(room: Room, known: Known, slug: str, granted: set[Purpose]) -> None:
    record = room.record(1)
    tie, sheet = pairing.with_service(record, slug), service.find(slug, record)
    if tie is not None and sheet is not None:
        pairing.change(record.owner, tie, sheet, granted)
        known.granted = granted & set(sheet.purposes)


def withdraw(room: Room, known: Known, slug: str) -> None:
    if tie := pairing.with_service(room.record(1), slug):
        pairing.end(tie.agreed_by, tie, slug)
        known.forget()


def halt(room: Room, known: Known, slug: str, status: Status) -> None:
    halting.halt(institution(), room.record(1), slug, status)
    known.status = status


def renew(room: Room, known: Known, slug: str) -> None:
    latest = service.services()[slug].latest
    halting.renew(institution(), room.record(1), slug, latest)
    known.newest = latest


VERBS = {"agree": agree, "change": change, "withdraw": withdraw, "halt": halt, "renew": renew}


def perform(room: Room, firms: dict[str, Known], deed: tuple) -> None:
    """One deed; what the domain refuses changes nothing."""
    verb, *about = deed
    if verb == "reset":
        reset(room)
        firms.update({slug: Known() for slug in FIRMS})
        return
    with room.inside():
        if verb == "wait":
            room.world().shift_seconds += about[0] * 24 * 3600
            return
        try:
            with db.session.begin_nested():
                VERBS[verb](room, firms[about[0]], *about)
        except Refused:
            db.session.expire_all()


def reset(room: Room) -> None:
    with room.app.app_context(), writing():
        resets.reset_seat(db.session.get_one(Workshop, room.workshop_id), 1)
        db.session.commit()
        db.session.remove()


def try_all(room: Room, firms: dict[str, Known], keys: dict[str, str]) -> None:
    """Every key ever given, for every purpose: it opens exactly what it should, and writes exactly that."""
    with room.inside():
        for key, slug in keys.items():
            for purpose in Purpose:
                before, expected = written(), firms[slug].opens(key, purpose)
                try:
                    call(key, purpose)
                except Denied:
                    assert not expected, (slug, purpose)
                else:
                    assert expected, (slug, purpose)
                more = {WRITES[purpose]: 1} if expected and purpose in WRITES else {}
                assert written() == {kind: number + more.get(kind, 0) for kind, number in before.items()}


@tried(12)
@given(deeds=st.lists(DEEDS, min_size=2, max_size=8))
def test_a_call_succeeds_exactly_when_a_live_tie_grants_it(room: Room, deeds: list[tuple]) -> None:
    room.renew()
    firms, keys = {slug: Known() for slug in FIRMS}, {}
    for deed in [("agree", FIRMS[0], set(Purpose)), *deeds]:
        perform(room, firms, deed)
        keys |= {known.key: slug for slug, known in firms.items() if known.key}
        try_all(room, firms, dict(list(keys.items())[-4:]))
