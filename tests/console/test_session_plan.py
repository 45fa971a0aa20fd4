"""Samira prepares her session: the plan on her screen, on paper, in a file, and on another machine."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from sandbox.db import db, writing
from sandbox.workshops import fixtures, luggage, packs, plans, worlds
from sandbox.workshops.models import Snapshot, Workshop
from tests.browser import Browser, text_of
from tests.room import Room, open_room
from tests.workshops.cases import again


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_trainer_opens_the_plan_from_the_room_and_fires_from_it(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}").click("Plan de séance")
    assert samira.heading.startswith("Plan de séance")
    stages = samira.page.select(".plan-stage")
    assert [text_of(stage.h2) for stage in stages][0] == "1. S’installer, entrer"
    assert "54 min à 1 h 08" in plain(text_of(samira.page.table))
    assert "À la minute 80 : Un faux SMS arrive" in plain(text_of(stages[7]))
    for exercise in packs.load("decouverte").exercises:
        assert samira.sees(exercise["title"])
    samira.click("Un faux e-mail arrive")
    assert samira.page.select_one("input[checked][value=faux-email-compte-bloque]")


@pytest.mark.parametrize("pack", fixtures.packs())
def test_the_same_as_a_tagged_pdf(app: Flask, pack: str) -> None:
    room = open_room(app, seats=1, seed=f"plan-{pack}", pack=pack)
    answer = room.trainer().client.get(f"/console/{room.code}/seance.pdf")
    assert answer.mimetype == "application/pdf"
    pdf = PdfReader(BytesIO(answer.data))
    assert (pdf.trailer["/Root"]["/Lang"], pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]) == ("fr-FR", True)
    printed = plain(" ".join(page.extract_text() for page in pdf.pages))
    for stage in plans.of_pack(packs.load(pack))["stage"]:
        assert plain(stage["title"]) in printed
    assert "Entraînement" in printed


def head_of(room: Room, change: Any = None) -> None:
    """What the starting point of the workshop carries is changed."""
    with room.app.app_context(), writing():
        start = db.session.get_one(Snapshot, db.session.get_one(Workshop, room.workshop_id).start_id)
        head = worlds.unpack(start.head)
        change(head)
        start.head = worlds.pack(head)
        db.session.commit()
        db.session.remove()


@pytest.mark.parametrize("plan", [
    None, {}, {"stage": 3}, {"stage": [{"title": "A"}]}, "…",
    {"stage": [{"title": "A", "minutes": "x", "says": "", "does": ""}]},
    {"stage": [{"title": "A", "minutes": 5, "says": "", "does": "", "exercises": ["rien"]}]},
])
def test_a_workshop_without_a_plan_that_can_be_read_says_so(app: Flask, plan: Any) -> None:
    room = open_room(app, seats=1, seed="sans-plan")
    head_of(room, lambda head: head.pop("plan") if plan is None else head.update(plan=plan))
    samira = room.trainer().go(f"/console/{room.code}/seance")
    assert samira.status == 200
    assert samira.sees("n’a pas de plan de séance")
    assert samira.client.get(f"/console/{room.code}/seance.pdf").status_code == 404


def test_an_imported_workshop_keeps_its_plan(room: Room) -> None:
    with room.app.app_context(), writing():
        imported = again(luggage.packed(db.session.get_one(Workshop, room.workshop_id)))
        told, before = plans.of_workshop(imported), plans.of_workshop(db.session.get_one(Workshop, room.workshop_id))
        db.session.remove()
    assert told is not None
    assert told == before
    assert sum(stage.minutes for stage in told.stages) == 90
