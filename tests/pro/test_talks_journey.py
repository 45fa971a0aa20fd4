"""The practice's messages from end to end, on both sides; and the counts that move without touching the page."""

from __future__ import annotations

import pytest

from tests.browser import Browser
from tests.cast import Cast
from tests.pro.exchanges import newest, opened, shelves
from tests.pro.people import name_of, patient_path
from tests.room import Room


@pytest.mark.practises("P03")
def test_the_doctor_opens_answers_and_ends_an_exchange_then_writes_to_several(
    room: Room, lemoine: Browser, marie: Browser, jean: Browser
) -> None:
    lemoine.go(patient_path(room)).click("Écrire au patient")
    lemoine.submit("Envoyer", subject="Votre bilan", text="Le bilan est bon. Comment dormez-vous\u202f?")
    with room.inside():
        ref = newest().ref
    marie.go("/messages/").click("Votre bilan")
    marie.go(f"/messages/{ref}").submit("Envoyer", text="Mieux, merci docteur.")
    assert shelves(lemoine.go("/pro/messages"))[1] == "À lire (1)"
    lemoine.click("Votre bilan").submit("Envoyer", text="Alors, on ne change rien.")
    assert marie.go(f"/messages/{ref}").sees("Alors, on ne change rien.")
    lemoine.submit("Oui, mettre fin à l’échange")
    assert lemoine.heading == "[FIN] Votre bilan"
    assert marie.go(f"/messages/{ref}").page.find("textarea") is None
    chosen = [path.rsplit("/", 1)[1] for path in (patient_path(room), patient_path(room, 2))]
    lemoine.go("/pro/messages").click("Écrire à plusieurs patients").submit("Écrire le message", avec=chosen)
    lemoine.submit("Envoyer", subject="Le cabinet déménage", text="Nous serons au 3, rue des Tilleuls.", civility="y")
    assert lemoine.sees("Votre message est parti à 2 patients")
    for who, other in ((marie, name_of(room, 2)), (jean, name_of(room))):
        assert who.go("/messages/").click("Le cabinet déménage").sees("rue des Tilleuls")
        assert not who.sees(other)


@pytest.mark.browser
def test_counts_move_on_both_sides_without_touching_the_pages(people: Cast, room: Room) -> None:
    marie, lemoine = people.learner(1, phone=True), people.professional("dr-lemoine")
    ref = opened(room, "Votre bilan")
    lemoine.go("/pro/messages").sees("À lire (0)")
    marie.go(f"/messages/{ref}").write("Votre réponse", "Je dors mieux.").press("Envoyer")
    lemoine.sees("À lire (1)").sees("Je dors mieux.")
    lemoine.page.locator(".sections .counter").wait_for()
    lemoine.look().click("Votre bilan").write("Votre message", "Très bien.").sees("Brouillon enregistré à")
    lemoine.press("Envoyer").sees("Pas encore lu par le patient")
    marie.sees("Très bien.")
    marie.go(f"/messages/{ref}")
    lemoine.sees("Lu par le patient le").look()


@pytest.mark.browser
@pytest.mark.parametrize("size", [{"width": 320, "height": 640}, {"width": 1280, "height": 900}], ids=["narrow", "desk"])
def test_every_page_of_the_messages_is_sound(people: Cast, room: Room, size: dict[str, int]) -> None:
    lemoine, ref = people.professional("dr-lemoine"), opened(room, "Votre cœur", copies=("dr-haddad",), receipt=True)
    lemoine.page.set_viewport_size(size)  # type: ignore[arg-type]
    lemoine.go("/pro/messages").go("/pro/messages?voir=termines").go(f"/pro/messages/{ref}").press("Envoyer")
    lemoine.press("Joindre un document du dossier").go(f"{patient_path(room)}/ecrire")
    lemoine.write("Mettre un confrère en copie", "haddad").press("Chercher un confrère").press("Mettre en copie")
    lemoine.go("/pro/messages/plusieurs").press("Tout cocher").press("Écrire le message")
