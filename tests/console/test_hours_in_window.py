"""The hour of going back, on pages that stay open in a real window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sandbox import clock
from sandbox.db import db, writing
from sandbox.workshops import returning
from sandbox.workshops.models import Workshop
from tests.cast import Cast
from tests.room import Room

pytestmark = pytest.mark.browser


def goes_back_in(room: Room, seconds: int) -> None:
    with room.app.app_context(), writing():
        at = clock.later(clock.real_now(), timedelta(seconds=seconds))
        db.session.get_one(Workshop, room.workshop_id).returns_at = at
        db.session.commit()
        db.session.remove()


def test_an_open_page_says_by_itself_five_minutes_before(people: Cast, room: Room) -> None:
    marie = people.learner(1, phone=True)
    goes_back_in(room, int(returning.WARNING.total_seconds()) + 5)
    marie.page.goto("/documents/")
    notice = marie.page.locator("[data-behaviour=soon]")
    expect(notice).to_be_hidden()
    expect(notice).to_be_visible(timeout=20_000)
    expect(notice).to_contain_text("Les dossiers reviennent au début à")
    marie.look()


def test_the_trainer_plans_freezes_and_goes_back_on_pages_that_are_well_made(people: Cast, room: Room) -> None:
    samira = people.trainer().go(f"/console/{room.code}/heures")
    samira.write("À quelle heure", "08:00").press("Ajouter").sees("Du lundi au vendredi à 8")
    samira.go(f"/console/{room.code}/points").press("Figer ce moment").sees("est le point de départ")
    samira.click("Revenir à ce point").press("Revenir à ce point").sees("Tous les dossiers sont revenus")
    samira.press("Annuler ce retour").sees("Le retour est annulé")
