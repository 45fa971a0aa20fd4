"""`kill -9` in the middle of a reset or of a fill: the old world or the new, never a mixture."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine

from sandbox import create_app
from sandbox.db import db, writing
from sandbox.workshops import opening, service, spares, worlds
from sandbox.workshops.models import Workshop, World, WorldState

pytestmark = pytest.mark.sqlite
TOP = Path(__file__).resolve().parent.parent.parent
RESETS_WITHOUT_END = """
import sys
from sandbox import create_app
from sandbox.db import db, writing
from sandbox.workshops import resets, spares
from sandbox.workshops.models import Workshop
app = create_app(data=sys.argv[1], secret_key="x", fill_pause_ms=1.0)
with app.app_context(), writing():
    print("begun", flush=True)
    while True:
        spares.fill_one(1)
        resets.reset_workshop(db.session.get_one(Workshop, 1))
        db.session.commit()
        resets.reset_seat(db.session.get_one(Workshop, 1), 2)
        db.session.commit()
        spares.sweep(1)
"""


@pytest.mark.parametrize("moment", [0.02, 0.11, 0.23, 0.4])
def test_whenever_it_is_killed_the_room_is_whole(tmp_path: Path, moment: float) -> None:
    app = create_app(data=str(tmp_path), secret_key="x", seat_cost=4, fill_pause_ms=0.0)
    with app.app_context(), writing():
        db.create_all()
        opening.open_workshop(service.Plan(pack="decouverte", seats=3, seed="kill"), None)
        start = digest()
        killed_after(tmp_path, moment)
        assert digest() == start
        with time_machine.travel(timedelta(minutes=1), tick=False):  # a filler that has not moved for long is dead
            spares.tidy_after_start()
        left = db.session.scalars(sa.select(World).execution_options(populate_existing=True)).all()
        db.session.remove()
        db.engine.dispose()
    assert [world for world in left if world.state is WorldState.FILLING] == []


def digest() -> str:
    db.session.remove()
    workshop = db.session.get_one(Workshop, 1)
    found = worlds.digest(db.session.get_one(World, workshop.world_id), range(workshop.seats + 1))
    db.session.remove()
    return found


def killed_after(folder: Path, seconds: float) -> None:
    environment = os.environ | {"PYTHONPATH": str(TOP)}
    order = [sys.executable, "-c", RESETS_WITHOUT_END, str(folder)]
    with subprocess.Popen(order, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
