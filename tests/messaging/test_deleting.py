"""Deleting an exchange: it goes with its attachments, comes back by one press, or with only what is new."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.access import To, may
from sandbox.db import db
from sandbox.export import content
from sandbox.messaging import inbox
from sandbox.messaging.models import Conversation
from tests.browser import Browser
from tests.messaging.letters import found, opened, written
from tests.messaging.test_messages import talk_of
from tests.pro.people import done
from tests.room import Room

DELETE, UNDO = "Oui, supprimer cet échange", "Annuler : remettre l’échange"


def test_the_question_says_what_goes_and_what_stays_and_one_press_brings_it_back(room: Room, marie: Browser, lemoine: Browser) -> None:
    marie.go("/messages/").click("Suivi de votre tension")
    assert marie.sees("ses pièces jointes avec lui. Celles que vous avez enregistrées dans vos documents restent.")
    ref = marie.path.split("/")[2]
    marie.submit(DELETE)
    assert marie.sees("est supprimé de vos messages, avec ses pièces jointes")
    assert not marie.page.find("a", string=lambda words: bool(words) and "Suivi de votre tension" in words)
    assert lemoine.go(f"/pro/messages/{ref}").sees("tension")
    assert marie.go(f"/messages/{ref}").sees("Vous avez supprimé cet échange")
    assert marie.submit(UNDO).sees("est revenu dans vos messages")
    assert marie.click("Bien mesurer sa tension").status == 200
    with room.inside():
        assert (done("ConversationDeleted"), done("ConversationRestored")) == (1, 1)


def test_a_new_message_brings_it_back_with_only_what_is_new(room: Room, marie: Browser) -> None:
    ref = opened(room)
    marie.go(f"/messages/{ref}").submit(DELETE)
    assert not marie.go("/messages/").page.find("a", string="Dr Claire Lemoine – Votre genou")
    written(room, ref, "Une dernière chose.")
    marie.go("/messages/").click("Dr Claire Lemoine – Votre genou")
    assert marie.sees("Une dernière chose.")
    assert not marie.sees("dites-moi comment vous allez")
    with room.inside():
        told = next(one for one in content.of(room.record(1), {})["conversations"] if one["subject"] == "Votre genou")
        assert [message["content"] for message in told["messages"]] == ["Une dernière chose."]


def test_what_was_not_read_no_longer_waits_and_a_saved_copy_stays(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Suivi de votre tension").click("Bien mesurer sa tension").click("Enregistrer dans mes documents")
    marie.submit("Enregistrer", title="Ma fiche")
    with room.inside():
        assert inbox.unread_count(room.record(1)) == 1
        refs = [talk_of(slug).ref for slug in ("preparation-irm", "suivi-tension")]
    for ref in refs:
        with room.inside():
            token = found(ref)
            assert may(room.record(1).owner, To.DELETE_CONVERSATION, token)
        clear(marie, ref)
    with room.inside():
        assert inbox.unread_count(room.record(1)) == 0
        assert not [talk for talk in content.conversations(room.record(1)) if talk.ref in refs]
    assert not marie.go("/").sees("Messages à lire")
    assert marie.go("/documents/").sees("Ma fiche")


def clear(person: Browser, ref: str) -> None:
    """From another window, without reading it."""
    field = person.go("/messages/").page.find("input", attrs={"name": "csrf_token"})
    assert person.client.post(f"/messages/{ref}/supprimer", data={"csrf_token": field["value"]}).status_code == 302


def test_pressed_twice_it_is_deleted_once_and_put_back_once(room: Room, marie: Browser) -> None:
    marie.go("/messages/").click("Votre genouillère")
    page = marie.page
    marie.submit(DELETE)
    marie.page = page
    index = marie.submit(DELETE).page
    marie.submit(UNDO)
    marie.page = index
    assert marie.submit(UNDO).sees("ne peut plus être remis")
    with room.inside():
        assert (done("ConversationDeleted"), done("ConversationRestored")) == (1, 1)
        assert not db.session.scalars(sa.select(Conversation).where(Conversation.cleared_at.is_not(None))).all()


def test_a_neighbour_deletes_nothing(room: Room, marie: Browser, jean: Browser) -> None:
    with room.inside():
        ref = talk_of("genouillere").ref
    field = jean.go("/messages/").page.find("input", attrs={"name": "csrf_token"})
    for verb in ("supprimer", "remettre", "accuser-reception"):
        assert jean.client.post(f"/messages/{ref}/{verb}", data={"csrf_token": field["value"]}).status_code == 404
    with room.inside():
        assert talk_of("genouillere").cleared_at is None
