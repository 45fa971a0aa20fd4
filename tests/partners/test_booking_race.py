"""Two people, one slot, the same second: the store decides, and whoever is late is offered the nearest free hours."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from sandbox import clock
from sandbox.agenda import managing, service, slots
from sandbox.agenda.managing import Gift
from sandbox.agenda.models import Appointment, Availability
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.errors import Refused
from tests.browser import Browser, form_values, text_of
from tests.partners.bookings import SLUG, held, known_at, one, page_of, slots_of, takes
from tests.room import Room, open_room

SEATS = 30


def same_second(people: list[tuple[Browser, str]]) -> list[int]:
    """Each presses the button of the page before them; what each is answered."""
    ready = [(who, str(form["action"]), form_values(form)) for who, button in people if (form := who._form_of(button))]
    with ThreadPoolExecutor(len(ready)) as pool:
        return list(pool.map(lambda each: each[0].client.post(each[1], data=each[2]).status_code, ready))


@pytest.mark.practises("G07")
def test_marie_loses_a_slot_by_a_second_and_takes_another_without_typing_again(room: Room, marie: Browser, jean: Browser) -> None:
    with room.inside():  # a second family doctor
        other = room.user("dr-perrin")
        other.professional.specialty = "Médecine générale"
        every_day = [Availability(professional=other, weekday=day, opens="08:00", closes="20:00", minutes=20) for day in range(7)]
        db.session.add_all(every_day)
    slot = slots_of(room)[5]
    known_at(room, marie).go(page_of(room, slot))
    takes(room, known_at(room, jean, seat=2), slot)
    marie.submit("Confirmer le rendez-vous", usual="Vaccin", reason="Contre la grippe")
    assert (marie.status, marie.heading) == (409, "Cet horaire vient d’être pris")
    assert [text_of(title).split("avec ")[1] for title in marie.page.find_all("h2")[-2:]] == ["Dr Claire Lemoine", "Dr Antoine Perrin"]
    nearest = [text_of(button) for button in marie.page.select(".choices-list button")]
    assert len(nearest) == 6
    marie.submit(nearest[0])
    assert marie.heading == "Confirmer le rendez-vous"
    assert (marie.page.find(id="reason")["value"], marie.page.select_one("input[checked]")["value"]) == ("Contre la grippe", "Vaccin")
    marie.submit("Confirmer le rendez-vous")
    assert marie.heading == "Votre rendez-vous est confirmé"
    with room.inside():
        assert held(slot) == 1
        assert one(marie.path.rsplit("/", 1)[1]).note == "Vaccin\u00a0: Contre la grippe"


def test_of_two_people_in_the_same_second_exactly_one_gets_the_slot(room: Room, marie: Browser, jean: Browser) -> None:
    for slot in slots_of(room)[:4]:
        people = [known_at(room, marie), known_at(room, jean, seat=2)]
        answers = same_second([(who.go(page_of(room, slot)), "Confirmer") for who in people])
        assert sorted(answers) == [302, 409]
        with room.inside():
            assert held(slot) == 1


def test_one_person_pressing_twice_in_the_same_second_has_one_appointment(room: Room, marie: Browser) -> None:
    slot = slots_of(room)[0]
    twin = known_at(room, room.learner(1))
    answers = same_second([(who.go(page_of(room, slot)), "Confirmer") for who in (known_at(room, marie), twin)])
    assert answers == [302, 302]
    with room.inside():
        assert held(slot) == 1


def test_moving_and_booking_in_the_same_second_leave_nobody_without(room: Room, marie: Browser, jean: Browser) -> None:
    free = slots_of(room)
    ref = takes(room, known_at(room, marie), free[0])
    marie.go(f"/partenaires/{SLUG}/mes-rendez-vous/{ref}/deplacer?a={free[3]:%Y-%m-%dT%H:%M}")
    known_at(room, jean, seat=2).go(page_of(room, free[3]))
    assert sorted(same_second([(marie, "Déplacer"), (jean, "Confirmer")])) == [302, 409]
    with room.inside():
        assert held(free[3]) == 1
        assert one(ref).held


def test_moving_and_the_professional_calling_off_in_the_same_second_both_get_an_answer(
    room: Room, marie: Browser, lemoine: Browser
) -> None:
    known_at(room, marie, Purpose.WRITE_AGENDA)
    for _ in range(3):
        free = slots_of(room)
        ref = takes(room, marie, free[0])
        marie.go(f"/partenaires/{SLUG}/mes-rendez-vous/{ref}/deplacer?a={free[3]:%Y-%m-%dT%H:%M}")
        answers = same_second([(marie, "Déplacer"), (lemoine.go(f"/pro/rendez-vous/{ref}"), "Oui, annuler")])
        assert answers == [302, 302]
        with room.inside():
            mine = one(ref)
            assert (mine.held, mine.status.value, held(free[0])) == (False, "cancelled", 0)


def test_a_professional_who_gives_the_hour_and_a_patient_who_books_it_do_not_both_have_it(room: Room, marie: Browser) -> None:
    slot = slots_of(room)[0]
    known_at(room, marie).go(page_of(room, slot))
    with room.inside():
        managing.give(room.user("dr-lemoine"), room.record(2), Gift("Contrôle", slot, 20))
    assert marie.submit("Confirmer le rendez-vous").status == 409
    with room.inside():
        assert held(slot) == 1


def test_the_store_itself_refuses_a_slot_held_twice(room: Room) -> None:
    slot = slots_of(room)[0]
    with room.inside():
        doctor, first, second = room.user("dr-lemoine"), room.record(1), room.record(2)
        service.book(first.owner, first, doctor, slot, "", service=SLUG)
        with pytest.raises(slots.SlotTaken):
            service.book(second.owner, second, doctor, slot, "", service=SLUG)
        with pytest.raises(slots.SlotTaken):
            slots.hold(Appointment(record=second, professional=doctor, title="De force", starts_at=slot, held=True))
        service.book(second.owner, second, doctor, slots.nearest(doctor, slot)[0], "", service=SLUG)
    with room.inside():
        assert held(slot) == 1


# --- a whole room -------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def hall(app: Flask) -> Room:
    return open_room(app, seats=SEATS, seed="trente")


def books_somehow(room: Room, seat: int) -> datetime:
    """The first hour of the morning; then the nearest that is left, as the page offers it."""
    for _ in range(SEATS):
        with room.inside():
            doctor, record = room.user("dr-lemoine"), room.record(seat)
            wanted = slots.free_slots(doctor, clock.today())[0]
            try:
                return service.book(record.owner, record, doctor, wanted, "", service=SLUG).starts_at
            except Refused:
                db.session.rollback()
    raise AssertionError(f"place {seat} n’a pas de rendez-vous")


def test_thirty_learners_booking_the_same_morning_all_end_with_an_appointment(hall: Room) -> None:
    hall.renew()
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda seat: books_somehow(hall, seat), range(1, SEATS + 1)))
    assert len(set(taken)) == SEATS
    with hall.inside():
        query = sa.select(Appointment.seat).where(Appointment.held)
        assert sorted(db.session.scalars(query)) == list(range(1, SEATS + 1))


def persists(room: Room, seat: int, slot: datetime) -> int:
    """By the pages: the button, and as often as it is too late, the first of the hours offered."""
    person = known_at(room, room.learner(seat), seat=seat).go(page_of(room, slot))
    for _ in range(12):
        if person.status == 409:
            person.submit(text_of(person.page.select_one(".choices-list button")))
        if person.heading == "Confirmer le rendez-vous":
            person.submit("Confirmer le rendez-vous")
        if person.heading == "Votre rendez-vous est confirmé":
            return 1
    return 0


def test_eight_at_their_pages_all_end_with_an_appointment(hall: Room) -> None:
    hall.renew()
    slot = slots_of(hall)[0]
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda seat: persists(hall, seat, slot), range(1, 9))) == 8
    with hall.inside():
        assert db.session.scalar(sa.select(sa.func.count(Appointment.id)).where(Appointment.held)) == 8
