"""A file that is spoilt, forged or too large is refused in one sentence and leaves no trace: what is read, whatever the store."""

from __future__ import annotations

import io
import json
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pytest

from sandbox import blobs
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.workshops import contents
from tests.room import Room
from tests.workshops.cases import again, cell, counts, rewritten, told

DAMAGED, OTHER, HUGE = "est abîmé, ou quelqu’un l’a modifié", "autre chose qu’un atelier", "bien plus gros qu’un atelier"
NOT_ONE = "n’est pas un atelier exporté"
Spoil = Callable[[bytes], bytes]
HOUR = {"weekdays": "12345", "minute": 480, "is_on": True}


def manifest(**said: object) -> Spoil:
    return lambda packed: told(packed, "manifest.json", lambda value: value.update(said))


def card(**said: object) -> Spoil:
    return lambda packed: told(packed, "manifest.json", lambda value: value["cards"][0].update(said))


def present(table: str, column: str, value: object) -> Spoil:
    return lambda packed: told(packed, "now/1.json", cell(table, column, value))


def named(name: str) -> Spoil:
    return lambda packed: rewritten(packed, lambda _, content: content, **{name: b"bonjour"})


def another_text(packed: bytes) -> bytes:
    return rewritten(packed, lambda name, content: content + b"!" if name.startswith("files/") else content)


def bomb(packed: bytes) -> bytes:
    return rewritten(packed, lambda name, content: b"0" * 310_000_000 if name == "now/1.json" else content)


def lying_bomb(packed: bytes) -> bytes:
    """Two gigabytes of zeros that declare a thousand bytes."""
    deflated, zeros = zlib.compressobj(9, zlib.DEFLATED, -15), b"0" * 1_000_000
    squeezed = b"".join(deflated.compress(zeros) for _ in range(2_000)) + deflated.flush()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("manifest.json", squeezed)
    lying = bytearray(buffer.getvalue())
    for mark, method, size in ((b"PK\x03\x04", 8, 22), (b"PK\x01\x02", 10, 24)):
        at = lying.index(mark)
        lying[at + method : at + method + 2] = struct.pack("<H", zipfile.ZIP_DEFLATED)
        lying[at + size : at + size + 4] = struct.pack("<L", 1_000)
    return bytes(lying)


def crowd(packed: bytes) -> bytes:
    """A table of contents of half a million lines."""
    ending = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60_000, 60_000, 60_000 * 60, 0, 0)
    return b"PK\x01\x02" * 900_000 + ending


def twice(packed: bytes) -> bytes:
    buffer = io.BytesIO(packed)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("manifest.json", b"{}")
    return buffer.getvalue()


