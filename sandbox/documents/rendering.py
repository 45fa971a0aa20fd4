"""Stored texts made readable: the seat's identity put in, then HTML for the page or a tagged PDF for keeping."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError

from sandbox import blobs, french, tenancy, texts, typesetting
from sandbox.account.models import Record, Sex, User
from sandbox.blobs import TEMPLATE, Rendering
from sandbox.db import begin_writing, db, let_go
from sandbox.documents import apart, markdown, pages, pdfs, rtf
from sandbox.documents.models import Document
from sandbox.documents.pages import Sheets
from sandbox.numbers import spaced_nir

MARKDOWN = "text/markdown"  # a text without variables
PLAIN = "text/plain"
PDF = "application/pdf"
PAPER = "documents/paper.typ"
WORDS = {PLAIN, rtf.RTF}  # files of which only the words are shown
BANNER = "Entraînement — personnes et données fictives"
LONGEST = 100_000
Setter = Callable[[Document], tuple[str, dict[str, Any]] | None]
Writer = Callable[[Document], str | None]
SETTERS: dict[str, Setter] = {}  # by type of document: those that have a sheet of their own (prescriptions)
WRITERS: dict[str, Writer] = {}  # the same for what is read in the page, in Markdown
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Author:
    """What the letterhead says."""

    nom: str
    lieu: str = ""
    adresse: str = ""
    telephone: str = ""

    @property
    def lines(self) -> list[str]:
        phone = f"Tél. {self.telephone}" if self.telephone else ""
        return [line for line in (self.lieu if self.lieu != self.nom else "", self.adresse, phone) if line]


def is_text(document: Document) -> bool:
    """Whether the document is a text of ours, which we can set as a page and as a PDF."""
    return document.media_type in {TEMPLATE, MARKDOWN}


def author_of(document: Document) -> Author:
    user, record = document.author, document.record
    if user.professional:
        card = user.professional
        return Author(user.name, card.place, card.address, card.phone)
    return _patient(user, record) if document.is_own(record.owner) else Author(user.name)


def _patient(user: User, record: Record) -> Author:
    return Author(record.name, adresse=record.address, telephone=record.phone)


def variables(document: Document) -> dict[str, Any]:
    """Everything a stored text may say of its patient, its date and its author."""
    record = document.record
    values = texts.names(record.family_name, record.first_name, feminine=record.sex is Sex.FEMALE)
    values["patient"] |= {
        "naissance": french.long_date(record.birth_date), "age": record.age, "nir": spaced_nir(record.nir),
        "matricule": record.nir, "adresse": record.address, "commune_naissance": record.birth_place,
        "telephone": record.phone,
    }
    values["document"] = {"date": french.long_date(document.dated)}
    values["auteur"] = asdict(author_of(document))
    return values


def text_of(document: Document) -> str:
    """The Markdown of a text document, its variables and dates put in."""
    writer = WRITERS.get(document.kind)
    if told := writer(document) if writer else None:
        return told
    source = blobs.read(document.blob_hash).decode()
    if document.media_type != TEMPLATE:
        return source
    try:
        source = texts.render(source, variables(document))
    except texts.BrokenText:
        log.warning("the text of document %s cannot be rendered", document.slug, exc_info=True)
    return texts.dated(source, tenancy.world_day())


def html_of(document: Document) -> Markup:
    """A text document as HTML, to be set under an h2."""
    return markdown.html(text_of(document), breaks=document.media_type == MARKDOWN)


def pdf_of(document: Document) -> bytes:
    """A text document as a tagged PDF, made once for the same text and variables. The caller commits."""
    sheet, data = _set(document)
    return kept(_key(sheet, data), lambda: typesetting.pdf(sheet, data))


def pdf_unkept(document: Document) -> bytes:
    """The same for whoever may not write now: read where it was kept, else made and forgotten."""
    sheet, data = _set(document)
    made = db.session.scalar(sa.select(Rendering.content).where(Rendering.hash == _key(sheet, data)))
    return made or typesetting.pdf(sheet, data)


def _set(document: Document) -> tuple[str, dict[str, Any]]:
    """The sheet that this document is set on, and what it says."""
    setter = SETTERS.get(document.kind)
    return (setter(document) if setter else None) or (PAPER, _sheet(document))


def _key(sheet: str, data: dict[str, Any]) -> str:
    """What a PDF is kept under: the sheet, and all that it says."""
    return blobs.name_of(typesetting.source(sheet) + json.dumps(data, ensure_ascii=False, sort_keys=True).encode())


def words_of(document: Document) -> str:
    """What can be read without a viewer in an uploaded text or PDF. The caller commits."""
    if document.media_type == PDF:
        return "\n\n".join(words for words in sheets_of(document).words if words)
    content = blobs.read(document.blob_hash)
    return (rtf.words(content) if document.media_type == rtf.RTF else content.decode("utf-8", "replace"))[:LONGEST]


def sheets_of(document: Document) -> Sheets:
    """The pages of an uploaded PDF and their words, read once. The caller commits."""
    key = blobs.name_of(b"sheets of " + document.blob_hash.encode())
    told = json.loads(kept(key, lambda: _read_sheets(blobs.read(document.blob_hash))))
    return Sheets(told["pages"], told["total"], tuple(told["words"]))


def _read_sheets(content: bytes) -> bytes:
    """A file that cannot be drawn may still have words."""
    let_go()
    try:
        found = pages.sheets(content)
    except apart.TooLong:
        found = Sheets(0, 0, ())
    except apart.Failed:
        found = Sheets(0, 0, (_tidy(pdfs.words(content)),))
    return json.dumps(asdict(found)).encode()


def _sheet(document: Document) -> dict[str, Any]:
    record, author = document.record, author_of(document)
    born = f"{'née' if record.sex is Sex.FEMALE else 'né'} le {french.long_date(record.birth_date)}"
    return {
        "title": document.title,
        "banner": BANNER,
        "day": [document.dated.year, document.dated.month, document.dated.day],
        "author": {"name": author.nom, "lines": author.lines},
        "patient": {"name": record.name, "lines": [born, f"N° de sécurité sociale : {spaced_nir(record.nir)}"]},
        "body": markdown.tree(text_of(document), breaks=document.media_type == MARKDOWN),
    }


def _tidy(words: str) -> str:
    return "".join(sign for sign in words if sign.isprintable() or sign == "\n").strip()[:LONGEST]


def kept(key: str, make: Callable[[], bytes]) -> bytes:
    """What was made once under this name, or is made now; nobody waits for it to be made. The caller commits."""
    found = db.session.scalar(sa.select(Rendering.content).where(Rendering.hash == key))
    if found is None:
        found = make()
        begin_writing()
        with suppress(IntegrityError), db.session.begin_nested():  # somebody else may have made it meanwhile
            db.session.add(Rendering(hash=key, content=found))
    return found
