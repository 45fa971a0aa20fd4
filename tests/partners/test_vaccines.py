"""Rappel Vaccins: what comes next by age, what the booklet says of it, and a reminder in the agenda where that is allowed."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox import clock
from sandbox.agenda.models import Reminder
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.partners import recalls
from sandbox.partners.models import Note
from tests.browser import Browser, text_of
from tests.catalogue.calling import lines
from tests.partners.pairing import paired, signed_in_at
from tests.room import Room

HOME = "/partenaires/rappel-vaccins"


def in_agenda(room: Room) -> list[str]:
    with room.inside():
        return list(db.session.scalars(sa.select(Reminder.title).where(Reminder.service == "rappel-vaccins").order_by(Reminder.id)))


def test_the_booklet_is_read_and_a_recall_goes_to_the_agenda(room: Room, marie: Browser) -> None:
    paired(marie, "rappel-vaccins")
    marie.go(HOME).submit("Lire mon carnet vaccinal")
    assert marie.sees("Votre carnet parle de ce vaccin : « Carnet de vaccination »")
    marie.submit("Inscrire ce rappel dans mon agenda")
    [title] = in_agenda(room)
    assert marie.sees("est dans votre agenda")
    told = marie.page.find("section", class_="recall")
    assert "Dans votre agenda" in text_of(told)
    assert told.find("button") is None
    marie.go("/agenda/").click(" ".join(title.split()))
    assert marie.sees("Rappel Vaccins")
    assert not marie.sees("Modifier")
    assert lines(room, "DocumentReadByService") == ["Rappel Vaccins a lu le document « Carnet de vaccination »"]


def test_asked_twice_a_recall_stands_once(room: Room, marie: Browser) -> None:
    paired(marie, "rappel-vaccins")
    page = marie.go(HOME).page
    for _ in range(2):  # from the same page, left open
        marie.page = page
        marie.submit("Inscrire ce rappel dans mon agenda")
    assert len(in_agenda(room)) == 1
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Note.id))) == 1


def test_without_an_agreement_the_recall_stays_at_the_firm_and_leaves_later(room: Room, marie: Browser) -> None:
    signed_in_at(marie, "rappel-vaccins").go(HOME).submit("Inscrire ce rappel dans mon agenda")
    assert marie.sees("Il n’est pas dans votre agenda")
    assert marie.sees("1 rappel attend ici. Rien n’est perdu.")
    assert in_agenda(room) == []
    paired(marie, "rappel-vaccins")
    marie.go(HOME).submit("Envoyer ce qui attend")
    assert marie.sees("1 rappel inscrit")
    assert len(in_agenda(room)) == 1


def test_reading_refused_leaves_age_alone(room: Room, marie: Browser) -> None:
    paired(marie, "rappel-vaccins", Purpose.READ_DOCUMENTS)
    marie.go(HOME).submit("Lire mon carnet vaccinal")
    assert marie.sees("vous n’avez pas donné cet accord")
    assert marie.sees("Sans votre carnet, nous regardons seulement votre âge.")
    assert not marie.sees("Votre carnet parle")
    assert lines(room, "DocumentReadByService") == []
    assert lines(room, "ServiceDenied") == [
        "Demande refusée à « Rappel Vaccins » : lire des documents (vous n’avez pas donné cet accord)"
    ]


def test_a_masked_booklet_is_not_read(room: Room, marie: Browser) -> None:
    with room.inside():
        record = room.record(1)
        for booklet in db.session.scalars(sa.select(Document).where(Document.record_id == record.id, Document.category == "CAR_VAC")):
            documents.mask(record.owner, booklet)
    paired(marie, "rappel-vaccins")
    marie.go(HOME).submit("Lire mon carnet vaccinal")
    assert marie.sees("0 document lu")
    assert not marie.sees("Votre carnet parle")


def test_a_vaccine_out_of_the_list_is_refused_with_a_sentence(room: Room, marie: Browser) -> None:
    signed_in_at(marie, "rappel-vaccins").go(HOME)
    marie.submit("Inscrire ce rappel dans mon agenda", vaccin="variole")
    assert marie.sees("Choisissez un vaccin de la liste.")
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Note.id))) == 0


def test_what_comes_is_told_soonest_first(room: Room, marie: Browser) -> None:
    signed_in_at(marie, "rappel-vaccins").go(HOME)
    titles = [text_of(title) for title in marie.page.select(".recall h2")]
    with room.inside():
        expected = recalls.coming(room.record(1), {})
        assert titles == [one.vaccine.heading for one in expected]
        assert [one.due_on for one in expected] == sorted(one.due_on for one in expected)
        assert all(one.due_on > clock.today() for one in expected)


@given(born=st.dates(date(1900, 1, 1), date(2040, 12, 31)), age=st.integers(0, 105))
def test_a_birthday_is_a_day_of_that_year(born: date, age: int) -> None:
    day = recalls._on(born, age)
    assert day.year == born.year + age
    assert (day.month, day.day) in {(born.month, born.day), (3, 1)}


@pytest.mark.parametrize("words", ["Grippe", "GRIPPE saisonnière"])
def test_words_are_known_whatever_their_letters(room: Room, marie: Browser, words: str) -> None:
    with room.inside():
        documents.deposit_text(room.user("pharm-garnier"), room.record(1), title="Vaccin", category="CAR_VAC", text=words)
    paired(marie, "rappel-vaccins")
    marie.go(HOME).submit("Lire mon carnet vaccinal")
    assert marie.sees("Votre carnet parle de ce vaccin : « Vaccin »")
