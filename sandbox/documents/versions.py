"""What becomes of a deposit: replaced by a new version, withdrawn, put back (reference §1.3).

The row that everybody points to stays, takes the new content and keeps what the patient decided: mask, pin, folder. What it
held before becomes a row of its own, out of the shelf, that its author and its patient may read while the present one stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from sandbox import blobs, clock
from sandbox.account.models import User
from sandbox.acts import DocumentAct, DocumentPutBack, DocumentReplaced, DocumentWithdrawn, publish
from sandbox.db import db
from sandbox.documents import rendering
from sandbox.documents.models import Confidentiality, Document
from sandbox.documents.service import TITLE
from sandbox.documents.uploads import clean
from sandbox.errors import Refused
from sandbox.texts import without_marks
from sandbox.workshops import due

REASON = 200
NO_REASON = "Écrivez pourquoi, par exemple « Déposé par erreur dans ce dossier ». Le patient le lira."
SIGNED = (
    "C’est la copie d’une ordonnance numérique : elle ne se remplace pas et ne se retire pas. Le prescripteur annule "
    "l’ordonnance, et la copie le dit."
)
SAME = "Rien n’a changé : c’est le même document, avec le même titre, le même type et la même date."
NOT_HERE = "Ce document n’est plus dans le dossier : il a été retiré, peut-être dans une autre fenêtre."
ALREADY_HERE = "Ce document est déjà dans le dossier."


@dataclass(frozen=True, kw_only=True)
class Version:
    """What a new version says. Its content has been through `uploads.checked`, or was typed."""

    title: str
    category: str
    kind: str
    dated: date
    content: bytes
    media_type: str
    measures: str = ""  # of a new content; those of the same one stay as they were decided


def former(document: Document) -> Sequence[Document]:
    """The versions before the present one, the newest first."""
    ref = document.version_of or document.ref
    query = sa.select(Document).where(Document.record_id == document.record_id, Document.version_of == ref)
    return db.session.scalars(query.order_by(Document.version.desc())).all()


def is_signed(document: Document) -> bool:
    """Whether it is the readable copy of something signed elsewhere, which alone changes it: a numeric prescription."""
    write = rendering.WRITERS.get(document.kind)
    return write is not None and write(document) is not None


def replace(author: User, document: Document, new: Version) -> None:
    """Put a new version in the place of one's deposit: it is new again to the patient. Raises Refused."""
    _refuse_what_is_not_here(document)
    title = clean(without_marks(new.title))[:TITLE] or document.title
    [name] = blobs.keep(new.content)
    if _told(document) == (title, new.category, new.kind, new.dated, name):
        raise Refused(SAME)
    db.session.add(_kept(document))
    document.title, document.category, document.kind, document.dated = title, new.category, new.kind, new.dated
    if name != document.blob_hash:
        document.blob_hash, document.media_type, document.size = name, new.media_type, len(new.content)
        document.measures, document.extraction = new.measures, None
    document.version, document.deposited_at, document.opened_at = document.version + 1, clock.now(), None
    _tell(DocumentReplaced, author, document)


def withdraw(author: User, document: Document, why: str) -> None:
    """Take one's deposit out of the record; the patient reads why. Raises Refused."""
    _refuse_what_is_not_here(document)
    if not (reason := clean(without_marks(why))[:REASON]):
        raise Refused(NO_REASON)
    _settle(document)
    document.loose, document.withdrawn_at, document.withdrawn_for = True, clock.now(), reason
    _tell(DocumentWithdrawn, author, document)


def put_back(author: User, document: Document) -> None:
    """One's deposit is in the record again, as new; masked when the person now wants what comes masked. Raises Refused."""
    if not document.is_withdrawn:
        raise Refused(ALREADY_HERE)
    document.loose, document.withdrawn_at, document.withdrawn_for, document.opened_at = False, None, "", None
    if document.record.masks_new:
        document.confidentiality = Confidentiality.MASKED
    _settle(document)
    if wanted := document.notice_at or document.hidden_until:
        due.expect(wanted)
    _tell(DocumentPutBack, author, document)


def _refuse_what_is_not_here(document: Document) -> None:
    if document.loose:
        raise Refused(NOT_HERE)
    if is_signed(document):
        raise Refused(SIGNED)


def _settle(document: Document) -> None:
    """What the clock has shown to its patient is no longer kept back."""
    if not document.is_hidden:
        document.notice_at = document.hidden_until = None


def _told(document: Document) -> tuple[object, ...]:
    return document.title, document.category, document.kind, document.dated, document.blob_hash


def _kept(document: Document) -> Document:
    """What a document says now, as the former version that it is about to be. It is no news to anybody."""
    same = ("record", "author", "title", "category", "kind", "dated", "deposited_at", "blob_hash", "media_type", "size", "measures",
            "extraction", "version")
    kept = {name: getattr(document, name) for name in same}
    return Document(**kept, version_of=document.ref, loose=True, opened_at=document.opened_at or clock.now())


def _tell(act: type[DocumentAct], author: User, document: Document) -> None:
    publish(act(actor=author, record=document.record, document=document))
