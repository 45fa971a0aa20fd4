"""The server, and what must be true before it starts."""

from __future__ import annotations

import ctypes
import gc
import importlib
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from sqlalchemy.orm import configure_mappers

from sandbox import create_app
from sandbox.config import Settings
from sandbox.db import db
from sandbox.errors import Refused

ARENA_MAX, ARENAS = -8, 2  # glibc's mallopt: many threads, little memory
BREATH = 20  # seconds between two times that a worker gives back the memory a rush left it


def serve(host: str, port: int, settings: Settings) -> None:
    """Serve until interrupted."""
    _spare_memory()
    Granian(
        "sandbox.server:worker", factory=True, address=host, port=port, interface=Interfaces.WSGI,
        workers=settings.workers, blocking_threads=settings.threads, backpressure=settings.threads * 4,
        log_level=LogLevels.error, websockets=False, respawn_failed_workers=True,
    ).serve()


def worker() -> Flask:
    """The application of one worker. What is there before the first request stays: nobody looks for rubbish in it again."""
    app = create_app()
    configure_mappers()
    gc.collect()
    gc.freeze()
    if trim := _of_glibc("malloc_trim"):
        threading.Thread(target=_give_back, args=[trim], name="breath", daemon=True).start()
    return app


def _give_back(trim: Callable[[int], int]) -> None:
    """A room that signs in at once leaves more than ten megabytes, free but kept."""
    while True:
        time.sleep(BREATH)
        trim(0)


def _spare_memory() -> None:
    if mallopt := _of_glibc("mallopt"):
        mallopt(ARENA_MAX, ARENAS)


def _of_glibc(name: str) -> Callable[..., int] | None:
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None


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
