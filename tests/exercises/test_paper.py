"""The same steps on paper: a sheet an exercise, for the trainer and for whoever does it."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from sandbox.exercises import service, sheets
from sandbox.exercises.service import Exercise
from tests.browser import Browser
from tests.console.test_sheets import asked, pdf, squares, squeezed
from tests.exercises.walking import DEEDS, exercise_of
from tests.room import Room


def read(who: Browser, address: str) -> PdfReader:
    answer = who.client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(BytesIO(answer.data))


def says(page: str, exercise: Exercise) -> None:
    """The title, what to do, each step in order, and what it is for."""
    words, told = squeezed(page), [exercise.title, exercise.instruction, *(step.say for step in exercise.steps), exercise.why]
    places = [words.find(squeezed(one)) for one in told]
    assert -1 not in places, f"{exercise.slug} : {told[places.index(-1)]}"
    assert places == sorted(places)


@pytest.mark.practises("T02")
def test_samira_prints_the_cards_the_letters_and_a_sheet_an_exercise(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}").click("Imprimer les cartes")
    wanted, printed = asked(room, 1), squeezed(pdf(samira, room, "cartes").pages[0].extract_text())
    assert [what for what, value in wanted.items() if squeezed(value) not in printed] == []
    addresses, *_ = squares(samira.client.get(f"/console/{room.code}/cartes.pdf").data)
    path = next(re.sub(r"^https?://[^/]+", "", one) for one in addresses if one.endswith(room.card(1).token))
    tablet = Browser(room.app, "tablette").go(path)
    assert tablet.page.find("input", {"name": "identifier"})["value"] == room.card(1).identifier
    assert len(pdf(samira, room, "courriers").pages) == 4
    samira.go(f"/console/{room.code}").click("Fiches d’exercice")
    for slug in DEEDS:
        assert samira.sees(f"{exercise_of(room, slug).title} (PDF)")
    book = pdf(samira, room, "fiches")
    assert (book.trailer["/Root"]["/Lang"], book.trailer["/Root"]["/MarkInfo"]["/Marked"]) == ("fr-FR", True)
    assert len(book.pages) == len(DEEDS)
    for page, slug in zip(book.pages, DEEDS, strict=True):
        says(page.extract_text(), exercise_of(room, slug))


def test_one_sheet_alone_for_the_trainer_and_for_the_learner(room: Room, samira: Browser, marie: Browser) -> None:
    exercise = exercise_of(room, "masquer-un-document")
    says(read(samira, f"/console/{room.code}/fiches/{exercise.slug}.pdf").pages[0].extract_text(), exercise)
    link = marie.go(f"/exercises/{exercise.slug}").page.select_one('a[href$="fiche.pdf"]')
    mine = read(marie, str(link["href"]))
    says(mine.pages[0].extract_text(), exercise)
    assert len(mine.pages) == 1
    assert "personnes et données fictives" in mine.pages[0].extract_text()
    assert marie.go("/exercises/rien/fiche.pdf").status == 404
    assert samira.go(f"/console/{room.code}/fiches/rien.pdf").status == 404


def test_no_letter_is_smaller_than_fourteen_points(room: Room) -> None:
    with room.inside():
        content = sheets.pdf("Fiches", sheets.printable(service.of_workshop(room.workshop_id)))
    found: set[float] = set()
    for page in PdfReader(BytesIO(content)).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: found.add(round(size * abs(tm[3]) * abs(cm[3]), 1)) if text.strip() else None)
    assert min(found) >= 14


def test_an_exercise_without_steps_has_its_hints_and_a_situation_no_sheet() -> None:
    plain = Exercise(slug="a", title="A", instruction="Faites.", why="Pour rien.", hints=["Un *indice*."], question="document_added")
    assert "Un *indice*." in PdfReader(BytesIO(sheets.pdf("Fiche", [plain]))).pages[0].extract_text()
    situation = Exercise(slug="b", title="B", instruction="", why="", hints=[], question="situation_answered", told="Quelqu’un vient.")
    assert sheets.printable([plain, situation]) == [plain]
