"""PDF files that come in: looked at cheaply before they are read, then freed of what could act; or joined.

Run as a program: the file on the standard input, the answer on the standard output.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections import Counter
from contextlib import suppress
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

MOST_PAGES = 300
MOST_OBJECTS = 20_000
MOST_TOGETHER = 2_000  # objects packed in one stream
MOST_PACKED = 16_000_000  # bytes that the packed objects may become
PAGES_READ = 20
REFUSED = 3  # the status of an ending that says why
PACKED = re.compile(rb"/(?:ObjStm|XRef)\b")
ACTING = {"/AA", "/OpenAction", "/JavaScript", "/JS", "/EmbeddedFiles", "/EF", "/AF", "/XFA"}
ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
}
NOTES = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}


class Wrong(Exception):
    """The file will not do: `word` names the cure, `name` the file."""

    def __init__(self, word: str, name: str = "") -> None:
        super().__init__(word)
        self.word, self.name = word, name


def checked(content: bytes) -> bytes:
    """The PDF as we keep it: as it came, or written again without what could act. Raises Wrong."""
    if content.count(b"endobj") > MOST_OBJECTS:
        raise Wrong("LONG_PDF")
    if _packed(content) > MOST_PACKED:
        raise Wrong("TANGLED_PDF")
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise Wrong("LOCKED_PDF")
        pages = _count(reader)
        if not pages:
            raise Wrong("BROKEN_PDF")
        if pages > MOST_PAGES:
            raise Wrong("LONG_PDF")
        acts = _disarm(reader)
        return _written(reader) if acts or not content.startswith(b"%PDF-") else content
    except Wrong:
        raise
    except Exception as error:  # a broken file may break the reader in any way
        raise Wrong("BROKEN_PDF") from error


def joined(parts: list[tuple[str, bytes]], title: str) -> bytes:
    """One PDF of several, each with its name. Raises Wrong."""
    writer = PdfWriter()
    for name, content in parts:
        try:
            writer.append(BytesIO(content), import_outline=False)
        except Exception as error:  # a file made elsewhere may break the reader in any way
            raise Wrong("CANNOT_JOIN", name) from error
    if len(writer.pages) > MOST_PAGES:
        raise Wrong("LONG_PDF")
    writer.add_metadata({"/Title": title})
    writer.root_object.update(_for_readers())
    return _bytes(writer)


def _packed(content: bytes) -> int:
    """How many bytes the packed objects become, counted no further than they may."""
    total = 0
    for found in PACKED.finditer(content):
        begin = content.find(b"stream", found.end(), found.end() + 2000)
        if begin < 0 or total > MOST_PACKED:
            continue
        try:
            packed = content[begin + 6 : begin + 8].lstrip(b"\r\n") + content[begin + 8 :]
            total += len(zlib.decompressobj().decompress(packed, MOST_PACKED + 1 - total))
        except zlib.error:
            continue
    return total


def _count(reader: PdfReader) -> int:
    """How many pages there are, counted no further than they may: the file's own word may be a lie."""
    waiting: list[Any] = [reader.root_object["/Pages"]]
    pages = looks = 0
    while waiting and pages <= MOST_PAGES:
        looks += 1
        node = waiting.pop().get_object()
        kids = node.get("/Kids")
        if kids is None:
            pages += 1
            continue
        waiting.extend(kids.get_object()[: MOST_PAGES + 1])
        if looks > 2 * MOST_PAGES:
            raise Wrong("TANGLED_PDF")
    return pages


def _disarm(reader: PdfReader) -> bool:
    """Take away scripts, launches, sendings and files within, wherever they are. Whether there were any."""
    names = [(number, generation) for generation, known in reader.xref.items() for number in known]
    packed = reader.xref_objStm
    most = max(Counter(stream for stream, _ in packed.values()).values(), default=0)
    if len(names) + len(packed) > MOST_OBJECTS or most > MOST_TOGETHER:
        raise Wrong("TANGLED_PDF")
    found = False
    for number, generation in [*names, *((number, 0) for number in packed)]:
        with suppress(Exception):  # an object that cannot be read cannot act
            found |= _clean(reader.get_object(IndirectObject(number, generation, reader)))
    return found


def _clean(thing: PdfObject | None) -> bool:
    """Clean one object and what it holds itself; what it only points to has its own turn."""
    if isinstance(thing, ArrayObject):
        return any([_clean(inner) for inner in thing])
    if not isinstance(thing, DictionaryObject):
        return False
    if _word(thing, "/S") in ACTIONS or _word(thing, "/Subtype") in NOTES:
        thing.clear()
        return True
    acting = ACTING & thing.keys()
    for name in acting:
        del thing[name]
    return any([bool(acting), *(_clean(inner) for inner in thing.values())])


def _word(thing: DictionaryObject, name: str) -> str:
    return str(thing[name]) if name in thing else ""


def _for_readers() -> dict[Any, Any]:
    """The language, and the title in the window's bar: what a screen reader says first."""
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    return {NameObject("/Lang"): TextStringObject("fr-FR"), NameObject("/ViewerPreferences"): shown}


def _written(reader: PdfReader) -> bytes:
    return _bytes(PdfWriter(clone_from=reader))


def _bytes(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def words(content: bytes) -> str:
    """The words of the first pages; nothing when they cannot be had (a scan has none)."""
    try:
        return "\n\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages[:PAGES_READ])
    except Exception:  # a file made elsewhere may break the reader in any way
        return ""


def _parts(given: bytes) -> tuple[list[tuple[str, bytes]], str]:
    """What is to be joined: a line of JSON with the title, each name and length, then the files one after another."""
    line, _, rest = given.partition(b"\n")
    told, parts = json.loads(line), []
    for name, length in told["parts"]:
        parts.append((name, rest[:length]))
        rest = rest[length:]
    return parts, told["title"]


def main(what: str) -> int:
    """`checked`, `joined` or `words`."""
    given = sys.stdin.buffer.read()
    try:
        if what == "words":
            told = words(given).encode("utf-8", "replace")
        else:
            told = joined(*_parts(given)) if what == "joined" else checked(given)
    except Wrong as wrong:
        print(json.dumps({"word": wrong.word, "name": wrong.name}))
        return REFUSED
    sys.stdout.buffer.write(told)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
