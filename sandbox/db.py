"""The database: one typed base class, one session, SQLite and PostgreSQL each with their good habits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from threading import RLock
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, current_app, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry

from sandbox.clock import PARIS

F = TypeVar("F", bound=Callable[..., Any])
_turn = RLock()
_writing: ContextVar[bool] = ContextVar("writing", default=False)
_nowhere: ContextVar[sa.Connection | None] = ContextVar("nowhere", default=None)
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(sa.types.TypeDecorator[datetime]):
    """An instant: aware in Python (Europe/Paris); in the store a timestamp with time zone, or, on SQLite, which has
    no such type and would keep 26 letters of it, whole microseconds since 1970.
    """

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        whole = dialect.name == "sqlite"
        return dialect.type_descriptor(sa.BigInteger() if whole else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = EPOCH + value * MICROSECOND if dialect.name == "sqlite" else value
        return moment.astimezone(PARIS)


class Model(DeclarativeBase):
    """Base of every table; singular class, singular table."""

    registry = registry(metadata=sa.MetaData(naming_convention=NAMES), type_annotation_map={datetime: Moment})

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)


def choice(kind: type[StrEnum]) -> sa.Enum:
    """A column of words: the enumeration's values, checked by the store."""
    return sa.Enum(kind, native_enum=False, length=40, values_callable=lambda e: [m.value for m in e])


class Session(FlaskSession):
    """The application's session; inside `undone`, on a connection of which nothing stays."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | sa.Connection:
        connection = _nowhere.get()
        return super().get_bind(*args, **kwargs) if connection is None else connection


db = SQLAlchemy(
    model_class=Model,
    session_options={"class_": Session, "expire_on_commit": False, "join_transaction_mode": "create_savepoint"},
)


def writes(view: F) -> F:
    """Mark a GET view that leaves a trace, so that its transaction may write from its first statement."""
    view.writes = True  # type: ignore[attr-defined]
    return view


def writes_late(view: F) -> F:
    """Mark a POST view that thinks before it writes: nobody waits for it until `begin_writing`."""
    view.writes_late = True  # type: ignore[attr-defined]
    return view


def begin_writing() -> None:
    """From here on this request writes: what it has only read is over, a transaction that may write begins."""
    if not _writing.get():
        db.session.commit()
        _writing.set(True)


def let_go() -> None:
    """What had to be read is read: give the connection back while something long is computed."""
    if not _writing.get():
        db.session.commit()


def only_writer(row: Model) -> None:
    """One writer at a time for this row: who comes second waits for the first to be done. Raises NoResultFound when it is gone."""
    kind = type(row)
    db.session.scalars(sa.select(kind.id).where(kind.id == row.id).with_for_update()).one()


@contextmanager
def writing() -> Iterator[None]:
    """For commands and background work: transactions begun inside may write."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def still() -> Iterator[None]:
    """What is read inside is all of one moment, and no writer waits meanwhile. What was only read before is over."""
    token = _writing.set(False)
    try:
        db.session.commit()
        if not is_sqlite(db.engine):
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield
        db.session.commit()
    finally:
        _writing.reset(token)


@contextmanager
def undone(*, writes: bool = True) -> Iterator[None]:
    """Whatever is done inside, commits included, is as if it had never been. To be entered outside any session."""
    token = _writing.set(writes)
    try:
        with db.engine.connect() as connection, connection.begin() as transaction:
            nowhere = _nowhere.set(connection)
            try:
                yield
            finally:
                db.session.remove()
                _nowhere.reset(nowhere)
                transaction.rollback()
    finally:
        _writing.reset(token)


def _announce_intent() -> None:
    """SQLite refuses to upgrade a read to a write under contention: say at once which it will be."""
    view = current_app.view_functions.get(request.endpoint or "")
    late = getattr(view, "writes_late", False)
    posts = request.method not in {"GET", "HEAD", "OPTIONS"}
    if posts and not hasattr(view, "receives"):  # (these wait by themselves, once they know who sends)
        request.form  # noqa: B018 — a file on a slow line arrives before anything is held
    _writing.set((posts and not late) or getattr(view, "writes", False))


def end_of_writing() -> None:
    """After its trace is committed, a page is rendered in a transaction that blocks nobody."""
    _writing.set(False)


def _on_connect(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=15000",
                   "cache_size=-1000", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: sa.Connection) -> None:
    """Writers of this process queue here, in order: SQLite's own waiting is a sleep that some never wake from in time."""
    if not _writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    _turn.acquire()
    connection.info["turn"] = connection.info.get("turn", 0) + 1
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _on_checkin(driver: Any, record: ConnectionPoolEntry) -> None:
    """The transaction is over, committed or not: the next writer may begin."""
    for _ in range(record.info.pop("turn", 0)):
        _turn.release()


def is_sqlite(bind: Engine | sa.Connection) -> bool:
    return bind.dialect.name == "sqlite"


def init_app(app: Flask) -> None:
    """Attach the database to the application and set each engine's habits."""
    db.init_app(app)
    app.before_request(_announce_intent)
    with app.app_context():
        if is_sqlite(db.engine):
            event.listen(db.engine, "connect", _on_connect)
            event.listen(db.engine, "begin", _on_begin)
            event.listen(db.engine, "checkin", _on_checkin)
