"""Files, apart from the documents that name them: stored once by content, shared by all worlds."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.clock import real_now
from sandbox.db import Model, db

KEPT = timedelta(days=3)  # a rendered PDF costs 10 ms to make again
TEMPLATE = "text/x-template"  # a pack's text with variables, rendered on reading


class Blob(Model):
    """A file's bytes, stored once under their sha-256."""

    __tablename__ = "blob"
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=real_now)


class Words(Model):
    """What a file says, folded for searching; under the hash of the file, made when it is first searched."""

    __tablename__ = "words"
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    words: Mapped[str] = mapped_column(sa.Text)


class Rendering(Model):
    """A PDF made from a text and its variables, kept under the hash of both."""

    __tablename__ = "rendering"
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=real_now)


def forget_old_renderings() -> None:
    """Drop PDFs made long ago: whoever opens the document again has it made again. The caller commits."""
    db.session.execute(sa.delete(Rendering).where(Rendering.created_at < real_now() - KEPT))


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(*contents: bytes) -> list[str]:
    """Store what is not stored yet; returns the names, in order."""
    named = {name_of(content): content for content in contents}
    known = set(db.session.scalars(sa.select(Blob.hash).where(Blob.hash.in_(list(named)))))
    db.session.add_all(Blob(hash=name, content=named[name]) for name in named if name not in known)
    db.session.flush()
    return [name_of(content) for content in contents]


def read(name: str) -> bytes:
    """The bytes of a file. Raises NoResultFound."""
    return db.session.execute(sa.select(Blob.content).where(Blob.hash == name)).scalar_one()
