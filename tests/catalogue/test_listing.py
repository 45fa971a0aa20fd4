"""Every ninety days, one e-mail lists what is synchronised (reference §1.9)."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from sandbox.account.models import Life
from sandbox.acts import SpaceReopened, publish
from sandbox.catalogue import pairing, service
from sandbox.db import db
from sandbox.journal.models import Entry
from sandbox.mailbox.models import Mail
from sandbox.notifications import service as notifications
from sandbox.notifications.preferences import OFFERED
from tests.account.at_the_door import later
from tests.browser import Browser
from tests.family.test_profiles import child
from tests.partners.pairing import tied
from tests.room import Room

SUBJECT = "Les services synchronisés avec votre espace"


def mails(room: Room, seat: int = 1) -> list[Mail]:
    with room.inside():
        query = sa.select(Mail).where(Mail.seat == seat, Mail.subject.startswith("Les services synchronisés")).order_by(Mail.id)
        return list(db.session.scalars(query))


def lists(room: Room, seat: int = 1) -> list[str]:
    with room.inside():
        query = sa.select(Entry.phrase).where(Entry.seat == seat, Entry.act == "ServicesListed").order_by(Entry.id)
        return list(db.session.scalars(query))


def after(room: Room, person: Browser, days: float) -> Browser:
    """Time passes, and somebody asks for a page."""
    later(room, timedelta(days=days))
    return person.go("/")


def alone(room: Room, *slugs: str, seat: int = 1) -> None:
    """What the pack tells as synchronised is taken away; these are tied now."""
    with room.inside():
        for tie in pairing.of(room.record(seat)):
            pairing.end(room.record(seat).owner, tie, tie.service)
    for slug in slugs:
        tied(room, seat, slug)


def test_the_list_comes_on_the_ninetieth_day_and_not_before(room: Room, marie: Browser) -> None:
    alone(room, "glyco-suivi")
    after(room, marie, 89.9)
    assert mails(room) == []
    after(room, marie, 0.2)
    assert [mail.subject for mail in mails(room)] == [SUBJECT]
    assert marie.go("/notifications/").sees("Envoi de la liste des services synchronisés")


def test_it_names_every_service_once_and_says_nothing_of_what_they_read(room: Room, marie: Browser) -> None:
    alone(room, "glyco-suivi")
    after(room, marie, 30)
    tied(room, 1, "rdv-valbrune")
    after(room, marie, 61)
    body = mails(room)[0].body
    assert "Glyco Suivi et Rendez-vous Valbrune" in body
    for hint in ("glyc\u00e9mie", "mesure", "diab\u00e8te", "document"):
        assert hint not in body
    after(room, marie, 40)
    assert len(mails(room)) == 1  # the younger service was in the list: its ninety days begin again


def test_a_year_at_once_tells_once(room: Room, marie: Browser) -> None:
    alone(room, "glyco-suivi")
    after(room, marie, 365)
    assert (len(mails(room)), len(lists(room))) == (1, 1)
    after(room, marie, 89)
    assert len(mails(room)) == 1
    after(room, marie, 1.1)
    assert len(mails(room)) == 2


def test_what_the_pack_tells_is_listed_too(room: Room, marie: Browser) -> None:
    after(room, marie, 8)
    assert "Carnet Tension Mirelle" in mails(room)[0].body


def test_nothing_synchronised_nothing_told(room: Room, marie: Browser) -> None:
    alone(room)
    after(room, marie, 400)
    assert (mails(room), lists(room)) == ([], [])


def test_untied_before_the_day_is_not_listed(room: Room, marie: Browser) -> None:
    alone(room, "glyco-suivi", "rdv-valbrune")
    later(room, timedelta(days=50))
    with room.inside():
        tie = pairing.with_service(room.record(1), "glyco-suivi")
        assert tie is not None
        pairing.end(room.record(1).owner, tie, "Glyco Suivi")
    after(room, marie, 41)
    assert "Glyco" not in mails(room)[0].body


def test_whoever_muted_it_reads_it_in_the_history_alone(room: Room, marie: Browser) -> None:
    alone(room, "glyco-suivi")
    with room.inside():
        record = room.record(1)
        notifications.choose(record.owner, record, [one for one in OFFERED if one != "services:email"])
    after(room, marie, 91)
    assert (mails(room), len(lists(room))) == ([], 1)
    assert marie.go("/historique/?onglet=systeme").sees("Envoi de la liste des services synchronisés")


def test_a_closed_space_is_told_when_it_opens_again(room: Room, marie: Browser, jean: Browser) -> None:
    alone(room, "glyco-suivi")
    with room.inside():
        room.record(1).life = Life.CLOSED
    after(room, jean, 120)
    assert lists(room) == []
    with room.inside():
        room.record(1).life = Life.ACTIVE
        publish(SpaceReopened(actor=room.record(1).owner, record=room.record(1)))
    after(room, jean, 0)
    assert len(lists(room)) == 1


def test_a_parent_is_told_whose_services_they_are(room: Room, marie: Browser) -> None:
    with room.inside():
        record = child(room, 1)
        name, sheet = record.first_name, service.find("rappel-vaccins", record)
        assert sheet is not None
        pairing.agree(record.keepers[0], record, sheet, list(sheet.purposes))
    after(room, marie, 91)
    told = [mail for mail in mails(room) if name in mail.subject]
    assert len(told) == 1
    assert (told[0].link, "Rappel Vaccins" in told[0].body) == ("/", True)
    assert told[0].subject != SUBJECT


def test_each_seat_has_its_own_list(room: Room, marie: Browser, jean: Browser) -> None:
    alone(room, "glyco-suivi")
    alone(room, "rdv-valbrune", seat=2)
    after(room, jean, 91)
    assert ("Glyco" in mails(room)[0].body, "Rendez-vous" in mails(room)[0].body) == (True, False)
    assert "Rendez-vous Valbrune" in mails(room, 2)[0].body
