"""The booking site: a real slot, cancelled, and lost to somebody quicker."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.agenda import service
from sandbox.agenda.models import Appointment, Origin, Status
from sandbox.db import db
from sandbox.errors import Refused
from tests.browser import Browser, form_values, text_of
from tests.room import Room


def slots_of(room: Room, slug: str) -> list[datetime]:
    with room.inside():
        return service.free_slots(room.user(slug), clock.today())


def confirmation(room: Room, browser: Browser, slot: datetime, slug: str = "dr-lemoine") -> Browser:
    """The person stands before the button that takes that slot."""
    with room.inside():
        ref = room.user(slug).ref
    return browser.go(f"/partenaires/rdv-valbrune/{ref}/confirmer?a={slot:%Y-%m-%dT%H:%M}")


def held(slot: datetime) -> int:
    """Only inside: how many hold that slot."""
    query = sa.select(sa.func.count(Appointment.id)).where(Appointment.starts_at == slot, Appointment.held)
    return db.session.scalar(query) or 0


def test_marie_books_with_her_doctor_and_finds_it_in_her_agenda(room: Room, marie: Browser) -> None:
    marie.go("/agenda/").click("Prendre un rendez-vous").click("Dr Claire Lemoine")
    marie.go(marie._absolute(marie.page.select_one(".choices-list a")["href"]))
    hour = text_of(marie.page.select_one(".choices-list a"))
    marie.click(hour).submit("Confirmer le rendez-vous", reason="Résultat de l’IRM")
    assert marie.heading == "Votre rendez-vous est confirmé"
    marie.click("Revenir à mon agenda").click("Consultation avec Dr Claire Lemoine")
    assert marie.sees("Résultat de l’IRM")
    with room.inside():
        mine = db.session.scalars(sa.select(Appointment).where(Appointment.held)).one()
        assert (mine.seat, mine.origin, mine.status) == (1, Origin.SYNCED, Status.CONFIRMED)


def test_marie_cancels_and_the_slot_is_free_again(room: Room, marie: Browser) -> None:
    slot = slots_of(room, "dr-lemoine")[0]
    confirmation(room, marie, slot).submit("Confirmer le rendez-vous")
    assert slot not in slots_of(room, "dr-lemoine")
    marie.go("/agenda/").click("Consultation avec Dr Claire Lemoine").submit("Oui, annuler ce rendez-vous")
    assert marie.sees("Le rendez-vous est annulé chez Rendez-vous Valbrune")
    assert marie.sees("Annulé")
    assert not marie.sees("Oui, annuler")
    assert slot in slots_of(room, "dr-lemoine")


@pytest.mark.practises("G07")
def test_a_slot_taken_a_second_earlier_is_refused_kindly_with_three_others(
    room: Room, marie: Browser, jean: Browser
) -> None:
    slot = slots_of(room, "dr-lemoine")[5]
    confirmation(room, marie, slot)
    confirmation(room, jean, slot).submit("Confirmer le rendez-vous")
    assert jean.heading == "Votre rendez-vous est confirmé"
    marie.submit("Confirmer le rendez-vous")
    assert marie.status == 409
    assert marie.heading == "Ce créneau vient d’être pris"
    offered = marie.page.select(".choices-list a")
    assert len(offered) == 3
    marie.go(marie._absolute(offered[0]["href"])).submit("Confirmer le rendez-vous")
    assert marie.heading == "Votre rendez-vous est confirmé"
    with room.inside():
        assert held(slot) == 1


@pytest.mark.practises("G07")
def test_of_two_people_in_the_same_second_exactly_one_gets_the_slot(room: Room, marie: Browser, jean: Browser) -> None:
    for slot in slots_of(room, "dr-lemoine")[:4]:
        ready = []
        for person in (marie, jean):
            form = confirmation(room, person, slot)._form_of("Confirmer")
            ready.append((person, str(form["action"]), form_values(form)))
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda each: each[0].client.post(each[1], data=each[2]).status_code, ready))
        assert sorted(answers) == [302, 409]
        with room.inside():
            assert held(slot) == 1


def test_the_store_itself_refuses_a_slot_held_twice(room: Room) -> None:
    slot = slots_of(room, "dr-lemoine")[0]
    with room.inside():
        doctor = room.user("dr-lemoine")
        service.book(room.user("place-1"), doctor, slot, "")
        with pytest.raises(service.SlotTaken):
            service.book(room.user("place-2"), doctor, slot, "")
        service.book(room.user("place-2"), doctor, service.nearest(doctor, slot)[0], "")
    with room.inside():
        assert held(slot) == 1


def test_only_openings_to_come_are_offered_and_never_a_sunday(room: Room) -> None:
    slots = slots_of(room, "dr-lemoine")
    assert slots == sorted(set(slots))
    assert slots[0] > clock.now()
    assert slots[-1] < clock.now() + timedelta(weeks=4, days=2)
    assert {slot.isoweekday() for slot in slots} == {1, 2, 3, 4, 5}
    assert {slot.hour for slot in slots if slot.isoweekday() == 1} <= {9, 10, 11}
    assert max(slot.strftime("%H:%M") for slot in slots if slot.isoweekday() == 2) == "17:40"


@pytest.mark.parametrize("hours", [-24 * 7, 24 * 7 * 20])
def test_a_slot_past_or_too_far_cannot_be_forged(room: Room, hours: int) -> None:
    forged = slots_of(room, "dr-lemoine")[0] + timedelta(hours=hours)
    with room.inside(), pytest.raises(Refused, match="n’est pas proposé"):
        service.book(room.user("place-1"), room.user("dr-lemoine"), forged, "")


def test_an_hour_outside_the_openings_is_refused(room: Room, marie: Browser) -> None:
    forged = slots_of(room, "dr-lemoine")[0].replace(hour=3)
    confirmation(room, marie, forged).submit("Confirmer le rendez-vous")
    assert marie.status == 422
    assert marie.sees("Ce créneau n’est pas proposé")
    with room.inside():
        assert held(forged) == 0


def test_addresses_that_are_nonsense_do_not_exist(room: Room, marie: Browser) -> None:
    with room.inside():
        doctor, pharmacist, other = (room.user(slug).ref for slug in ("dr-lemoine", "pharm-garnier", "place-2"))
    for path in (f"{doctor}/confirmer?a=demain", f"{doctor}/confirmer", pharmacist, other, "nexiste", f"confirme/{doctor}"):
        assert marie.go(f"/partenaires/rdv-valbrune/{path}").status == 404, path
    assert marie.go(f"/partenaires/rdv-valbrune/{doctor}?jour=2026-02-30").sees("Choisissez un jour")


def test_a_reason_too_long_is_refused_and_kept(room: Room, marie: Browser) -> None:
    confirmation(room, marie, slots_of(room, "dr-lemoine")[0]).submit("Confirmer le rendez-vous", reason="x" * 201)
    assert marie.status == 422
    assert marie.page.find(id="reason")["value"] == "x" * 201


def test_the_booking_site_looks_like_another_firms(marie: Browser) -> None:
    marie.go("/partenaires/rdv-valbrune")
    assert marie.page.html["data-audience"] == "partner"
    assert marie.sees("ceci est un autre site")


def test_eight_weeks_of_slots_cost_less_than_fifteen_milliseconds(room: Room) -> None:
    with room.inside():
        doctor = room.user("dr-lemoine")
        service.free_slots(doctor, clock.today(), timedelta(weeks=8))
        costs = []
        for _ in range(5):
            began = time.process_time()
            service.free_slots(doctor, clock.today(), timedelta(weeks=8))
            costs.append(time.process_time() - began)
    assert min(costs) < 0.015
