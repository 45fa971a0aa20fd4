"""Somebody whose identity is proven, at the step where they choose their identifier and password."""

from __future__ import annotations

import re
from dataclasses import asdict

from sandbox import clock
from sandbox.account import life
from sandbox.account.place import HAND
from sandbox.enrolment.journey import KEPT, ME, PROVIDER, Journey
from sandbox.mailbox.service import inbox
from sandbox.workshops.starts import Start
from tests.browser import Browser, text_of
from tests.cast import Cast
from tests.chromium import Person
from tests.room import Room

IDENTIFIER, PASSWORD = "lavande.2026", "Tisane-verte-3"


def proven(room: Room, seat: int = 1, start: Start = Start.CREATED) -> Browser:
    """An identity provider has vouched for the person of this seat: what remains is theirs to choose."""
    with room.inside():
        life.put(room.record(seat), start)
        ref, world = room.record(seat).owner.ref, room.world().id
    person = Browser(room.app, f"place {seat}").go(f"/atelier/{room.code}")
    now = clock.real_now().timestamp()
    way = Journey(whom=ME, card=PROVIDER, person=ref, channel=PROVIDER, proven=True, seen=now, began=now, world=world)
    with person.client.session_transaction() as session:
        session[KEPT], session[HAND] = asdict(way), ref
    return person.go("/activation/identifiants")


def with_login(room: Room, seat: int = 1) -> Browser:
    """The same, at the terms."""
    person = proven(room, seat)
    return person.submit("Continuer", identifier=f"{IDENTIFIER}.{seat}", password=PASSWORD, again=PASSWORD)


def with_terms(room: Room, seat: int = 1) -> Browser:
    """The same, at the e-mail address."""
    return with_login(room, seat).submit("Continuer", accepted="y")


def with_email(room: Room, seat: int = 1) -> Browser:
    """The same, at the mobile."""
    person = with_terms(room, seat).submit("Recevoir un code")
    return person.submit("Valider", code=six_digits(person))


def six_digits(person: Browser, box: str = "") -> str:
    """The six digits of the newest message on the simulated phone: an e-mail must be opened. The page stays as it is."""
    phone = Browser(person.client.application, f"le téléphone de {person.name}")
    phone.client = person.client
    box = box or ("email" if "email" in person.path else "sms")
    phone.go(f"/telephone/?boite={box}")
    if box == "email":
        phone.go(str(phone.page.select_one(".phone-message a")["href"]))
    return "".join(text_of(phone.page.find(class_="code-figure")).split())


def newest_digits(room: Room, seat: int = 1) -> str:
    """The same for a real window, whose phone is for the person's eyes."""
    with room.inside():
        found = re.search(r"\b\d{6}\b", inbox(room.record(seat).owner, 1)[0].body)
    assert found is not None
    return found[0]


def another(code: str) -> str:
    """Six digits that are not these."""
    return "000000" if code != "000000" else "111111"


def at_a_phone(people: Cast, person: Browser) -> Person:
    """The same person, in real Chromium on a phone."""
    cookie = person.client.get_cookie("sandbox_learner")
    assert cookie is not None
    window = Person(people.window, people.address, person.name, phone=True)
    people.present.append(window)
    window.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": people.address}])
    return window
