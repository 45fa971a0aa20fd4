"""A parent activates the profile of a child: with the parent's numbers, the child's birth date, and a certificate."""

from __future__ import annotations

import pytest

from sandbox import clock
from sandbox.account.models import Life
from sandbox.workshops.starts import Start
from tests.browser import Browser
from tests.enrolment.applicant import Applicant, at_the_door, children, twins
from tests.room import Room

CERTIFY, DECLINE = "Oui, je certifie", "Non, je ne le suis pas"


def parent(room: Room) -> Applicant:
    return at_the_door(room, start=Start.ACTIVE)


def at_the_twins(room: Room, person: Applicant) -> tuple[Browser, list[str]]:
    born, names = twins(room, person.seat)
    person.browser.go("/activation/preparer?pour=enfant").submit("Continuer", card=person.card)
    return person.browser.submit("Continuer", **person.facts | {"birth": born.isoformat()}), names


def choose(browser: Browser, name: str) -> Browser:
    label = next(label for label in browser.page.find_all("label") if name in label.get_text())
    option = browser.page.find(id=str(label["for"]))
    assert option is not None
    return browser.submit("Continuer", child=str(option["value"]))


def lives(room: Room) -> dict[str, Life]:
    with room.inside():
        return {child.first_name: child.life for child in children(room, 1)}


@pytest.mark.practises("A04")
def test_a_parent_declines_for_one_twin_and_certifies_for_the_other(room: Room) -> None:
    marie = parent(room)
    browser, (first, second) = at_the_twins(room, marie)
    assert browser.heading == "Quel enfant ?"
    assert choose(browser, first).heading == f"Représentez-vous {first} par la loi ?"
    assert browser.submit(DECLINE).heading == "Rien n’a été fait"
    at_the_twins(room, marie)
    choose(browser, second).submit(CERTIFY)
    marie.ask_for_code().submit("Valider", code=marie.received())
    assert browser.heading == f"Le profil de {second} est activé"
    assert (lives(room)[first], lives(room)[second]) == (Life.CREATED, Life.ACTIVE)
    assert browser.click("Se connecter à mon espace").heading == "Se connecter"
    assert room.learner(1).go("/profils/").sees(second)


def test_a_parent_who_is_signed_in_comes_from_their_profiles(room: Room, marie: Browser) -> None:
    me = parent(room)
    me.browser = room.learner(1)
    browser, (first, second) = at_the_twins(room, me)
    assert browser.click("Qui êtes-vous").sees("imprimée sur votre carte d’exercice")
    browser.submit("Continuer", **me.facts | {"birth": twins(room, 1)[0].isoformat()})
    choose(browser, first).submit(CERTIFY)
    assert browser.sees("Étape 4 sur 5")
    me.ask_for_code().submit("Valider", code=me.received())
    assert browser.click("Aller à mes profils").sees(first)
    browser.go("/activation/profil-active").click("Activer le profil d’un autre enfant").submit("Continuer", card=me.card)
    browser.submit("Continuer", **me.facts | {"birth": twins(room, 1)[0].isoformat()})
    choose(browser, second).submit(CERTIFY)
    me.ask_for_code("email").submit("Valider", code=me.received())
    assert lives(room)[second] is Life.ACTIVE


def test_a_child_already_attached_is_found_in_the_profiles(room: Room) -> None:
    marie = parent(room)
    with room.inside():
        born, name = next((c.birth_date, c.first_name) for c in children(room, 1) if c.life is Life.ACTIVE)
    marie.browser.go("/activation/preparer?pour=enfant").submit("Continuer", card=marie.card)
    marie.browser.submit("Continuer", **marie.facts | {"birth": born.isoformat()})
    assert marie.browser.heading == f"Le profil de {name} est déjà activé"


@pytest.mark.parametrize(("state", "way_out"), [(Life.CLOSED, "Aller à mes profils"), (Life.OPPOSED, "Revenir au début")])
def test_a_childs_profile_that_is_shut_says_the_way_out(room: Room, state: Life, way_out: str) -> None:
    marie = parent(room)
    marie.browser = room.learner(1)
    with room.inside():
        child = next(child for child in children(room, 1) if child.delegations)
        child.life, child.life_at, born = state, clock.now(), child.birth_date
    marie.browser.go("/activation/preparer?pour=enfant").submit("Continuer", card=marie.card)
    marie.browser.submit("Continuer", **marie.facts | {"birth": born.isoformat()})
    assert marie.browser.heading == "Ce profil ne peut pas être activé"
    assert marie.browser.click(way_out).status == 200


def test_a_parent_whose_space_waits_activates_it_first(room: Room) -> None:
    browser, _ = at_the_twins(room, at_the_door(room))
    assert browser.heading == "Activez d’abord votre espace"
    assert browser.click("Activer mon espace").sees("Étape 1 sur 8")


def test_an_unknown_birth_date_and_the_childs_own_number_are_explained(room: Room) -> None:
    marie = parent(room)
    browser, _ = at_the_twins(room, marie)
    browser.click("Qui êtes-vous").submit("Continuer", **marie.facts | {"birth": "2020-02-02"})
    assert browser.sees("Nous ne connaissons pas d’enfant né ce jour-là avec votre numéro")
    with room.inside():
        child = children(room, 1)[0]
        facts = {"birth": child.birth_date.isoformat(), "nir": child.nir}
    assert browser.submit("Continuer", **marie.facts | facts).sees("Ce numéro semble être celui de l’enfant")


def test_a_parent_cannot_use_the_card_of_another(room: Room) -> None:
    jean = at_the_door(room, 2, Start.ACTIVE)
    jean.browser = room.learner(1)
    browser, _ = at_the_twins(room, jean)
    assert browser.status == 422
    assert browser.sees("Nous n’avons pas trouvé votre espace")


def test_without_the_certificate_nothing_is_activated(room: Room) -> None:
    marie = parent(room)
    browser, (first, _) = at_the_twins(room, marie)
    choose(browser, first)
    assert browser.go("/activation/canal").heading == f"Représentez-vous {first} par la loi ?"
    assert browser.go("/activation/code").heading == f"Représentez-vous {first} par la loi ?"
    assert lives(room)[first] is Life.CREATED
