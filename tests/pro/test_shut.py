"""A record that is shut, as professionals and the trainer meet it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.access import To, may
from sandbox.account import life
from sandbox.account.models import Life, Record
from sandbox.console import triggers
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.pro import composing
from sandbox.workshops.models import Workshop
from sandbox.workshops.starts import Start
from tests.browser import Browser
from tests.pro.people import document, done, name_of, patient_path
from tests.room import Room

LONG = "Bonjour, voici ce que nous avons dit ce matin au cabinet."


def shut(room: Room, start: Start = Start.CLOSED, seat: int = 1) -> None:
    with room.inside():
        life.put(room.record(seat), start)


@pytest.mark.parametrize(
    ("start", "mark", "words"),
    [(Start.CLOSED, "Dossier clos", "Le patient a fermé son espace"), (Start.OPPOSED, "Opposition", "s’est opposé à la création")],
)
def test_the_list_marks_it_and_its_page_explains(room: Room, lemoine: Browser, start: Start, mark: str, words: str) -> None:
    shut(room, start)
    row = next(row for row in lemoine.go("/pro/").page.select("tbody tr") if name_of(room).split()[-1] in row.get_text())
    assert mark in row.get_text()
    lemoine.go(patient_path(room))
    assert lemoine.status == 200
    assert lemoine.sees(words)
    assert not {"Déposer un document", "Écrire au patient", "Prescrire"} & set(lemoine.links())
    with room.inside():
        assert done("RecordConsulted") == 0


def test_a_bookmarked_address_leads_to_the_explanation(room: Room, lemoine: Browser) -> None:
    path = patient_path(room)
    with room.inside():
        own = document("o-genou-et-tension").ref
    shut(room)
    for page in ("deposer", "prescrire", "ecrire", "urgence", f"documents/{own}", f"documents/{own}/fichier"):
        lemoine.go(f"{path}/{page}")
        assert lemoine.path == path, page
        assert lemoine.sees("Ce n’est pas possible"), page


def test_what_was_being_written_is_not_sent_and_is_given_back(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire")
    shut(room)
    lemoine.submit("Envoyer", subject="Votre visite", text=LONG)
    assert lemoine.status == 409
    assert lemoine.sees("n’est pas parti")
    assert lemoine.sees(LONG)
    with room.inside():
        assert done("MessageReceived") == 0


def test_a_deposit_under_way_is_refused_kindly(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/deposer")
    shut(room, Start.OPPOSED)
    lemoine.submit("Déposer", title="Compte rendu", kind="11488-4", text=LONG)
    assert lemoine.status == 409
    assert lemoine.sees(LONG)
    with room.inside():
        assert done("DocumentDeposited") == 0


def test_an_exchange_is_read_again_and_not_continued(room: Room, lemoine: Browser) -> None:
    mine = f"{name_of(room)} – Suivi de votre tension"
    lemoine.go("/pro/messages").click(mine)
    open_page = lemoine.page, lemoine.path
    shut(room)
    assert lemoine.go("/pro/messages").sees("Dossier clos")
    lemoine.click(mine)
    assert lemoine.sees("Vous ne pouvez plus écrire à ce patient")
    assert lemoine.page.find("textarea") is None
    lemoine.page, lemoine.path = open_page
    assert lemoine.submit("Envoyer", text=LONG).status == 409
    with room.inside():
        assert done("MessageReceived") == 0


def test_an_open_record_refreshes_to_nothing(room: Room, lemoine: Browser) -> None:
    lemoine.go(patient_path(room))
    shut(room)
    answer = lemoine.client.get(f"{patient_path(room)}/suivi")
    assert answer.status_code == 302


def test_an_emergency_opens_nothing(room: Room) -> None:
    shut(room)
    assert room.professional("dr-faure").go(patient_path(room)).sees("même en urgence")
    with room.inside():
        record = room.record(1)
        for doctor in (room.user("dr-perrin"), room.user("dr-faure")):
            asked = (To.OPEN_RECORD, To.BREAK_GLASS, To.ASK_CONSENT, To.DEPOSIT, To.PRESCRIBE)
            assert not any(may(doctor, to, record) for to in asked)
            assert may(doctor, To.FIND_PATIENT, record)


def test_reopened_it_is_as_before(room: Room, lemoine: Browser) -> None:
    shut(room)
    with room.inside():
        life.reopen(room.record(1).owner, room.record(1))
    lemoine.go(patient_path(room))
    assert "Déposer un document" in lemoine.links()


def test_the_trainer_is_told_which_seats_are_shut(room: Room) -> None:
    shut(room, Start.CLOSED, 2)
    shut(room, Start.OPPOSED, 3)
    with room.app.app_context():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        slug = triggers.prepared(workshop)[0]["slug"]
        with pytest.raises(Refused, match="Les places 2 et 3"):
            triggers.run(workshop, slug, [1, 2, 3])
        db.session.rollback()
        db.session.remove()
    with room.inside():
        assert done("DocumentDeposited") == 0


def test_closed_while_the_file_was_being_read_is_closed(
    room: Room, lemoine: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person closes between the moment when the form is sent and that when it is written."""
    lemoine.go(f"{patient_path(room)}/ecrire")
    begin = composing.begin_writing

    def late() -> None:
        begin()
        db.session.execute(sa.update(Record).where(Record.seat == 1).values(life=Life.CLOSED, life_at=clock.now()))

    monkeypatch.setattr(composing, "begin_writing", late)
    lemoine.submit("Envoyer", subject="Votre visite", text=LONG)
    assert lemoine.status == 409
    with room.inside():
        assert done("MessageReceived") == 0
