"""What the trainer makes happen reaches the seats chosen, and no other."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.journal.models import Entry
from sandbox.messaging.models import Conversation
from sandbox.notifications.models import Notification
from sandbox.prescriptions.models import Prescription
from sandbox.workshops import packs
from tests.browser import Browser
from tests.partners.pairing import tied
from tests.room import Room


def seats_with(room: Room, kind: type[Any], **values: Any) -> list[int]:
    with room.inside():
        return sorted(db.session.scalars(sa.select(kind.seat).filter_by(**values)))


def happens(samira: Browser, room: Room, slug: str, seats: list[int] | None = None) -> None:
    samira.go(f"/console/{room.code}/faire-arriver?slug={slug}")
    chosen = {"who": "some", "seats": [str(seat) for seat in seats]} if seats else {}
    samira.submit("Faire arriver", **chosen)
    assert samira.sees("C’est fait")


def test_a_laboratory_deposits_at_every_seat(room: Room, samira: Browser) -> None:
    happens(samira, room, "resultat-hba1c")
    assert seats_with(room, Document, slug="t-hba1c") == [1, 2, 3, 4]
    assert set(seats_with(room, Notification, code="AJOUT_DOC")) >= {1, 2, 3, 4}
    assert samira.sees("4 personnes")


def test_a_nurse_writes_to_two_seats_by_their_names(room: Room, samira: Browser) -> None:
    happens(samira, room, "message-infirmiere", [1, 3])
    assert seats_with(room, Conversation, slug="t-passage-infirmiere") == [1, 3]
    with room.inside():
        talk = db.session.scalars(sa.select(Conversation).where(Conversation.slug == "t-passage-infirmiere")).first()
        assert talk.record.family_name in talk.messages[0].body
        assert "{{" not in talk.messages[0].body


def test_a_doctor_consults_one_record(room: Room, samira: Browser) -> None:
    happens(samira, room, "medecin-consulte", [2])
    assert seats_with(room, Entry, act="RecordConsulted", from_pack=False) == [2]
    assert samira.sees(room.card(2).name)


def test_a_doctor_prescribes(room: Room, samira: Browser) -> None:
    happens(samira, room, "ordonnance-antibiotique", [4])
    assert seats_with(room, Prescription, slug="t-antibiotique") == [4]


def test_every_prepared_thing_can_happen(room: Room, samira: Browser) -> None:
    tied(room, 1, "glyco-suivi")
    samira.go(f"/console/{room.code}/faire-arriver")
    slugs = [field["value"] for field in samira.page.find_all("input", attrs={"name": "slug"})]
    assert len(slugs) == len(packs.load("decouverte").triggers) > 10
    for slug in slugs:
        happens(samira, room, slug, [1])


def test_the_trainer_writes_a_message_as_anybody(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/improviser").submit(
        "Faire arriver", professional="dr-haddad", act="message", title="Demain", text="Venez à jeun. {{ 1 }}"
    )
    assert seats_with(room, Conversation, subject="Demain") == [1, 2, 3, 4]
    with room.inside():
        talk = db.session.scalars(sa.select(Conversation).where(Conversation.subject == "Demain")).first()
        assert talk.messages[0].body == "Venez à jeun. {{ 1 }}"


def test_the_trainer_deposits_what_they_type(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/improviser").submit(
        "Faire arriver", professional="labo-horizon", act="deposit", title="Note", text="Tout va bien.",
        category="BIOLOGIE", who="some", seats=["2"],
    )
    assert seats_with(room, Document, title="Note", category="BIOLOGIE") == [2]


def test_what_is_missing_is_asked_for(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/improviser").submit("Faire arriver", act="message", who="some")
    assert samira.status == 422
    assert samira.sees("Écrivez un objet ou un titre")
    assert samira.sees("Cochez au moins une place")
    assert samira.go(f"/console/{room.code}/faire-arriver").submit("Faire arriver").status == 422


def test_an_establishment_does_not_consult(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/improviser").submit("Faire arriver", professional="labo-horizon", act="consult")
    assert samira.sees("ne consulte pas les dossiers")
    assert seats_with(room, Entry, act="RecordConsulted", from_pack=False) == []


def test_a_trigger_that_does_not_exist_is_refused(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/faire-arriver").submit("Faire arriver", slug="inconnu")
    assert samira.sees("n’existe pas dans cet atelier")
