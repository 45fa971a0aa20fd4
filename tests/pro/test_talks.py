"""The list of a practice's exchanges, and one exchange: read, answered, acknowledged, ended, opened again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.db import db
from sandbox.messaging import service
from sandbox.messaging.models import Conversation, Message
from sandbox.prescriptions.models import Prescription
from sandbox.pro import inbox, talks
from tests.browser import Browser, text_of
from tests.pro.exchanges import answered, last, newest, opened, questions, shelves, told
from tests.pro.people import name_of, notified, patient_path
from tests.room import Room


def test_a_conversation_is_opened_answered_and_ended(room: Room, lemoine: Browser, marie: Browser) -> None:
    with room.inside():
        before = notified("RECEPTION_MESSAGE")
    lemoine.go(patient_path(room)).click("Écrire au patient").submit(
        "Envoyer", subject="Vos résultats", text="Bonjour,\n\nPassez demain."
    )
    assert lemoine.heading == "Vos résultats"
    with room.inside():
        ref = newest().ref
        assert notified("RECEPTION_MESSAGE") == before + 1
    answered(room, ref, "Demain matin.")
    lemoine.go("/pro/messages")
    assert lemoine.page.select(f'tr.new a[href="/pro/messages/{ref}"]')
    assert lemoine.click("Vos résultats").sees("Demain matin.")
    lemoine.submit("Oui, mettre fin à l’échange")
    assert lemoine.heading == "[FIN] Vos résultats"
    assert lemoine.sees("X-MSS-MES : FIN")
    assert not marie.go(f"/messages/{ref}").page.find("textarea")
    assert lemoine.submit("Envoyer", text="Une dernière chose.").sees("de nouveau ouvert")
    with room.inside():
        assert not newest().is_ended


def test_a_message_may_end_the_exchange(room: Room, lemoine: Browser) -> None:
    ref = opened(room)
    lemoine.go(f"/pro/messages/{ref}").submit("mettre fin à l’échange", text="Tout est dit.")
    assert lemoine.sees("le patient ne peut plus répondre")
    with room.inside():
        assert (last(ref).body, last(ref).closing, told(ref).is_ended) == ("Tout est dit.", True, True)


def test_an_ended_exchange_may_have_one_more_word_and_stay_ended(room: Room, lemoine: Browser) -> None:
    ref = opened(room, "[FIN] Pour information")
    lemoine.go(f"/pro/messages/{ref}").submit("mettre fin à l’échange", text="J’ai oublié ceci.")
    with room.inside():
        assert (last(ref).body, told(ref).is_ended) == ("J’ai oublié ceci.", True)


def test_what_is_to_read_comes_first_and_each_shelf_is_counted(room: Room, lemoine: Browser) -> None:
    read, ended = opened(room, "À lire d’abord"), opened(room, "[FIN] Terminé d’emblée")
    answered(room, read, "J’ai une question.")
    assert shelves(lemoine.go("/pro/messages"))[1] == "À lire (1)"
    assert text_of(lemoine.page.select_one("tbody tr")).startswith(f"{name_of(room)} – À lire d’abord")
    lemoine.click("Terminés (")
    assert lemoine.page.select(f'a[href="/pro/messages/{ended}"]')
    assert not lemoine.page.select(f'a[href="/pro/messages/{read}"]')
    assert lemoine.click("À lire (1)").sees("J’ai une question.")
    lemoine.click("À lire d’abord").go("/pro/messages?voir=a-lire")
    assert lemoine.sees("Vous avez tout lu.")


def test_exchanges_are_found_by_the_patient_s_name(room: Room, lemoine: Browser) -> None:
    opened(room, "Pour Marie seule")
    family = name_of(room).split()[-1].lower()
    assert lemoine.go("/pro/messages").submit("Chercher", q=family).sees("Pour Marie seule")
    assert lemoine.submit("Chercher", q="personne").sees("Aucun échange ici")
    assert shelves(lemoine)[0] == "Tous (0)"


def test_the_counter_of_messages_falls_when_they_are_read(room: Room, lemoine: Browser) -> None:
    with room.inside():
        talk = db.session.scalars(
            sa.select(Conversation).where(Conversation.professional == room.user("dr-lemoine"), Conversation.seat == 1)
        ).first()
        assert talk is not None
        db.session.execute(sa.update(Message).values(read_at=Message.sent_at))
        db.session.add(Message(conversation=talk, sender=room.record(1).owner, body="Bonjour docteur"))
        ref = talk.ref
    assert "Messages 1 1 à lire" in lemoine.go("/pro/").links()
    assert "Messages" in lemoine.go(f"/pro/messages/{ref}").links()
    assert lemoine.sees("Bonjour docteur")


def test_the_patient_s_reading_and_receipts_are_seen(room: Room, lemoine: Browser, marie: Browser) -> None:
    ref = opened(room, receipt=True)
    assert lemoine.go(f"/pro/messages/{ref}").sees("Pas encore lu par le patient. Accusé de réception demandé.")
    marie.go(f"/messages/{ref}")
    with room.inside():
        service.acknowledge(room.record(1).owner, last(ref))
    assert lemoine.go(f"/pro/messages/{ref}").sees("Lu par le patient le ")
    assert lemoine.sees("Accusé de réception le ")


def test_a_receipt_that_the_patient_asks_for_is_sent_once(room: Room, lemoine: Browser) -> None:
    ref = opened(room)
    answered(room, ref, "Dites-moi si c’est bien arrivé.", receipt=True)
    button = lemoine.go(f"/pro/messages/{ref}").page.find("button", attrs={"form": "accuser"})
    assert button is not None
    lemoine.page.find("form", id="accuser").append(button)  # type: ignore[union-attr]
    page = lemoine.page
    assert lemoine.submit("Accuser réception").sees("Accusé de réception envoyé le ")
    lemoine.page = page
    assert lemoine.submit("Accuser réception").sees("était déjà parti")


def test_somebody_else_s_conversation_does_not_exist(room: Room, garnier: Browser) -> None:
    ref = opened(room, "Votre tension du soir")
    for path in (f"/pro/messages/{ref}", f"/pro/messages/{ref}/fil"):
        assert garnier.go(path).status == 404
    garnier.go("/pro/messages")
    assert not garnier.sees("Votre tension du soir")


def test_a_pharmacist_opens_at_the_counter_the_prescription_that_came_with_a_message(room: Room, garnier: Browser) -> None:
    with room.inside():
        signed = newest_prescription()
        talk = service.write_anew(
            room.record(1).owner, room.record(1), room.user("pharm-garnier"), "Mon ordonnance", "Bonjour", prescription_ref=signed
        )
        db.session.flush()
        ref = talk.ref
    garnier.go(f"/pro/messages/{ref}").click("Ouvrir l’ordonnance au comptoir")
    assert garnier.path == f"/pro/delivrance/{signed}"


def newest_prescription() -> str:
    from_pack = sa.select(Prescription.ref).where(Prescription.seat == 1, Prescription.slug == "genou-et-tension")
    return db.session.scalars(from_pack).one()


def test_the_open_list_and_thread_are_asked_again_only_when_they_change(room: Room, lemoine: Browser) -> None:
    lemoine.go("/pro/messages")
    for part in ("/pro/messages/liste", lemoine.page.select_one("tbody a")["href"] + "/fil"):  # type: ignore[index,operator]
        tag = lemoine.go(part).response.headers["ETag"]  # type: ignore[union-attr]
        assert lemoine.client.get(part, headers={"If-None-Match": tag}).status_code == 304


def test_a_long_list_is_read_page_by_page_in_as_many_questions_as_a_short_one(
    room: Room, lemoine: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        opened(room, f"Échange {number}")
    monkeypatch.setattr(talks, "PAGE", 2)
    assert lemoine.go("/pro/messages?page=2").sees("Page 2 sur")
    with room.inside():
        doctor = room.user("dr-lemoine")
        every = inbox.heads(doctor)
        assert questions(lambda: inbox.talks(doctor, every[:2])) == questions(lambda: inbox.talks(doctor, every))
