"""Reminders: added, changed, deleted, put back; ten a day at most; those of a service are only read."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.agenda.models import Appointment, Reminder
from sandbox.db import db
from sandbox.mailbox.models import Mail
from tests.agenda.noted import csrf, how_many, in_days, noted, part, ref_of, told, typed, wished
from tests.browser import Browser
from tests.room import Room

PLATE = {"title": "Ramener le plateau", "note": "À l’accueil", "eve": "veille"}


def wish(days: int = 6, **other: str) -> dict[str, str]:
    """What Marie types to add a reminder."""
    return PLATE | {"day": in_days(days).isoformat()} | other


def add(browser: Browser, **fields: str) -> Browser:
    return browser.go("/agenda/rappels/ajouter").submit("Enregistrer", **fields)


def days_pass(room: Room, days: int, hour: int) -> None:
    with room.inside():
        room.world().shift_seconds += int((clock.at(in_days(days), hour, 1) - clock.now()).total_seconds())


@pytest.mark.practises("G02")
def test_marie_keeps_her_agenda_and_is_told_the_day_before(room: Room, marie: Browser) -> None:
    marie.go("/agenda/").click("Noter un rendez-vous").submit("Enregistrer", **typed(6))
    marie.click("Modifier").submit("Enregistrer", hour="15:00")
    assert marie.sees("15 h")
    marie.go("/agenda/").click("Ajouter un rappel").submit("Enregistrer", **wish(6))
    marie.click("Modifier").submit("Enregistrer", title="Ramener le plateau du repas")
    assert marie.heading == "Ramener le plateau du repas"
    add(marie, **wish(6, title="De trop")).submit("Oui, supprimer ce rappel")
    wished_before = how_many(room, Reminder, due_on=in_days(6))
    for number in range(10 - wished_before):
        wished(room, in_days(6), f"Rappel {number}")
    assert add(marie, **wish(6, title="Le onzième")).sees("Il y a déjà dix rappels")
    noted(room, clock.at(in_days(6), 17), "Kiné")
    assert marie.go("/agenda/ajouter").submit("Enregistrer", **typed(6, hour="17:10")).sees("Vous avez déjà « Kiné »")
    marie.go("/agenda/").click("Kiné").submit("Oui, supprimer de mon agenda")
    days_pass(room, 5, 9)
    marie.go("/notifications/")
    assert marie.sees("Rappel : Dentiste, demain à 15 h")
    assert marie.sees("Rappel : Ramener le plateau du repas, demain")
    assert not marie.sees("De trop")
    assert not marie.sees("Kiné")
    assert marie.click("Ramener le plateau du repas").path.startswith("/agenda/rappels/")
    with room.inside():
        mails = sa.select(sa.func.count(Mail.id)).where(Mail.seat == 1, Mail.subject.like("Un rappel vous attend%"))
        assert db.session.scalar(mails) == 11


def test_marie_adds_changes_deletes_and_puts_back_a_reminder(room: Room, marie: Browser) -> None:
    add(marie, **wish())
    ref = ref_of(marie)
    assert all(marie.sees(words) for words in (PLATE["title"], PLATE["note"], "Message de rappel", "à 9 h"))
    marie.click("Modifier").submit("Enregistrer", title="Rendre le plateau", eve="jour", note="Avant midi")
    assert all(marie.sees(words) for words in ("Rendre le plateau", "Avant midi", "à 8 h"))
    marie.submit("Oui, supprimer ce rappel")
    assert "Rendre le plateau" not in part(marie, "a-venir")
    assert marie.client.get(f"/agenda/rappels/{ref}").status_code == 404
    marie.submit("Annuler la suppression")
    assert (marie.path, marie.heading) == (f"/agenda/rappels/{ref}", "Rendre le plateau")
    assert marie.sees("Avant midi")
    with room.inside():
        assert told(Reminder, ref).eve is False


@pytest.mark.parametrize(("wrong", "said"), [
    ({"day": "2024-02-01"}, "déjà passé"),
    ({"day": "2027-02-30"}, "Cette date n’existe pas"),
    ({"day": "9999-12-31"}, "trop loin"),
    ({"day": ""}, "Choisissez le jour"),
    ({"title": "  "}, "Écrivez ce que vous voulez vous rappeler"),
    ({"title": "x" * 101}, "100 signes au plus"),
    ({"note": "x" * 1001}, "1 000 signes au plus"),
])
def test_what_cannot_be_is_refused_with_its_cure_and_kept(
    room: Room, marie: Browser, wrong: dict[str, str], said: str
) -> None:
    sent = wish(eve="jour") | wrong
    before = how_many(room, Reminder)
    assert add(marie, **sent).status == 422
    assert marie.sees(said)
    assert marie.page.find(id="title")["value"] == sent["title"]
    assert marie.page.find(id="note").get_text().strip() == sent["note"]
    assert marie.page.find("input", attrs={"name": "eve", "checked": True})["value"] == "jour"
    assert how_many(room, Reminder) == before


def test_a_day_holds_ten_reminders_and_not_one_more(room: Room, marie: Browser) -> None:
    refs = [wished(room, in_days(8), f"Rappel {number}") for number in range(10)]
    assert add(marie, **wish(8)).status == 422
    assert marie.sees("Il y a déjà dix rappels pour le")
    assert marie.sees("Choisissez un autre jour, ou supprimez d’abord un rappel de ce jour")
    assert marie.page.find(id="title")["value"] == PLATE["title"]
    assert marie.submit("Enregistrer", day=in_days(9).isoformat()).heading == PLATE["title"]
    assert marie.click("Modifier").submit("Enregistrer", day=in_days(8).isoformat()).sees("Il y a déjà dix rappels")
    assert marie.go(f"/agenda/rappels/{refs[0]}/modifier").submit("Enregistrer", title="Le même jour").heading == "Le même jour"
    assert how_many(room, Reminder, due_on=in_days(8)) == 10


def test_a_reminder_does_not_come_back_into_a_day_that_is_full(room: Room, marie: Browser) -> None:
    add(marie, **wish(8)).submit("Oui, supprimer ce rappel")
    refs = [wished(room, in_days(8), f"Rappel {number}") for number in range(10)]
    assert marie.submit("Annuler la suppression").sees("Il y a déjà dix rappels")
    with room.inside():
        told(Reminder, refs[0]).due_on += timedelta(days=1)
    assert marie.submit("Annuler la suppression").heading == PLATE["title"]


def test_somebody_elses_reminders_do_not_count(room: Room, jean: Browser) -> None:
    for number in range(10):
        wished(room, in_days(8), f"Rappel {number}")
    assert add(jean, **wish(8)).heading == PLATE["title"]


@pytest.mark.parametrize(("days", "eve", "late"), [(0, "veille", True), (0, "jour", True), (1, "jour", False), (2, "veille", False)])
def test_who_will_not_be_told_any_more_is_warned(room: Room, marie: Browser, days: int, eve: str, late: bool) -> None:
    days_pass(room, 1, 10)
    with room.inside():
        day = in_days(days).isoformat()
    assert add(marie, **wish() | {"day": day, "eve": eve}).status == 200
    assert marie.sees("Le moment de vous prévenir est déjà passé") is late
    assert marie.sees("Message de rappel") is not late


def test_what_a_service_wrote_is_only_read(room: Room, marie: Browser) -> None:
    ref = wished(room, in_days(6), "Rappel de vaccin")
    with room.inside():
        told(Reminder, ref).service = "rappel-vaccins"
    marie.go("/agenda/").click("Rappel de vaccin")
    assert marie.sees("Vous ne pouvez pas changer ce rappel ici")
    assert marie.sees("Inscrit par")
    assert "Modifier" not in marie.links()
    assert marie.go(f"/agenda/rappels/{ref}/modifier").status == 404
    marie.go("/agenda/rappels/ajouter")._send(marie.page.select_one("main form"), f"/agenda/rappels/{ref}/supprimer", csrf(marie))
    assert marie.status == 404
    with room.inside():
        assert told(Reminder, ref)


def test_a_reminder_deleted_twice_says_that_it_is_done(marie: Browser) -> None:
    add(marie, **wish())
    ref = ref_of(marie)
    marie.submit("Oui, supprimer ce rappel")
    marie.go("/agenda/rappels/ajouter")._send(marie.page.select_one("main form"), f"/agenda/rappels/{ref}/supprimer", csrf(marie))
    assert marie.sees("C’est déjà supprimé")
    assert marie.client.get("/agenda/rappels/nexiste").status_code == 404


def test_the_page_of_a_reminder_comes_again_alone_when_it_changes(room: Room, marie: Browser) -> None:
    ref = wished(room, in_days(6))
    live = marie.go(f"/agenda/rappels/{ref}").page.find(attrs={"data-topics": "agenda"})["data-fragment"]
    answer = marie.client.get(live)
    assert answer.status_code == 200
    assert "<h1" not in answer.text
    assert marie.client.get(live, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_appointments_and_reminders_of_one_day_do_not_hinder_each_other(room: Room, marie: Browser) -> None:
    for number in range(10):
        wished(room, in_days(6), f"Rappel {number}")
    assert marie.go("/agenda/ajouter").submit("Enregistrer", **typed(6)).heading == "Dentiste"
    assert how_many(room, Appointment, title="Dentiste") == 1
