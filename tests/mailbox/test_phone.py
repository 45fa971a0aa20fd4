"""The simulated phone."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.mailbox import service
from sandbox.mailbox.models import Channel, Mail
from tests.browser import Browser, text_of
from tests.room import Room

TITLE = "Dépistage du cancer du côlon"
TOLD = "Un document a été ajouté à votre espace"


def deposit(room: Room) -> None:
    with room.inside():
        documents.deposit_text(room.user("labo-horizon"), room.record(1), title=TITLE, category="DEPISTAG", text="Négatif.")


def test_a_deposit_sends_an_email_that_says_nothing_of_health(room: Room, marie: Browser) -> None:
    assert marie.go("/telephone/").sees("Aucun message pour l’instant")
    deposit(room)
    phone = text_of(marie.go("/telephone/").page.find(class_="phone-screen"))
    assert TOLD in phone
    assert "Ce message d’entraînement n’est pas un vrai e-mail." in phone
    assert "Me connecter à mon espace" in marie.links()
    for word in (TITLE, "Laboratoire", "Horizon", "cancer", "Négatif"):
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
    assert marie.go("/telephone/messages").sees(TOLD)
    with room.inside():
        assert service.unread_count(room.record(1).owner) == 0


def test_a_neighbours_messages_stay_on_their_phone(room: Room, jean: Browser) -> None:
    deposit(room)
    assert jean.go("/telephone/").sees("Aucun message pour l’instant")


def test_fifty_mails_stay_readable(room: Room, marie: Browser) -> None:
    with room.inside():
        for number in range(1, 51):
            service.send(room.record(1).owner, Channel.EMAIL, "Bonjour.", f"Message {number}.")
    shown = marie.go("/telephone/").page.find_all("details", class_="phone-message")
    assert [mail.has_attr("open") for mail in shown[:5]] == [True, False, False, False, False]
    assert "Message 50." in text_of(shown[0])
    assert len(shown) == 20
    assert marie.click("Page suivante").sees("Message 30.")
    assert marie.go("/telephone/?page=99").sees("Page 3 sur 3")


def test_a_code_is_never_folded(room: Room, marie: Browser) -> None:
    with room.inside():
        db.session.execute(sa.delete(Mail))
        service.send(room.record(1).owner, Channel.SMS, "Votre code de connexion est 123456.")
        for _ in range(9):
            service.send(room.record(1).owner, Channel.EMAIL, "Bonjour.", "Un document a été ajouté à votre espace")
    code = next(node for node in marie.go("/telephone/").page.find_all("article") if "123456" in text_of(node))
    assert code.find_parent("details") is None
