"""In the profile of a child: what is the child's is there, what is the account's says whose it is."""

from __future__ import annotations

import pytest

from tests.browser import Browser
from tests.family.test_profiles import opened
from tests.room import Room
from tests.settings.people import code, contacts


@pytest.fixture
def in_child(room: Room, marie: Browser) -> Browser:
    """Marie, in her child's profile."""
    return opened(room, marie)


ACCOUNT = ["informations", "contact/email", "contact/mobile", "mot-de-passe", "appareils", "code/email", "code/appareil"]


@pytest.mark.parametrize("page", ACCOUNT)
def test_the_keys_of_the_account_are_not_the_childs(in_child: Browser, page: str) -> None:
    in_child.go(f"/parametres/{page}")
    assert in_child.heading == "Ce réglage est celui de votre compte"
    in_child.submit("Revenir à mon profil").go(f"/parametres/{page}")
    assert in_child.heading != "Ce réglage est celui de votre compte"


def test_a_form_of_before_changes_nothing_from_the_childs_profile(room: Room, marie: Browser) -> None:
    before = contacts(room)
    marie.go("/parametres/contact/email").submit("Recevoir le code", new="un@courriel.example")
    form, right = marie.page, code(room)
    opened(room, marie)
    marie.page, marie.path = form, "/parametres/code/email"
    assert marie.submit("Valider", code=right).status == 409
    assert contacts(room) == before


def test_the_list_offers_what_is_the_childs(in_child: Browser) -> None:
    in_child.go("/parametres/")
    assert in_child.sees("Ces réglages sont ceux de votre compte")
    assert not {"Mot de passe", "Appareils associés"} & set(in_child.links())
    for words in ("Carte d’identité de santé (INS)", "Clôture du profil", "Historique d’activité", "Profils rattachés"):
        assert words in in_child.links(), words
    in_child.click("Clôture du profil")
    assert in_child.status == 200


@pytest.mark.parametrize("words", ["Notifications", "Accès des professionnels", "Confidentialité", "Profils rattachés",
                                   "Clôture du profil", "Mes données", "Conditions d’utilisation", "Mot de passe"])
def test_every_row_of_the_list_leads_somewhere(marie: Browser, words: str) -> None:
    marie.go("/parametres/")
    here = marie.path
    link = next(a for a in marie.page.select("main .rows a") if words in a.get_text())
    assert marie.go(str(link["href"])).status == 200
    assert marie.path != here


def test_my_profiles_lead_to_the_activation_of_a_child(marie: Browser) -> None:
    link = next(a for a in marie.go("/profils/").page.find_all("a") if "Activer le profil d’un enfant" in a.get_text())
    assert link["href"] == "/activation/?pour=enfant"
