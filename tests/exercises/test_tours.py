"""« Montrez-moi sur la page »: each tour advances because the thing was done, goes back, is left and found again."""

from __future__ import annotations

import pytest

from sandbox.db import db
from sandbox.exercises import service
from sandbox.landmarks import LANDMARKS
from sandbox.workshops import resets
from sandbox.workshops.models import Workshop
from tests.asking import asked
from tests.browser import Browser
from tests.exercises.test_again import opens_news
from tests.exercises.walking import BEFORE, DEEDS, bar, exercise_of, kept, pointed, toured
from tests.room import Room

MASK = "masquer-un-document"
pytestmark = pytest.mark.usefixtures("pages_read_to_their_end")


def fetched(who: Browser, address: str) -> str:
    """What a live part brings, read to its end."""
    with who.client.get(address, buffered=True) as answer:
        return " ".join(answer.text.split())


def test_every_exercise_of_the_first_pack_has_its_way(room: Room) -> None:
    with room.inside():
        told = {one.slug: len(one.steps) for one in service.of_workshop(room.workshop_id)}
    assert told == {slug: len(deeds) for slug, deeds in DEEDS.items()}
    assert all(3 <= count <= 6 for count in told.values())


@pytest.mark.parametrize("slug", DEEDS)
def test_it_advances_because_the_thing_was_done_and_only_then(room: Room, marie: Browser, slug: str) -> None:
    if before := BEFORE.get(slug):
        before(marie, room)
    exercise, count = exercise_of(room, slug), len(DEEDS[slug])
    toured(marie, slug)
    for number, (step, deed) in enumerate(zip(exercise.steps, DEEDS[slug], strict=True), 1):
        said = bar(marie)
        assert said == f"Étape {number} sur {count} : {step.say}".replace("\u00a0", " ").replace("\u202f", " ")
        assert pointed(marie), f"« {step.at} » n’est pas sur {marie.path}"
        assert bar(marie.go(marie.path)) == said  # looking again does nothing
        deed(marie, room)
    assert "Parcours terminé" in bar(marie)
    assert marie.go(f"/exercises/{slug}").sees("C’est fait !")


def test_a_former_step_is_read_again_and_nothing_is_undone(room: Room, marie: Browser) -> None:
    toured(marie, MASK).click("Documents")
    assert bar(marie.submit("Étape précédente")).startswith("Étape 1 sur 5, déjà faite : Dans le menu, appuyez sur « Documents »")
    assert marie.path.startswith("/documents/")
    assert bar(marie.submit("Étape précédente")).startswith("Étape 1 sur 5")  # there is none before
    assert bar(marie.submit("Répéter")).startswith("Étape 1 sur 5")
    assert bar(marie.submit("Revenir à l’étape 2")).startswith("Étape 2 sur 5 :")
    assert marie.submit("Étape précédente").submit("Chercher", mots="sommeil").sees("Étape 3 sur 5")  # what is done goes on
    assert kept(room, MASK) == 2


def test_it_is_left_and_found_again_on_another_device(room: Room, marie: Browser) -> None:
    toured(marie, MASK).click("Documents").submit("Quitter")
    assert marie.path.startswith("/documents/")
    assert marie.page.select_one(".tour") is None
    other = room.learner(1).go(f"/exercises/{MASK}")
    assert other.submit("Reprendre le parcours à l’étape 2").sees("Étape 2 sur 5")
    assert bar(other).endswith("Ce n’est pas sur cette page. Dans le menu, appuyez sur « Documents ».")
    assert pointed(other)


def test_whoever_knows_a_shorter_way_is_followed(room: Room, marie: Browser) -> None:
    toured(marie, MASK).go("/documents/?mots=sommeil")
    assert bar(marie).startswith("Étape 3 sur 5")
    marie.click("Compte rendu de consultation – sommeil et moral").go("/")
    assert bar(marie).startswith("Étape 4 sur 5")
    assert "Ce n’est pas sur cette page." in bar(marie)


def test_what_others_do_does_not_advance_it(room: Room, marie: Browser, jean: Browser, lemoine: Browser) -> None:
    slug = "supprimer-un-document"
    said = bar(toured(marie, slug).click("Documents"))
    jean.go("/documents/").click("Ma carte de mutuelle").click("Supprimer").submit("Supprimer pour toujours")
    lemoine.go("/pro/")
    assert bar(marie.go("/documents/")) == said
    assert kept(room, slug) == 1


def test_the_live_part_sees_what_was_done_without_leaving_the_page(room: Room, marie: Browser) -> None:
    toured(marie, "ouvrir-une-notification").click("Notifications")
    live = str(marie.page.select_one(".tour-live")["data-fragment"])
    assert "Étape 2 sur 3" in fetched(marie, live)
    with room.inside():
        opens_news(room, room.record(1))
    assert "Étape 3 sur 3" in fetched(marie, live)
    assert kept(room, "ouvrir-une-notification") == 2


def test_the_phone_beside_the_page_is_a_place_like_another(room: Room, marie: Browser) -> None:
    fetched(toured(marie, "reconnaitre-un-faux-message"), "/telephone/?volet=1")
    assert bar(marie.go("/")).startswith("Étape 2 sur 3")
    assert pointed(marie)


def test_a_seat_put_back_ends_it(room: Room, marie: Browser) -> None:
    toured(marie, MASK).click("Documents")
    with room.inside():
        resets.reset_seats(db.session.get_one(Workshop, room.workshop_id), [1])
    assert marie.go("/documents/").page.select_one(".tour") is None
    live = "/exercises/parcours/etape?ici=/documents/"
    assert "Ce parcours n’est plus en cours" in fetched(marie, live)
    assert marie.go(f"/exercises/{MASK}").sees("Montrez-moi sur la page")


def test_a_pack_is_proof_read() -> None:
    wrong = {"slug": "x", "question": "document_added", "params": {}, "hints": [], "step": [
        {"say": "Là.", "at": "nulle-part"}, {"say": "Ici.", "at": "document", "page": "documents.index"},
        {"say": "", "at": "bell", "until": {"question": "rien-du-tout"}, "of": "chose:y"},
    ]}
    found = " ".join(" ".join(service.problems([wrong])).split())
    for words in ("« nulle-part » n’existe pas", "dites laquelle avec « of »", "il manque « say »", "« rien-du-tout » n’existe pas", "« of » commence par"):
        assert words in found
    assert "rien ne dit quand" in " ".join(service.problems([wrong | {"step": [{"say": "A", "at": "bell"}, {"say": "B", "at": "bell"}]}]))
    assert set(LANDMARKS) >= {step["at"] for step in wrong["step"][2:]}


def test_a_page_asks_nothing_more_without_a_tour_and_two_questions_with_one(room: Room, marie: Browser) -> None:
    alone = asked_for(room, marie)
    toured(marie, MASK).go("/documents/")
    assert asked_for(room, marie) == alone + 2
    marie.submit("Quitter")
    assert asked_for(room, marie) == alone


def asked_for(room: Room, who: Browser) -> int:
    """How many questions the list of documents asks, read and noted already."""
    who.go("/documents/")
    with asked(room.app) as told:
        who.client.get("/documents/", buffered=False)
    return len(told)
