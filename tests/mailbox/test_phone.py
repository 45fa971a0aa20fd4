"""The simulated phone: three boxes, messages opened one by one, codes that can be read aloud."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from sandbox.account import life
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.mailbox import service
from sandbox.mailbox.models import Channel, Mail
from sandbox.workshops.starts import Start
from tests.browser import Browser, text_of
from tests.mailbox.phone import at_the_door, screen_of, sent
from tests.room import Room

TITLE = "Dépistage du cancer du côlon"
TOLD = "Un document a été ajouté à votre espace"
CODE = "Votre code de connexion est 123456. Il sert une seule fois."


def deposit(room: Room) -> None:
    with room.inside():
        documents.deposit_text(room.user("labo-horizon"), room.record(1), title=TITLE, category="DEPISTAG", text="Négatif.")


def unread(room: Room) -> int:
    with room.inside():
        return service.unread_count(room.record(1).owner)


def test_a_deposit_sends_an_email_that_says_nothing_of_health(room: Room, marie: Browser) -> None:
    assert marie.go("/telephone/").sees("Aucun message pour l’instant")
    deposit(room)
    marie.go("/telephone/").click("Mon espace santé")
    assert marie.sees(TOLD)
    assert marie.sees("Ce message d’entraînement n’est pas un vrai e-mail.")
    for word in (TITLE, "Laboratoire", "Horizon", "cancer", "Négatif"):
        assert word not in screen_of(marie)
    assert marie.click("Me connecter à mon espace").path == "/"


def test_an_email_is_read_once_it_is_opened(room: Room, marie: Browser) -> None:
    deposit(room)
    assert "1 à lire" in text_of(marie.go("/").page.find(class_="tools"))
    assert "Nouveau" in screen_of(marie.click("Téléphone simulé"))
    assert unread(room) == 1
    marie.click("Mon espace santé")
    assert unread(room) == 0
    assert "Nouveau" not in screen_of(marie.click("Revenir aux e-mails"))


def test_an_sms_is_read_where_it_stands(room: Room, marie: Browser) -> None:
    sent(room, Channel.SMS, CODE)
    assert "Nouveau" in screen_of(marie.go("/telephone/"))
    assert unread(room) == 0
    assert "Nouveau" not in screen_of(marie.go("/telephone/"))


def test_a_code_is_large_in_groups_and_ready_to_be_copied(room: Room, marie: Browser) -> None:
    sent(room, Channel.SMS, CODE)
    marie.go("/telephone/")
    assert text_of(marie.page.find(class_="code-figure")) == "123 456"
    assert marie.page.find(attrs={"data-behaviour": "copy"})["data-copy"] == "123456"
    assert CODE in screen_of(marie)


def test_twelve_signs_are_in_groups_of_four(room: Room, marie: Browser) -> None:
    sent(room, Channel.SMS, "Votre code temporaire d’activation est 7K3M 9PQR 2ABC. Il sert une seule fois.")
    marie.go("/telephone/")
    assert text_of(marie.page.find(class_="code-figure")) == "7K3M 9PQR 2ABC"
    assert marie.page.find(attrs={"data-behaviour": "copy"})["data-copy"] == "7K3M9PQR2ABC"


def test_the_box_shown_first_is_where_something_waits(room: Room, marie: Browser) -> None:
    sent(room, Channel.SMS, CODE)
    marie.go("/telephone/")
    sent(room, Channel.POST, subject="Une lettre")
    assert "Une lettre" in screen_of(marie.go("/telephone/"))
    assert "Une lettre" not in screen_of(marie.click("SMS"))
    assert "Aucun message pour l’instant" in screen_of(marie.click("E-mails"))
    assert "Une lettre" in screen_of(marie.click("Courrier").click("Assurance Maladie"))


def test_the_phone_does_not_pass_for_the_portal(marie: Browser) -> None:
    marie.go("/telephone/")
    assert marie.sees("Ceci n’est pas le portail")
    assert marie.page.html["data-audience"] == "phone"
    assert marie.page.find(class_="sections") is None


def test_a_neighbours_messages_stay_on_their_phone(room: Room, jean: Browser) -> None:
    ref = sent(room)
    assert jean.go("/telephone/").sees("Aucun message pour l’instant")
    for path in ("", "/lien", "/faux-message"):
        assert jean.go(f"/telephone/{ref}{path}").status == 404


def test_fifty_mails_stay_readable(room: Room, marie: Browser) -> None:
    with room.inside():
        for number in range(1, 51):
            service.send(room.record(1).owner, Channel.EMAIL, "Bonjour.", f"Message {number}.")
    shown = marie.go("/telephone/").page.find_all("li", class_="phone-message")
    assert "Message 50." in text_of(shown[0])
    assert len(shown) == 20
    assert marie.click("Page suivante").sees("Message 30.")
    assert marie.go("/telephone/?boite=email&page=99").sees("Page 3 sur 3")


@pytest.mark.parametrize("link", ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "javascript:alert(1)", ""])
def test_a_link_never_leaves_the_site(room: Room, marie: Browser, link: str) -> None:
    ref = sent(room)
    with room.inside():
        db.session.execute(sa.update(Mail).where(Mail.ref == ref).values(link=link))
    assert marie.client.get(f"/telephone/{ref}/lien").headers["Location"] == "/"


def test_a_link_followed_is_marked(room: Room, marie: Browser) -> None:
    ref = sent(room)
    assert marie.go(f"/telephone/{ref}").click("Ouvrir mes documents").path == "/documents/"
    with room.inside():
        assert service.find(room.record(1).owner, ref).opened_at is not None


# --- live -------------------------------------------------------------------------------------------------

def test_the_open_box_hears_of_a_new_message(room: Room, marie: Browser) -> None:
    live = marie.go("/telephone/?boite=email").page.find(class_="phone-screen")
    assert live["data-topics"] == "phone"
    deposit(room)
    assert marie.go(live["data-fragment"]).sees(TOLD)


def test_what_comes_while_a_message_is_open_is_told_beside_it(room: Room, marie: Browser) -> None:
    ref = sent(room)
    live = marie.go(f"/telephone/{ref}").page.find(attrs={"data-topics": "phone"})
    assert text_of(live) == ""
    sent(room, Channel.SMS, CODE)
    assert marie.go(live["data-fragment"]).sees("1 nouveau message à lire")


def test_the_button_of_the_phone_counts_by_itself(room: Room, marie: Browser) -> None:
    count = marie.go("/").page.find(class_="phone-count")
    assert text_of(count) == ""
    deposit(room)
    assert marie.go(count["data-fragment"]).sees("1 à lire")


def test_a_page_of_the_portal_fetches_no_message_before_the_phone_is_opened(room: Room, marie: Browser) -> None:
    deposit(room)
    dock = marie.go("/documents/").page.find(class_="phone-dock")
    assert TOLD not in text_of(dock)
    assert marie.go(f"{dock.find('a')['href']}?volet=1").sees(TOLD)
    assert marie.page.find("header", class_="masthead") is None


# --- before the sign-in -----------------------------------------------------------------------------------

def test_where_a_code_is_awaited_the_phone_lies_open_beside_the_page(room: Room) -> None:
    card = room.card(1)
    marie = at_the_door(room).submit("Se connecter", identifier=card.identifier, password=card.password)
    dock = marie.page.find(class_="phone-dock")
    assert dock.has_attr("data-awaited")
    assert re.search(r"\b\d{6}\b", text_of(dock.find(class_="phone-screen")))
    assert str(marie.page.body["data-live-url"]).startswith("/telephone/direct")


def test_whoever_holds_no_phone_is_asked_whose_it_is(room: Room) -> None:
    assert Browser(room.app, "passant").go("/telephone/").path == "/rejoindre"
    assert at_the_door(room).go("/telephone/").path == "/prendre-un-telephone"
    assert at_the_door(room).page.find(class_="phone-dock") is None


@pytest.mark.practises("A01")
def test_marie_reads_her_invitation_and_understands_created_but_not_activated(room: Room) -> None:
    with room.inside():
        db.session.execute(sa.delete(Mail))
        life.put(room.record(1), Start.CREATED)
    marie = at_the_door(room).go(f"/carte/{room.card(1).token}").go("/telephone/")
    assert marie.sees("Votre espace « Mon espace santé » est créé : il reste à l’activer")
    marie.click("Assurance Maladie")
    assert marie.sees("Créé ne veut pas dire activé.")
    assert marie.sees("vous ne pouvez pas encore y entrer")
    assert marie.sees("six semaines pour vous y opposer")
    assert marie.sees("assurance-maladie@info.ameli.example")
    assert marie.click("Activer mon espace").path == "/activation/"
    assert marie.go("/documents/").path.startswith("/atelier/")
