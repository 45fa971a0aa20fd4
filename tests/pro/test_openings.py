"""« Mes horaires »: what is published is bookable at once, what was booked stays."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from sandbox import clock
from sandbox.agenda import openings
from sandbox.agenda.models import Status
from sandbox.agenda.openings import Hours
from sandbox.agenda.slots import free_slots
from sandbox.errors import Refused
from tests.browser import Browser, text_of
from tests.partners.pairing import signed_in_at
from tests.pro.people import name_of
from tests.pro.practice import booked, slots, told
from tests.room import Room

SATURDAY = {"weekday": "6", "opens": "09:00", "closes": "10:00", "minutes": "15"}


def row(browser: Browser, words: str) -> str:
    return next((text_of(line) for line in browser.page.select("tbody tr") if words in text_of(line)), "")


def test_published_hours_are_offered_to_patients_at_once(room: Room, lemoine: Browser, marie: Browser) -> None:
    assert not any(slot.isoweekday() == 6 for slot in slots(room))
    lemoine.go("/pro/rendez-vous/").click("Mes horaires").submit("Publier ces heures", **SATURDAY)
    assert lemoine.sees("Vous recevez maintenant le samedi de 9 h à 10 h")
    assert "15 minutes" in row(lemoine, "Samedi")
    saturday = [slot for slot in slots(room) if slot.isoweekday() == 6]
    assert {slot.time() for slot in saturday} == {time(9), time(9, 15), time(9, 30), time(9, 45)}
    with room.inside():
        ref = room.user("dr-lemoine").ref
    signed_in_at(marie, "rdv-valbrune")
    marie.go(f"/partenaires/rdv-valbrune/{ref}/confirmer?a={saturday[0]:%Y-%m-%dT%H:%M}").submit("Confirmer le rendez-vous")
    assert marie.heading == "Votre rendez-vous est confirmé"


def test_a_pharmacist_without_hours_publishes_the_first(room: Room, garnier: Browser, marie: Browser) -> None:
    assert garnier.go("/pro/horaires").sees("Aucun horaire publié")
    garnier.submit("Publier ces heures", **SATURDAY)
    assert marie.go("/partenaires/rdv-valbrune").sees("Hélène Garnier")


@pytest.mark.parametrize(("fields", "answer"), [
    ({"opens": ""}, "Écrivez l’heure du début"),
    ({"closes": "25:00"}, "Cette heure n’existe pas"),
    ({"closes": "08:00"}, "La fin est avant le début"),
    ({"minutes": "0"}, "de 5 minutes à trois heures"),
    ({"minutes": "dix"}, "nombre entier"),
    ({"minutes": "90"}, "plus courtes qu’un seul rendez-vous"),
    ({"weekday": "7"}, "Choisissez un jour du lundi au samedi"),
    ({"weekday": "lune"}, "Choisissez un jour du lundi au samedi"),
    ({"weekday": "1", "opens": "11:00", "closes": "13:00"}, "Vous recevez déjà le lundi de 9 h à 12 h"),
])
def test_hours_that_cannot_be_are_refused_with_the_cure_and_kept(
    room: Room, lemoine: Browser, fields: dict[str, str], answer: str
) -> None:
    before = slots(room)
    lemoine.go("/pro/horaires").submit("Publier ces heures", **SATURDAY | fields)
    assert lemoine.status == 422
    assert lemoine.sees(answer)
    assert lemoine.page.find(id="minutes")["value"] == (SATURDAY | fields)["minutes"]
    assert slots(room) == before


def test_hours_that_touch_are_no_overlap(room: Room, lemoine: Browser) -> None:
    lemoine.go("/pro/horaires").submit("Publier ces heures", weekday="1", opens="12:00", closes="13:00", minutes="20")
    assert lemoine.sees("Vous recevez maintenant le lundi de 12 h à 13 h")


def test_bookings_stay_when_their_hours_are_removed(room: Room, lemoine: Browser, marie: Browser, jean: Browser) -> None:
    monday = [slot for slot in slots(room) if slot.isoweekday() == 1]
    refs = [booked(room, seat, slot) for seat, slot in ((1, monday[0]), (2, monday[1]))]
    lemoine.go("/pro/horaires")
    form = next(one for one in lemoine.page.find_all("form") if str(one.get("action")).endswith("/1-09:00/retirer"))
    lemoine._send(form, str(form["action"]), {"csrf_token": form.find("input")["value"]})
    assert lemoine.sees("Vous ne recevez plus le lundi de 9 h à 12 h")
    assert lemoine.sees("2 rendez-vous restent pris sur ces heures")
    outside = text_of(lemoine.page.find(id="dehors").parent)
    assert all(name_of(room, seat).split()[0] in outside for seat in (1, 2))
    assert not any(slot.isoweekday() == 1 for slot in slots(room))
    with room.inside():
        assert all((told(ref).status, told(ref).held) == (Status.CONFIRMED, True) for ref in refs)
    assert marie.go(f"/agenda/{refs[0]}").sees("Confirmé")


def test_changed_hours_offer_nothing_that_overlaps_what_was_booked(room: Room, lemoine: Browser) -> None:
    monday = [slot for slot in slots(room) if slot.isoweekday() == 1 and slot.date() > clock.today()]
    booked(room, 1, monday[1])
    lemoine.go("/pro/horaires/1-09:00").submit("Enregistrer", minutes="30")
    assert lemoine.sees("C’est changé")
    free = [slot.time() for slot in slots(room) if slot.date() == monday[1].date()]
    assert time(9) not in free
    assert time(9, 30) not in free
    assert time(10) in free


def test_hours_removed_at_another_window_are_told_so(room: Room, lemoine: Browser) -> None:
    lemoine.go("/pro/horaires/1-09:00")
    with room.inside():
        doctor = room.user("dr-lemoine")
        openings.remove(doctor, openings.of(doctor)[0])
    lemoine.submit("Enregistrer", minutes="30")
    assert lemoine.sees("Ces horaires ne sont plus publiés")


def test_an_establishment_publishes_no_hours(room: Room) -> None:
    labo = room.professional("labo-horizon")
    assert "Mes horaires" not in labo.go("/pro/rendez-vous/").links()
    assert labo.go("/pro/horaires").status == 404


def test_hours_are_spoken_as_people_say_them() -> None:
    assert Hours(3, "09:05", "12:00", 20).words.replace("\u00a0", " ") == "le mercredi de 9 h 05 à 12 h"


def test_an_hour_outside_what_is_published_lasts_as_usual(room: Room) -> None:
    with room.inside():
        doctor = room.user("dr-haddad")
        tuesday = next(slot for slot in free_slots(doctor, clock.today()) if slot.isoweekday() == 2)
        assert openings.minutes_at(doctor, tuesday) == 30
        assert openings.minutes_at(doctor, tuesday + timedelta(hours=9)) == openings.USUAL
        with pytest.raises(Refused, match="dimanche"):
            openings.add(doctor, Hours(0, "09:00", "10:00", 20))
