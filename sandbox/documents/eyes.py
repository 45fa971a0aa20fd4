"""« Voir comme… »: an exercise aid, the record as a professional finds it now. It leaves no trace and asks `sight` alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa
from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import contains_eager, joinedload

from sandbox import paging, sight
from sandbox.access import To, actor, may, opened_record
from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.documents import readers, service, shelf
from sandbox.documents.models import Document
from sandbox.documents.section import bp
from sandbox.sight import Why

PAGE = 50


@bp.get("/comme")
def eyes() -> ResponseReturnValue:
    """Whose eyes?"""
    came_from = _came_from()
    record = came_from.record if came_from else opened_record()
    people = [(user, _outside(user, record)) for user in readers.professionals()]
    return render_template("documents/eyes.html", people=people, came_from=came_from)


@bp.get("/comme/<ref>")
def seen_by(ref: str) -> ResponseReturnValue:
    """The documents that this professional finds, or why the record stays closed to them."""
    user, came_from = _professional(ref), _came_from()
    record = came_from.record if came_from else opened_record()
    found = [document for document in _on_shelf(record) if may(user, To.READ, document)]
    shown, page, pages = _cut(found, request.args.get("page", 1, int))
    return render_template(
        "documents/seen_by.html", user=user, record=record, outside=_outside(user, record), shown=shown, found=len(found),
        page=page, pages=pages, came_from=came_from, why=sight.why(user, came_from) if came_from else None,
        kinds={kind.code: kind for kind in shelf.categories()},
        page_url=lambda n: url_for(".seen_by", ref=ref, page=n, depuis=came_from.ref if came_from else None),
    )


def _came_from() -> Document | None:
    """The document one was looking at, when it is one's own to look at."""
    found = service.find(request.args.get("depuis", ""))
    mine = found is not None and found.record_id == opened_record().id and may(actor(), To.MASK, found)
    return found if mine else None


def _professional(ref: str) -> User:
    query = sa.select(User).join(User.professional).options(contains_eager(User.professional)).where(User.ref == ref)
    return db.session.scalars(query).first() or abort(404)


def _on_shelf(record: Record) -> list[Document]:
    """What the patient knows of, newest first: nothing here tells of a document not announced yet."""
    query = sa.select(Document).where(shelf.on_shelf(record)).options(joinedload(Document.author))
    return list(db.session.scalars(query.order_by(Document.dated.desc(), Document.id.desc())))


def _outside(user: User, record: Record) -> Why | None:
    """Why this professional may not open the record; None when they may."""
    if sight.may_open(user, record):
        return None
    any_document: Any = SimpleNamespace(record=record, record_id=record.id, loose=False, is_own=lambda _: False)
    return sight.why(user, cast(Document, any_document))


def _cut(found: list[Document], page: int) -> tuple[list[Document], int, int]:
    page, pages = paging.place(len(found), page, PAGE)
    return found[(page - 1) * PAGE : page * PAGE], page, pages
