"""Messages: reading, answering, and learning that only a professional writes first."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.acts import MessageRead, StrangerRefused
from sandbox.db import db
from sandbox.journal.models import Entry
from sandbox.messaging import inbox, service
from sandbox.messaging.models import Conversation, Message
from tests.browser import Browser, text_of
from tests.room import Room


def times(act: type, seat: int) -> int:
    """Only inside: how often this act was done at this seat during the workshop."""
    query = sa.select(sa.func.count(Entry.id)).where(Entry.act == act.__name__, Entry.seat == seat, ~Entry.from_pack)
    return db.session.scalar(query) or 0


def talk_of(slug: str, seat: int = 1) -> Conversation:
    """Only inside: the conversation of a seat by the pack's name."""
    return db.session.scalars(sa.select(Conversation).where(Conversation.slug == slug, Conversation.seat == seat)).one()


def test_marie_finds_the_unread_message_first_and_the_warning_for_emergencies(marie: Browser) -> None:
    marie.go("/messages/")
    first = text_of(marie.page.select_one(".rows .row"))
    assert "Nadia Roux" in first
    assert "Nouveau" in first
    assert marie.sees("appelez le 15 ou le 112")
    assert marie.click("Nadia Roux").sees("appelez le 15 ou le 112")


def test_marie_sees_her_own_secure_address_and_nobody_elses(room: Room, marie: Browser) -> None:
    marie.go("/messages/")
    with room.inside():
        mine, other = room.record(1).secure_address, room.record(2).secure_address
    assert marie.sees(mine)
    assert not marie.sees(other)
    assert marie.page.find("button", attrs={"data-copy": mine})


def test_reading_leaves_one_trace_and_empties_the_counter(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Nadia Roux")
    assert marie.sees("Portez-vous un stimulateur cardiaque")
    assert marie.page.select_one(".message.new")
    marie.go("/messages/").click("Nadia Roux")
    assert not marie.page.select_one(".message.new")
    with room.inside():
        assert times(MessageRead, 1) == 1
        assert inbox.unread_count(room.record(1)) == 0
        assert inbox.unread_count(room.record(2)) == 1


def test_the_dates_of_a_pack_are_told_from_the_day_of_the_world(marie: Browser) -> None:
    marie.go("/messages/").click("Nadia Roux")
    assert marie.page.find(string=lambda words: "\ue000" in words) is None
    assert "prévue le" in text_of(marie.page.find(class_="thread"))


def test_marie_replies_and_the_professional_has_it_to_read(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Nadia Roux").submit("Envoyer", text="Non, pas de pile.\n\nOui, je peux.")
    assert marie.sees("Votre réponse est envoyée")
    assert "Oui, je peux." in text_of(marie.page.select(".message.mine")[-1])
    with room.inside():
        last = db.session.scalars(sa.select(Message).where(Message.seat == 1).order_by(Message.id.desc())).first()
        assert last is not None
        assert last.body == "Non, pas de pile.\n\nOui, je peux."
        assert last.read_at is None


@pytest.mark.parametrize(("text", "said"), [("x" * 10_000, "il a 10 000 signes, et un message en a 3 000 au plus"), ("   ", "vide")])
def test_a_reply_too_long_or_empty_is_refused_and_kept(room: Room, marie: Browser, text: str, said: str) -> None:
    marie.go("/messages/").click("Nadia Roux").submit("Envoyer", text=text)
    assert marie.status == 422
    assert marie.sees(said)
    kept = marie.page.find("textarea").get_text()
    assert kept.strip() == text.strip()
    with room.inside():
        assert len(talk_of("preparation-irm").messages) == 1


def test_what_is_typed_is_shown_as_typed_not_as_html_nor_as_a_date(marie: Browser) -> None:
    marie.go("/messages/").click("Nadia Roux").submit("Envoyer", text="<b>gras</b> \ue000j3\ue001 fin")
    assert "<b>gras</b> j3 fin" in text_of(marie.page.select(".message.mine")[-1])


def test_a_stranger_cannot_be_written_to_and_the_page_says_why(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Nouveau message").submit("Chercher", q="hàddad").click("Haddad")
    assert marie.heading == "Vous ne pouvez pas encore écrire à Dr Karim Haddad"
    assert marie.sees("c’est toujours le professionnel qui écrit en premier")
    with room.inside():
        assert times(StrangerRefused, 1) == 1
        assert times(StrangerRefused, 2) == 0


def test_a_search_that_finds_nobody_says_what_to_try(marie: Browser) -> None:
    assert marie.go("/messages/nouveau?q=Zorglub").sees("Personne ne porte ce nom ici")


def test_an_ended_exchange_has_a_banner_and_no_reply_until_it_is_reopened(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Soins de votre poignet")
    assert marie.sees("a mis fin à cet échange")
    assert not marie.page.find("textarea")
    assert marie.go("/messages/nouveau?q=morvan").click("Sophie Morvan").sees("est terminé")
    with room.inside():
        service.write(room.user("inf-morvan"), talk_of("soins-poignet"), "Je repasse mardi.")
    marie.go("/messages/").click("Soins de votre poignet").submit("Envoyer", text="Entendu pour mardi.")
    assert marie.sees("Votre réponse est envoyée")


def test_an_exchange_ended_while_marie_writes_keeps_her_words(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Nadia Roux")
    with room.inside():
        service.end(room.user("sec-roux"), talk_of("preparation-irm"))
    marie.submit("Envoyer", text="Je peux rester sans bouger")
    assert marie.status == 422
    assert marie.sees("Votre réponse n’est pas partie")
    assert marie.sees("Je peux rester sans bouger")
    with room.inside():
        assert len(talk_of("preparation-irm").messages) == 1


def test_a_professional_opens_an_exchange_with_a_dated_text(room: Room, marie: Browser) -> None:
    with room.inside():
        service.open_conversation(room.user("dr-haddad"), room.record(1), "Votre contrôle", "Le \ue000j35\ue001.")
    marie.go("/messages/").click("Votre contrôle")
    assert marie.sees("Le ")
    assert not marie.sees("\ue000")
    assert marie.go("/messages/nouveau?q=haddad").click("Haddad").heading == "Écrire à Dr Karim Haddad"


def test_other_peoples_exchanges_do_not_exist(room: Room, marie: Browser) -> None:
    with room.inside():
        theirs, stranger = talk_of("preparation-irm", 2).ref, room.user("place-2").ref
    for path in (f"/messages/{theirs}", f"/messages/{theirs}/fil", "/messages/nexiste", f"/messages/nouveau/{stranger}"):
        assert marie.go(path).status == 404, path
    with room.inside():
        assert inbox.unread_count(room.record(2)) == 1


def test_the_live_list_answers_with_an_etag_that_spares_the_next_fetch(marie: Browser) -> None:
    first = marie.client.get("/messages/liste")
    again = marie.client.get("/messages/liste", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_what_marie_wrote_is_read_by_the_professional_without_a_trace_of_her_reading(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Nadia Roux").submit("Envoyer", text="Bien noté.")
    with room.inside():
        assert len(service.read(room.user("sec-roux"), talk_of("preparation-irm"))) == 1
        assert times(MessageRead, 1) == 1
    assert marie.go("/messages/").click("Nadia Roux").sees("Lu par Nadia Roux")
