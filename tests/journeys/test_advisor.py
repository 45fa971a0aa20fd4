"""An advisor in training, alone with the pack « mediateur »: troubles to solve, gestures to do, the accompanying role."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser as Window

from tests.browser import Browser
from tests.cast import Cast
from tests.chromium import Person
from tests.exercises.advisors import GESTURES, PACK, answer, exercises, plain, reply, situations
from tests.room import Room, open_room

ROLE = (  # what one says to somebody who hands over a password, is afraid, refuses, or wants something hidden
    "mot-de-passe-confie", "peur-pour-ses-donnees", "refus-d-essayer", "s-opposer", "supprimer-ou-masquer",
)


@pytest.fixture(scope="module")
def _permanence(app: Flask) -> Room:
    return open_room(app, seats=2, seed="permanence", pack=PACK)


@pytest.fixture
def permanence(_permanence: Room) -> Room:
    _permanence.renew()
    return _permanence


def solves(who: Browser, situation: dict[str, str]) -> None:
    """Wrong first, then right: the reply each time, the explanation after."""
    assert who.heading == plain(situation["title"])
    wrong, right = answer(situation, right=False), answer(situation, right=True)
    who.submit("Répondre", answer=wrong)
    assert who.sees(reply(situation, wrong))
    assert not who.sees("L’explication")
    who.submit("Répondre", answer=right)
    assert who.sees(reply(situation, right))
    assert who.sees(plain(situation["explanation"])[-80:])
    assert who.sees(plain(situation["say"]))


@pytest.mark.practises("L03")
def test_an_advisor_alone_follows_the_whole_path_at_their_own_pace(permanence: Room) -> None:
    nora, told = permanence.learner(1), exercises()
    nora.go("/exercises/").click("Ouvrir la situation : Simone vous tend son mot de passe")
    for one, after in zip(told, [*told[1:], None], strict=True):
        if one.get("told"):
            solves(nora, one)
        else:
            GESTURES[one["slug"]](nora)
            assert nora.go(f"/exercises/{one['slug']}").sees("C’est fait !")
        nora.click(f"suivant{'e' if after.get('told') else ''} : {plain(after['title'])}" if after else "Voir mon bilan")
    assert nora.sees(f"{len(told)} sur {len(told)}")
    assert nora.sees("Les phrases à garder")
    assert nora.go("/exercises/").sees("vous avez tout fait")
    assert permanence.learner(2).go("/exercises/").sees(f"0 sur {len(told)}")


@pytest.mark.practises("L03")
def test_an_advisor_stops_half_way_and_takes_up_where_they_were(permanence: Room) -> None:
    first, second = situations()[:2]
    nora = permanence.learner(1)
    nora.go("/exercises/").click("Ouvrir la situation")
    solves(nora, first)
    again = permanence.learner(1)
    assert again.go("/exercises/").sees("1 sur")
    assert again.click("Ouvrir la situation").heading == plain(second["title"])
    assert again.go(f"/exercises/situation/{first['slug']}").sees(plain(first["say"]))


@pytest.fixture
def nora(permanence: Room, address: str, window: Window) -> Person:
    """Nora, advisor in training, on a phone."""
    return Cast(permanence, address, window).learner(1, phone=True)


def chooses(who: Person, situation: dict[str, str], number: str) -> None:
    told: list[dict[str, str]] = situation["answer"]  # type: ignore[assignment]
    who.page.get_by_label(told[int(number) - 1]["text"]).check()
    who.press("Répondre").sees(plain(told[int(number) - 1]["reply"]))


@pytest.mark.browser
@pytest.mark.practises("L04")
def test_the_accompanying_role_is_rehearsed_on_a_phone(nora: Person) -> None:
    by_slug = {one["slug"]: one for one in situations()}
    for situation in (by_slug[slug] for slug in ROLE):
        nora.go(f"/exercises/situation/{situation['slug']}")
        for number, one in enumerate(situation["answer"], 1):
            if not one["right"]:
                chooses(nora, situation, str(number))
        chooses(nora, situation, answer(situation, right=True))
        nora.sees(plain(situation["say"]))
        nora.page.get_by_text("Les autres réponses").click()
        nora.look()
    nora.go("/exercises/bilan")
    for situation in (by_slug[slug] for slug in ROLE):
        nora.sees(plain(situation["learned"])).sees(plain(situation["say"]))
    nora.go("/documents/?mots=sommeil")
    nora.click("Compte rendu de consultation").click("Masquer ce document").press("Masquer ce document")
    nora.go("/exercises/masquer-un-document").sees("C’est fait !")
    nora.leave()