def squeezed_otherwise(packed: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("manifest.json", b"{}")
    return buffer.getvalue()


def deep(packed: bytes) -> bytes:
    return rewritten(packed, lambda name, content: b"[" * 100_000 if name == "now/1.json" else content)


def template(words: str) -> Spoil:
    """A text with variables that wants more than variables; its name is right."""
    def spoil(packed: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            part = json.loads(archive.read("now/1.json"))["document"]
            first = part["rows"][0][part["columns"].index("blob_hash")]
        name = blobs.name_of(words.encode())
        changed = rewritten(packed, lambda _, content: content.replace(first.encode(), name.encode()), **{f"files/{name}": words.encode()})
        return rewritten(changed, lambda _, content: content)
    return spoil


SPOILT: dict[str, tuple[Spoil, str]] = {
    "not a zip": (lambda packed: b"bonjour" * 10, NOT_ONE),
    "empty": (lambda packed: b"", "est vide"),
    "truncated": (lambda packed: packed[: len(packed) // 2], NOT_ONE),
    "one byte less": (lambda packed: packed[:-1], NOT_ONE),
    "without its beginning": (lambda packed: packed[200:], DAMAGED),
    "another zip": (squeezed_otherwise, OTHER),
    "newer": (manifest(version=3), "version plus récente"),
    "no version": (manifest(version="2"), DAMAGED),
    "forged file": (another_text, DAMAGED),
    "a file that nobody brought": (lambda packed: told(packed, "now/1.json", cell("document", "blob_hash", "0" * 64)), DAMAGED),
    "zip bomb": (bomb, HUGE),
    "zip bomb that lies": (lying_bomb, DAMAGED),
    "endless contents": (crowd, HUGE),
    "same name twice": (twice, OTHER),
    "climbing name": (named("../../etc/passwd"), OTHER),
    "absolute name": (named("/etc/passwd"), OTHER),
    "Windows name": (named("files\\..\\x"), OTHER),
    "too deep": (deep, DAMAGED),
    "not a number": (lambda packed: rewritten(packed, lambda name, content: content.replace(b'"seats":4', b'"seats":NaN')), DAMAGED),
    "negative seats": (manifest(seats=-1), DAMAGED),
    "no seat": (manifest(seats=0), DAMAGED),
    "a thousand seats": (manifest(seats=1_000), "plus de 60 places"),
    "seats that are yes": (manifest(seats=True), DAMAGED),
    "fewer seats than cards": (manifest(seats=3), DAMAGED),
    "a kind of its own": (manifest(kind="pack"), DAMAGED),
    "a name without end": (manifest(name="x" * 121), DAMAGED),
    "a name with half a sign": (manifest(name="\ud800"), DAMAGED),
    "a name with a zero": (manifest(place="a\0b"), DAMAGED),
    "a day that is none": (manifest(held_on="2026-02-30"), DAMAGED),
    "a day of another age": (manifest(held_on="9999-12-31"), DAMAGED),
    "a code with a slash": (manifest(code="../../"), DAMAGED),
    "a clock gone mad": (manifest(now={"shift": 10**15}), DAMAGED),
    "a clock gone back": (manifest(now={"shift": -5}), DAMAGED),
    "frozen in ten years": (lambda packed: told(packed, "manifest.json", lambda value: value["points"][0].update(moment="w+3200T10:00:00")), DAMAGED),
    "frozen at no hour": (lambda packed: told(packed, "manifest.json", lambda value: value["points"][0].update(moment=[])), DAMAGED),
    "done by nobody": (lambda packed: told(packed, "points/0/head.json", lambda head: head.update(done={"x": ["y"]})), DAMAGED),
    "a start that is not there": (manifest(start=7), DAMAGED),
    "no starting point": (manifest(points=[]), DAMAGED),
    "cards that are a word": (manifest(cards="cartes"), DAMAGED),
    "no card": (manifest(cards=[]), DAMAGED),
    "hours without end": (manifest(hours=[HOUR] * 11), DAMAGED),
    "an hour of no day": (manifest(hours=[HOUR | {"weekdays": ""}]), DAMAGED),
    "an hour of an eighth day": (manifest(hours=[HOUR | {"weekdays": "18"}]), DAMAGED),
    "an hour past midnight": (manifest(hours=[HOUR | {"minute": 1440}]), DAMAGED),
    "an hour that is perhaps on": (manifest(hours=[HOUR | {"is_on": 1}]), DAMAGED),
    "a card of no seat": (card(seat=-1), DAMAGED),
    "a card of another seat": (card(seat=2), DAMAGED),
    "a card's hash that would take hours": (card(password_hash="$2b$31$" + "." * 53), DAMAGED),
    "a card's address with a slash": (card(token="../console"), DAMAGED),
    "unknown table": (lambda packed: told(packed, "now/1.json", lambda part: part.update(trainer={"columns": ["email"], "rows": [["x"]]})), DAMAGED),
    "unknown column": (lambda packed: told(packed, "now/1.json", lambda part: part["record"]["columns"].append("is_admin")), DAMAGED),
    "our own numbers": (lambda packed: rewritten(packed, lambda name, content: content.replace(b'"slug"', b'"id"') if name == "now/1.json" else content), DAMAGED),
    "dangling key": (present("document", "record_id", "zzzzzzzz"), DAMAGED),
    "a key that is a list": (present("document", "record_id", []), DAMAGED),
    "a password of its own": (present("user", "password_hash", "$2b$04$" + "." * 53), DAMAGED),
    "a role of its own": (present("user", "role", "trainer"), DAMAGED),
    "a page for a picture": (present("document", "media_type", "text/html"), DAMAGED),
    "a size below nothing": (present("document", "size", -1), DAMAGED),
    "a yes for a number": (present("document", "size", True), DAMAGED),
    "a date in a million years": (present("document", "dated", "w+999999999999"), DAMAGED),
    "a date that is a word": (present("document", "dated", "hier"), DAMAGED),
    "a title without end": (present("document", "title", "x" * 81), DAMAGED),
    "a ref that is a path": (present("document", "ref", "../../x"), DAMAGED),
    "the same ref twice": (lambda packed: told(packed, "now/1.json", lambda part: part["document"]["rows"].append(part["document"]["rows"][0])), DAMAGED),
    "two rows of one name in two seats": (lambda packed: rewritten(packed, lambda name, content: _same_ref(packed, name, content)), DAMAGED),
    "a link that leaves": (lambda packed: told(packed, "now/1.json", _link), DAMAGED),
    "a text that counts": (template("{% for i in range(99999) %}x{% endfor %}"), DAMAGED),
    "a text that multiplies": (template("{{ 'x' * 999999999 }}"), DAMAGED),
    "a text that calls": (template("{{ patient.nom.rjust(999999999) }}"), DAMAGED),
    "a text of another age": (template("{{ jour(999999999999) }}"), DAMAGED),
    "an exercise without question": (lambda packed: told(packed, "points/0/head.json", lambda head: head["exercises"][0].update(question="x")), DAMAGED),
    "an exercise of another shape": (lambda packed: told(packed, "points/0/head.json", lambda head: head["exercises"][0].update(x=1)), DAMAGED),
    "an act of its own": (lambda packed: told(packed, "points/0/head.json", lambda head: head["triggers"][0].update(act="shell")), DAMAGED),
    "a head that is a list": (lambda packed: rewritten(packed, lambda name, content: b"[]" if name.endswith("head.json") else content), DAMAGED),
}


def _same_ref(packed: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        first, second = (json.loads(archive.read(f"now/{seat}.json")) for seat in (1, 2))
    at = first["folder"]["columns"].index("ref")
    mine, theirs = first["folder"]["rows"][0][at], second["folder"]["rows"][0][at]
    return content.replace(theirs.encode(), mine.encode()) if name == "now/2.json" else content


def _link(part: dict[str, dict[str, list[object]]]) -> None:
    who = part["user"]["rows"][0][part["user"]["columns"].index("ref")]  # type: ignore[index]
    row = {"user_id": who, "channel": "sms", "sender": "S", "subject": "S", "body": "B", "at": "w+0T09:00:00", "link": "https://x.example/", "link_label": "L", "lure": "", "ref": "zzzzzzzz"}
    part["mail"] = {"columns": list(row), "rows": [list(row.values())]}


@pytest.mark.parametrize(("spoil", "sentence"), SPOILT.values(), ids=SPOILT.keys())
def test_a_spoilt_file_is_refused_and_leaves_nothing(room: Room, suitcase: bytes, spoil: Spoil, sentence: str) -> None:
    spoilt = spoil(suitcase)
    assert spoilt != suitcase
    with room.app.app_context(), writing():
        before = counts()
        with pytest.raises(Refused) as refused:
            again(spoilt)
        assert sentence in refused.value.phrase
        db.session.rollback()
        assert counts() == before
        db.session.remove()


@pytest.mark.parametrize("spoil", [bomb, lying_bomb, crowd], ids=["declared", "lying", "crowd"])
def test_a_bomb_does_not_fill_the_memory(room: Room, suitcase: bytes, spoil: Spoil) -> None:
    packed = spoil(suitcase)
    tracemalloc.start()
    with pytest.raises(Refused):
        contents.read(io.BytesIO(packed))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000
