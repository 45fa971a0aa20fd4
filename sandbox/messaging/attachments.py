"""What is attached to messages: copies, apart from the documents of the record, so that what was sent stays as sent."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from sandbox import blobs, clock
from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.documents import folders, rendering, service
from sandbox.documents.models import Document, Folder
from sandbox.documents.uploads import File
from sandbox.messaging.models import Attachment, Conversation, Message

CATEGORY = "AUTR_DOC"  # of what came without a word on what it is
COPY = "copie-"  # in the slug of a copy, before the ref of what it is a copy of; nobody sees it


def copy_of(document: Document) -> Document:
    """The document as it is now, for a message to carry."""
    return Document(
        record=document.record, author=document.author, title=document.title, category=document.category,
        kind=document.kind, dated=document.dated, deposited_at=clock.now(), opened_at=clock.now(), loose=True,
        slug=f"{COPY}{document.ref}", blob_hash=document.blob_hash, media_type=document.media_type, size=weight(document),
    )


def weight(document: Document) -> int:
    """What it weighs, in bytes; a pack's own texts are weighed when somebody asks."""
    size = sa.select(sa.func.length(blobs.Blob.content)).where(blobs.Blob.hash == document.blob_hash)
    return document.size or db.session.scalar(size) or 0


def source_of(piece: Document) -> Document | None:
    """The document that this is a copy of, while it is still on the shelf."""
    if not piece.slug.startswith(COPY):
        return None
    return db.session.scalars(sa.select(Document).where(Document.ref == piece.slug.removeprefix(COPY), ~Document.loose)).first()


def sheet_of(author: User, record: Record, file: File) -> Document:
    """A file that its author sends with a message. Its content has been through `uploads.checked`."""
    return Document(
        record=record, author=author, title=file.title, category=CATEGORY, dated=clock.today(),
        deposited_at=clock.now(), opened_at=clock.now(), loose=True, blob_hash=blobs.keep(file.content)[0],
        media_type=file.media_type, size=len(file.content),
    )


def attach(message: Message, piece: Document) -> None:
    db.session.add(piece)
    db.session.add(Attachment(message=message, document=piece))


def find(talk: Conversation, ref: str) -> Attachment | None:
    """The attachment of that exchange whose document has this ref."""
    attached = (one for message in talk.messages for one in message.attachments)
    return next((one for one in attached if one.document.ref == ref), None)


def is_received(attachment: Attachment) -> bool:
    """Whether a professional sent it: the patient may keep it."""
    return not attachment.message.is_patients


def saved(piece: Document) -> Document | None:
    """The person's own document made from this attachment, while they keep it."""
    query = sa.select(Document).where(Document.record_id == piece.record_id, Document.slug == _slug(piece))
    return db.session.scalars(query.order_by(Document.id.desc())).first()


def save(user: User, piece: Document, *, title: str, dated: date, category: str, folder: Folder | None) -> Document:
    """Put an attachment among the person's own documents; a text of ours as the PDF it would have been."""
    is_text = rendering.is_text(piece)
    document = service.deposit(
        user, piece.record, title=title, category=category, kind=piece.kind, dated=dated, slug=_slug(piece),
        content=rendering.pdf_of(piece) if is_text else blobs.read(piece.blob_hash),
        media_type=rendering.PDF if is_text else piece.media_type,
    )
    if folder:
        folders.move(user, document, folder)
    return document


def _slug(piece: Document) -> str:
    """What tells that a document was made from this attachment; nobody sees it."""
    return f"piece-{piece.ref}"
