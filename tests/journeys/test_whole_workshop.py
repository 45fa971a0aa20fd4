"""A whole workshop of « decouverte », compressed: one trainer, six learners and the pharmacist she plays, at eight real windows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from sandbox import clock, tenancy
from sandbox.exercises import standing
from sandbox.workshops import worlds
from tests.cast import Cast
from tests.chromium import Person
from tests.console.hours import Hours
from tests.journeys.deeds import DEEDS
from tests.pro.people import number_of
from tests.room import Room, open_room

pytestmark = pytest.mark.browser
EVERYBODY = MARIE, JEAN, FATOU, PAUL, LUCIE, AHMED = range(1, 7)
ON_A_PHONE = {MARIE, FATOU, PAUL}


@dataclass
class Class:
    """Everybody, and the clock on the wall."""

    people: Cast
    room: Room
    hours: Hours
    samira: Person
    learners: dict[int, Person]

    def does(self, seat: int, *slugs: str) -> None:
        for slug in slugs:
            DEEDS[slug](self.learners[seat], self.room, seat)

    def comes_in(self, *seats: int) -> None:
        for seat in seats:
            self.learners[seat] = self.people.at_the_door(seat, phone=seat in ON_A_PHONE).sees("Bonjour")

    def feels(self, moment: str, levels: dict[int, str]) -> None:
        for seat, level in levels.items():
            self.learners[seat].go(f"/exercises/ressenti/{moment}").page.get_by_label(level, exact=True).check()
            self.learners[seat].press("Enregistrer ma réponse")

    def at_the_board(self) -> Person:
        return self.samira.go(f"/console/{self.room.code}")

    def done(self, seat: int) -> set[str]:
        with self.room.inside():
            return {item.exercise.slug for item in standing.of_seat(tenancy.bound(), seat).done}

    def digest(self, seat: int) -> str:
        with self.room.inside():
            return worlds.digest(self.room.world(), [seat])


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    hours = Hours(monkeypatch)
    hours.set(clock.at(clock.today(), 14))
    return hours


@pytest.fixture
def lesson(app: Flask, hours: Hours, address: str, window: Browser) -> Iterator[Class]:
    room = open_room(app, seats=len(EVERYBODY), seed="atelier entier")
    cast = Cast(room, address, window)
    yield Class(cast, room, hours, cast.trainer(), {})
    cast.leave()


def test_a_whole_workshop_from_the_first_card_to_the_proof(lesson: Class) -> None:
    opening(lesson)
    documents_and_a_hand_raised(lesson)
    news_messages_and_a_pause(lesson)
    a_latecomer_is_brought_along(lesson)
    a_mistake_of_the_trainer_is_undone(lesson)
    appointments_and_the_pharmacy(lesson)
    the_lure(lesson)
    closing(lesson)


def opening(lesson: Class) -> None:
    """14:00. The doors open, five people come in with their card, the story is launched."""
    lesson.at_the_board().press("Fermer la salle").sees("Personne ne peut entrer")
    lesson.at_the_board().press("Ouvrir la salle").sees("On peut entrer")
    lesson.comes_in(MARIE, JEAN, FATOU, PAUL, LUCIE)
    lesson.feels("avant", {MARIE: "Pas du tout à l’aise", JEAN: "Peu à l’aise", FATOU: "Peu à l’aise"})
    lesson.samira.go(f"/console/{lesson.room.code}/deroule").press("Lancer le déroulé").sees("Le déroulé est lancé")


def documents_and_a_hand_raised(lesson: Class) -> None:
    """The first exercise together, the next ones each at one's pace; Paul does not find, and is shown where."""
    for seat in (MARIE, JEAN, FATOU, PAUL, LUCIE):
        lesson.does(seat, "lire-un-document")
    lesson.does(JEAN, "ajouter-un-document", "supprimer-un-document")
    lesson.does(FATOU, "masquer-un-document")
    paul, samira = lesson.learners[PAUL], lesson.at_the_board()
    paul.go("/exercises/supprimer-un-document").page.locator("main .hand-button").click()
    samira.sees("Supprimer").press("J’y vais")
    paul.sees("Le formateur vient vers vous.")
    samira.page.get_by_text("Envoyer un indice").click()
    samira.press("Envoyer cet indice")
    expect(paul.page.locator(".word")).to_be_visible()
    paul.press("J’ai lu")
    lesson.does(PAUL, "supprimer-un-document")
    assert lesson.done(PAUL) == {"lire-un-document", "supprimer-un-document"}


def news_messages_and_a_pause(lesson: Class) -> None:
    """14:06. The laboratory deposits by itself; Lucie answers a message when the room is asked to look at the wall."""
    lesson.hours.pass_(6)
    lucie = lesson.learners[LUCIE].go("/").sees("Contrôle du diabète")
    lesson.does(LUCIE, "ouvrir-une-notification", "voir-qui-a-consulte")
    lucie.go("/messages/").click("Nadia Roux").page.get_by_role("textbox").first.fill("Non, merci.")
    lesson.at_the_board().press("Regardez l’écran").sees("Toutes les places voient")
    for learner in lesson.learners.values():
        expect(learner.page.get_by_role("dialog")).to_contain_text("Regardez l’écran")
    lesson.samira.press("Reprendre l’atelier")
    expect(lucie.page.get_by_role("dialog")).to_have_count(0)
    lucie.press("Envoyer").sees("Non, merci.")
    lesson.does(MARIE, "repondre-au-secretariat", "ecrire-a-un-inconnu")


