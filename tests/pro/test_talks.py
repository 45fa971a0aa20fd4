"""A conversation, from the professional's side: opened, answered, ended, opened again."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.db import db
from sandbox.messaging.models import Conversation, Message
from tests.browser import Browser
from tests.pro.people import name_of, notified, patient_path
from tests.room import Room


def newest() -> Conversation:
    return db.session.scalars(sa.select(Conversation).order_by(Conversation.id.desc())).first()  # type: ignore[return-value]


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
    assert marie.go(f"/messages/{ref}").submit("Envoyer", text="Demain matin.").status == 200
    lemoine.go("/pro/messages")
    assert lemoine.page.select(f'li.new a[href="/pro/messages/{ref}"]')
    assert lemoine.click("Vos résultats").sees("Demain matin.")
    lemoine.submit("Oui, mettre fin à l’échange")
    assert lemoine.sees("le patient ne peut plus répondre")
    assert not marie.go(f"/messages/{ref}").page.find("textarea")
    lemoine.submit("Envoyer", text="Une dernière chose.")
    with room.inside():
        assert not newest().is_ended


def test_the_counter_of_messages_falls_when_they_are_read(room: Room, lemoine: Browser, marie: Browser) -> None:
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


def test_somebody_else_s_conversation_does_not_exist(room: Room, garnier: Browser) -> None:
    with room.inside():
        ref = db.session.scalars(
            sa.select(Conversation.ref).where(Conversation.professional == room.user("dr-lemoine"))
        ).first()
    for path in (f"/pro/messages/{ref}", f"/pro/messages/{ref}/fil"):
        assert garnier.go(path).status == 404


def test_what_is_typed_cannot_pass_for_a_date_of_the_pack(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire").submit("Envoyer", subject="Date", text="\ue000j5\ue001 fin")
    assert lemoine.sees("j5 fin")
    assert lemoine.sees(name_of(room))


def test_an_empty_message_is_refused(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire").submit("Envoyer", subject="", text=" ")
    assert lemoine.status == 422
    assert lemoine.sees("2 points sont à corriger")


def test_the_open_list_and_thread_are_asked_again_only_when_they_change(room: Room, lemoine: Browser) -> None:
    lemoine.go("/pro/messages")
    for part in ("/pro/messages/liste", lemoine.page.select_one(".rows a")["href"] + "/fil"):  # type: ignore[index,operator]
        tag = lemoine.go(part).response.headers["ETag"]  # type: ignore[union-attr]
        assert lemoine.client.get(part, headers={"If-None-Match": tag}).status_code == 304
