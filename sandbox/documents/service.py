"""What one does with documents: deposit, add, open, mask, delete, pin (reference §1.3)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import blobs, clock, sight
from sandbox.account.models import Record, User
from sandbox.acts import (
    DocumentAct,
    DocumentAdded,
    DocumentChanged,
    DocumentConsulted,
    DocumentDeleted,
    DocumentDeposited,
    DocumentDownloaded,
    DocumentKeptBack,
    DocumentMasked,
    DocumentOpened,
    DocumentUnmasked,
    ExamRecorded,
    KeptBackConsulted,
    VaccinationRecorded,
    publish,
)
from sandbox.blobs import TEMPLATE
from sandbox.db import db
from sandbox.documents import announcing
from sandbox.documents.models import Confidentiality, Document
from sandbox.documents.rendering import MARKDOWN
from sandbox.documents.uploads import File, clean
from sandbox.errors import Refused
from sandbox.texts import without_marks

TITLE = 80
VACCINATION_NOTE = "87273-9"  # of the nomenclature (reference §3.2): the professional who vaccinates writes it
EXAM_REPORT = "59283-2"  # the same for a child's exam
RECORDED = {VACCINATION_NOTE: VaccinationRecorded, EXAM_REPORT: ExamRecorded}
ONLY_CONFIDENTIALITY = (
    "Le nom, la date et la catégorie ont été choisis par celui qui a déposé ce document. Vous pouvez le masquer, l’épingler ou le ranger."
)
ONLY_MASKED = "Un document déposé par un professionnel ne peut pas être supprimé. Vous pouvez seulement le masquer."


def find(ref: str, *, locked: bool = False) -> Document | None:
    """The document of that name, with all that its page shows; `locked`: nobody else changes it meanwhile."""
    query = sa.select(Document).where(Document.ref == ref).options(
        joinedload(Document.author).joinedload(User.professional),
        joinedload(Document.record).joinedload(Record.owner),
        joinedload(Document.folder),
    )
    return db.session.scalars(query.with_for_update(of=Document) if locked else query).first()


def of_record(record: Record) -> list[Document]:
    """Every document of a record, newest first, with its author. Whoever shows them asks `may(…, To.READ, …)`."""
    query = sa.select(Document).where(Document.record_id == record.id, ~Document.loose).options(joinedload(Document.author))
    return list(db.session.scalars(query.order_by(Document.dated.desc(), Document.id.desc())))


def deposit(
    author: User, record: Record, *, title: str, category: str, kind: str = "", dated: date | None = None,
    content: bytes, media_type: str, slug: str = "", masked: bool = False, measures: str = "", kept_back: bool = False,
) -> Document:
    """Put a file in a record. The content of what comes from outside has been through `uploads.checked`.

    `measures`: those it holds, which the person may take over; `kept_back`: invisible to them until it is announced.
    What others deposit arrives masked when the person asked for it.
    """
    own = author is record.owner or sight.holds(author, record.id)
    masked = masked or (record.masks_new and not own)
    document = Document(
        record=record, author=author, slug=slug, title=clean(title)[:TITLE] or "Document sans nom", category=category,
        kind=kind, dated=dated or clock.today(), deposited_at=clock.now(),
        confidentiality=Confidentiality.MASKED if masked else Confidentiality.NORMAL,
        blob_hash=blobs.keep(content)[0], media_type=media_type, size=len(content),
        opened_at=clock.now() if own else None, measures=measures,
    )
    if kept_back:
        announcing.keep_back(document)
    db.session.add(document)
    deposited = RECORDED.get(kind, DocumentDeposited)
    _tell(DocumentAdded if own else DocumentKeptBack if kept_back else deposited, author, document)
    return document


def deposit_text(
    author: User, record: Record, *, title: str, category: str, kind: str = "", dated: date | None = None, text: str,
    slug: str = "", masked: bool = False, measures: str = "", kept_back: bool = False,
) -> Document:
    """Put a text in a record. What a pack names by its slug may hold variables; what is typed has no slug and none."""
    source, media_type = (text, TEMPLATE) if slug else (without_marks(text), MARKDOWN)
    return deposit(
        author, record, title=title, category=category, kind=kind, dated=dated, content=source.encode(),
        media_type=media_type, slug=slug, masked=masked, measures=measures, kept_back=kept_back,
    )


def add(user: User, record: Record, file: File, *, title: str, category: str, dated: date, masked: bool) -> Document:
    """The person adds a file of their own."""
    return deposit(
        user, record, title=clean(title) or file.title, category=category, dated=dated, content=file.content,
        media_type=file.media_type, masked=masked,
    )


def read(user: User, document: Document) -> None:
    """The person opens a document of their record: it is no longer new."""
    document.opened_at = document.opened_at or clock.now()
    _tell(DocumentOpened, user, document)


def consult(professional: User, document: Document) -> None:
    """A professional opens a document: the patient is told, without its name while they may not see it."""
    _tell(KeptBackConsulted if document.is_hidden else DocumentConsulted, professional, document)


def download(user: User, document: Document) -> None:
    _tell(DocumentDownloaded, user, document)


def mask(user: User, document: Document) -> None:
    """Hide from professionals, except the one who deposited it."""
    if not document.is_masked:
        document.confidentiality = Confidentiality.MASKED
        _tell(DocumentMasked, user, document)


def unmask(user: User, document: Document) -> None:
    if document.is_masked:
        document.confidentiality = Confidentiality.NORMAL
        _tell(DocumentUnmasked, user, document)


def change(user: User, document: Document, *, title: str, dated: date, category: str) -> bool:
    """Rename, re-date, re-categorise one's own document; whether anything changed. Raises Refused."""
    if not document.is_own(user):
        raise Refused(ONLY_CONFIDENTIALITY)
    wanted = (clean(without_marks(title))[:TITLE] or document.title, dated, category)
    if wanted == (document.title, document.dated, document.category):
        return False
    document.title, document.dated, document.category = wanted
    _tell(DocumentChanged, user, document)
    return True


def pin(user: User, document: Document, *, pinned: bool) -> None:
    """Keep at the head of the list, or no longer."""
    document.pinned = pinned


def delete(user: User, document: Document) -> None:
    """Take one's own document away for good. Raises Refused for a document that somebody else deposited."""
    if not document.is_own(user):
        raise Refused(ONLY_MASKED)
    db.session.delete(document)
    _tell(DocumentDeleted, user, document)


def _tell(act: type[DocumentAct], user: User, document: Document) -> None:
    publish(act(actor=user, record=document.record, document=document))
