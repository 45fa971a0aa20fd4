"""The activity history: everything leaves a line."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.acts import RecordConsulted, publish
from sandbox.db import db
from sandbox.journal.models import Entry
from tests.browser import Browser, text_of
from tests.room import Room


def lines(who: Browser) -> list[str]:
    return [text_of(row) for row in who.page.select("ul.rows > li")]


def test_marie_reads_who_did_what_day_by_day(room: Room, marie: Browser) -> None:
    with room.inside():
        publish(RecordConsulted(actor=room.user("dr-lemoine"), record=room.record(1)))
    marie.go("/historique/")
    days = [text_of(day) for day in marie.page.find("main").find_all("h2")]
    assert len(days) > 1
    assert len(days) == len(set(days))
    assert any("Dr Claire Lemoine a consulté votre dossier" in line for line in lines(marie)[:2])


def test_the_tabs_separate_professionals_from_oneself(marie: Browser) -> None:
    marie.go("/documents/").go("/historique/").click("Professionnels")
    assert all("Professionnel" in line and "Vous" not in line for line in lines(marie))
    marie.click("Mes activités")
    assert "Consultation de la rubrique « Documents »" in " ".join(lines(marie))
    assert all(line.endswith("Vous") for line in lines(marie))


def test_the_history_is_cut_in_pages_and_keeps_its_tab(marie: Browser) -> None:
    marie.go("/historique/?onglet=professionnels")
    first = lines(marie)
    assert len(first) == 50
    second = lines(marie.click("Page suivante"))
    assert marie.path == "/historique/?page=2&onglet=professionnels"
    assert first[0] not in second
    assert marie.go("/historique/?page=999&onglet=rien").status == 200


def test_a_neighbour_leaves_no_line_here(room: Room, marie: Browser, jean: Browser) -> None:
    jean.go("/documents/")
    assert not marie.go("/historique/lignes?onglet=moi").sees("« Documents »")


def test_a_history_without_a_line_says_what_will_come(room: Room, marie: Browser) -> None:
    with room.inside():
        db.session.execute(sa.delete(Entry))
    assert marie.go("/historique/lignes?onglet=professionnels").sees("Aucun professionnel n’a encore rien fait")
    assert marie.go("/historique/lignes").sees("Ce que vous ferez apparaîtra ici.")
