"""The tray: files that a person has sent and not yet made a document of. Nothing of it is lost when adding is interrupted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from sandbox import blobs, clock, french
from sandbox.account.models import Record, User
from sandbox.db import begin_writing, db, let_go
from sandbox.documents import binding, cures, folders, pictures, service
from sandbox.documents.models import Document, Folder, Sheet
from sandbox.documents.uploads import File, clean
from sandbox.errors import Refused
from sandbox.workshops.due import expect, on_time

MOST = 10
KEPT = timedelta(days=1)
PICTURES = binding.PICTURES
CAMERA = re.compile(r"(?:(?:img|image|photo|scan|dsc[fn]?|pxl|pic|whatsapp image|screenshot|capture)\b)?[\W\d_]*$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class About:
    """What the person says of the document: a folder is one that exists, or the name of a new one."""

    title: str
    category: str
    dated: date
    masked: bool = False
    folder: Folder | str | None = None


def of(user: User, record: Record) -> list[Sheet]:
    """The sheets that wait, in their order."""
    mine = sa.select(Sheet).where(Sheet.user_id == user.id, Sheet.record_id == record.id)
    return list(db.session.scalars(mine.order_by(Sheet.position, Sheet.id)))


def find(user: User, record: Record, ref: str) -> Sheet | None:
    return next((sheet for sheet in of(user, record) if sheet.ref == ref), None)


def picture_of(sheet: Sheet) -> bytes | None:
    """Its picture, when it is one."""
    return blobs.read(sheet.blob_hash) if sheet.media_type in PICTURES else None


def add(user: User, record: Record, file: File) -> None:
    """One more sheet; the same one sent again is not there twice. Raises Refused when the tray is full."""
    waiting, name = of(user, record), blobs.keep(file.content)[0]
    if any(sheet.blob_hash == name for sheet in waiting):
        return
    if len(waiting) >= MOST:
        raise Refused(cures.FULL)
    db.session.add(Sheet(
        user=user, record=record, position=max((sheet.position for sheet in waiting), default=0) + 1, name=file.title,
        media_type=file.media_type, blob_hash=name, size=len(file.content), added_at=clock.now(),
    ))
    db.session.flush()
    expect(clock.now() + KEPT)


def remove(user: User, sheet: Sheet) -> None:
    db.session.delete(sheet)
    db.session.flush()


def move_up(user: User, sheet: Sheet) -> None:
    """Before the one that was before it."""
    before = [other for other in of(user, sheet.record) if other.position < sheet.position]
    if before:
        before[-1].position, sheet.position = sheet.position, before[-1].position
        db.session.flush()


def turn(user: User, sheet: Sheet) -> None:
    """A quarter turn to the right; only a picture turns."""
    if sheet.media_type in PICTURES:
        content = pictures.turned(sheet.media_type, blobs.read(sheet.blob_hash))
        sheet.blob_hash, sheet.size = blobs.keep(content)[0], len(content)
        db.session.flush()


def proposed(sheets: Sequence[Sheet]) -> str:
    """A name for the document, from the first file that somebody has named; a camera's numbers are not a name."""
    return next((sheet.name for sheet in sheets if not CAMERA.match(sheet.name)), "")


def make(user: User, record: Record, about: About) -> Document:
    """The document, and an empty tray. Thinks before it writes. Raises Refused with the cure."""
    sheets = of(user, record)
    title = clean(about.title) or proposed(sheets) or f"Photo du {french.long_date(about.dated)}"
    contents = [File(sheet.name, sheet.media_type, blobs.read(sheet.blob_hash)) for sheet in sheets]
    let_go()
    if not contents:
        raise Refused(cures.NOTHING)
    file = binding.bound(contents, title)
    begin_writing()
    if isinstance(about.folder, Folder) and folders.find(about.folder.ref) is None:
        raise Refused(cures.FOLDER_GONE)
    _take(user, record, sheets)
    document = service.add(
        user, record, file, title=title, category=about.category, dated=about.dated, masked=about.masked
    )
    document.folder = folders.create(user, record, about.folder) if isinstance(about.folder, str) else about.folder
    return document


def _take(user: User, record: Record, sheets: Sequence[Sheet]) -> None:
    """Out of the tray, unless another window has been quicker."""
    waiting = {sheet.ref for sheet in of(user, record)}
    if any(sheet.ref not in waiting for sheet in sheets):
        raise Refused(cures.USED)
    for sheet in sheets:
        db.session.delete(sheet)
    db.session.flush()


@on_time
def forget() -> datetime | None:
    """Take away what has waited for a day; says when the next one will have."""
    waiting = list(db.session.scalars(sa.select(Sheet).order_by(Sheet.added_at)))
    late = [sheet for sheet in waiting if sheet.added_at + KEPT <= clock.now()]
    for sheet in late:
        db.session.delete(sheet)
    db.session.flush()
    return waiting[len(late)].added_at + KEPT if len(waiting) > len(late) else None
