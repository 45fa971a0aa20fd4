"""A document kept from the patient until it is announced, told of after two weeks, visible after a month."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox import clock
from sandbox.access import To, may
from sandbox.db import db, writing
from sandbox.documents import announcing, shelf
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.journal.models import Entry
from sandbox.workshops import due, resets
from sandbox.workshops.models import Workshop
from tests.browser import Browser
from tests.console.test_happenings import happens
from tests.documents.papers import looked_at, path_of
from tests.pro.people import document, done, notified, patient_path
from tests.room import Room
from tests.trying import tried

TOLD = "avis-cardiologue-distance"
TITLE = "Avis de cardiologie à distance"
LETTER: dict[str, Any] = {"title": "Résultat à expliquer", "kind": "11488-4", "text": "À présenter.", "kept_back": "y"}


@pytest.fixture
def haddad(room: Room) -> Browser:
    """Dr Haddad, cardiologist."""
    return room.professional("dr-haddad")


def days_pass(room: Room, days: float) -> None:
    """The world's clock moves; nothing else is done."""
    with room.app.app_context(), writing():
        room.world().shift_seconds += int(days * 86400)
        db.session.commit()
        db.session.remove()


def finds(who: Browser, words: str) -> bool:
    return who.go("/documents/").sees(words)


# --- the journey -----------------------------------------------------------------------------------------

@pytest.mark.practises("D11")
def test_marie_waits_for_a_document_is_told_and_sees_it_after_the_consultation(
    room: Room, marie: Browser, haddad: Browser
) -> None:
    path = path_of(room, TOLD)
    assert not finds(marie, TITLE)
    assert marie.go(path).status == 404
    assert marie.go("/historique/").sees("Dr Karim Haddad a déposé un document qui vous sera présenté en consultation")
    assert not marie.sees(TITLE)
    days_pass(room, 1)
    assert marie.go("/notifications/").click("Un document de Dr Karim Haddad vous attend").heading == "Dr Karim Haddad"
    assert not finds(marie, TITLE)
    haddad.go(f"{patient_path(room)}").click(TITLE)
    assert haddad.sees("Pas encore visible du patient")
    haddad.submit("Rendre visible : le patient a été reçu")
    assert not haddad.sees("Pas encore visible du patient")
    marie.go("/notifications/").click(f"Le document « {TITLE}")
    assert marie.path == path
    assert marie.sees("Nouveau")


@pytest.mark.practises("D11")
def test_jean_sees_it_by_himself_after_a_month(room: Room, jean: Browser) -> None:
    days_pass(room, 18)
    assert finds(jean, TITLE)
    assert jean.go(path_of(room, TOLD, 2)).sees("Holter")
    with room.inside():
        assert (done("DocumentReleased", 2), done("AnnouncementAwaited", 2)) == (1, 0)
        assert notified("REMISE_VISIBILITE_AUTO", 2) == 1


# --- around it -------------------------------------------------------------------------------------------

def kept_back(room: Room, who: Browser) -> Browser:
    """The professional deposits a result to be explained first."""
    return who.go(f"{patient_path(room)}/deposer").submit("Déposer", **LETTER)


def test_a_professional_keeps_a_document_back_and_marie_is_told_nothing(room: Room, marie: Browser, lemoine: Browser) -> None:
    with room.inside():
        before = notified("AJOUT_DOC")
    kept_back(room, lemoine)
    assert lemoine.heading == LETTER["title"]
    assert lemoine.sees("Le patient saura qu’un document l’attend le")
    assert not finds(marie, LETTER["title"])
    with room.inside():
        assert notified("AJOUT_DOC") == before
        found = db.session.scalars(sa.select(Document).where(Document.title == LETTER["title"])).one()
        assert found.hidden_until == found.deposited_at + announcing.MONTH
        assert [line.phrase for line in lines("DocumentKeptBack")] == [
            "Dr Claire Lemoine a déposé un document qui vous sera présenté en consultation"
        ]
    days_pass(room, 14.1)
    assert marie.go("/notifications/").sees("Un document de Dr Claire Lemoine vous attend")


def lines(act: str) -> list[Entry]:
    """Only inside: what was written in the first seat's history by an act of the workshop."""
    query = sa.select(Entry).where(Entry.act == act, Entry.seat == 1, ~Entry.from_pack)
    return list(db.session.scalars(query))


