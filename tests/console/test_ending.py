"""The end of a workshop: closed, kept until a day, erased, proved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from sandbox import blobs, clock, french
from sandbox.account.models import Record
from sandbox.db import db, writing
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.export.models import Export
from sandbox.workshops import opening, service, vanishing
from sandbox.workshops.models import Trainer, Workshop
from tests.browser import Browser
from tests.export.test_all_my_data import made
from tests.room import Room

PHOTO = b"%PDF-1.4 une feuille de la place 1"


@pytest.fixture
def short(room: Room) -> Iterator[Room]:
    """A workshop of two seats of Samira's, made to end."""
    with room.app.app_context(), writing():
        samira = db.session.scalars(sa.select(Trainer)).first()
        plan = service.Plan(pack="decouverte", seats=2, seed="fin", name="Atelier du soir", open_for=timedelta(hours=1))
        made = opening.open_workshop(plan, samira)
        short = Room(room.app, made.id, made.code)
        db.session.remove()
    yield short
    with room.app.app_context(), writing():
        gone = db.session.get_one(Workshop, short.workshop_id)
        gone.trainer_id = None
        service.close(gone)
        db.session.commit()
        vanishing.erase(short.workshop_id)
        db.session.remove()


def rows(room: Room) -> int:
    with room.app.app_context():
        found = vanishing.left(room.workshop_id)
        db.session.remove()
        return found


def workshop(room: Room) -> Workshop:
    with room.app.app_context():
        found = db.session.get_one(Workshop, room.workshop_id, populate_existing=True)
        db.session.remove()
        return found


def closes(samira: Browser, room: Room, day: str = "") -> Browser:
    fields = {"erase_on": day} if day else {}
    return samira.go(f"/console/{room.code}/fin").submit("Terminer l’atelier", **fields)


@pytest.mark.practises("T14")
def test_closed_then_erased_on_its_day_with_a_proof(short: Room, samira: Browser) -> None:
    learner = short.learner(1)
    add_a_photo(short)
    with short.inside():
        records = db.session.scalar(sa.select(sa.func.count(Record.id)))
    day = clock.real_now().date() + timedelta(days=7)
    assert closes(samira, short, f"{day:%d/%m/%Y}").sees(f"Tout est effacé le {' '.join(french.full_date(day).split())}")
    assert learner.go("/").sees("Cet atelier est terminé")
    assert rows(short) > 0
    with short.app.app_context(), time_machine.travel(clock.real_now() + timedelta(days=6), tick=False):
        assert short.code not in vanishing.erase_due()
    with short.app.app_context(), time_machine.travel(clock.real_now() + timedelta(days=7), tick=False):
        assert short.code in vanishing.erase_due()
    assert rows(short) == 0
    assert not photo_is_there(short)
    assert samira.go("/console/").click("Atelier du soir").heading == "Preuve d’effacement"
    assert samira.sees("0 ligne")
    assert samira.sees(f"Dossiers : {records}")
    assert samira.go(f"/console/{short.code}/cartes").heading == "Preuve d’effacement"


def add_a_photo(room: Room) -> None:
    """Something that a learner added, and that no pack holds."""
    with room.inside():
        mine = sa.select(Document).where(Document.record_id == room.record(1).id)
        db.session.scalars(mine).first().blob_hash = blobs.keep(PHOTO)[0]


def test_the_archive_of_somebodys_data_goes_with_the_rest(short: Room, samira: Browser) -> None:
    short.learner(1).go("/mes-donnees/").submit("Préparer mes données")
    made(short)
    kept = sa.select(sa.func.count(blobs.Rendering.id)).where(blobs.Rendering.hash == archive_of(short))
    with short.app.app_context():
        assert db.session.scalar(kept) == 1
    closes(samira, short)
    samira.submit("Tout effacer", code=short.code)
    with short.app.app_context():
        assert db.session.scalar(kept) == 0


def archive_of(room: Room) -> str:
    with room.inside():
        return db.session.scalars(sa.select(Export.blob_hash)).one()


