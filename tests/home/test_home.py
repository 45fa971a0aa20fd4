"""The first page: what is new, and the way to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.agenda.models import Appointment
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.messaging.models import Message
from sandbox.notifications import service as notifications
from tests.browser import Browser, text_of
from tests.room import Room


def deposit(room: Room) -> None:
    with room.inside():
        documents.deposit_text(
            room.user("labo-horizon"), room.record(1), title="Dosage du fer", category="BIOLOGIE", text="Fer normal."
        )


@pytest.mark.practises("B01")
def test_marie_finds_what_is_new_and_goes_to_it(room: Room, marie: Browser) -> None:
    deposit(room)
    marie.go("/").click("Dosage du fer")
    assert marie.heading == "Dosage du fer"
    assert not marie.go("/nouveautes").page.find("ul", class_="rows").find(string="Dosage du fer")


@pytest.mark.practises("B01")
def test_an_unread_message_and_the_next_appointment_are_there(marie: Browser) -> None:
    marie.go("/")
    assert marie.sees("Messages à lire (1)")
    assert marie.sees("Prochain rendez-vous")
    marie.click("Préparer votre venue")
    assert marie.path.startswith("/messages/")
    assert marie.go("/").sees("Vous avez lu tous vos messages.")


@pytest.mark.practises("B01")
def test_the_live_part_tells_of_what_just_came(room: Room, marie: Browser) -> None:
    news = str(marie.go("/").page.find("main").find(attrs={"data-fragment": True})["data-fragment"])
    deposit(room)
    assert marie.go(news).sees("Dosage du fer")


def test_a_quiet_day_is_not_an_empty_page(room: Room, marie: Browser) -> None:
    with room.inside():
        db.session.execute(sa.update(Document).values(opened_at=clock.now()))
        db.session.execute(sa.update(Message).values(read_at=clock.now()))
        db.session.execute(sa.delete(Appointment))
        notifications.read_all(room.record(1))
    marie.go("/")
    for words in ("Vous avez ouvert tous vos documents.", "Aucun rendez-vous", "Mes raccourcis"):
        assert marie.sees(words)


@pytest.mark.parametrize("words", [
    "Ajouter un document", "Mes résultats de biologie", "Mes ordonnances numériques", "Mon agenda",
    "Qui a consulté mon dossier",
])
def test_each_shortcut_leads_somewhere(marie: Browser, words: str) -> None:
    assert marie.go("/").click(words).status == 200


def test_the_last_visit_is_told_once_it_is_another_day(room: Room, marie: Browser) -> None:
    assert marie.go("/").go("/").sees("Bienvenue dans votre espace")
    with room.inside():
        room.record(1).visited_at = clock.now() - timedelta(days=2)
    assert "Votre dernière visite" in text_of(marie.go("/").page.find("main"))
