"""The archive: a folder of documents by category, a page to read offline, the same data for machines with their schema."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import StringIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from flask import render_template

from sandbox import blobs, french
from sandbox.account.models import Record
from sandbox.catalogue.models import Purpose
from sandbox.config import HERE, resources
from sandbox.documents import rendering, uploads
from sandbox.documents.models import Document
from sandbox.export import content
from sandbox.measures import KINDS
from sandbox.messaging import inbox
from sandbox.profile.service import PARTS
from sandbox.workshops.fixtures import common

CATEGORIES = {known["code"]: known["label"] for known in common("categories")["category"]}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(out: IO[bytes], record: Record, step: Callable[[int], None]) -> None:
    """Write the whole archive; `step` is told how many files are in after each."""
    filed = list(files(record))
    paths = {document.id: path for document, path in filed}
    data = content.of(record, paths)
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("index.html", _page(record, data))
        archive.writestr("style.css", (resources("static") / "css" / "archive.css").read_text(encoding="utf-8"))
        archive.writestr("donnees/dossier.json", json.dumps(data, ensure_ascii=False, indent=2))
        archive.writestr("donnees/schema.json", (HERE / "export" / "schema.json").read_text(encoding="utf-8"))
        archive.writestr("donnees/historique.csv", history(data["history"]))
        for number, (document, path) in enumerate(filed, 1):
            archive.writestr(path, _bytes(document))
            step(number)


def files(record: Record) -> Iterator[tuple[Document, str]]:
    """Each document and each attachment with its place in the archive: a name that no other has."""
    taken, before = set[str](), content.former(record)
    for document in content.documents(record):
        folder = f"documents/{safe(CATEGORIES.get(document.category, 'Autres documents'))}"
        yield document, _free(folder, document, taken)
        for version in before.get(document.ref, []):
            yield version, _free(f"{folder}/Versions remplacées", version, taken)
    for talk in content.conversations(record):
        for message in inbox.messages(talk):
            for attachment in message.attachments:
                if attachment.document.loose:
                    yield attachment.document, _free(f"messages/{safe(talk.subject)}", attachment.document, taken)


def _free(folder: str, document: Document, taken: set[str]) -> str:
    name = uploads.file_name(f"{document.dated.isoformat()} {safe(document.title)}", _kind(document))
    stem, dot, extension = name.rpartition(".")
    path, again = f"{folder}/{name}", 2
    while path.lower() in taken:
        path, again = f"{folder}/{stem} ({again}){dot}{extension}", again + 1
    taken.add(path.lower())
    return path


def safe(words: str) -> str:
    """A part of a path that every system takes."""
    return uploads.file_name(words, rendering.PLAIN).removesuffix(".txt")[:70].strip(" .") or "document"


def _kind(document: Document) -> str:
    return rendering.PDF if rendering.is_text(document) else document.media_type


def _bytes(document: Document) -> bytes:
    return rendering.pdf_unkept(document) if rendering.is_text(document) else blobs.read(document.blob_hash)


def _page(record: Record, data: content.Plain) -> str:
    return render_template(
        "export/archive.html", record=record, data=data, categories=CATEGORIES, folder="donnees",
        parts={block.value: part.label for block, part in PARTS.items()}, kinds=KINDS, purposes={one.value: one.label for one in Purpose}, moment=_moment, day=_day,
    )


def history(lines: list[content.Plain]) -> str:
    """The activity history for a spreadsheet: a cell is never taken for a formula."""
    out = StringIO("\ufeff")
    out.seek(0, 2)
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow(["Date", "Qui", "Quoi"])
    for line in lines:
        table.writerow([line["date"], line["actorType"], _harmless(line["label"])])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _moment(told: str) -> str:
    return french.full_moment(datetime.fromisoformat(told))


def _day(told: str) -> str:
    return french.long_date(date.fromisoformat(told[:10]))
