"""The server, and what must be true before it starts."""

from __future__ import annotations

import ctypes
import importlib
import multiprocessing
import os
import sys

import sqlalchemy as sa
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from sandbox.config import Settings
from sandbox.db import db
from sandbox.errors import Refused

ARENA_MAX, ARENAS = -8, 2  # glibc's mallopt: many threads, little memory


def serve(host: str, port: int, settings: Settings) -> None:
    """Serve until interrupted."""
    _spare_memory()
    Granian(
        "sandbox:create_app", factory=True, address=host, port=port, interface=Interfaces.WSGI,
        workers=settings.workers, blocking_threads=settings.threads, backpressure=settings.threads * 4,
        log_level=LogLevels.error, websockets=False, respawn_failed_workers=True,
    ).serve()


def _spare_memory() -> None:
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt:
            mallopt(ARENA_MAX, ARENAS)


def bring_tables_up_to_date() -> None:
    """In a process of its own, which takes Alembic away with it. Raises Refused."""
    forks = os.name == "posix" and sys.platform != "darwin"
    process = (multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")).Process(target=_upgrade)
    process.start()
    process.join()
    if process.exitcode:
        raise Refused("Les tables n’ont pas pu être mises à jour. Le message au-dessus dit pourquoi.")


def _upgrade() -> None:
    importlib.import_module("sandbox.tables").run()


def need_tables() -> None:
    """Raises Refused when the store has not been prepared."""
    if not sa.inspect(db.engine).has_table("workshop"):
        raise Refused("La base n’est pas prête. Lancez d’abord « sandbox init ».")
