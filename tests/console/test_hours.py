"""Hours at which the workshop goes back to its start by itself: planned, told beforehand, done once, undone."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.cli_views import ticked
from sandbox.db import db, writing
from sandbox.documents.models import Document
from sandbox.workshops import returning
from sandbox.workshops.models import Workshop
from tests.browser import Browser
from tests.console.hours import Hours
from tests.console.test_points import masks
from tests.room import Room


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch, room: Room) -> Hours:
    found = Hours(monkeypatch)
    found.set(clock.at(clock.real_now().date(), 10, 12))
    room.renew()
    return found


def plans(samira: Browser, room: Room, hour: str, *days: str) -> Browser:
    return samira.go(f"/console/{room.code}/heures").submit("Ajouter", hour=hour, days=list(days or "1234567"))


@pytest.mark.practises("T15")
def test_between_two_groups_the_records_go_back_by_themselves_after_a_warning(room: Room, hours: Hours) -> None:
    samira, marie = room.trainer(), room.learner(1)
    assert plans(samira, room, "12:30").sees("Prochaine remise à zéro : à 12 h 30")
    assert samira.sees("Tous les jours à 12 h 30")
    plans(samira, room, "08:00")
    assert samira.go(f"/console/{room.code}").sees("Prochaine remise à zéro : à 12 h 30")
    masks(room, 1)
    assert not warned(marie.go("/documents/"))
    hours.set(clock.at(clock.real_now().date(), 12, 25))
    assert warned(marie.go("/documents/"))
    assert marie.sees("Les dossiers reviennent au début à 12 h 30")
    assert is_masked(room)
    hours.pass_(5)
    assert marie.go("/documents/").sees("remis les dossiers à leur point de départ")
    assert not warned(marie)
    assert not is_masked(room)
    assert samira.go(f"/console/{room.code}").sees("À l’heure prévue, tous les dossiers sont revenus")
    assert samira.sees("Prochaine remise à zéro : demain à 8 h")
    samira.submit("Annuler cette remise à zéro")
    assert is_masked(room)
    assert marie.go("/documents/").status == 200
    assert samira.go(f"/console/{room.code}/points").sees("Il n’y a plus rien à annuler.")  # its hour is over: not done again


def is_masked(room: Room) -> bool:
    """What Marie did before the hour."""
    with room.inside():
        mine = sa.select(Document).where(Document.record_id == room.record(1).id, Document.slug == "bilan-lipidique")
        return db.session.scalars(mine).one().is_masked


def warned(browser: Browser) -> bool:
    notice = browser.page.find(attrs={"data-behaviour": "soon"})
    return notice is not None and not notice.has_attr("hidden")


@pytest.mark.practises("T15")
def test_each_morning_once_even_after_nights_when_the_machine_slept(room: Room, hours: Hours) -> None:
    start = room.digest()
    samira = room.trainer()
    plans(samira, room, "8h00")
    masks(room, 1)
    hours.pass_(60 * 24 * 20)
    with room.app.app_context(), writing():
        ticked()
        db.session.remove()
    assert room.digest() == start
    samira.go(f"/console/{room.code}/points")
    assert len(samira.page.select("#annuler ~ ul > li")) == 1
    masks(room, 2)
    worked = room.digest()
    assert samira.go(f"/console/{room.code}").status == 200
    assert room.digest() == worked


def test_the_trainer_s_own_page_finds_it_too(room: Room, hours: Hours) -> None:
    start = room.digest()
    samira = room.trainer()
    plans(samira, room, "10:15")
    masks(room, 1)
    hours.pass_(10)
    assert samira.go(f"/console/{room.code}").sees("À l’heure prévue")
    assert room.digest() == start


def test_a_professional_who_comes_first_finds_the_new_records(room: Room, hours: Hours) -> None:
    start = room.digest()
    plans(room.trainer(), room, "10:15")
    masks(room, 1)
    doctor = room.professional("dr-lemoine")
    hours.pass_(10)
    assert doctor.go("/pro/").status == 200
    assert room.digest() == start


def test_an_hour_is_stopped_taken_up_and_removed(room: Room, hours: Hours) -> None:
    samira = room.trainer()
    plans(samira, room, "12:30")
    assert samira.submit("Arrêter").sees("Plus aucune remise à zéro n’est prévue")
    masks(room, 1)
    worked = room.digest()
    hours.pass_(60 * 5)
    samira.go(f"/console/{room.code}/heures")
    assert room.digest() == worked
    assert samira.submit("Reprendre").sees("Prochaine remise à zéro : demain à 12 h 30")
    assert samira.submit("Supprimer").sees("Rien n’est prévu")
    with room.app.app_context():
        assert db.session.get_one(Workshop, room.workshop_id).returns_at is None
        assert returning.hours_of(room.workshop_id) == []
        db.session.remove()


def test_days_are_told_as_one_says_them(room: Room, hours: Hours) -> None:
    samira = room.trainer()
    assert plans(samira, room, "08:00", "1", "2", "3", "4", "5").sees("Du lundi au vendredi à 8 h")
    assert plans(samira, room, "18:05", "1", "4").sees("Lundi et jeudi à 18 h 05")


def test_what_cannot_be_read_is_explained(room: Room, hours: Hours) -> None:
    samira = room.trainer()
    assert plans(samira, room, "25:00").status == 422
    assert samira.sees("Écrivez une heure")
    assert samira.go(f"/console/{room.code}/heures").submit("Ajouter", hour="8:00", days=[]).status == 422
    assert samira.sees("Cochez au moins un jour")


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "2147483648"])
def test_an_hour_that_does_not_exist_is_not_found(room: Room, hours: Hours, number: str) -> None:
    samira = room.trainer()
    token = samira.go(f"/console/{room.code}/heures").page.find("input", attrs={"name": "csrf_token"})["value"]
    for verb in ("supprimer", "arreter", "reprendre"):
        answer = samira.client.post(f"/console/{room.code}/heures/{number}/{verb}", data={"csrf_token": token})
        assert answer.status_code == 404
