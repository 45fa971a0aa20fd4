"""What the store is asked meanwhile, by this thread alone: open pages are listened for in a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import Flask

from sandbox.db import db


class Question(NamedTuple):
    statement: str
    values: Any


@contextmanager
def asked(app: Flask) -> Iterator[list[Question]]:
    """Every question asked inside the block."""
    questions: list[Question] = []
    here = get_ident()
    with app.app_context():
        engine = db.engine

    def note(connection: Any, cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if get_ident() == here:
            questions.append(Question(statement, values))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield questions
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
