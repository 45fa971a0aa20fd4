"""« Montrez-moi sur la page », when the other side of the counter has its part."""

from __future__ import annotations

import pytest

from sandbox.exercises import service
from sandbox.prescriptions import delivering
from tests.browser import Browser, text_of
from tests.exercises.walking import Deed, bar, click, exercise_of, pointed, press, toured
from tests.pro.people import told
from tests.room import Room

PACK = "ordonnance"
pytestmark = pytest.mark.usefixtures("pages_read_to_their_end")


def opens(drug: str) -> Deed:
    def does(who: Browser, room: Room) -> None:
        row = next(row for row in who.page.select(".rows > li") if drug in text_of(row))
        who.go(str(row.a["href"]))  # type: ignore[index]

    return does


def hands(by: str, slug: str, drug: str) -> Deed:
    """One line of it is handed over, and the page looked at again."""

    def does(who: Browser, room: Room) -> None:
        with room.inside():
            line = next(line for line in told(slug).lines if drug in line.drug)
            delivering.deliver(room.user(by), line, 1)
        who.go(who.path)

    return does


def refuses(who: Browser, room: Room) -> None:
    with room.inside():
        delivering.refuse(room.user("pharm-garnier"), told("traitement-de-fond").lines[2], "Le patient en a encore")
    who.go(who.path)


LIST = click("Ordonnances")
DEEDS: dict[str, list[Deed]] = {
    "lire-son-ordonnance": [click("Documents"), click("Ordonnance numérique – metformine")],
    "recevoir-ses-medicaments": [LIST, opens("metformine"), hands("pharm-garnier", "traitement-de-fond", "metformine")],
    "comprendre-un-refus": [LIST, opens("metformine"), refuses],
    "retrouver-la-trace": [click("Historique d’activité"), click("Professionnels")],
    "envoyer-a-la-pharmacie": [
        LIST, opens("paracétamol, genouillère"), click("Envoyer à une pharmacie"), click("Pharmacie du Marché"), press("Envoyer mon ordonnance"),
    ],
    "renouveler-ailleurs": [LIST, opens("paracétamol, genouillère"), hands("pharm-nguyen", "genou-et-tension", "paracétamol")],
    "montrer-a-l-infirmiere": [LIST, opens("surveillance de la tension"), hands("inf-morvan", "surveillance-tension", "tension")],
    "choisir-qui-lit": [LIST, opens("metformine"), press("Oui, m’opposer à cette lecture")],
}


def test_every_exercise_has_its_way(pairs: Room) -> None:
    with pairs.inside():
        steps = {one.slug: len(one.steps) for one in service.of_workshop(pairs.workshop_id)}
    assert steps == {slug: len(deeds) for slug, deeds in DEEDS.items()}


@pytest.mark.parametrize("slug", DEEDS)
def test_it_advances_because_the_thing_was_done_whoever_does_it(pairs: Room, slug: str) -> None:
    marie, exercise, count = pairs.learner(1), exercise_of(pairs, slug), len(DEEDS[slug])
    toured(marie, slug)
    for number, (step, deed) in enumerate(zip(exercise.steps, DEEDS[slug], strict=True), 1):
        said = bar(marie)
        assert said == f"Étape {number} sur {count} : {step.say}".replace("\u00a0", " ").replace("\u202f", " ")
        assert pointed(marie), f"« {step.at} » n’est pas sur {marie.path}"
        assert bar(marie.go(marie.path)) == said  # looking again does nothing
        deed(marie, pairs)
    assert "Parcours terminé" in bar(marie)
    assert marie.go(f"/exercises/{slug}").sees("C’est fait !")
