"""Whatever a professional does, a trainer can make them do: each act reaches the seats, as if they had done it themselves."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from sandbox.agenda.models import Appointment, Origin, Status
from sandbox.console import improvising, triggers
from sandbox.console.improvising import GESTURES
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.journal.models import Entry
from sandbox.prescriptions.models import Delivery, Prescription
from sandbox.vaccination.models import Vaccination
from sandbox.workshops import checks
from tests.browser import Browser, text_of
from tests.console.test_happenings import seats_with
from tests.console.test_planning import shut
from tests.pro.practice import booked
from tests.room import Room


def does(samira: Browser, room: Room, who: str, act: str, *seats: int, **fields: Any) -> Browser:
    chosen = {"who": "some", "seats": [str(seat) for seat in seats]} if seats else {}
    return samira.go(f"/console/{room.code}/improviser").submit("Faire arriver", professional=who, act=act, **chosen, **fields)


def acts(room: Room, seat: int) -> set[str]:
    with room.inside():
        return set(db.session.scalars(sa.select(Entry.act).where(Entry.seat == seat, ~Entry.from_pack)))


def test_every_gesture_has_its_deed_and_packs_may_hold_each() -> None:
    assert set(GESTURES) <= set(triggers.DEEDS)
    assert set(triggers.DEEDS) == set(checks.ACTS)
    assert set(GESTURES) == triggers.NEEDS_OPEN


def test_a_doctor_prescribes_what_the_trainer_types(room: Room, samira: Browser, marie: Browser) -> None:
    does(samira, room, "dr-lemoine", "prescribe", 1, 3, title="paracétamol 1 000 mg, comprimé", text="1 comprimé\nmatin et soir")
    assert samira.sees("Dr Claire Lemoine prescrit : « paracétamol 1 000 mg, comprimé »")
    assert set(seats_with(room, Prescription, slug="")) >= {1, 3}
    assert marie.go("/ordonnances/").sees("paracétamol")


def test_whoever_does_not_prescribe_is_refused_by_name(room: Room, samira: Browser) -> None:
    does(samira, room, "hopital-valbrune", "prescribe", title="x", text="y")
    assert samira.sees("Centre hospitalier de Valbrune ne prescrit pas")


def test_a_nurse_vaccinates_and_the_booklet_says_so(room: Room, samira: Browser, marie: Browser) -> None:
    does(samira, room, "inf-morvan", "vaccinate", 1, vaccine="GRIPPE")
    assert samira.sees("Sophie Morvan note une vaccination")
    assert seats_with(room, Vaccination, vaccine="GRIPPE")[:1] == [1]
    assert marie.go("/documents/").sees("Vaccination – grippe")


def test_an_appointment_is_given_then_called_off(room: Room, samira: Browser) -> None:
    does(samira, room, "dr-lemoine", "give", title="Contrôle improvisé")
    with room.inside():
        given = db.session.scalars(sa.select(Appointment).where(Appointment.title == "Contrôle improvisé")).all()
        assert {one.origin for one in given} == {Origin.GIVEN}
        assert len({one.starts_at for one in given}) == len(given) == 4
    for _ in range(3):  # hers before that one may come first
        does(samira, room, "dr-lemoine", "call_off", 2, text="Le cabinet est fermé ce jour-là.")
    with room.inside():
        mine = sa.select(Appointment.status).where(Appointment.title == "Contrôle improvisé", Appointment.seat == 2)
        assert db.session.scalars(mine).one() is Status.CANCELLED


def test_a_booking_is_confirmed(room: Room, samira: Browser) -> None:
    ref = booked(room, 1)
    does(samira, room, "dr-lemoine", "confirm", 1)
    for _ in range(2):
        does(samira, room, "dr-lemoine", "confirm", 1)
    with room.inside():
        assert db.session.scalars(sa.select(Appointment).where(Appointment.ref == ref)).one().confirmed_at


def test_where_nothing_is_to_be_confirmed_it_is_said(room: Room, samira: Browser) -> None:
    does(samira, room, "dr-aubin", "confirm", 1)
    assert samira.sees(f"Rien n’est arrivé pour {room.card(1).name}. Il n’y a pas de rendez-vous à venir")


def test_a_record_is_opened_in_an_emergency(room: Room, samira: Browser) -> None:
    does(samira, room, "dr-perrin", "emergency", 1, text="Personne inconsciente, traitement à connaître")
    assert "GlassBroken" in acts(room, 1)
    does(samira, room, "dr-perrin", "emergency", 1, text="Trop")
    assert samira.status == 422
    does(samira, room, "dr-lemoine", "emergency", 1, text="Personne inconsciente, traitement à connaître")
    assert samira.sees("L’accès en urgence n’a pas lieu d’être")


def test_a_laboratory_takes_its_last_deposit_back(room: Room, samira: Browser) -> None:
    does(samira, room, "labo-horizon", "deposit", 1, title="Note déposée par erreur", text="Oups.", category="BIOLOGIE")
    does(samira, room, "labo-horizon", "withdraw", 1, text="Déposé dans le mauvais dossier")
    with room.inside():
        gone = db.session.scalars(sa.select(Document).where(Document.title == "Note déposée par erreur")).one()
        assert gone.is_withdrawn
        assert gone.withdrawn_for == "Déposé dans le mauvais dossier"


def test_a_pharmacy_delivers_what_may_be(room: Room, samira: Browser) -> None:
    does(samira, room, "pharm-garnier", "deliver", 2)
    assert 2 in seats_with(room, Delivery, cancelled_at=None)
    assert samira.sees("C’est fait")
    does(samira, room, "pharm-garnier", "deliver", 2)
    assert samira.sees("Aucune ordonnance n’a quelque chose à délivrer")
    assert does(samira, room, "labo-horizon", "vaccinate").sees("ne vaccine pas")


@pytest.mark.parametrize("act", GESTURES)
def test_nothing_of_it_reaches_a_shut_record(room: Room, samira: Browser, act: str) -> None:
    shut(room, 2)
    before = acts(room, 2)
    does(samira, room, "dr-lemoine", act, 2, title="Titre", text="Un texte assez long pour une raison")
    assert samira.sees("La place 2 a un espace clos ou refusé")
    assert acts(room, 2) == before


def test_what_each_gesture_needs_is_asked_for(room: Room, samira: Browser) -> None:
    for act, gesture in GESTURES.items():
        does(samira, room, "dr-lemoine", act, 1)
        assert (samira.status == 422) is bool(gesture.wants), act
    does(samira, room, "dr-lemoine", "prescribe", title="x", text="y" * (improvising.POSOLOGY + 1))
    assert "raccourcissez" in text_of(samira.page)
