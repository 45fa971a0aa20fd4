"""The simulated phone."""

from __future__ import annotations

from sandbox.documents import service as documents
from sandbox.mailbox import service
from tests.browser import Browser, text_of
from tests.room import Room

TITLE = "Dépistage du cancer du côlon"


def deposit(room: Room) -> None:
    with room.inside():
        documents.deposit_text(room.user("labo-horizon"), room.record(1), title=TITLE, category="DEPISTAG", text="Négatif.")


def test_a_deposit_sends_an_email_that_says_nothing_of_health(room: Room, marie: Browser) -> None:
    assert marie.go("/telephone/").sees("Aucun message pour l’instant")
    deposit(room)
    phone = text_of(marie.go("/telephone/").page.find(class_="phone-screen"))
    assert "Du nouveau dans votre espace" in phone
    for word in (TITLE, "Laboratoire", "Horizon", "cancer", "document"):
        assert word not in phone


def test_reading_the_phone_empties_its_counter(room: Room, marie: Browser) -> None:
    deposit(room)
    tools = text_of(marie.go("/").page.find(class_="tools"))
    assert "1 à lire" in tools
    marie.click("Téléphone simulé")
    assert "à lire" not in text_of(marie.page.find(class_="tools"))


def test_the_phone_does_not_pass_for_the_portal(marie: Browser) -> None:
    marie.go("/telephone/")
    assert marie.sees("Ceci n’est pas le portail")
    assert marie.sees("Exercice : votre téléphone simulé")


def test_a_message_that_comes_while_one_looks_is_read(room: Room, marie: Browser) -> None:
    marie.go("/telephone/")
    deposit(room)
    assert marie.go("/telephone/messages").sees("Du nouveau dans votre espace")
    with room.inside():
        assert service.unread_count(room.record(1).owner) == 0


def test_a_neighbours_messages_stay_on_their_phone(room: Room, jean: Browser) -> None:
    deposit(room)
    assert jean.go("/telephone/").sees("Aucun message pour l’instant")
