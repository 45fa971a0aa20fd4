"""The agenda in another calendar: a copy, or an address that is read without signing in until it is shut."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from ical.calendar_stream import IcsCalendarStream
from werkzeug.test import TestResponse

from sandbox import clock
from sandbox.account import life
from sandbox.account.models import Life, Record
from sandbox.agenda import calendar, own
from sandbox.agenda.models import CalendarLink
from sandbox.agenda.own import Details
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.family.models import Delegation
from sandbox.journal.models import Entry
from tests.browser import Browser, text_of
from tests.family.test_profiles import child
from tests.room import Room, open_room

HOME = "/agenda/autre-calendrier/"
TYPE = "text/calendar; charset=utf-8"


def subscribed(browser: Browser, name: str = "Mon téléphone") -> str:
    """By the pages: the path of the address that was made."""
    browser.go(HOME).click("Créer une adresse").submit("Créer l’adresse", name=name)
    return urlsplit(text_of(browser.page.find(id="adresse"))).path


def titles(response: TestResponse) -> set[str]:
    """What an independent parser, which is strict, reads there."""
    assert response.status_code == 200
    return {str(event.summary) for event in IcsCalendarStream.calendar_from_ics(response.text).events}


def noted(room: Room, title: str, seat: int = 1) -> None:
    with room.inside():
        record = room.record(seat)
        own.add(record.owner, record, Details(title, clock.at(clock.today() + timedelta(days=40), 9)))


def acts(room: Room) -> list[str]:
    with room.inside():
        query = sa.select(Entry.act).where(Entry.act.startswith("Calendar"), Entry.seat == 1)
        return list(db.session.scalars(query.order_by(Entry.id)))


def link_of(room: Room, name: str = "Mon téléphone") -> CalendarLink:
    """Only inside."""
    return db.session.scalars(sa.select(CalendarLink).where(CalendarLink.name == name)).one()


@pytest.fixture
def phone(app: Flask) -> FlaskClient:
    """A calendar far away, which is nobody here."""
    return app.test_client()


@pytest.mark.practises("G06")
def test_marie_takes_a_copy_then_has_her_phone_follow_her_agenda_then_stops_it(room: Room, marie: Browser, phone: FlaskClient) -> None:
    marie.go("/agenda/").click("Mettre mon agenda dans un autre calendrier").submit("Oui, télécharger une copie")
    assert marie.response is not None
    assert marie.response.headers["Content-Disposition"] == "attachment; filename=agenda-entrainement.ics"
    copy = titles(marie.response)
    assert "IRM du genou droit" in copy
    address = subscribed(marie)
    assert marie.sees("Cette adresse ouvre tout l’agenda")
    assert titles(phone.get(address)) == copy
    day = (clock.today() + timedelta(days=40)).isoformat()
    marie.go("/agenda/ajouter").submit("Enregistrer", title="Podologue, 2e étage", day=day, hour="14:30")
    assert titles(phone.get(address)) == copy | {"Podologue, 2e étage"}
    marie.go(HOME).click("Mon téléphone")
    assert marie.sees("Dernière lecture")
    assert not marie.sees("aucune pour l’instant")
    assert marie.submit("Oui, fermer cette adresse").sees("L’adresse « Mon téléphone » est fermée")
    gone = phone.get(address)
    assert (gone.status_code, gone.content_type) == (410, "text/plain; charset=utf-8")
    assert "Cette adresse a été fermée par la personne" in gone.text
    assert acts(room) == ["CalendarDownloaded", "CalendarShared", "CalendarRevoked"]


# --- the pages ----------------------------------------------------------------------------------------

def test_the_pages_say_what_a_copy_is_and_whom_an_address_serves(marie: Browser) -> None:
    marie.go(HOME)
    assert marie.heading == "Mettre mon agenda dans un autre calendrier"
    assert marie.sees("La copie ne suit pas")
    assert marie.sees("Sur un ordinateur partagé, supprimez-le avant de partir")
    marie.click("Créer une adresse")
    assert marie.sees("sans mot de passe")


def test_an_address_has_a_secret_that_nobody_guesses(room: Room, marie: Browser, jean: Browser) -> None:
    first, second = subscribed(marie), subscribed(jean)
    assert first != second
    for path in (first, second):
        assert re.fullmatch(rf"/agenda-abonne/{room.code}/[a-z0-9]{{40}}\.ics", path)
    assert marie.page.select_one("[data-copy]")["data-copy"].endswith(first)


@pytest.mark.parametrize(("name", "cure"), [
    ("", "Écrivez où vous allez vous en servir"), ("   ", "Écrivez où vous allez vous en servir"), ("x" * 61, "Raccourcissez ce nom"),
    ("06 12 34 56 78", "pourrait être celui d’une vraie personne"),
])
def test_a_bad_name_is_explained_and_makes_nothing(room: Room, marie: Browser, name: str, cure: str) -> None:
    marie.go(f"{HOME}nouvelle").submit("Créer l’adresse", name=name)
    assert marie.status == 422
    assert marie.sees(cure)
    assert marie.page.find("input", attrs={"name": "name"})["value"] == name
    assert acts(room) == []


def test_five_addresses_are_the_most_and_closing_one_leaves_room(room: Room, marie: Browser) -> None:
    marie.go(f"{HOME}nouvelle")
    page = marie.page
    for number in range(calendar.MOST):
        subscribed(marie, f"Appareil {number}")
    assert marie.go(HOME).sees("Vous avez déjà cinq adresses")
    assert "Créer une adresse" not in marie.links()
    marie.page, marie.path = page, f"{HOME}nouvelle"  # a page opened before
    marie.submit("Créer l’adresse", name="Une de trop")
    assert marie.status == 422
    assert marie.sees("Fermez d’abord celle qui ne sert plus")
    marie.go(HOME).click("Appareil 2").submit("Oui, fermer cette adresse")
    assert [name for name in marie.links() if name.startswith("Appareil")] == [f"Appareil {n}" for n in (4, 3, 1, 0)]
    subscribed(marie, "Appareil 6")


def test_an_address_already_shut_at_another_window_is_shut_once(room: Room, marie: Browser) -> None:
    subscribed(marie)
    page, path = marie.page, marie.path
    marie.submit("Oui, fermer cette adresse")
    marie.page, marie.path = page, path
    assert marie.submit("Oui, fermer cette adresse").sees("est fermée")
    assert marie.go(path).sees("Cette adresse est fermée")
    assert acts(room).count("CalendarRevoked") == 1


def test_a_reset_between_the_page_and_the_press_does_nothing(room: Room, marie: Browser) -> None:
    subscribed(marie)
    shown, path = marie.page, marie.path
    marie.go(f"{HOME}nouvelle")
    room.renew()
    marie.submit("Créer l’adresse", name="Après coup")
    assert marie.status == 409
    marie.page, marie.path = shown, path
    assert marie.submit("Oui, fermer cette adresse").status == 409
    assert acts(room) == []


def test_somebody_elses_address_does_not_exist(room: Room, marie: Browser, jean: Browser) -> None:
    subscribed(marie)
    shown = marie.path
    assert jean.go(shown).status == 404
    jean.page, jean.path = marie.page, shown
    token = subscribed(jean) and jean.page.find("input", attrs={"name": "csrf_token"})["value"]
    assert jean.client.post(f"{shown}/fermer", data={"csrf_token": token}).status_code == 404
    with room.inside():
        assert db.session.scalars(sa.select(CalendarLink).where(CalendarLink.seat == 1)).one().revoked_at is None


def test_a_parent_shares_the_agenda_of_the_child_whose_profile_is_open(room: Room, marie: Browser, phone: FlaskClient) -> None:
    with room.inside():
        child = db.session.scalars(sa.select(Record).where(Record.seat == 1, Record.owner_id != room.record(1).owner_id)).first()
        assert child is not None
        name, ref = child.first_name, child.ref
        own.add(room.record(1).owner, child, Details("Pédiatre", clock.at(clock.today() + timedelta(days=9), 9)))
    marie.go("/profils/")
    token = marie.page.find("input", attrs={"name": "csrf_token"})["value"]
    marie.client.post(f"/profils/{ref}/ouvrir", data={"csrf_token": token})
    address = subscribed(marie)
    assert "Pédiatre" in titles(phone.get(address))
    assert "IRM du genou droit" not in titles(phone.get(address))
    assert marie.go(HOME).heading == "Mettre cet agenda dans un autre calendrier"
    assert marie.sees(name)


# --- the address --------------------------------------------------------------------------------------

def test_a_calendar_that_has_it_already_is_not_sent_it_again(room: Room, marie: Browser, phone: FlaskClient) -> None:
    address = subscribed(marie)
    first = phone.get(address)
    again = phone.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, first.content_type, again.status_code, again.data) == (200, TYPE, 304, b"")
    noted(room, "Podologue")
    after = phone.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert "Podologue" in titles(after)
    assert after.headers["ETag"] != first.headers["ETag"]


def test_it_reads_no_cookie_and_sets_none(room: Room, marie: Browser, jean: Browser, phone: FlaskClient) -> None:
    address = subscribed(marie)
    room_of_jean = jean.client.get(address)
    assert titles(room_of_jean) == titles(phone.get(address))
    for client in (phone, jean.client):
        for path in (address, address.replace(".ics", "x.ics")):
            headers = client.get(path).headers
            assert "Set-Cookie" not in headers
            assert headers["Cache-Control"].startswith("private")
    assert phone.post(address).status_code == 405


def test_the_last_reading_is_noted_at_most_each_minute(room: Room, marie: Browser, phone: FlaskClient) -> None:
    address = subscribed(marie)
    assert marie.go(HOME).sees("Pas encore lue par un calendrier")
    phone.get(address)
    with room.inside():
        first = link_of(room).read_at
        assert first is not None
    phone.get(address)
    with room.inside():
        assert link_of(room).read_at == first
        room.world().shift_seconds += 120
    phone.get(address)
    with room.inside():
        assert link_of(room).read_at > first
    assert marie.go(HOME).sees("Lue pour la dernière fois le")


def test_nonsense_leads_nowhere_and_says_nothing(room: Room, marie: Browser, phone: FlaskClient) -> None:
    secret = subscribed(marie).rpartition("/")[2]
    for path in (
        f"/agenda-abonne/{room.code}/{'a' * 40}.ics", f"/agenda-abonne/NIMPOR/{secret}", f"/agenda-abonne/{room.code}/x.ics",
        f"/agenda-abonne/%00/{secret}", f"/agenda-abonne/{room.code}/%00.ics", f"/agenda-abonne/{room.code}/{'é' * 40}.ics",
    ):
        answer = phone.get(path)
        assert (answer.status_code, answer.content_type) == (404, "text/plain; charset=utf-8"), path
        assert answer.text.startswith("Cette adresse ne mène à aucun agenda."), path


def test_after_a_reset_the_address_of_before_leads_nowhere(room: Room, marie: Browser, phone: FlaskClient) -> None:
    address = subscribed(marie)
    room.renew()
    assert phone.get(address).status_code == 404
    with room.inside():
        assert db.session.scalars(sa.select(CalendarLink)).all() == []


def test_in_another_workshop_the_secret_is_worth_nothing(app: Flask, room: Room, marie: Browser, phone: FlaskClient) -> None:
    address = subscribed(marie)
    other = open_room(app, seats=1, seed="autre")
    assert phone.get(address.replace(room.code, other.code)).status_code == 404
    assert phone.get(address.replace(room.code, room.code.lower())).status_code == 200


def test_a_space_that_is_closed_is_read_by_no_calendar_and_not_after_it_opens_again(room: Room, marie: Browser, phone: FlaskClient) -> None:
    address = subscribed(marie)
    with room.inside():
        life.close(room.record(1).owner, room.record(1), erase=False)
    assert phone.get(address).status_code == 410
    with room.inside():
        room.record(1).life = Life.ACTIVE
    assert phone.get(address).status_code == 410


@pytest.mark.parametrize("state", [Life.CLOSED, Life.OPPOSED, Life.CREATED])
def test_a_space_that_is_not_active_is_not_read(room: Room, marie: Browser, phone: FlaskClient, state: Life) -> None:
    address = subscribed(marie)
    with room.inside():
        room.record(1).life = state
    assert phone.get(address).status_code == 410


def test_who_may_no_longer_open_a_profile_reads_its_agenda_no_more(room: Room, marie: Browser, phone: FlaskClient) -> None:
    marie.go("/profils/").submit("Ouvrir le profil de")
    address = subscribed(marie)
    assert phone.get(address).status_code == 200
    with room.inside():
        db.session.execute(sa.delete(Delegation).where(Delegation.record_id == child(room, 1).id))
    assert phone.get(address).status_code == 410


def test_a_secret_is_in_no_snapshot(room: Room, marie: Browser) -> None:
    assert not CalendarLink.kept_in_snapshots
    before = room.digest()
    subscribed(marie)
    with room.inside():
        db.session.execute(sa.delete(Entry).where(Entry.act == "CalendarShared"))
    assert room.digest() == before


def test_of_two_that_ask_at_once_none_gets_a_sixth(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        for number in range(calendar.MOST):
            calendar.share(record.owner, record, f"Appareil {number}")
        with pytest.raises(Refused, match="cinq adresses"):
            calendar.share(record.owner, record, "Une de trop")
        assert len(calendar.links(record)) == calendar.MOST
