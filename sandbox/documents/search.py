"""Words inside documents: a file is read once, kept folded beside its readable lines, then searched by the store.

A kept file is a line per line: « folded<TAB>as written ». What is looked for never holds a tab, so a word found is found
in the folded half.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from sandbox import blobs
from sandbox.account.models import Record
from sandbox.blobs import TEMPLATE, Words
from sandbox.db import begin_writing, db
from sandbox.documents import rendering
from sandbox.documents.models import Document
from sandbox.documents.shelf import on_shelf
from sandbox.documents.uploads import clean
from sandbox.french import folded

MOST_WORDS = 8
sign_folded = lru_cache(maxsize=2048)(folded)
AROUND = 60  # signs shown on each side of the first word found
VARIABLE, STEERING = re.compile(r"\{\{.*?\}\}", re.DOTALL), re.compile(r"\{[%#].*?[%#]\}", re.DOTALL)
RULE, BULLET, EMPHASIS = re.compile(r"^[\s|:*_-]+$"), re.compile(r"^(?:#+|>|[-*+]|\d+\.)\s+"), re.compile(r"\*+|`+|\\$")


class Part(NamedTuple):
    """A piece of a line, and whether it is a word that was looked for."""

    text: str
    is_found: bool


# --- reading files once --------------------------------------------------------------------------------

def unread(record: Record) -> Iterator[list[Document]]:
    """The documents of a record that nobody searched yet: the texts together, then each PDF by itself, which is longer."""
    known = sa.exists().where(Words.hash == Document.blob_hash)
    found = {one.blob_hash: one for one in db.session.scalars(sa.select(Document).where(on_shelf(record), ~known))}
    slow = [one for one in found.values() if one.media_type == rendering.PDF]
    if quick := [one for one in found.values() if one.media_type != rendering.PDF]:
        yield quick
    yield from ([one] for one in slow)


def keep(documents: Iterable[Document]) -> None:
    """Keep what these documents say, unless somebody just did. Nobody waits while they are read. The caller commits."""
    said = {document.blob_hash: _kept(lines_of(document)) for document in documents}
    begin_writing()
    known = set(db.session.scalars(sa.select(Words.hash).where(Words.hash.in_(list(said)))))
    for name in said.keys() - known:
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.add(Words(hash=name, words=said[name]))


def lines_of(document: Document) -> list[str]:
    """What a document says, without its markup; of what a pack leaves open (a date, a name), a place only."""
    if document.media_type in {TEMPLATE, rendering.MARKDOWN}:
        text = blobs.read(document.blob_hash).decode("utf-8", "replace")
        return [line for line in map(_bare, _filled(text, document.media_type).splitlines()) if line]
    if document.media_type.startswith("image/"):
        return []
    return [line for line in map(clean, rendering.words_of(document).splitlines()) if line]


def _filled(text: str, media_type: str) -> str:
    return VARIABLE.sub("…", STEERING.sub("", text)) if media_type == TEMPLATE else text


def _bare(line: str) -> str:
    """A line of Markdown as it is read."""
    if RULE.match(line):
        return ""
    line = EMPHASIS.sub("", BULLET.sub("", line.strip()))
    return clean(" · ".join(cell.strip() for cell in line.split("|") if cell.strip()))


def _kept(lines: Sequence[str]) -> str:
    kept = "\n".join(f"{folded(line)}\t{line}" for line in lines)
    return kept[: rendering.LONGEST]


# --- looking for words -----------------------------------------------------------------------------------

def split(words: str) -> list[str]:
    """What is looked for: each word apart, the first ones of a long sentence."""
    return folded(words).split()[:MOST_WORDS]


def holding(record: Record, words: Sequence[str]) -> dict[str, set[str]]:
    """For each word, the files of the record that say it, by their hash: one query."""
    mine = sa.select(Document.blob_hash).where(on_shelf(record))
    says = [Words.words.like(f"%{_literal(word)}%", escape="\\") for word in words]
    found = db.session.execute(sa.select(Words.hash, *says).where(Words.hash.in_(mine), sa.or_(*says))).all()
    return {word: {line[0] for line in found if line[at]} for at, word in enumerate(words, start=1)}


def excerpts(sought: Mapping[str, str], words: Sequence[str]) -> dict[str, list[Part]]:
    """By hash, the line where the word sought stands; every word is marked in it."""
    found = db.session.execute(sa.select(Words.hash, Words.words).where(Words.hash.in_(list(sought))))
    return {name: _excerpt(kept, sought[name], words) for name, kept in found}


def _literal(word: str) -> str:
    """« % » and « _ » mean themselves."""
    return re.sub(r"([\\%_])", r"\\\1", word)


def _excerpt(kept: str, word: str, words: Sequence[str]) -> list[Part]:
    pairs = (line.partition("\t") for line in kept.split("\n"))
    return _marked(_cut(next((written for low, _, written in pairs if word in low), ""), word), words)


def _cut(line: str, word: str) -> str:
    """The part of a long line around a word, between whole words."""
    low, places = _places(line)
    at = low.find(word)
    if at < 0:
        return line[: 2 * AROUND]
    begin, end = max(0, places[at] - AROUND), places[at + len(word) - 1] + 1 + AROUND
    before, after = line[begin : places[at]], line[places[at] : end]
    if begin:
        before = "…" + before.partition(" ")[2]
    if end < len(line):
        after = after.rpartition(" ")[0] + " …" if " " in after[len(word) :] else after + "…"
    return before + after


def _places(line: str) -> tuple[str, list[int]]:
    """A line folded, and for each of its signs the place it has in the line as written."""
    low, places = [], []
    for at, sign in enumerate(line):
        low.append(sign_folded(sign))
        places.extend([at] * len(low[-1]))
    return "".join(low), places


def _marked(line: str, words: Sequence[str]) -> list[Part]:
    low, places = _places(line)
    parts, done = [], 0
    for found in re.finditer("|".join(sorted(map(re.escape, words), key=len, reverse=True)), low):
        begin, end = places[found.start()], places[found.end() - 1] + 1
        if begin >= done:
            parts += [Part(line[done:begin], False), Part(line[begin:end], True)]
            done = end
    return [part for part in [*parts, Part(line[done:], False)] if part.text]
