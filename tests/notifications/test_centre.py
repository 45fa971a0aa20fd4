"""Being told, and going to the thing itself."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.account.models import User
from sandbox.acts import GlassBroken, NotificationOpened, RecordConsulted, publish
from sandbox.db import db, writing
from sandbox.documents import service as documents
from sandbox.export.models import Export
from sandbox.help.models import Kind, Ticket
from sandbox.journal.models import Entry
from sandbox.journal.service import has_done
from sandbox.notifications import service
from sandbox.notifications.models import Code, Notification
from sandbox.notifications.routes import LINKS
from sandbox.subjects import PLACES
from tests.asking import asked
from tests.browser import Browser, text_of
from tests.room import Room


def deposit(room: Room, title: str = "Dosage du fer", seat: int = 1) -> str:
    with room.inside():
        return documents.deposit_text(
            room.user("labo-horizon"), room.record(seat), title=title, category="BIOLOGIE", text="Fer normal."
        ).ref


def bell(who: Browser) -> int:
    """The figure of the bell, read on its live part."""
    shown = who.go("/notifications/cloche").page.find(class_="counter")
    return int(text_of(shown.find(attrs={"aria-hidden": "true"}))) if shown else 0


def token(who: Browser) -> str:
    return str(who.go("/notifications/preferences").page.find("input", attrs={"name": "csrf_token"})["value"])


def told(who: Browser, words: str) -> str:
    """The line of the centre with these words, as it is read."""
    pages = (who.go(f"/notifications/?page={number}").page for number in (2, 1))
    return next(text_of(row) for page in pages for row in page.select("ul.rows > li") if words in text_of(row))


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
@pytest.mark.parametrize(("code", "words", "path"), [
    (Code.RECEPTION_MESSAGE, "Voir le message", "/messages/"),
    (Code.DELIVRANCE, "Voir l’ordonnance", "/ordonnances/"),
    (Code.ACCES_DMP_PS, "Voir la fiche du professionnel", "/confidentialite/professionnels/"),
])
def test_each_kind_leads_to_its_object(room: Room, marie: Browser, code: Code, words: str, path: str) -> None:
    with room.inside():
        found = next(n for n in service.newest(room.record(1)) if n.code is code)
        ref, label = found.ref, " ".join(found.label.split())
    assert words in told(marie, label)
    marie.go(f"/notifications/{ref}")
    assert marie.status == 200
    assert marie.path.startswith(path)


def test_every_kind_of_thing_has_its_page(room: Room, marie: Browser) -> None:
    with room.inside():
        record, doctor = room.record(1), room.user("dr-lemoine")
        db.session.add_all([Export(record=record, user=record.owner, ready_at=clock.now()), Ticket(
            record=record, author=record.owner, kind=Kind.QUESTION, subject="Question", text="Comment faire", answer_at=clock.now()
        )])
        db.session.flush()
        for about, (model, _) in PLACES.items():
            ref = doctor.ref if model is User else db.session.scalars(sa.select(model.ref).where(model.record_id == record.id)).first()
            db.session.add(Notification(
                record=record, actor=doctor, code=Code.AJOUT_DOC, label=f"Chose {about}", about=about, object_ref=ref
            ))
    for about in PLACES:
        assert "n’est plus dans votre dossier" not in told(marie, f"Chose {about}")
        marie.click(f"Chose {about}")
        assert marie.status == 200
        assert not marie.path.startswith("/notifications"), about


def test_every_code_has_its_picture_and_its_words() -> None:
    assert set(LINKS) == set(Code)


def test_a_consultation_and_an_emergency_lead_to_whoever_looked(room: Room, marie: Browser) -> None:
    with room.inside():
        haddad, record = room.user("dr-haddad"), room.record(1)
        publish(RecordConsulted(actor=haddad, record=record))
        publish(GlassBroken(actor=haddad, record=record, reason="Personne inconsciente"))
    for words in ("a consulté votre dossier", "Motif écrit : Personne inconsciente"):
        assert "Voir la fiche du professionnel" in told(marie, f"Dr Karim Haddad {words}" if "Motif" not in words else words)
        assert marie.click(words).heading == "Dr Karim Haddad"


def test_opening_the_centre_is_traced_once(room: Room, marie: Browser) -> None:
    marie.go("/notifications/").go("/notifications/?page=2").go("/notifications/?gerer=1")
    with room.inside():
        traced = sa.select(sa.func.count(Entry.id)).where(Entry.subject_ref == "notifications", ~Entry.from_pack)
        assert db.session.scalar(traced) == 1


# --- what is gone, what is not announced yet ---

def test_a_notification_whose_document_is_gone_says_so_in_the_list(room: Room, marie: Browser) -> None:
    deposit(room)
    with room.inside():
        document = documents.of_record(room.record(1))[0]
        assert document.title == "Dosage du fer"
        documents.delete(document.author, document)
    assert "Ce qu’elle annonçait n’est plus dans votre dossier." in told(marie, "« Dosage du fer »")
    before = bell(marie)
    marie.go("/notifications/").click("« Dosage du fer »")
    assert marie.heading == "Notifications"
    assert marie.sees("n’est plus dans votre dossier")
    assert bell(marie) == before - 1
    marie.go("/notifications/?gerer=1").submit("Supprimer la notification")
    assert not marie.go("/notifications/").sees("Dosage du fer")


def test_the_list_says_what_is_gone_with_one_question_for_each_kind(room: Room, marie: Browser) -> None:
    marie.go("/notifications/liste")  # what falls due in a new world is settled once
    with asked(room.app) as questions:
        marie.go("/notifications/liste")
    assert len(marie.page.select("ul.rows > li")) == 20
    assert sum("FROM document" in statement for statement, _ in questions) == 1
    assert sum(statement.startswith("SELECT") for statement, _ in questions) < 12


def test_what_is_not_announced_yet_is_no_news(room: Room, marie: Browser) -> None:
    before = bell(marie)
    with room.inside():
        kept = documents.deposit_text(
            room.user("labo-horizon"), room.record(1), title="Mot terrible", category="BIOLOGIE", text="…", kept_back=True
        )
        documents.consult(room.user("dr-lemoine"), kept)
    assert bell(marie) == before
    assert not marie.go("/notifications/").sees("Mot terrible")


def test_after_two_weeks_something_waits_and_its_author_is_found(room: Room, marie: Browser) -> None:
    with room.inside():
        documents.deposit_text(
            room.user("dr-lemoine"), room.record(1), title="Mot terrible", category="BIOLOGIE", text="…", kept_back=True
        )
    shifted(room, days=15)
    assert "Voir la fiche du professionnel" in told(marie, "Un document de Dr Claire Lemoine vous attend")
    assert marie.click("Un document de Dr Claire Lemoine vous attend").heading == "Dr Claire Lemoine"
    for page in ("/notifications/", "/historique/", "/telephone/"):
        assert not marie.go(page).sees("Mot terrible")
    shifted(room, days=31)
    assert "Voir le document" in told(marie, "« Mot terrible »")
    assert marie.click("« Mot terrible »").heading == "Mot terrible"


def shifted(room: Room, days: int) -> None:
    """The world's clock goes on; what falls due meanwhile is done at the next page."""
    with room.app.app_context(), writing():
        room.world().shift_seconds = days * 86_400
        db.session.commit()
        db.session.remove()


