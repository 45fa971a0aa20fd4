"""What the person wants to be told, by kind and by channel, is obeyed."""

from __future__ import annotations

import pytest

from sandbox.acts import GlassBroken, PreferencesChosen, publish
from sandbox.documents import service as documents
from sandbox.journal.service import has_done
from sandbox.mailbox import service as mailbox
from sandbox.messaging import service as messaging
from sandbox.notifications import preferences, service
from sandbox.notifications.models import Code
from tests.browser import Browser
from tests.notifications.test_centre import bell, deposit
from tests.room import Room

PAGE = "/notifications/preferences"


def write(room: Room) -> None:
    with room.inside():
        messaging.open_conversation(room.user("dr-lemoine"), room.record(1), "Vos résultats", "Bonjour.")


def mails(room: Room) -> int:
    with room.inside():
        return mailbox.unread_count(room.record(1).owner)


def ticked(who: Browser) -> set[str]:
    return {str(box["value"]) for box in who.go(PAGE).page.select("input[name=told][checked]:not([disabled])")}


@pytest.mark.practises("C04")
def test_marie_chooses_by_kind_and_by_channel_and_is_obeyed(room: Room, marie: Browser, jean: Browser) -> None:
    assert ticked(marie) == set(preferences.OFFERED)
    marie.go("/notifications/").click("Choisir mes notifications")
    marie.submit("Enregistrer mes choix", told=sorted(set(preferences.OFFERED) - {"documents:email", "messages:centre"}))
    assert marie.sees("Vos choix sont enregistrés.")
    assert ticked(marie) == set(preferences.OFFERED) - {"documents:email", "messages:centre"}
    rung, sent = bell(marie), mails(room)
    deposit(room)
    assert (bell(marie), mails(room)) == (rung + 1, sent)
    write(room)
    assert (bell(marie), mails(room)) == (rung + 1, sent + 1)
    assert marie.go("/messages/").sees("Vos résultats")
    assert ticked(jean) == set(preferences.OFFERED)
    with room.inside():
        assert has_done(room.record(1).owner, PreferencesChosen)


def test_what_opens_the_record_is_always_told(room: Room, marie: Browser) -> None:
    marie.go(PAGE).submit("Enregistrer mes choix", told=[])
    assert ticked(marie) == set()
    assert len(marie.page.select("input[checked][disabled]")) == 2
    assert marie.sees("cela ne se décoche pas")
    rung, sent = bell(marie), mails(room)
    with room.inside():
        publish(GlassBroken(actor=room.user("dr-haddad"), record=room.record(1), reason="Personne inconsciente"))
    assert (bell(marie), mails(room)) == (rung + 1, sent + 1)


def test_what_is_muted_stays_in_the_history(room: Room, marie: Browser) -> None:
    marie.go(PAGE).submit("Enregistrer mes choix", told=[])
    deposit(room)
    assert marie.go("/historique/?onglet=professionnels").sees("« Dosage du fer »")
    assert not marie.go("/notifications/").sees("« Dosage du fer »")


def test_a_box_that_does_not_exist_is_refused(room: Room, marie: Browser) -> None:
    marie.go(PAGE).submit("Enregistrer mes choix", told=["acces:email", "n’importe:quoi"])
    assert marie.status == 422
    assert marie.sees("Cochez les cases de la liste")
    assert ticked(marie) == set(preferences.OFFERED)


def test_every_code_has_one_kind() -> None:
    held = [code for kind in preferences.KINDS for code in kind.codes]
    assert sorted(held) == sorted(Code)


def test_choosing_the_same_again_is_no_act(room: Room, marie: Browser) -> None:
    marie.go(PAGE).submit("Enregistrer mes choix", told=list(preferences.OFFERED))
    with room.inside():
        assert not has_done(room.record(1).owner, PreferencesChosen)


def test_a_document_of_ones_own_never_rings_whatever_is_chosen(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        before = service.unread_count(record)
        documents.deposit_text(record.owner, record, title="Mes notes", category="AUTR_DOC", text="Rien.")
        assert service.unread_count(record) == before
