"""The first page: what is new since the last visit, and the way to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.agenda.models import Appointment
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.messaging.models import Conversation, Message
from sandbox.notifications import service as notifications
from sandbox.prescriptions import service as prescriptions
from sandbox.prescriptions.models import Delivery
from tests.browser import Browser, text_of
from tests.room import Room


def deposit(room: Room, title: str = "Dosage du fer") -> Document:
    """Only inside."""
    return documents.deposit_text(
        room.user("labo-horizon"), room.record(1), title=title, category="BIOLOGIE", text="Fer normal."
    )


def was_here(room: Room, *, days: int) -> None:
    """Marie's last visit was some days ago, and she had read everything that there was."""
    with room.inside():
        before = clock.now() - timedelta(days=days)
        db.session.execute(sa.update(Document).values(opened_at=before))
        db.session.execute(sa.update(Message).values(read_at=before))
        db.session.execute(sa.update(Delivery).values(at=before - timedelta(days=1)))
        notifications.read_all(room.record(1))
        room.record(1).visited_at = before


def sections(marie: Browser) -> str:
    return text_of(marie.page.find("main"))


def new_rows(marie: Browser) -> list[str]:
    return [text_of(row.find("a")) for row in marie.page.select(".row.new")]


@pytest.mark.practises("B01")
def test_marie_finds_what_is_new_since_her_last_visit_and_each_card_leads_to_it(room: Room, marie: Browser) -> None:
    was_here(room, days=2)
    laboratory, doctor, ref = room.professional("labo-horizon"), room.professional("dr-lemoine"), _ref(room)
    kind = laboratory.go(f"/pro/patients/{ref}/deposer").page.find("select").find_all("option")[1]["value"]
    laboratory.submit("Déposer", title="Dosage du fer", kind=kind, text="Fer normal.")
    doctor.go(f"/pro/patients/{ref}/ecrire").submit("Envoyer", subject="Votre dosage", text="Tout va bien.")
    _deliver(room)
    marie.go("/")
    assert "Depuis votre dernière visite, le " in sections(marie)
    assert "1 document, 1 message, 1 ordonnance" in sections(marie)
    assert "Dosage du fer" in new_rows(marie)
    for words, heading in (("Dosage du fer", "Dosage du fer"), ("Votre dosage", "Votre dosage")):
        assert marie.go("/").click(words).heading == heading
    announced = marie.go("/").page.select_one('.card a[href^="/notifications/"]')
    assert marie.go(str(announced["href"])).path.split("/")[1] in {"messages", "documents", "ordonnances", "historique"}
    assert marie.go("/").click("Ordonnance :").path.startswith("/ordonnances/")
    assert "Délivré par Hélène Garnier" in sections(marie.go("/"))
    assert marie.click(_next_appointment(room)).path.startswith("/agenda/")


def test_what_was_opened_is_no_longer_to_discover(room: Room, marie: Browser) -> None:
    was_here(room, days=2)
    with room.inside():
        deposit(room)
    marie.go("/").click("Dosage du fer")
    assert "Documents à découvrir" not in sections(marie.go("/"))


def test_what_waited_before_the_last_visit_is_there_without_being_called_new(room: Room, marie: Browser) -> None:
    was_here(room, days=2)
    with room.inside():
        deposit(room, "Dosage ancien").deposited_at = clock.now() - timedelta(days=9)
        deposit(room)
    assert new_rows(marie.go("/")) == ["Dosage du fer"]
    assert marie.sees("Documents à découvrir (2)")
    assert "1 document," in sections(marie)


def test_the_same_visit_goes_on_for_an_hour_and_another_begins_after(room: Room, marie: Browser) -> None:
    assert marie.go("/").go("/").sees("Bienvenue dans votre espace")
    was_here(room, days=2)
    assert "Rien de nouveau depuis votre dernière visite" in sections(marie.go("/"))
    told = sections(marie)
    assert sections(marie.go("/")) == told
    with room.inside():
        recent = clock.now() - timedelta(minutes=10)
        room.record(1).visited_at = recent
    assert "Rien de nouveau" in sections(room.learner(1).go("/"))


def test_a_first_visit_says_what_the_space_is_for(marie: Browser) -> None:
    marie.go("/")
    for words, heading in (
        ("Retrouver vos documents", "Documents"), ("Échanger avec vos soignants", "Messages"),
        ("Choisir qui voit quoi", "Qui peut voir mon dossier"),
    ):
        assert marie.go("/").click(words).heading == heading


