"""Glyco Suivi: a device measures; the portal takes what was agreed to, and nothing else."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.catalogue import pairing, service
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.partners import readings
from sandbox.partners.models import Customer, Note
from sandbox.profile.models import Measure, Source
from tests.browser import Browser, text_of
from tests.partners.pairing import paired, signed_in_at
from tests.room import Room

HOME = "/partenaires/glyco-suivi"


def received(room: Room) -> list[tuple[str, str, Source]]:
    """What the portal holds of this firm."""
    with room.inside():
        query = sa.select(Measure).where(Measure.service == "glyco-suivi").order_by(Measure.id)
        return [(one.kind, one.value, one.source) for one in db.session.scalars(query)]


def kept(room: Room, kind: str = readings.READING) -> list[tuple[str, str]]:
    """What the firm holds, oldest first, and what the portal said of it."""
    with room.inside():
        return [(one.label, one.answer) for one in db.session.scalars(sa.select(Note).where(Note.kind == kind).order_by(Note.id))]


def chooses(room: Room, *purposes: Purpose) -> None:
    """Marie changes her agreements, from inside."""
    with room.inside():
        record = room.record(1)
        tie = pairing.with_service(record, "glyco-suivi")
        sheet = service.find("glyco-suivi", record)
        assert tie is not None
        assert sheet is not None
        pairing.change(record.owner, tie, sheet, purposes)


def test_a_measure_goes_from_the_device_to_the_profile_with_its_source(room: Room, marie: Browser) -> None:
    paired(marie, "glyco-suivi")
    marie.go(HOME).submit("Faire une mesure")
    [(value, answer)] = kept(room)
    assert (answer, received(room)) == ("sent", [("glycemie", value, Source.DEVICE)])
    assert 0.70 <= float(value) <= 1.80
    assert marie.sees("Dans « Mon espace santé »")
    marie.go("/profil/mesures")
    row = next(row for row in marie.page.select("tr") if value.replace(".", ",") in text_of(row) and "g/L" in text_of(row))
    assert "Glyco Suivi" in text_of(row)


def test_the_person_is_somebody_else_for_the_firm_until_she_signs_in_there(room: Room, marie: Browser) -> None:
    marie.go(HOME)
    assert "/partenaires/connexion/glyco-suivi" in marie.path
    assert not marie.sees("Faire une mesure")


def test_an_agreement_that_lacks_keeps_the_measure_at_the_firm(room: Room, marie: Browser) -> None:
    paired(marie, "glyco-suivi", Purpose.WRITE_MEASURES)
    marie.go(HOME).submit("Faire une mesure")
    assert marie.sees("vous n’avez pas donné cet accord")
    assert marie.sees("1 mesure attend ici. Rien n’est perdu.")
    assert received(room) == []
    chooses(room, Purpose.WRITE_MEASURES)
    marie.go(HOME).submit("Envoyer ce qui attend")
    assert marie.sees("1 mesure envoyée")
    [(value, answer)] = kept(room)
    assert (answer, received(room)) == ("sent", [("glycemie", value, Source.DEVICE)])


def test_what_waits_is_not_sent_twice(room: Room, marie: Browser) -> None:
    signed_in_at(marie, "glyco-suivi").go(HOME).submit("Faire une mesure").submit("Faire une mesure")
    assert [answer for _, answer in kept(room)] == ["", ""]
    assert marie.sees("Glyco Suivi n’est pas synchronisé")
    paired(marie, "glyco-suivi")
    marie.go(HOME).submit("Envoyer ce qui attend")
    assert len(received(room)) == 2
    assert "Envoyer ce qui attend" not in text_of(marie.page)
    marie.client.post(f"{HOME}/envoi")
    assert len(received(room)) == 2


def test_weight_is_read_where_allowed_and_only_the_two_kinds_asked_for(room: Room, marie: Browser) -> None:
    paired(marie, "glyco-suivi")
    marie.go(HOME).click("Lire mon poids et mon HbA1c")
    assert marie.sees("Lus à l’instant")
    assert "mmHg" not in text_of(marie.page)
    chooses(room, Purpose.WRITE_MEASURES)
    marie.go(f"{HOME}/poids")
    assert marie.sees("vous n’avez pas donné cet accord")
    assert "Lus à l’instant" not in text_of(marie.page)


def test_the_report_is_a_document_that_the_person_is_told_of(room: Room, marie: Browser) -> None:
    paired(marie, "glyco-suivi")
    marie.go(HOME).submit("Déposer le bilan du mois")
    assert marie.sees("Faites d’abord une mesure")
    marie.submit("Faire une mesure").submit("Déposer le bilan du mois").submit("Déposer le bilan du mois")
    assert marie.sees("Faites une nouvelle mesure avant d’en déposer un autre")
    assert len(kept(room, readings.REPORT)) == 1
    marie.go("/notifications/").click("Bilan de glycémie")
    assert marie.sees("Glyco Suivi")
    assert marie.sees("La plus basse")


def test_a_report_that_may_not_leave_is_kept_and_offered_again(room: Room, marie: Browser) -> None:
    paired(marie, "glyco-suivi", Purpose.WRITE_DOCUMENTS)
    marie.go(HOME).submit("Faire une mesure").submit("Déposer le bilan du mois")
    assert marie.sees("Il est gardé ici")
    chooses(room, Purpose.WRITE_DOCUMENTS, Purpose.WRITE_MEASURES)
    marie.go(HOME).submit("Déposer le bilan du mois")
    assert [answer for _, answer in kept(room, readings.REPORT)] == ["sent"]


def test_the_same_seat_draws_the_same_values(room: Room, marie: Browser) -> None:
    signed_in_at(marie, "glyco-suivi").go(HOME).submit("Faire une mesure").submit("Faire une mesure")
    first = kept(room)
    room.renew()
    signed_in_at(room.learner(1), "glyco-suivi").go(HOME).submit("Faire une mesure").submit("Faire une mesure")
    assert [value for value, _ in kept(room)] == [value for value, _ in first]


@pytest.mark.parametrize("value", ["1,42", "beaucoup", "132/78", "-1", "1.234"])
def test_a_value_that_is_no_number_is_refused(room: Room, marie: Browser, value: str) -> None:
    signed_in_at(marie, "glyco-suivi")
    with room.inside(), pytest.raises(Refused):
        readings.take(db.session.scalars(sa.select(Customer)).one(), value)
    assert kept(room) == []