def test_whoever_else_reads_it_leaves_a_trace_that_does_not_name_it(room: Room, marie: Browser, lemoine: Browser) -> None:
    with room.inside():
        before = notified("CONSULT_DOCUMENT")
    lemoine.go(patient_path(room)).click(TITLE)
    assert lemoine.sees("Dr Karim Haddad le présentera en consultation")
    assert not lemoine.page.find("form", action=lambda where: where and where.endswith("rendre-visible"))
    with room.inside():
        assert notified("CONSULT_DOCUMENT") == before
        assert [TITLE in line.phrase for line in lines("KeptBackConsulted")] == [False]
    for page in ("/", "/historique/", "/notifications/", "/documents/"):
        assert not marie.go(page).sees(TITLE), page


def test_a_laboratory_that_reads_nothing_shows_what_it_kept_back(room: Room, marie: Browser) -> None:
    laboratory = room.professional("labo-horizon")
    kept_back(room, laboratory).submit("Rendre visible : le patient a été reçu")
    assert laboratory.sees("voit maintenant « Résultat à expliquer »")
    assert finds(marie, LETTER["title"])


def test_showing_it_twice_from_two_tabs_ends_clearly(room: Room, haddad: Browser, lemoine: Browser) -> None:
    haddad.go(patient_path(room)).click(TITLE)
    page, button = haddad.page, "Rendre visible : le patient a été reçu"
    haddad.submit(button)
    haddad.page = page
    assert haddad.submit(button).sees("déjà visible du patient")
    with room.inside():
        assert len(lines("DocumentReleased")) == 1
        with pytest.raises(Refused, match="déjà visible"):
            announcing.release(room.user("dr-haddad"), document(TOLD))


def test_only_its_author_shows_it(room: Room, lemoine: Browser) -> None:
    lemoine.go(patient_path(room)).click(TITLE)
    where = f"{lemoine.path}/rendre-visible"
    token = lemoine.go(f"{patient_path(room)}/ecrire").page.find("input", attrs={"name": "csrf_token"})["value"]
    lemoine.client.post(where, data={"csrf_token": token})
    with room.inside():
        assert document(TOLD).is_hidden


def test_the_trainer_has_a_result_kept_back(room: Room, samira: Browser, marie: Browser) -> None:
    happens(samira, room, "resultat-a-annoncer", [1])
    assert not finds(marie, "tache de la peau")
    with room.inside():
        assert document("t-a-annoncer").is_hidden
    days_pass(room, 31)
    assert finds(marie, "tache de la peau")


# --- whatever happens ------------------------------------------------------------------------------------

MOVES = st.lists(
    st.one_of(st.tuples(st.just("days"), st.sampled_from([0.25, 1, 2, 8, 14, 17, 31, -3])),
              st.tuples(st.sampled_from(["release", "reset", "undo", "page"]), st.just(0))),
    min_size=1, max_size=9,
)


@tried(25)
@given(moves=MOVES)
def test_told_then_shown_each_once_at_most_and_never_read_before(room: Room, moves: list[tuple[str, float]]) -> None:
    room.renew()
    for move, days in moves:
        if move == "days":
            days_pass(room, days)
        elif move in {"reset", "undo"}:
            trainer_does(room, move)
        with room.inside():
            found = looked_at(room, TOLD)
            if move == "release" and found.is_hidden:
                announcing.release(room.user("dr-haddad"), found)
            before = clock.now() < shown_at(found)
            assert may(room.record(1).owner, To.READ, found) is not before
            assert (found.ref in refs(room)) is not before
        settle(room)
        with room.inside():
            told = [line.act for line in db.session.scalars(sa.select(Entry).where(
                Entry.act.in_(["AnnouncementAwaited", "DocumentReleased"]), Entry.seat == 1, ~Entry.from_pack
            ).order_by(Entry.id))]
            assert told in ([], ["AnnouncementAwaited"], ["DocumentReleased"], ["AnnouncementAwaited", "DocumentReleased"])
            assert ("DocumentReleased" in told) is (looked_at(room, TOLD).hidden_until is None)


def shown_at(found: Document) -> clock.datetime:
    """When its patient may read it: the beginning of time once it is shown."""
    return found.hidden_until or clock.now() - timedelta(seconds=1)


def refs(room: Room) -> set[str]:
    """What the patient finds, as pages ask it."""
    return set(db.session.scalars(sa.select(Document.ref).where(shelf.on_shelf(room.record(1)))))


def settle(room: Room) -> None:
    """What happens before any request of the world."""
    with room.inside():
        world = room.world()
        due.settle(world.id, world.due_at)


def trainer_does(room: Room, verb: str) -> None:
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        try:
            resets.reset_seat(workshop, 1) if verb == "reset" else resets.undo(workshop)
        except Refused:
            db.session.rollback()
        db.session.commit()
        db.session.remove()