# --- tidying ---

@pytest.mark.practises("C03")
def test_marie_tidies_her_notifications(room: Room, marie: Browser) -> None:
    ref = deposit(room)
    before = bell(marie)
    marie.go("/notifications/").click("Ranger ou supprimer").submit("Marquer comme lue")
    assert marie.path == "/notifications/?gerer=1"
    assert bell(marie) == before - 1
    marie.go("/notifications/?gerer=1").submit("Marquer comme non lue")
    assert bell(marie) == before
    marie.go("/notifications/").submit("Tout marquer comme lu")
    assert marie.sees("Tout est lu.")
    assert bell(marie) == 0
    marie.go("/notifications/?gerer=1").submit("Supprimer la notification")
    assert marie.sees("Ce qu’elle annonçait reste dans votre dossier.")
    assert not marie.go("/notifications/").sees("Dosage du fer")
    assert marie.go(f"/documents/{ref}").heading == "Dosage du fer"


def test_a_deletion_is_undone(room: Room, marie: Browser) -> None:
    deposit(room)
    before = marie.go("/notifications/liste?gerer=1").page.select("ul.rows > li")
    marie.go("/notifications/?gerer=1").submit("Supprimer la notification").submit("Annuler la suppression")
    assert marie.path == "/notifications/?gerer=1"
    assert [text_of(row) for row in marie.go("/notifications/liste?gerer=1").page.select("ul.rows > li")] == [text_of(row) for row in before]
    assert marie.go("/notifications/").click("« Dosage du fer »").heading == "Dosage du fer"
    again = marie.client.post("/notifications/annuler", data={"csrf_token": token(marie)})
    assert again.status_code == 404


def test_undoing_in_another_record_is_refused(room: Room, marie: Browser) -> None:
    deposit(room)
    marie.go("/notifications/?gerer=1").submit("Supprimer la notification")
    with marie.client.session_transaction("/notifications/") as session:
        session["notification"] |= {"record": "zzzzzzzz"}
    marie.submit("Annuler la suppression")
    assert marie.sees("ne peut plus être remise")
    assert not marie.go("/notifications/").sees("Dosage du fer")


def test_all_that_was_read_is_deleted_and_the_rest_stays(room: Room, marie: Browser) -> None:
    deposit(room)
    left = bell(marie)
    marie.go("/notifications/?gerer=1").submit("Oui, supprimer toutes les notifications lues")
    assert marie.sees("Les notifications lues sont supprimées.")
    assert bell(marie) == left
    assert len(marie.page.select("ul.rows > li")) == 0 or marie.go("/notifications/").sees("Dosage du fer")
    with room.inside():
        assert all(n.is_unread for n in service.newest(room.record(1)))
        assert not all(n.is_unread for n in service.newest(room.record(2)))


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


def test_the_bell_is_not_sent_twice(marie: Browser) -> None:
    first = marie.client.get("/notifications/cloche")
    again = marie.client.get("/notifications/cloche", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
