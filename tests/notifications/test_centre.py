"""Being told, and going to the thing itself."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.acts import NotificationOpened, RecordConsulted, publish
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.journal.service import has_done
from sandbox.notifications import service
from sandbox.notifications.models import Code, Notification
from tests.browser import Browser, text_of
from tests.room import Room


def deposit(room: Room, title: str = "Dosage du fer", seat: int = 1) -> None:
    with room.inside():
        documents.deposit_text(
            room.user("labo-horizon"), room.record(seat), title=title, category="BIOLOGIE", text="Fer normal."
        )


def bell(who: Browser) -> int:
    """The figure of the bell, read on its live part."""
    shown = who.go("/notifications/cloche").page.find(class_="counter")
    return int(text_of(shown.find(attrs={"aria-hidden": "true"}))) if shown else 0


def token(who: Browser) -> str:
    return str(who.go("/documents/ajouter").page.find("input", attrs={"name": "csrf_token"})["value"])


@pytest.mark.practises("C02")
def test_the_bell_rises_when_a_professional_deposits(room: Room, marie: Browser, jean: Browser) -> None:
    before, neighbours = bell(marie), bell(jean)
    deposit(room)
    assert bell(marie) == before + 1
    assert bell(jean) == neighbours


@pytest.mark.practises("C02")
def test_a_notification_leads_to_its_document_and_is_read(room: Room, marie: Browser) -> None:
    deposit(room)
    before = bell(marie)
    marie.go("/notifications/").click("Laboratoire Horizon a déposé le document « Dosage du fer »")
    assert marie.heading == "Dosage du fer"
    assert bell(marie) == before - 1
    with room.inside():
        assert has_done(room.record(1).owner, NotificationOpened)


@pytest.mark.practises("C02")
@pytest.mark.parametrize(("code", "path"), [
    (Code.RECEPTION_MESSAGE, "/messages/"), (Code.DELIVRANCE, "/ordonnances/"), (Code.ACCES_DMP_PS, "/historique/"),
])
def test_each_kind_leads_to_its_object(room: Room, marie: Browser, code: Code, path: str) -> None:
    with room.inside():
        ref = next(n.ref for n in service.newest(room.record(1)) if n.code is code)
    marie.go(f"/notifications/{ref}")
    assert marie.status == 200
    assert marie.path.startswith(path)


def test_a_notification_whose_document_is_gone_says_so(room: Room, marie: Browser) -> None:
    deposit(room)
    with room.inside():
        document = documents.of_record(room.record(1))[0]
        assert document.title == "Dosage du fer"
        documents.delete(document.author, document)
    marie.go("/notifications/").click("« Dosage du fer »")
    assert marie.heading == "Notifications"
    assert marie.sees("n’est plus dans votre dossier")


@pytest.mark.practises("C03")
def test_marie_marks_read_then_unread(marie: Browser) -> None:
    before = bell(marie)
    marie.go("/notifications/").click("Ranger une par une").submit("Marquer comme lue")
    assert marie.path == "/notifications/?gerer=1"
    assert bell(marie) == before - 1
    marie.go("/notifications/?gerer=1").submit("Marquer comme non lue")
    assert bell(marie) == before


@pytest.mark.practises("C03")
def test_marie_marks_all_read(marie: Browser) -> None:
    assert bell(marie) > 0
    marie.go("/notifications/").submit("Tout marquer comme lu")
    assert marie.sees("Tout est lu.")
    assert bell(marie) == 0


@pytest.mark.practises("C03")
def test_marie_deletes_a_notification_and_keeps_the_document(room: Room, marie: Browser) -> None:
    deposit(room)
    marie.go("/notifications/?gerer=1").submit("Supprimer")
    assert not marie.go("/notifications/").sees("Dosage du fer")
    assert marie.go("/documents/").sees("Dosage du fer")


def test_an_empty_centre_teaches(room: Room, marie: Browser) -> None:
    with room.inside():
        db.session.execute(sa.delete(Notification).where(Notification.record_id == room.record(1).id))
    assert marie.go("/notifications/").sees("Quand un professionnel dépose un document")


@pytest.mark.parametrize("action", ["lue", "non-lue", "supprimer"])
def test_a_neighbours_notification_does_not_exist(room: Room, marie: Browser, action: str) -> None:
    with room.inside():
        ref, unread = service.newest(room.record(2))[0].ref, service.unread_count(room.record(2))
    assert marie.go(f"/notifications/{ref}").status == 404
    answer = marie.client.post(f"/notifications/{ref}/{action}", data={"csrf_token": token(marie)})
    assert answer.status_code == 404
    with room.inside():
        assert service.find(ref) is not None
        assert service.unread_count(room.record(2)) == unread


def test_what_one_does_oneself_is_no_news(room: Room, marie: Browser) -> None:
    before = bell(marie)
    with room.inside():
        owner = room.record(1).owner
        documents.deposit_text(owner, room.record(1), title="Mes notes", category="AUTR_DOC", text="Rien.")
    assert bell(marie) == before


def test_a_consultation_is_told(room: Room, marie: Browser) -> None:
    with room.inside():
        publish(RecordConsulted(actor=room.user("dr-haddad"), record=room.record(1)))
    marie.go("/notifications/").click("Dr Karim Haddad a consulté votre dossier")
    assert marie.heading == "Historique d’activité"
    assert marie.sees("Dr Karim Haddad a consulté votre dossier")


def test_the_bell_is_not_sent_twice(marie: Browser) -> None:
    first = marie.client.get("/notifications/cloche")
    again = marie.client.get("/notifications/cloche", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
