"""A record that has grown: its list of documents, its history, and what asking « may I? » costs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from sandbox import clock
from sandbox.access import To, may
from sandbox.account.models import Record, Role, User
from sandbox.db import db, writing
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.journal.models import ActorKind, Entry
from sandbox.tenancy import world
from sandbox.workshops.models import Workshop, World

FEW, MANY = 5, 6  # the seats compared
Figure = Callable[[list[float]], dict[str, float]]


def figures(app: Flask, workshop_id: int, runs: int, figure: Figure) -> dict[str, dict[str, float]]:
    """Ratios of a large record to a small one, page by page in turn, so that the machine's mood is the same for both."""
    _grow(app, workshop_id, FEW, 40, 100)
    _grow(app, workshop_id, MANY, 400, 10_000)
    few, many = (_signed_in(app, workshop_id, seat) for seat in (FEW, MANY))
    return {
        "documents_growth": figure(_ratios(few, many, "/documents/", runs)),
        "history_growth": figure(_ratios(few, many, "/historique/", runs)),
        "may_queries": figure([float(_queries(app, workshop_id))]),
    }


def _ratios(few: Any, many: Any, path: str, runs: int) -> list[float]:
    found = []
    for _ in range(runs):
        small, large = ([_cpu(client, path) for _ in range(4)] for client in (few, many))
        found.append(statistics.median(large) / statistics.median(small))
    return found


def _cpu(client: Any, path: str) -> float:
    begun = time.process_time()
    assert client.get(path).status_code == 200, path  # noqa: S101
    return time.process_time() - begun


def _grow(app: Flask, workshop_id: int, seat: int, papers: int, lines: int) -> None:
    with app.app_context(), writing():
        with world(_world(workshop_id).bound):
            record = _record(seat)
            author = db.session.scalars(sa.select(User).where(User.slug == "dr-lemoine")).one()
            kept = db.session.scalars(sa.select(Document).where(Document.record_id == record.id)).all()
            for document in kept[papers:]:
                db.session.delete(document)
            for number in range(len(kept), papers):
                db.session.add(_copy(kept[number % len(kept)], record, author, number))
            db.session.execute(sa.delete(Entry).where(Entry.record_id == record.id))
            db.session.add_all(_line(record, author, number) for number in range(lines))
            db.session.commit()
        db.session.remove()


def _copy(like: Document, record: Record, author: User, number: int) -> Document:
    return Document(
        record=record, author=author, title=f"{like.title[:60]} {number}", category=like.category, kind=like.kind,
        dated=like.dated, deposited_at=like.deposited_at, blob_hash=like.blob_hash, media_type=like.media_type,
    )


def _line(record: Record, author: User, number: int) -> Entry:
    return Entry(
        record=record, actor=author, actor_kind=ActorKind.PROFESSIONAL, act="RecordConsulted", from_pack=True,
        phrase="Dr Claire Lemoine a consulté votre dossier", at=clock.now() - timedelta(minutes=number),
    )


def _queries(app: Flask, workshop_id: int) -> int:
    """How many queries it takes a doctor to know which of forty documents they may read, once these are loaded."""
    asked: list[str] = []

    def note(*seen: Any) -> None:
        asked.append(seen[2])

    with app.app_context():
        with world(_world(workshop_id).bound):
            doctor = db.session.scalars(sa.select(User).where(User.slug == "dr-lemoine")).one()
            found = documents.of_record(_record(FEW))
            event.listen(db.engine, "before_cursor_execute", note)
            allowed = [may(doctor, To.READ, document) for document in found]
            event.remove(db.engine, "before_cursor_execute", note)
            assert len(allowed) >= 40  # noqa: S101
            assert any(allowed)  # noqa: S101
        db.session.remove()
    return len(asked)


def _world(workshop_id: int) -> World:
    return db.session.get_one(World, db.session.get_one(Workshop, workshop_id).world_id)


def _record(seat: int) -> Record:
    return db.session.scalars(
        sa.select(Record).join(Record.owner).where(Record.seat == seat, User.role == Role.LEARNER)
    ).one()


def _signed_in(app: Flask, workshop_id: int, seat: int) -> Any:
    client = app.test_client()
    with app.app_context():
        workshop = db.session.get_one(Workshop, workshop_id)
        with world(_world(workshop_id).bound):
            ref = _record(seat).owner.ref
        with client.session_transaction("/") as session:
            session["workshop"], session["world"], session["_user_id"] = workshop.id, workshop.world_id, ref
        db.session.remove()
    return client
