"""A room for each test: one application and one workshop for the session, a fresh world for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from sandbox import create_app
from sandbox.db import db
from tests.browser import Browser
from tests.room import Room, open_room


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application, its store empty but for the tables."""
    app = create_app(
        data=str(tmp_path_factory.mktemp("data")), secret_key="tests", seat_cost=4, trainer_cost=4, fill_pause_ms=0.0
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
