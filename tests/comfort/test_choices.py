"""Size of the text, contrast and spacing: kept by this browser alone, until somebody leaves."""

from __future__ import annotations

import pytest
from bs4 import Tag
from flask import Flask

from sandbox.comfort.choices import COOKIE, Comfort, Contrast, Spacing, Text
from tests.account.test_shared_computer import expire
from tests.browser import Browser
from tests.cast import Cast
from tests.room import Room

MOST = {"text": "largest", "contrast": "strong", "spacing": "wide"}
ODD = ["", "...", "largest", "largest.strong", "x.y.z", "largest.strong.wide.more", "<script>.\"'.é", "0" * 4000, "\x00.\x00.\x00", "NORMAL.Strong.wide "]
PHONE_PAGES = ["/", "/documents/", "/messages/", "/profil/mesures", "/notifications/preferences", "/historique/", "/aide/ecrire", "/lecture"]


def told(person: Browser) -> dict[str, str]:
    """What the page says of how it is shown."""
    html = person.page.html
    assert isinstance(html, Tag)
    return {name: str(html[f"data-{name}"]) for name in MOST if html.has_attr(f"data-{name}")}


def chosen(person: Browser) -> Browser:
    person.go("/lecture").submit("Appliquer", **MOST)
    assert told(person) == MOST
    return person


def test_what_is_chosen_holds_on_every_page_and_for_this_browser_only(room: Room, marie: Browser, jean: Browser) -> None:
    chosen(marie)
    assert marie.sees("Toutes les pages s’affichent maintenant ainsi")
    for path in ("/", "/documents/", "/nulle-part", f"/atelier/{room.code}", "/pro/connexion", "/console/connexion", "/telephone/"):
        assert told(marie.go(path)) == MOST, path
    assert told(jean.go("/")) == {}


def test_everything_is_put_back_in_one_press(marie: Browser) -> None:
    chosen(marie).submit("Tout remettre comme au départ")
    assert told(marie) == {}
    assert marie.client.get_cookie(COOKIE) is None
    assert not marie.sees("Tout remettre")


@pytest.mark.parametrize("path", ["/", "/documents/", "/aide/"])
def test_the_learner_finds_it_on_every_page_and_comes_back(marie: Browser, path: str) -> None:
    marie.go(path).client.environ_base["HTTP_REFERER"] = f"http://localhost{path}"
    assert marie.click("Confort de lecture").heading == "Confort de lecture"
    assert "Accueil" in marie.links()
    del marie.client.environ_base["HTTP_REFERER"]
    assert marie.submit("Appliquer", text="large").click("Revenir à ma page").path == path


def test_whoever_is_not_signed_in_finds_it_too(app: Flask, room: Room) -> None:
    for path in ("/rejoindre", f"/atelier/{room.code}", "/pro/connexion"):
        chosen(Browser(app, "à la porte").go(path).click("Confort de lecture"))


def test_the_professional_finds_it_and_goes_back_to_the_patients(lemoine: Browser) -> None:
    lemoine.go("/pro/").client.environ_base["HTTP_REFERER"] = "http://localhost/pro/?q=marie"
    lemoine.click("Confort de lecture")
    del lemoine.client.environ_base["HTTP_REFERER"]
    assert told(lemoine.submit("Appliquer", contrast="strong").click("Revenir à ma page")) == {"contrast": "strong"}
    assert lemoine.path == "/pro/?q=marie"


@pytest.mark.parametrize("address", [
    "//ailleurs.example/", "https://ailleurs.example/", "/\\ailleurs.example", "javascript:alert(1)", "/nulle-part", "/deconnexion",
    "/lecture", "/docu\nments/", "documents/", "", "/x" * 5000, "http://[", "http://localhost//ailleurs.example/", "http://localhost",
])
def test_it_leads_back_to_a_page_of_this_site_or_home(marie: Browser, address: str) -> None:
    marie.client.environ_base["HTTP_REFERER"] = address.replace("\n", "")
    for path in ("/lecture", f"/lecture?retour={address.replace(chr(10), '%0A')}"):
        marie.go(path)
        assert not marie.sees("Revenir à ma page")
    marie.submit("Appliquer", back=address)
    assert marie.status == 200
    assert not marie.sees("Revenir à ma page")