def a_latecomer_is_brought_along(lesson: Class) -> None:
    """14:20. Ahmed finds the first four exercises done, and goes on with the others."""
    lesson.hours.pass_(14)
    lesson.comes_in(AHMED)
    samira = lesson.samira.go(f"/console/{lesson.room.code}/remise-a-zero").click("Mettre sa place là où en est la salle")
    samira.page.get_by_label("Seulement les places cochées").check()
    samira.page.get_by_label(f"{AHMED} ·").check()
    samira.page.get_by_label("Jusqu’à quel exercice").select_option("4")
    samira.press("Rattraper").sees(f"La place {AHMED} est rattrapée jusqu’à l’exercice 4")
    assert len(lesson.done(AHMED)) == 4
    lesson.does(AHMED, "ouvrir-une-notification")


def a_mistake_of_the_trainer_is_undone(lesson: Class) -> None:
    """She freezes the moment, then puts everything back by mistake: one press, and everybody goes on."""
    samira = lesson.samira.go(f"/console/{lesson.room.code}/points")
    samira.write("Nom de ce point", "Avant la pharmacie").press("Figer ce moment").sees("Avant la pharmacie")
    samira.press("Annuler ce nouveau point de départ")
    before = [lesson.digest(seat) for seat in EVERYBODY]
    samira.go(f"/console/{lesson.room.code}/remise-a-zero").press("Remettre toutes les places à zéro")
    expect(lesson.learners[JEAN].page.locator("[data-world-changed]")).to_be_visible()
    assert lesson.done(JEAN) == set()
    samira.press("Annuler cette remise à zéro").sees("est annulée")
    assert [lesson.digest(seat) for seat in EVERYBODY] == before
    assert "ajouter-un-document" in lesson.done(JEAN)


def appointments_and_the_pharmacy(lesson: Class) -> None:
    """14:45. Jean books and cancels; Fatou's medicines are given by the pharmacist that Samira plays."""
    lesson.hours.pass_(25)
    lesson.does(JEAN, "prendre-un-rendez-vous", "annuler-un-rendez-vous", "chercher-un-service")
    lesson.does(FATOU, "montrer-une-ordonnance")
    fatou = lesson.learners[FATOU]
    garnier = lesson.people.at_the_practices_door("pharm-garnier").go("/pro/delivrance")
    garnier.write("Numéro de l’ordonnance", number_of(lesson.room, "traitement-de-fond", seat=FATOU)).press("Ouvrir l’ordonnance")
    garnier.press("Tout délivrer").sees("C’est noté.")
    fatou.sees("Délivré").look()
    assert {"montrer-une-ordonnance", "faire-delivrer-une-ordonnance"} <= lesson.done(FATOU)


def the_lure(lesson: Class) -> None:
    """15:20. Nobody was told: Paul finds the false message that came by itself, and reports it."""
    lesson.hours.pass_(35)
    lesson.learners[PAUL].go("/")
    lesson.does(PAUL, "reconnaitre-un-faux-message")


def closing(lesson: Class) -> None:
    """15:25. What each takes home, the report without a name, the end, and the proof that nothing is left."""
    lesson.hours.pass_(5)
    lesson.feels("apres", {MARIE: "Plutôt à l’aise", JEAN: "Tout à fait à l’aise", FATOU: "Plutôt à l’aise"})
    marie = lesson.learners[MARIE].go("/exercises/bilan").sees("Mon bilan")
    certificate = marie.page.request.get("/exercises/attestation.pdf")
    assert certificate.ok
    assert "3 gestes pratiqués" in words_of(certificate.body())
    done = set().union(*(lesson.done(seat) for seat in EVERYBODY))
    assert len(done) == 14
    the_report(lesson)
    samira = lesson.samira.go(f"/console/{lesson.room.code}/fin").press("Terminer l’atelier").sees("Cet atelier est terminé")
    for learner in lesson.learners.values():
        learner.go("/").sees("Cet atelier est terminé. Merci")
    samira.write("Code de l’atelier", lesson.room.code).press("Tout effacer").sees("Preuve d’effacement").sees("0 ligne")


def the_report(lesson: Class) -> None:
    samira = lesson.samira.go(f"/console/{lesson.room.code}/rapport").sees("monte de")
    table = samira.page.request.get(f"/console/{lesson.room.code}/rapport.csv").text()
    paper = words_of(samira.page.request.get(f"/console/{lesson.room.code}/rapport.pdf").body())
    lines = [row for row in csv.reader(StringIO(table), delimiter=";") if row and row[0].split(".")[0].isdigit()]
    assert len(lines) == 14
    assert all(int(row[2]) >= 1 for row in lines)  # each exercise was done by somebody
    with lesson.room.inside():
        names = [lesson.room.record(seat).family_name for seat in EVERYBODY]
    assert not [name for name in names for told in (table, paper, samira.page.content()) if name in told]


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)
