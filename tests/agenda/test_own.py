"""One's own appointment: noted, changed, deleted, put back; what cannot be is refused, and nothing typed is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.agenda import forms, kept
from sandbox.agenda.models import Appointment, Status
from sandbox.db import db
from sandbox.journal.models import Entry
from tests.agenda.noted import (
    DENTIST,
    appointment_of,
    csrf,
    how_many,
    in_days,
    noted,
    part,
    ref_of,
    told,
    typed,
)
from tests.browser import Browser
from tests.pro.practice import given
from tests.room import Room


def add(browser: Browser, **fields: str) -> Browser:
    return browser.go("/agenda/ajouter").submit("Enregistrer", **fields)


def test_marie_notes_changes_deletes_and_puts_back_her_own_appointment(room: Room, marie: Browser) -> None:
    marie.go("/agenda/").click("Noter un rendez-vous").submit("Enregistrer", **typed())
    assert marie.heading == "Dentiste"
    assert all(marie.sees(words) for words in ("14 h 30", "Dr Petit", "6 rue de la Fontaine", "Apporter la radio", "15 h"))
    marie.click("Modifier").submit("Enregistrer", title="Dentiste (contrôle)", hour="15:00")
    ref = ref_of(marie)
    marie.submit("Oui, supprimer de mon agenda")
    assert marie.sees("n’est plus dans l’agenda")
    assert "Dentiste (contrôle)" not in part(marie, "a-venir")
    assert marie.client.get(f"/agenda/{ref}").status_code == 404
    marie.submit("Annuler la suppression")
    assert (marie.heading, marie.path) == ("Dentiste (contrôle)", f"/agenda/{ref}")
    assert all(marie.sees(words) for words in ("15 h", "Dr Petit", "6 rue de la Fontaine", "Apporter la radio"))
    with room.inside():
        acts = list(db.session.scalars(sa.select(Entry.act).where(Entry.seat == 1, Entry.subject_ref == ref).order_by(Entry.id)))
    assert acts == ["AppointmentAdded", "AppointmentChanged", "AppointmentRemoved", "AppointmentAdded"]


@pytest.mark.parametrize(("kind", "title"), [
    ("professionnel", "Rendez-vous avec Laboratoire Horizon"), ("etablissement", "Rendez-vous : Laboratoire Horizon"),
])
def test_what_has_no_title_is_called_after_whom_it_is_with(room: Room, marie: Browser, kind: str, title: str) -> None:
    add(marie, **typed(title="", with_name="Laboratoire Horizon", kind=kind))
    assert marie.heading == title
    with room.inside():
        assert told(Appointment, ref_of(marie)).at_establishment is (kind == "etablissement")
    chosen = marie.click("Modifier").page.find("input", attrs={"name": "kind", "checked": True})
    assert chosen["value"] == kind


def test_a_title_alone_is_enough(marie: Browser) -> None:
    assert add(marie, **typed(with_name="")).heading == "Dentiste"


@pytest.mark.parametrize(("wrong", "said"), [
    ({"day": "2024-02-01"}, "déjà passé"),
    ({"day": "2027-02-30"}, "Cette date n’existe pas"),
    ({"day": "30/02/2027"}, "Cette date n’existe pas"),
    ({"day": "9999-12-31"}, "trop loin"),
    ({"day": "0001-01-01", "hour": "00:00"}, "déjà passé"),
    ({"day": ""}, "Choisissez la date"),
    ({"hour": "25:00"}, "Cette heure n’existe pas"),
    ({"hour": ""}, "Choisissez l’heure"),
    ({"with_name": " ", "title": ""}, "Écrivez avec qui"),
    ({"title": "x" * 101}, "100 signes au plus"),
    ({"with_name": "x" * 121}, "120 signes au plus"),
    ({"place": "x" * 201}, "200 signes au plus"),
    ({"note": "x" * 1001}, "1 000 signes au plus"),
])
def test_what_cannot_be_is_refused_with_its_cure_and_kept(
    room: Room, marie: Browser, wrong: dict[str, str], said: str
) -> None:
    sent = typed() | wrong
    before = how_many(room, Appointment)
    assert add(marie, **sent).status == 422
    assert marie.sees(said)
    for name in ("with_name", "title", "place", "hour"):
        assert marie.page.find(id=name)["value"] == sent[name]
    assert marie.page.find(id="note").get_text().strip() == sent["note"]
    assert how_many(room, Appointment) == before


def test_the_longest_words_that_fit_are_kept_whole(room: Room, marie: Browser) -> None:
    longest = {"with_name": "n" * 120, "title": "t" * 100, "place": "p" * 200, "note": "é" * 1000}
    add(marie, **typed(**longest))
    with room.inside():
        found = told(Appointment, ref_of(marie))
        assert {name: getattr(found, name) for name in longest} == longest
    add(marie, **typed(5, title="", with_name="n" * 120))
    assert len(marie.heading) == 100


def test_an_hour_of_today_that_is_past_is_refused(marie: Browser) -> None:
    assert add(marie, **typed(0, hour="00:00")).sees("déjà passé")


def test_a_date_typed_in_the_french_way_is_understood(marie: Browser) -> None:
    assert add(marie, **typed(40, hour="9h05") | {"day": f"{in_days(40):%d/%m/%Y}"}).sees("9 h 05")


def spring(year: int) -> date:
    """The night at which an hour is missing."""
    last = date(year, 3, 31)
    return last - timedelta(days=last.isoweekday() % 7)


def test_the_hour_that_the_change_of_clocks_skips_is_refused(room: Room, marie: Browser) -> None:
    day = spring(clock.today().year + 1)
    add(marie, **typed(hour="02:30") | {"day": day.isoformat()})
    assert (marie.status, marie.sees("on passe à l’heure d’été")) == (422, True)
    assert add(marie, **typed(hour="03:00") | {"day": day.isoformat()}).sees("3 h")


def test_every_hour_of_another_day_exists() -> None:
    day = spring(2027)
    skipped = [hour for hour in range(24) if not forms.exists(clock.at(day, hour, 30))]
    assert skipped == [2]
    assert all(forms.exists(clock.at(day + timedelta(days=217 - 7 * n), hour)) for n in range(3) for hour in range(24))


# --- two at once ---------------------------------------------------------------------------------------

@pytest.mark.parametrize(("hour", "minutes", "meets"), [
    ("14:30", "30", True), ("14:00", "45", True), ("14:59", "10", True), ("13:00", "240", True),
    ("15:00", "30", False), ("14:00", "30", False), ("14:20", "10", False),
])
def test_what_overlaps_another_is_refused_by_its_name(room: Room, marie: Browser, hour: str, minutes: str, meets: bool) -> None:
    noted(room, clock.at(in_days(3), 14, 30), "Ostéopathe")
    add(marie, **typed(hour=hour, minutes=minutes))
    assert marie.status == (422 if meets else 200)
    assert marie.sees("Vous avez déjà « Ostéopathe » le") is meets
    assert how_many(room, Appointment, title="Dentiste") == (0 if meets else 1)
    if meets:
        assert marie.sees("de 14 h 30 à 15 h. Choisissez une autre heure")
        assert marie.page.find(id="note").get_text().strip() == DENTIST["note"]


def test_what_a_professional_gave_counts_until_it_is_cancelled(room: Room, marie: Browser) -> None:
    ref = given(room, clock.at(in_days(3), 14, 20))
    assert add(marie, **typed()).sees("Vous avez déjà « Contrôle »")
    with room.inside():
        told(Appointment, ref).status = Status.CANCELLED
    assert add(marie, **typed()).heading == "Dentiste"


def test_what_the_portal_does_not_know_and_what_it_knows_no_more_do_not_count(room: Room, marie: Browser) -> None:
    unknown, stale = (given(room, clock.at(in_days(3), hour), slug=slug) for hour, slug in ((14, "dr-lemoine"), (15, "dr-haddad")))
    with room.inside():
        told(Appointment, unknown).minutes = 60
        told(Appointment, unknown).in_agenda = False
        told(Appointment, stale).stale_of = unknown
    assert add(marie, **typed(minutes="60")).heading == "Dentiste"


def test_another_persons_appointment_does_not_count(room: Room, marie: Browser) -> None:
    given(room, clock.at(in_days(3), 14, 30), seat=2)
    assert add(marie, **typed()).heading == "Dentiste"


def test_moving_onto_another_is_refused_and_keeping_ones_hour_is_not(room: Room, marie: Browser) -> None:
    noted(room, clock.at(in_days(3), 16), "Ostéopathe")
    add(marie, **typed())
    ref = ref_of(marie)
    marie.click("Modifier").submit("Enregistrer", hour="16:10", note="Autre note")
    assert (marie.status, marie.sees("« Ostéopathe »")) == (422, True)
    assert marie.page.find(id="note").get_text().strip() == "Autre note"
    with room.inside():
        assert (told(Appointment, ref).starts_at, told(Appointment, ref).note) == (clock.at(in_days(3), 14, 30), DENTIST["note"])
    assert marie.submit("Enregistrer", hour="14:45").sees("14 h 45")


def test_what_is_past_keeps_its_hour_and_may_still_be_told_otherwise(room: Room, marie: Browser) -> None:
    ref = noted(room, clock.at(in_days(1), 9), "Kiné")
    with room.inside():
        room.world().shift_seconds += 3 * 86400
    marie.go(f"/agenda/{ref}/modifier").submit("Enregistrer", note="Revenir dans six mois")
    assert marie.sees("Revenir dans six mois")
    marie.click("Modifier").submit("Enregistrer", hour="09:30")
    assert (marie.status, marie.sees("déjà passé")) == (422, True)


# --- deleted, and put back -----------------------------------------------------------------------------

def test_what_was_deleted_does_not_come_back_over_another(room: Room, marie: Browser) -> None:
    add(marie, **typed()).submit("Oui, supprimer de mon agenda")
    other = noted(room, clock.at(in_days(3), 14, 30), "Ostéopathe")
    marie.submit("Annuler la suppression")
    assert marie.sees("« Dentiste » ne peut pas être remis : vous avez maintenant « Ostéopathe »")
    with room.inside():
        told(Appointment, other).starts_at += timedelta(hours=2)
    assert marie.submit("Annuler la suppression").heading == "Dentiste"


def test_what_the_pack_tells_comes_back_as_it_was(room: Room, marie: Browser) -> None:
    with room.inside():
        was = kept.of(appointment_of("dentiste"))
    marie.go("/agenda/").click("Contrôle chez le dentiste").submit("Oui, supprimer de mon agenda").submit("Annuler la suppression")
    with room.inside():
        assert kept.of(appointment_of("dentiste")) == was


def test_a_deletion_pressed_twice_says_that_it_is_done(marie: Browser) -> None:
    add(marie, **typed())
    ref = ref_of(marie)
    marie.submit("Oui, supprimer de mon agenda")
    marie.go("/agenda/ajouter")._send(marie.page.select_one("main form"), f"/agenda/{ref}/supprimer", csrf(marie))
    assert marie.sees("C’est déjà supprimé")
    assert marie.submit("Annuler la suppression").heading == "Dentiste"


def test_nothing_comes_back_into_another_profile_nor_after_a_reset(room: Room, marie: Browser) -> None:
    add(marie, **typed()).submit("Oui, supprimer de mon agenda")
    with marie.client.session_transaction() as session:
        was = session["agenda"]
    room.renew()
    marie = room.learner(1)
    for changed in ({}, {"world": -1}, {"record": "zzzzzzzz"}):
        with marie.client.session_transaction() as session:
            session["agenda"] = was | changed
        marie.go("/agenda/?retire=1")
        assert not marie.sees("Annuler la suppression")
        marie.go("/agenda/ajouter")._send(marie.page.select_one("main form"), "/agenda/remettre", csrf(marie))
        assert marie.status == 404
    assert how_many(room, Appointment, title="Dentiste") == 0


def test_what_a_browser_cannot_carry_is_deleted_without_a_way_back(marie: Browser) -> None:
    add(marie, **typed(note="".join(chr(0x4E00 + n * 7919 % 20000) for n in range(1000)))).submit("Oui, supprimer de mon agenda")
    assert marie.sees("« Dentiste » n’est plus dans l’agenda")
    assert "Dentiste" not in part(marie, "a-venir")
    assert not marie.sees("Annuler la suppression")


def test_a_long_note_in_french_comes_back_whole(room: Room, marie: Browser) -> None:
    with room.inside():
        words = " ".join(one.note for one in db.session.scalars(sa.select(Appointment).order_by(Appointment.id)) if one.note)
    add(marie, **typed(note=words[:1000].strip())).submit("Oui, supprimer de mon agenda").submit("Annuler la suppression")
    assert marie.sees(" ".join(words[:1000].split()))
