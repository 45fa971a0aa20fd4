"""The room shuts while people are at every stage of coming in: none of them enters, whichever way they had taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox import clock
from sandbox.account import life
from sandbox.account.models import Device
from sandbox.db import db
from sandbox.workshops.starts import Start
from tests.account.at_the_door import allow_quick_entry, code_on_the_phone, give_password, shut
from tests.browser import Browser, form_values
from tests.enrolment.proven import six_digits, with_email
from tests.leaving.people import code_received
from tests.partners.test_identity import answers_without_going, recognised
from tests.room import Room

Way = Callable[[], object]


def sends(person: Browser, button: str, **typed: str) -> Way:
    """The form is there, ready to be sent; it will be when the room is shut."""
    form = person._form_of(button)
    action, values = str(form.get("action") or person.path), form_values(form) | typed
    return lambda: person.client.post(action, data=values)


def by_code(room: Room) -> tuple[Browser, Way]:
    person = give_password(room)
    return person, sends(person, "Valider", code=code_on_the_phone(person))


def by_device(room: Room) -> tuple[Browser, Way]:
    with room.inside():
        db.session.add(Device(user=room.record(1).owner, name="Téléphone", paired_at=clock.now()))
    person = give_password(room).go("/connexion/appareil")
    yes = person.page.find("button", attrs={"value": "yes"})
    return person, sends(person, yes.get_text(strip=True), answer="yes")


def by_provider(room: Room) -> tuple[Browser, Way]:
    person = recognised(room)
    back = answers_without_going(person)
    return person, lambda: person.client.get(back)


def by_activation(room: Room) -> tuple[Browser, Way]:
    person = with_email(room).submit("Recevoir un code")
    return person, sends(person, "Valider", code=six_digits(person))


def by_reopening(room: Room) -> tuple[Browser, Way]:
    with room.inside():
        life.put(room.record(1), Start.CLOSED)
    person = Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}").submit("Rouvrir mon espace")
    return person, sends(person, "Rouvrir mon espace", code=code_received(room))


def by_card(room: Room) -> tuple[Browser, Way]:
    allow_quick_entry(room)
    person = Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}")
    token = str(person.page.find("input", attrs={"name": "csrf_token"})["value"])
    return person, lambda: person.client.post(person.path, data={"csrf_token": token})


WAYS = [by_code, by_device, by_provider, by_activation, by_reopening, by_card]


@pytest.mark.parametrize("way", WAYS)
def test_nobody_enters_a_shut_room(room: Room, way: Callable[[Room], tuple[Browser, Way]]) -> None:
    person, enters = way(room)
    shut(room)
    enters()
    person.go("/documents/")
    assert person.path == f"/atelier/{room.code}"


@pytest.mark.parametrize("way", WAYS)
def test_each_of_these_ways_leads_in_while_it_is_open(room: Room, way: Callable[[Room], tuple[Browser, Way]]) -> None:
    person, enters = way(room)
    enters()
    assert person.go("/documents/").path == "/documents/"