def photo_is_there(room: Room) -> bool:
    with room.app.app_context():
        found = db.session.scalar(sa.select(sa.func.count(blobs.Blob.id)).where(blobs.Blob.hash == blobs.name_of(PHOTO)))
        db.session.remove()
        return bool(found)


def test_what_another_workshop_holds_stays(short: Room, room: Room, samira: Browser) -> None:
    add_a_photo(short)
    add_a_photo(room)
    closes(samira, short)
    samira.submit("Tout effacer", code=short.code)
    assert rows(short) == 0
    assert photo_is_there(room)
    assert rows(room) > 0
    assert samira.go(f"/console/{room.code}").status == 200


def test_the_code_must_be_written_to_erase_at_once(short: Room, samira: Browser) -> None:
    closes(samira, short)
    assert samira.submit("Tout effacer", code="AUTRE").status == 422
    assert samira.sees(f"Écrivez {short.code} pour confirmer")
    assert rows(short) > 0
    assert samira.submit("Tout effacer", code=short.code.lower()).heading == "Preuve d’effacement"


@pytest.mark.parametrize("typed", ["", "hier", "01/01/2020", "01/01/9999", "31/02/2027"])
def test_a_day_that_cannot_be_is_refused_and_the_workshop_goes_on(short: Room, samira: Browser, typed: str) -> None:
    page = samira.go(f"/console/{short.code}/fin").submit("Terminer l’atelier", erase_on=typed)
    assert page.status == 422
    assert not workshop(short).is_closed


def test_the_day_may_change_once_it_is_closed(short: Room, samira: Browser) -> None:
    closes(samira, short)
    assert workshop(short).erase_on == clock.real_now().date() + service.KEPT
    later = clock.real_now().date() + timedelta(days=60)
    samira.submit("Changer le jour", erase_on=f"{later:%d/%m/%Y}")
    assert workshop(short).erase_on == later


def test_an_open_workshop_is_never_erased(short: Room) -> None:
    with short.app.app_context(), pytest.raises(Refused, match="Terminez d’abord"):
        vanishing.erase(short.workshop_id)
    assert rows(short) > 0


def test_an_erasing_cut_short_is_taken_up_at_the_next_look(
    short: Room, samira: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    closes(samira, short)
    with short.app.app_context():
        monkeypatch.setattr(vanishing, "_forget", cut_short)
        with pytest.raises(KeyboardInterrupt):
            vanishing.erase(short.workshop_id)
        db.session.remove()
    monkeypatch.undo()
    figures = workshop(short).figures
    assert rows(short) > 0
    assert not workshop(short).is_erased
    with short.app.app_context():
        assert short.code in vanishing.erase_due()  # though its day is a month away
        db.session.remove()
    assert rows(short) == 0
    assert workshop(short).figures == figures


def cut_short(workshop: Workshop, files: set[str]) -> None:
    raise KeyboardInterrupt


def test_every_trace_is_looked_for(short: Room) -> None:
    """A new table of a workshop's is looked at without a word here."""
    assert {kind.__tablename__ for kind in vanishing._of_workshop()} >= {"credential", "snapshot", "world", "step", "attempt", "feeling"}
    assert rows(short) >= 4


def test_a_colleague_does_not_read_the_proof(short: Room, samira: Browser) -> None:
    closes(samira, short)
    with short.app.app_context(), writing():
        number = service.add_trainer("fin@formation.example", "Un-autre-sable-2").id
        db.session.commit()
        db.session.remove()
    karim = Browser(short.app, "Karim")
    with karim.client.session_transaction("/console/") as session:
        session["_user_id"] = str(number)
    for page in ("fin", "preuve"):
        assert karim.go(f"/console/{short.code}/{page}").status == 404


def test_the_proof_of_what_is_not_erased_is_its_end(short: Room, samira: Browser) -> None:
    assert samira.go(f"/console/{short.code}/preuve").heading == "Fin de l’atelier"
