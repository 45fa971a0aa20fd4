"""A room for each test: one application and one workshop for the session, a fresh world for each test."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask

from sandbox import create_app
from sandbox.db import db
from tests import chromium, postgresql
from tests.browser import Browser
from tests.cast import Cast
from tests.room import Room, open_room

gc.set_threshold(200_000, 20, 100)  # the application and every page read are webs of objects: looking for dead ones takes time
if moment := os.environ.get("SANDBOX_TEST_AT"):  # such as 2027-03-28T01:57:00+01:00: stories hold on any day, at any hour
    time_machine.travel(datetime.fromisoformat(moment), tick=True).start()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the store: SQLite in the data folder, or PostgreSQL when SANDBOX_TEST_STORE says so."""
    if os.environ.get("SANDBOX_TEST_STORE") == "postgresql":
        with postgresql.server(tmp_path_factory.mktemp("store")) as address:
            yield address
    else:
        yield ""


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, store: str) -> Iterator[Flask]:
    """One application, its store empty but for the tables."""
    app = create_app(
        data=str(tmp_path_factory.mktemp("data")), database_url=store, secret_key="tests", seat_cost=4,
        trainer_cost=4, fill_pause_ms=0.0, threads=64,
    )
    app.config.update(TESTING=True)
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def _workshop(app: Flask) -> Room:
    return open_room(app, seats=4, seed="tests")


@pytest.fixture
def room(_workshop: Room) -> Room:
    """The workshop of the session, every record as new, nothing to undo."""
    _workshop.renew()
    return _workshop


@pytest.fixture(scope="session")
def _pairs(app: Flask) -> Room:
    return open_room(app, seats=2, seed="a-deux", pack="ordonnance")


@pytest.fixture
def pairs(_pairs: Room) -> Room:
    """The pack of two roles, « ordonnance »: a patient and a counter."""
    _pairs.renew()
    return _pairs


@pytest.fixture
def marie(room: Room) -> Browser:
    """Marie, beneficiary at seat 1, signed in."""
    return room.learner(1)


@pytest.fixture
def jean(room: Room) -> Browser:
    """Jean, beneficiary at seat 2, signed in."""
    return room.learner(2)


@pytest.fixture
def lemoine(room: Room) -> Browser:
    """Dr Lemoine, general practitioner."""
    return room.professional("dr-lemoine")


@pytest.fixture
def garnier(room: Room) -> Browser:
    """Hélène Garnier, pharmacist."""
    return room.professional("pharm-garnier")


@pytest.fixture
def samira(room: Room) -> Browser:
    """Samira, trainer of the room."""
    return room.trainer()


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """Where the application answers real browsers."""
    with chromium.server(app) as found:
        yield found


@pytest.fixture(scope="session")
def window() -> Iterator[chromium.Browser]:
    """One Chromium for the session."""
    with chromium.chromium() as browser:
        yield browser


@pytest.fixture
def people(room: Room, address: str, window: chromium.Browser) -> Iterator[Cast]:
    """Who takes a seat in front of a real browser."""
    cast = Cast(room, address, window)
    yield cast
    cast.leave()
