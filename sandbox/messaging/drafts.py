"""Messages being written: kept as they grow, with what they will carry, until they are sent or thrown away."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from sandbox import clock, guard
from sandbox.account.models import Record, User
from sandbox.db import db, only_writer
from sandbox.documents.models import Document
from sandbox.messaging.models import Conversation, Draft, DraftPiece
from sandbox.texts import without_marks

LONGEST_SUBJECT = 120
LONGEST_KEPT = 50_000  # signs: far more than may be sent, so that what is too long is kept to be shortened


def of(user: User, record: Record, conversation: Conversation | None = None, to: User | None = None) -> Draft:
    """What this person is writing there: an answer in an exchange, or a new message to somebody; begun if need be."""
    draft = find(user, record, conversation, to)
    if draft is None:
        only_writer(record)  # two pauses of two windows
        draft = find(user, record, conversation, to)
    if draft is None:
        draft = Draft(author=user, record=record, conversation=conversation, to=to, written_at=clock.now(), pieces=[])
        db.session.add(draft)
        db.session.flush()
    return draft


def find(user: User, record: Record, conversation: Conversation | None = None, to: User | None = None) -> Draft | None:
    """The same, when there is one."""
    query = sa.select(Draft).where(
        Draft.author_id == user.id, Draft.record_id == record.id,
        Draft.conversation_id == (conversation.id if conversation else None), Draft.to_id == (to.id if to else None),
    )
    return db.session.scalars(_whole(query).order_by(Draft.id)).first()


def by_ref(ref: str) -> Draft | None:
    """The draft of that name, as it is now."""
    query = _whole(sa.select(Draft).where(Draft.ref == ref))
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def of_record(user: User, record: Record) -> list[Draft]:
    """All that this person has begun for a record and not sent, newest first."""
    query = sa.select(Draft).where(Draft.author_id == user.id, Draft.record_id == record.id)
    found = db.session.scalars(_whole(query).order_by(Draft.written_at.desc(), Draft.id.desc()))
    return [draft for draft in found if not draft.is_empty]


def keep(
    draft: Draft, *, subject: str | None = None, body: str | None = None, aside: bool | None = None,
    receipt_asked: bool | None = None,
) -> None:
    """What was typed, as it was typed; what is not told stays, and what looks like somebody's real data is not kept."""
    if subject is not None and not guard.seen_in(subject):
        draft.subject = without_marks(subject)[:LONGEST_SUBJECT]
    if body is not None and not guard.seen_in(body):
        draft.body = without_marks(body).replace("\r\n", "\n")[:LONGEST_KEPT]
    if aside is not None:
        draft.aside = aside
    if receipt_asked is not None:
        draft.receipt_asked = receipt_asked
    draft.written_at = clock.now()


def add(draft: Draft, piece: Document) -> None:
    """One more thing to carry, a loose document. Whoever calls has asked `budget` whether there is room."""
    db.session.add(piece)
    draft.pieces.append(DraftPiece(document=piece))  # (given its draft too, it would be there twice)
    draft.written_at = clock.now()
    db.session.flush()


def remove(draft: Draft, document_ref: str) -> Document | None:
    """Carry it no more; gives what is thrown away, nothing when it was already."""
    piece = next((one for one in draft.pieces if one.document.ref == document_ref), None)
    if piece is None:
        return None
    _detach(draft, piece)
    db.session.delete(piece.document)
    db.session.flush()
    return piece.document


def drop(draft: Draft) -> None:
    """Throw it away, and what it would have carried."""
    for document in taken(draft):
        db.session.delete(document)
    db.session.flush()


def taken(draft: Draft) -> list[Document]:
    """What it carries, for the message that goes; the draft is forgotten."""
    documents = [piece.document for piece in draft.pieces]
    for piece in list(draft.pieces):
        _detach(draft, piece)
    db.session.delete(draft)
    db.session.flush()
    return documents


def _detach(draft: Draft, piece: DraftPiece) -> None:
    draft.pieces.remove(piece)
    db.session.delete(piece)
    db.session.flush()


def _whole(query: sa.Select[Draft]) -> sa.Select[Draft]:
    """With all that a page shows of it."""
    people = (
        joinedload(Draft.to).joinedload(User.professional),
        joinedload(Draft.conversation).joinedload(Conversation.professional).joinedload(User.professional),
    )
    return query.options(joinedload(Draft.record), selectinload(Draft.pieces).joinedload(DraftPiece.document), *people)