@pytest.mark.parametrize("cookie", ODD)
def test_a_cookie_however_odd_shows_the_page_as_usual(marie: Browser, cookie: str) -> None:
    known = [value for value in ("strong", "wide") if Comfort.of_cookie(cookie) != Comfort() and value in cookie]
    marie.client.environ_base["HTTP_COOKIE"] = ""
    answer = marie.client.get("/lecture", headers={"Cookie": f'{COOKIE}="{cookie.encode().decode("latin-1")}"'})
    assert answer.status_code == 200
    assert not known
    assert b"<script>." not in answer.data


def test_one_odd_part_spoils_nothing_of_the_others() -> None:
    assert Comfort.of_cookie("huge.strong.wide") == Comfort(Text.NORMAL, Contrast.STRONG, Spacing.WIDE)
    assert Comfort.told("largest", "strong", "wide") == Comfort(Text.LARGEST, Contrast.STRONG, Spacing.WIDE)


def test_odd_values_of_the_form_are_the_usual_ones(marie: Browser) -> None:
    marie.go("/lecture").submit("Appliquer", text="9" * 5000, contrast="\0", spacing="wide")
    assert told(marie) == {"spacing": "wide"}


# --- a device that several people use ---

@pytest.mark.parametrize("words", ["Se déconnecter", "Personne suivante"])
def test_the_next_person_finds_the_pages_as_everybody_does(marie: Browser, words: str) -> None:
    chosen(marie).go("/").submit(words)
    assert told(marie) == {}
    assert marie.client.get_cookie(COOKIE) is None


def test_a_professional_who_leaves_leaves_nothing_either(lemoine: Browser) -> None:
    chosen(lemoine).go("/pro/").submit("Se déconnecter")
    assert told(lemoine) == {}


def test_a_session_that_ends_by_itself_keeps_it_for_whoever_signs_in_again(room: Room, marie: Browser) -> None:
    chosen(marie)
    expire(room)
    assert marie.go("/documents/").heading == "Votre session est terminée"
    assert told(marie) == MOST


# --- at a real window ---

@pytest.mark.browser
def test_marie_tries_it_on_her_phone_and_sees_it_at_once(people: Cast) -> None:
    marie = people.learner(1, phone=True).go("/documents/").click("Confort de lecture")
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = marie.page.evaluate(size)
    marie.page.get_by_label("La plus grande").check()
    assert marie.page.evaluate(size) > 1.3 * before
    marie.page.get_by_label("Fort").check()
    marie.page.get_by_label("Plus large").check()
    marie.press("Appliquer").sees("C’est fait")
    for width in (360, 320, 640):
        marie.page.set_viewport_size({"width": width, "height": 740})
        for path in PHONE_PAGES:
            marie.go(path)
    marie.page.set_viewport_size({"width": 1280, "height": 900})
    for path in PHONE_PAGES:
        marie.go(path)
    assert marie.go("/lecture").click("Accueil").page.evaluate("document.documentElement.dataset.text") == "largest"


@pytest.mark.browser
def test_the_professionals_pages_hold_at_the_largest_size(people: Cast) -> None:
    lemoine = people.professional("dr-lemoine").click("Confort de lecture")
    for words in ("La plus grande", "Fort", "Plus large"):
        lemoine.page.get_by_label(words).check()
    lemoine.press("Appliquer").click("Revenir à ma page")
    for width in (320, 768, 1280):
        lemoine.page.set_viewport_size({"width": width, "height": 740})
        for path in ("/pro/", "/pro/messages", "/pro/rendez-vous/"):
            lemoine.go(path)
