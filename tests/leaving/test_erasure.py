"""The erasure that was asked for with the closing: three months later, once, and stopped by a reopening."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account.models import Record
from sandbox.blobs import Rendering
from sandbox.db import db
from sandbox.export import service as export
from sandbox.export.models import Export
from sandbox.journal.models import Entry
from sandbox.leaving import erasure
from tests.browser import Browser
from tests.leaving.people import DAYS_TO_ERASE, close, days_go_by, done, holdings, lost, reopen, sign_in
from tests.room import Room

WHO_SOMEBODY_IS = {"user", "record", "delegation", "device"}


def of_marie(room: Room) -> dict[str, int]:
    """How many rows of each kind hang from Marie's record."""
    with room.inside():
        record = room.record(1)
        return {
            kind.__tablename__: db.session.scalar(sa.select(sa.func.count(kind.id)).where(kind.record_id == record.id))
            for kind in erasure.contents()
        }


def test_after_three_months_everything_is_erased_and_one_line_says_so(room: Room, marie: Browser) -> None:
    neighbour = holdings(room, 2)
    close(marie, room, erase=True)
    days_go_by(room, DAYS_TO_ERASE + 1)
    room.learner(2).go("/")
    left = of_marie(room)
    assert {name: count for name, count in left.items() if count} == {"entry": 1}
    assert done(room, "SpaceErased") == 1
    with room.inside():
        record = room.record(1)
        assert not record.erase_asked
        assert record.standings == []
    assert not lost(neighbour, holdings(room, 2))


def test_it_is_done_once(room: Room, marie: Browser) -> None:
    close(marie, room, erase=True)
    for _ in range(3):
        days_go_by(room, DAYS_TO_ERASE + 1)
        room.learner(2).go("/")
    assert done(room, "SpaceErased") == 1


def test_a_reopened_space_is_then_empty_and_says_why(room: Room, marie: Browser) -> None:
    close(marie, room, erase=True)
    days_go_by(room, DAYS_TO_ERASE + 1)
    sign_in(marie, room)
    assert marie.heading == "Votre espace est clos"
    assert marie.sees("Les données ont été effacées le")
    reopen(marie, room)
    assert marie.sees("Il est vide, parce que vous aviez demandé l’effacement")
    for page in ("/", "/documents/", "/messages/", "/agenda/", "/profil/", "/ordonnances/", "/historique/", "/parametres/"):
        assert marie.go(page).status == 200, page
    assert marie.go("/historique/").sees("Effacement des données, demandé à la clôture")


def test_until_then_nothing_is_lost_and_reopening_stops_it(room: Room, marie: Browser) -> None:
    before = holdings(room)
    close(marie, room, erase=True)
    days_go_by(room, DAYS_TO_ERASE - 1)
    sign_in(marie, room)
    assert marie.sees("Rouvrir l’espace avant cette date annule l’effacement")
    reopen(marie, room)
    days_go_by(room, 30)
    marie.go("/documents/")
    assert done(room, "SpaceErased") == 0
    assert not lost(before, holdings(room))


def test_without_being_asked_nothing_is_erased(room: Room, marie: Browser) -> None:
    before = holdings(room)
    close(marie, room)
    days_go_by(room, 400)
    room.learner(2).go("/")
    assert done(room, "SpaceErased") == 0
    assert not lost(before, holdings(room))


def test_the_archive_that_was_taken_away_is_forgotten_too(room: Room, marie: Browser) -> None:
    with room.inside():
        made = export.ask(room.record(1).owner, room.record(1))
        made.blob_hash = "f" * 64
        db.session.add(Rendering(hash=made.blob_hash, content=b"zip"))
    close(marie, room, erase=True)
    days_go_by(room, DAYS_TO_ERASE + 1)
    room.learner(2).go("/")
    with room.inside():
        assert not db.session.scalar(sa.select(sa.func.count(Export.id)))
        assert not db.session.scalar(sa.select(Rendering.id).where(Rendering.hash == "f" * 64))


def test_every_table_that_hangs_from_a_record_is_known() -> None:
    names = {kind.__tablename__ for kind in erasure.contents()}
    assert names >= {
        "document", "folder", "conversation", "appointment", "reminder", "prescription", "notification", "entry",
        "profile_entry", "measure", "standing", "ticket", "export", "sheet",
    }
    assert not names & WHO_SOMEBODY_IS
    assert issubclass(Entry, erasure.WorldScoped)
    assert Record not in erasure.contents()
