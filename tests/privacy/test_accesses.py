"""An access, a first access, a broken glass: received, understood, and what one can do about it."""

from __future__ import annotations

import pytest

from tests.browser import Browser, text_of
from tests.privacy.people import card
from tests.pro.people import patient_path
from tests.room import Room

REASON = "Patiente inconsciente, traitement à connaître"


def received(marie: Browser, phrase: str) -> Browser:
    """The bell, the notification with these words, and where it leads."""
    marie.go("/notifications/").click(phrase)
    assert marie.status == 200
    return marie


def explanation(marie: Browser) -> str:
    return text_of(marie.page.select_one("main .card"))


@pytest.mark.practises("I06")
def test_an_access_a_first_access_and_a_broken_glass_are_received_and_understood(
    room: Room, marie: Browser, lemoine: Browser
) -> None:
    path = patient_path(room)
    lemoine.go(path)
    received(marie, "Dr Claire Lemoine a consulté votre dossier")
    assert marie.heading == "Dr Claire Lemoine"
    assert "Ce professionnel avait déjà votre accord" in explanation(marie)
    room.professional("pharm-nguyen").go(path).submit("Le patient est informé et d’accord")
    received(marie, "Paul Nguyen a ouvert votre dossier pour la première fois")
    assert explanation(marie).startswith("Un premier accès à votre dossier")
    room.professional("dr-perrin").go(path).click("Urgence").submit("Ouvrir le dossier en urgence", reason=REASON)
    received(marie, "Dr Antoine Perrin a ouvert votre dossier en urgence")
    words = explanation(marie)
    assert words.startswith("Un accès en urgence, sans votre accord")
    assert f"Motif écrit : {REASON}" in words
    assert all(part in words for part in ("C’est normal si", "Ce n’est pas normal si", "Que faire ?"))
    marie.click("bloquer ce professionnel").submit("Bloquer")
    assert marie.sees("même en urgence")


def test_the_samu_has_its_own_words(room: Room, marie: Browser) -> None:
    room.professional("dr-faure").go(patient_path(room))
    received(marie, "Dr Lucie Faure a consulté votre dossier en urgence (SAMU)")
    assert explanation(marie).startswith("Un accès du SAMU (le 15)")


def test_a_later_access_does_not_hide_the_broken_glass(room: Room, marie: Browser) -> None:
    perrin = room.professional("dr-perrin").go(patient_path(room))
    perrin.click("Urgence").submit("Ouvrir le dossier en urgence", reason=REASON)
    perrin.submit("Le patient est maintenant informé et d’accord")
    titles = [text_of(title) for title in card(room, marie, "dr-perrin").page.select("main .card-title")]
    assert titles[:2] == ["Un premier accès à votre dossier", "Un accès en urgence, sans votre accord"]
    assert marie.click("signaler cet accès").sees("a ouvert votre dossier pour la première fois")


def test_the_history_of_one_professional_explains_each_access(room: Room, marie: Browser) -> None:
    marie.go(f"{card(room, marie, 'dr-haddad').path}?onglet=historique")
    assert marie.sees("Dr Karim Haddad a consulté votre dossier")
    assert len(marie.page.select("main details summary")) == len(marie.page.select("main li details"))
    assert card(room, marie, "dr-perrin").go(f"{marie.path}?onglet=historique").sees("Aucun passage")