def test_a_reset_makes_it_a_first_visit_again(room: Room, marie: Browser) -> None:
    was_here(room, days=2)
    assert not marie.go("/").sees("Retrouver vos documents")
    room.renew()
    assert marie.go("/").sees("Retrouver vos documents")


def test_what_is_kept_back_does_not_show_until_it_is_announced(room: Room, marie: Browser) -> None:
    was_here(room, days=2)
    with room.inside():
        deposit(room).hidden_until = clock.now() + timedelta(days=3)
        deposit(room, "Pièce d’un message").loose = True
    assert "Dosage du fer" not in new_rows(marie.go("/"))
    assert "Documents à découvrir" not in sections(marie)
    with room.inside():
        db.session.execute(sa.update(Document).values(hidden_until=clock.now()).where(Document.title == "Dosage du fer"))
    assert "Dosage du fer" in new_rows(marie.go("/"))


def test_the_live_part_tells_of_what_just_came_without_moving_the_page(room: Room, marie: Browser) -> None:
    live = marie.go("/").page.find("main").find(attrs={"data-fragment": True})
    assert "Cette page est à jour." in text_of(live)
    with room.inside():
        deposit(room)
    assert "Nouveau à l’instant : 1 document, 1 notification." in text_of(marie.go(str(live["data-fragment"])).page)
    assert "Dosage du fer" in new_rows(marie.click("Afficher"))
    assert marie.go("/nouveautes?vu=hier").sees("Cette page est à jour.")


def test_a_quiet_day_says_so_warmly_and_proposes_something(room: Room, marie: Browser) -> None:
    was_here(room, days=2)
    with room.inside():
        db.session.execute(sa.delete(Appointment))
    marie.go("/")
    for words in ("Tout est lu", "Aucun rendez-vous", "Toutes les notifications sont lues", "Mes raccourcis"):
        assert marie.sees(words)
    assert marie.click("Exercice : ").heading == "Lire un résultat d’analyse"
    assert marie.go("/").click("Ajouter un document").heading == "Ajouter un document"


def test_an_unread_message_goes_away_once_it_is_read(marie: Browser) -> None:
    assert marie.go("/").sees("Messages à lire (1)")
    marie.click("Préparer votre venue")
    assert marie.path.startswith("/messages/")
    assert not marie.go("/").sees("Messages à lire")


def test_a_prescription_that_is_cancelled_is_told(room: Room, marie: Browser) -> None:
    was_here(room, days=2)
    with room.inside():
        signed = prescriptions.of_record(room.record(1))[0]
        signed.cancelled_at = clock.now()
    assert "Annulée par" in sections(marie.go("/"))


def test_a_childs_profile_has_its_own_visit_and_its_own_words(room: Room, marie: Browser) -> None:
    was_here(room, days=2)
    marie.go("/profils/").submit("Ouvrir le profil")
    assert marie.go("/").heading.startswith("Profil : ")
    assert "C’est votre première visite dans ce profil." in sections(marie)
    assert not marie.sees("Avez-vous")
    marie.go("/profils/").submit("Revenir à mon profil")
    assert "Rien de nouveau depuis votre dernière visite" in sections(marie.go("/"))


def test_conversations_of_others_are_not_mine(room: Room, jean: Browser) -> None:
    with room.inside():
        talk = db.session.scalars(sa.select(Conversation).where(Conversation.record_id == room.record(1).id)).first()
        assert talk is not None
        talk.subject = "Pour Marie seule"
        db.session.execute(sa.update(Message).where(Message.conversation_id == talk.id).values(read_at=None))
    assert not jean.go("/").sees("Pour Marie seule")


def _ref(room: Room) -> str:
    with room.inside():
        return room.record(1).ref


def _next_appointment(room: Room) -> str:
    with room.inside():
        coming = sa.select(Appointment.title).where(
            Appointment.record_id == room.record(1).id, Appointment.starts_at > clock.now()
        ).order_by(Appointment.starts_at)
        return str(db.session.scalars(coming).first())


def _deliver(room: Room) -> None:
    with room.inside():
        signed = next(one for one in prescriptions.of_record(room.record(1)) if one.lines[0].remaining)
        line = signed.lines[0]
        db.session.add(Delivery(line=line, pharmacist=room.user("pharm-garnier"), quantity=1))
        line.delivered += 1
