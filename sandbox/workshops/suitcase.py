"""A zip that came from outside, read with suspicion: what it declares is checked, what it really holds is counted while it is read."""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from typing import IO, Any, NoReturn

from sandbox import blobs
from sandbox.errors import Refused

MOST_BYTES = 300_000_000  # unpacked: a 60-seat workshop takes about 10 MB
MOST_FILES = 10_000
MOST_TOLD = 8_000_000  # one part of a starting point: a busy seat takes less than one
MOST_FILE = 20_000_000  # one document: an archive of many pages bound together
MOST_LISTED = 2_000_000  # the table of contents
AT_ONCE = 65_536
ENDING = struct.Struct("<4s4H2LH")  # what a zip ends with
ENDS, ENDS_FAR = b"PK\x05\x06", b"PK\x06\x07"
OURS = re.compile(r"manifest\.json|(?:start|now|points/\d{1,2})/(?:head|\d{1,3})\.json|files/[0-9a-f]{64}")
EMPTY = "Ce fichier est vide. Choisissez le fichier .zip téléchargé depuis la console."
NOT_ONE = "Ce fichier n’est pas un atelier exporté, ou il est arrivé incomplet. Téléchargez-le de nouveau, puis recommencez."
TOO_BIG = "Une fois déballé, ce fichier serait bien plus gros qu’un atelier. Rien n’a été repris."
OTHER = "Ce fichier contient autre chose qu’un atelier. Rien n’a été repris : choisissez le fichier tel qu’il a été téléchargé."
SPOILT = "Ce fichier est abîmé, ou quelqu’un l’a modifié. Rien n’a été repris : téléchargez-le de nouveau depuis la console."


class Suitcase:
    """The files of a zip, by name. Raises Refused at the first thing that is not ours."""

    def __init__(self, stream: IO[bytes]) -> None:
        _look_at_the_end(stream)
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
            raise Refused(NOT_ONE) from error
        listed = self._zip.infolist()
        if len(listed) > MOST_FILES or sum(item.file_size for item in listed) > MOST_BYTES:
            raise Refused(TOO_BIG)
        self._items = {item.orig_filename: item for item in listed}
        if len(self._items) < len(listed) or not all(map(_is_ours, listed)):
            raise Refused(OTHER)
        self._left = MOST_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def files(self) -> set[str]:
        """The names of the documents' files."""
        return {name.removeprefix("files/") for name in self._items if name.startswith("files/")}

    def file(self, name: str) -> bytes:
        """A document's file, which is the one that its name says."""
        content = self._read(f"files/{name}", MOST_FILE)
        if blobs.name_of(content) != name:
            spoilt()
        return content

    def told(self, name: str) -> Any:
        """What a file of the zip tells."""
        try:
            return json.loads(self._read(name, MOST_TOLD), parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise Refused(SPOILT) from error

    def _read(self, name: str, most: int) -> bytes:
        """Piece by piece: what inflates to more than it should is left where it is."""
        if name not in self._items:
            spoilt()
        content = io.BytesIO()
        try:
            with self._zip.open(self._items[name]) as source:
                while piece := source.read(AT_ONCE):
                    self._left -= len(piece)
                    if content.tell() + len(piece) > most or self._left < 0:
                        raise Refused(TOO_BIG)
                    content.write(piece)
        except (zipfile.BadZipFile, zipfile.zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:  # type: ignore[attr-defined]
            raise Refused(SPOILT) from error
        return content.getvalue()


def spoilt() -> NoReturn:
    raise Refused(SPOILT)


def _look_at_the_end(stream: IO[bytes]) -> None:
    """Before the table of contents is read: it is where it should be, and no longer than ours are."""
    size = stream.seek(0, io.SEEK_END)
    if not size:
        raise Refused(EMPTY)
    stream.seek(max(0, size - ENDING.size - 20))
    end = stream.read()
    if len(end) < ENDING.size or not end[-ENDING.size :].startswith(ENDS):
        raise Refused(NOT_ONE)  # (ours end without a comment)
    count, length = ENDING.unpack(end[-ENDING.size :])[4:6]
    if end.startswith(ENDS_FAR) or count > MOST_FILES or length > MOST_LISTED:
        raise Refused(TOO_BIG)


def _is_ours(item: zipfile.ZipInfo) -> bool:
    plain = item.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} and not item.flag_bits & 1
    return plain and OURS.fullmatch(item.orig_filename) is not None


def _no_number(_: str) -> NoReturn:
    raise ValueError
