"""The same button pressed twice, in two windows or after « back »: done once, and never an error."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.db import db
from sandbox.messaging.models import Message
from tests.browser import Browser
from tests.pro.counters import press
from tests.pro.exchanges import opened
from tests.pro.people import done, patient_path, told
from tests.room import Room

WORDS = "Ces mots ne partent qu’une fois."


def twice(browser: Browser, where: str, button: str, **fields: str) -> None:
    """Fill the same page and press, in one window then in the other."""
    for _ in range(2):
        browser.go(where).submit(button, **fields)
        assert browser.status == 200


def gone() -> int:
    """Only inside: how many messages say it."""
    return db.session.scalar(sa.select(sa.func.count(Message.id)).where(Message.body.contains(WORDS))) or 0


def test_an_answer_goes_once_to_each_side(room: Room, lemoine: Browser, marie: Browser) -> None:
    ref = opened(room)
    twice(marie, f"/messages/{ref}", "Envoyer", text=WORDS)
    with room.inside():
        assert gone() == 1
    twice(lemoine, f"/pro/messages/{ref}", "Envoyer", text=f"{WORDS} Merci.")
    with room.inside():
        assert gone() == 2
    marie.go(f"/messages/{ref}").submit("Envoyer", text=f"{WORDS} Et ceux-ci aussi.")
    with room.inside():
        assert gone() == 3


def test_a_first_message_opens_one_exchange(room: Room, lemoine: Browser, marie: Browser) -> None:
    twice(lemoine, f"{patient_path(room)}/ecrire", "Envoyer", subject="Votre genou", text=WORDS)
    with room.inside():
        assert gone() == 1
        record, doctor = room.record(1).ref, room.user("dr-lemoine").ref
    twice(lemoine, f"/pro/messages/plusieurs/ecrire?avec={record}", "Envoyer", subject="À tous", text=WORDS)
    with room.inside():
        assert gone() == 2
    twice(marie, f"/messages/nouveau/{doctor}/ecrire", "Envoyer", subject="Ma tension", text=WORDS)
    with room.inside():
        assert gone() == 3


def test_a_prescription_is_sent_once_to_a_pharmacy(room: Room, marie: Browser) -> None:
    with room.inside():
        ref, pharmacy = told("traitement-de-fond").ref, room.user("pharm-garnier").ref
    twice(marie, f"/ordonnances/{ref}/envoyer/{pharmacy}", "Envoyer", text=WORDS)
    with room.inside():
        assert (gone(), done("PrescriptionSent")) == (1, 1)


def test_a_consent_noted_twice_opens_the_record(room: Room) -> None:
    perrin = room.professional("dr-perrin")
    perrin.go(patient_path(room))
    for _ in range(2):
        assert press(perrin, f"{patient_path(room)}/consentement").status == 200
    assert perrin.sees("Mes échanges avec ce patient")
    with room.inside():
        assert done("RecordFirstConsulted") == 1


def test_an_exchange_is_ended_once(room: Room, lemoine: Browser) -> None:
    ref = opened(room)
    lemoine.go(f"/pro/messages/{ref}")
    for _ in range(2):
        press(lemoine, f"/pro/messages/{ref}/terminer")
    assert lemoine.sees("L’échange était déjà terminé")
    with room.inside():
        assert done("ConversationEnded") == 1


@pytest.mark.parametrize("verb", ["terminer", "envoyer"])
def test_a_last_word_pressed_twice_ends_once(room: Room, lemoine: Browser, verb: str) -> None:
    ref = opened(room)
    token = lemoine.go(f"/pro/messages/{ref}").page.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    for _ in range(2):
        lemoine.client.post(f"/pro/messages/{ref}", data={"csrf_token": token, "text": WORDS, "do": verb})
    with room.inside():
        assert (gone(), done("ConversationEnded")) == (1, int(verb == "terminer"))
