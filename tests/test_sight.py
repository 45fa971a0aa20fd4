"""Who sees a document, and why: each reason from both sides, and what no combination may ever open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox import clock, sight
from sandbox.access import To, may
from sandbox.account import life
from sandbox.account.models import Record, Role, User
from sandbox.clock import now
from sandbox.db import db
from sandbox.documents.models import Confidentiality, Document
from sandbox.privacy import matrix, service
from sandbox.privacy.matrix_file import Cell, groups
from sandbox.privacy.models import State
from sandbox.sight import Why
from tests.asking import asked
from tests.browser import text_of
from tests.pro.people import document
from tests.room import Room
from tests.trying import tried

REASON = "Personne inconsciente"
Given = Callable[[Record, User, Document], None]


def nothing(record: Record, user: User, found: Document) -> None:
    """As the pack tells it."""


def masked(record: Record, user: User, found: Document) -> None:
    found.confidentiality = Confidentiality.MASKED


def blocked(record: Record, user: User, found: Document) -> None:
    service.block(record.owner, record, user)


def administrator(record: Record, user: User, found: Document) -> None:
    masked(record, user, found)
    service.name_administrator(record.owner, record, user)


def broken(record: Record, user: User, found: Document) -> None:
    service.break_glass(user, record, REASON)


def broken_yesterday(record: Record, user: User, found: Document) -> None:
    with clock.shifted(timedelta(hours=-13)):
        service.break_glass(user, record, REASON)


def masked_and_broken(record: Record, user: User, found: Document) -> None:
    masked(record, user, found)
    broken(record, user, found)


def masked_included(record: Record, user: User, found: Document) -> None:
    masked_and_broken(record, user, found)
    service.choose_emergency(record.owner, record, samu=True, glass=True, masked=True)


def glass_refused_after(record: Record, user: User, found: Document) -> None:
    broken(record, user, found)
    service.choose_emergency(record.owner, record, samu=True, glass=False, masked=False)


def blocked_in_emergency(record: Record, user: User, found: Document) -> None:
    broken(record, user, found)
    blocked(record, user, found)


def samu_refused(record: Record, user: User, found: Document) -> None:
    service.choose_emergency(record.owner, record, samu=False, glass=True, masked=False)


def loose(record: Record, user: User, found: Document) -> None:
    found.loose = True


def hidden(record: Record, user: User, found: Document) -> None:
    found.hidden_until = now() + timedelta(days=20)


def withdrawn(record: Record, user: User, found: Document) -> None:
    found.loose, found.withdrawn_at = True, now()


def withdrawn_before_it_was_announced(record: Record, user: User, found: Document) -> None:
    withdrawn(record, user, found)
    found.hidden_until = now() - timedelta(days=20)


def shut(record: Record, user: User, found: Document) -> None:
    life.close(record.owner, record, erase=False)


BLOOD, MINE, VISIT, CERTIFICATE = "bilan-lipidique", "releves-tension", "compte-rendu-sommeil", "certificat-activite-physique"
TABLE: list[tuple[str, Given, str, Why]] = [  # who, what was done before, which document, why they see it or not
    ("place-1", nothing, BLOOD, Why.OWNER),
    ("place-1", masked, BLOOD, Why.OWNER),
    ("place-1", hidden, BLOOD, Why.NOT_YET),
    ("place-2", nothing, BLOOD, Why.STRANGER),
    ("dr-haddad", nothing, BLOOD, Why.PROFESSION),
    ("dr-haddad", hidden, BLOOD, Why.PROFESSION),
    ("dr-haddad", masked, BLOOD, Why.MASKED),
    ("dr-haddad", administrator, BLOOD, Why.ADMINISTRATOR),
    ("dr-haddad", blocked, BLOOD, Why.BLOCKED),
    ("dr-haddad", loose, BLOOD, Why.NO_CONSENT),
    ("dr-lemoine", masked, VISIT, Why.DEPOSITOR),
    ("dr-lemoine", blocked, VISIT, Why.BLOCKED),
    ("labo-horizon", masked, BLOOD, Why.DEPOSITOR),
    ("labo-horizon", nothing, VISIT, Why.ESTABLISHMENT),
    ("inf-morvan", nothing, CERTIFICATE, Why.MATRIX),
    ("inf-morvan", administrator, CERTIFICATE, Why.MATRIX),
    ("inf-morvan", nothing, MINE, Why.PROFESSION),
    ("pharm-nguyen", nothing, BLOOD, Why.NO_CONSENT),
    ("dr-perrin", nothing, BLOOD, Why.NO_CONSENT),
    ("dr-perrin", broken, BLOOD, Why.EMERGENCY),
    ("dr-perrin", broken_yesterday, BLOOD, Why.NO_CONSENT),
    ("dr-perrin", masked_and_broken, BLOOD, Why.MASKED),
    ("dr-perrin", masked_included, BLOOD, Why.EMERGENCY),
    ("dr-perrin", glass_refused_after, BLOOD, Why.NO_CONSENT),
    ("dr-perrin", blocked_in_emergency, BLOOD, Why.BLOCKED),
    ("dr-faure", nothing, BLOOD, Why.EMERGENCY),
    ("dr-faure", masked, BLOOD, Why.MASKED),
    ("dr-faure", samu_refused, BLOOD, Why.NO_CONSENT),
    ("dr-faure", blocked, BLOOD, Why.BLOCKED),
    ("place-1", withdrawn, BLOOD, Why.WITHDRAWN),
    ("place-1", withdrawn_before_it_was_announced, BLOOD, Why.NOT_YET),
    ("labo-horizon", withdrawn, BLOOD, Why.DEPOSITOR),
    ("dr-haddad", withdrawn, BLOOD, Why.NO_CONSENT),
    ("dr-lemoine", shut, VISIT, Why.SHUT),
    ("dr-faure", shut, BLOOD, Why.SHUT),
]


@pytest.mark.parametrize(("who", "given_", "slug", "expected"), TABLE, ids=lambda value: getattr(value, "__name__", str(value)))
def test_each_reason(room: Room, who: str, given_: Given, slug: str, expected: Why) -> None:
    with room.inside():
        record, user, found = room.record(1), room.user(who), document(slug)
        given_(record, user, found)
        db.session.flush()
        assert sight.why(user, found) is expected
        assert may(user, To.READ, found) is expected.sees


def test_the_table_holds_every_reason() -> None:
    assert {row[3] for row in TABLE} == set(Why)
    assert all(reason.words and reason.sentence.endswith(".") for reason in Why)


ASKED: list[tuple[str, Given, bool, bool, bool]] = [  # who, what was done before: may open, may ask, may break the glass
    ("dr-haddad", nothing, True, False, False),
    ("dr-perrin", nothing, False, True, True),
    ("dr-perrin", broken, True, True, False),
    ("dr-perrin", glass_refused_after, False, True, False),
    ("dr-perrin", blocked, False, False, False),
    ("dr-faure", nothing, True, True, False),
    ("dr-faure", samu_refused, False, True, False),
    ("dr-faure", blocked, False, False, False),
    ("labo-horizon", nothing, False, False, False),
    ("place-2", nothing, False, False, False),
    ("dr-haddad", shut, False, False, False),
    ("dr-faure", shut, False, False, False),
]


@pytest.mark.parametrize(("who", "given_", "opens", "asks", "breaks"), ASKED)
def test_who_opens_who_asks_who_breaks_the_glass(
    room: Room, who: str, given_: Given, opens: bool, asks: bool, breaks: bool
) -> None:
    with room.inside():
        record, user = room.record(1), room.user(who)
        given_(record, user, document(BLOOD))
        assert [may(user, to, record) for to in (To.OPEN_RECORD, To.ASK_CONSENT, To.BREAK_GLASS)] == [opens, asks, breaks]


def test_readers_are_told_with_their_reasons_those_who_see_first(room: Room) -> None:
    with room.inside():
        professionals = db.session.scalars(sa.select(User).where(User.role == Role.PROFESSIONAL)).all()
        found = sight.readers(document(BLOOD), professionals)
        assert len(found) == len(professionals)
        assert [why.sees for _, why in found] == sorted((why.sees for _, why in found), reverse=True)
        assert {user.slug for user, why in found if why.sees} == {
            "dr-lemoine", "dr-haddad", "inf-morvan", "pharm-garnier", "labo-horizon", "dr-faure",
        }


# --- whatever is chosen ------------------------------------------------------------------------------

cells = st.builds(Cell, st.booleans(), st.just(frozenset()))
matrices = st.fixed_dictionaries({code: st.fixed_dictionaries(dict.fromkeys(groups(), cells)) for code in ("10", "60")})
people = st.builds(
    lambda profession, setting, establishment: SimpleNamespace(
        id=7, role=Role.PROFESSIONAL,
        professional=SimpleNamespace(profession=profession, is_samu=setting, is_establishment=establishment),
    ),
    st.sampled_from(["10", "60", "70"]), st.booleans(), st.booleans(),
)
standings = st.builds(
    lambda state, administers, broken_: SimpleNamespace(
        professional_id=7, is_blocked=state is State.BLOCKED, is_authorised=state is State.AUTHORISED,
        is_administrator=administers, glass_is_broken=broken_,
    ),
    st.sampled_from(State), st.booleans(), st.booleans(),
)
records = st.builds(
    lambda found, samu, glass, included, shut: SimpleNamespace(
        id=1, owner_id=1, standings=found, samu=samu, glass=glass, masked_in_emergency=included, is_shut=shut
    ),
    st.lists(standings, max_size=1), st.booleans(), st.booleans(), st.booleans(), st.booleans(),
)


@tried(400)
@given(user=people, record=records, rules=matrices, author=st.sampled_from([1, 7, 9]), is_masked=st.booleans())
def test_no_choice_ever_shows_what_is_masked_but_to_three(
    monkeypatch: pytest.MonkeyPatch, user: User, record: Record, rules: matrix.Matrix, author: int, is_masked: bool
) -> None:
    monkeypatch.setattr(matrix, "current", lambda: rules)
    found = SimpleNamespace(
        record=record, author_id=author, is_masked=is_masked, loose=False, kind="11502-2", is_own=lambda one: author == one.id
    )
    reason, standing = sight.why(user, found), next(iter(record.standings), None)
    if record.is_shut:
        assert reason is Why.SHUT
    elif standing and standing.is_blocked:
        assert reason is Why.BLOCKED
    if reason.sees and author != user.id:
        _is_entitled(user, record, rules, is_masked=is_masked)


def _is_entitled(user: User, record: Record, rules: matrix.Matrix, *, is_masked: bool) -> None:
    """Said again, otherwise: what it takes to read a blood test that one has not deposited."""
    standing = next(iter(record.standings), None)
    authorised = standing is not None and standing.is_authorised
    in_emergency = not authorised and (
        (user.professional.is_samu and record.samu) or (standing is not None and standing.glass_is_broken)
    )
    assert not user.professional.is_establishment
    assert not record.is_shut
    assert authorised or in_emergency
    assert rules[user.professional.profession]["compte_rendu"].allowed
    assert not is_masked or (authorised and standing.is_administrator) or (in_emergency and record.masked_in_emergency)


@pytest.fixture
def chosen(room: Room) -> Callable[[list[int], int, tuple[bool, bool, bool]], None]:
    """Make the record of seat 1 as drawn: what is masked, what each professional is, the three switches."""

    def choose(veiled: list[int], state: int, switches: tuple[bool, bool, bool]) -> None:
        with room.inside():
            record = room.record(1)
            for at, one in enumerate(db.session.scalars(sa.select(Document).where(Document.record_id == record.id))):
                one.confidentiality = Confidentiality.MASKED if at % 7 in veiled else Confidentiality.NORMAL
            for at, standing in enumerate(record.standings):
                standing.state = list(State)[(state + at) % 3]
                standing.is_administrator, standing.glass_until = bool((state + at) % 2), now() + timedelta(hours=state - 3)
            record.samu, record.glass, record.masked_in_emergency = switches

    return choose


WHO = ("dr-lemoine", "dr-haddad", "inf-morvan", "pharm-garnier", "dr-faure", "dr-perrin")


@tried(6, derandomize=True)
@given(
    veiled=st.lists(st.integers(0, 6), max_size=4), state=st.integers(0, 5),
    switches=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_what_a_professional_finds_is_what_the_rule_says(
    room: Room, chosen: Callable[..., None], veiled: list[int], state: int, switches: tuple[bool, bool, bool]
) -> None:
    chosen(veiled, state, switches)
    with room.inside():
        path = f"/pro/patients/{room.record(1).ref}"
    for who in WHO:
        page = room.professional(who).go(path).page
        with room.inside():
            record, user = room.record(1), room.user(who)
            every = db.session.scalars(sa.select(Document).where(Document.record_id == record.id, ~Document.loose)).all()
            expected = {one.title for one in every if sight.why(user, one).sees} if sight.may_open(user, record) else set()
        assert {text_of(link) for link in page.select("section[aria-labelledby=documents] tbody th a")} == expected, who


def test_forty_documents_cost_at_most_three_questions(room: Room) -> None:
    with room.inside(), asked(room.app) as questions:
        record, user = room.record(1), room.user("dr-haddad")
        shelf = db.session.scalars(sa.select(Document).where(Document.record_id == record.id).limit(40)).all()
        before = len(questions)
        seen = [may(user, To.READ, one) for one in shelf]
        between = len(questions)
        found = [may(record.owner, To.READ, one) for one in shelf]
        after = len(questions)
    assert len(seen) == len(found) == 40
    assert between - before <= 3, questions[before:between]
    assert after - between <= 3, questions[between:after]
