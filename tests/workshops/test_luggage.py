"""What a file may hold, and what is refused without leaving a trace."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from sandbox import blobs
from sandbox.account import life
from sandbox.account.models import Life
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.help.models import Kind, Ticket, TicketFile
from sandbox.workshops import luggage
from sandbox.workshops.models import Workshop, World
from sandbox.workshops.starts import Start
from tests.room import Room


@pytest.fixture
def suitcase(room: Room) -> bytes:
    with room.app.app_context():
        packed = luggage.packed(db.session.get_one(Workshop, room.workshop_id))
        db.session.remove()
        return packed


def rewritten(suitcase: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(suitcase)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
    return buffer.getvalue()


def version_two(name: str, content: bytes) -> bytes:
    return json.dumps(json.loads(content) | {"version": 2}).encode() if name == "manifest.json" else content


def another_text(name: str, content: bytes) -> bytes:
    return content + b"!" if name.startswith("files/") else content


def unknown_table(name: str, content: bytes) -> bytes:
    return json.dumps({"trainer": {"columns": ["email"], "rows": [["x"]]}}).encode() if name == "now/1.json" else content


def dangling_key(name: str, content: bytes) -> bytes:
    return content.replace(b'"record_id"', b'"author_id"') if name == "now/1.json" else content


def bomb(name: str, content: bytes) -> bytes:
    return b"0" * 310_000_000 if name == "now/1.json" else content


SPOILT = {
    "not a zip": lambda packed: b"bonjour",
    "truncated": lambda packed: packed[: len(packed) // 2],
    "newer": lambda packed: rewritten(packed, version_two),
    "forged file": lambda packed: rewritten(packed, another_text),
    "unknown table": lambda packed: rewritten(packed, unknown_table),
    "dangling key": lambda packed: rewritten(packed, dangling_key),
    "zip bomb": lambda packed: rewritten(packed, bomb),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_spoilt_file_is_refused_and_leaves_nothing(
    room: Room, suitcase: bytes, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "atelier.zip"
    file.write_bytes(spoil(suitcase))
    with room.app.app_context(), writing():
        before = counts()
        with pytest.raises(Refused):
            luggage.unpacked(file)
        assert counts() == before
        db.session.remove()


def counts() -> list[int]:
    return [db.session.scalar(sa.select(sa.func.count(model.id))) or 0 for model in (Workshop, World)]


def test_a_workshop_comes_back_as_it_was(room: Room, suitcase: bytes, tmp_path: Path) -> None:
    file = tmp_path / "atelier.zip"
    file.write_bytes(suitcase)
    with room.app.app_context(), writing():
        arrived = luggage.unpacked(file)
        twin = Room(room.app, arrived.id, arrived.code)
        db.session.remove()
    assert twin.code != room.code
    assert twin.digest() == room.digest()


def test_what_was_sent_to_support_and_the_trainers_matrix_travel_too(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "atelier.zip"
    with room.inside():
        record = room.record(1)
        ticket = Ticket(record=record, author=record.owner, kind=Kind.QUESTION, subject="Une question", text="Bonjour")
        name = blobs.keep(b"une piece jointe")[0]
        db.session.add(TicketFile(ticket=ticket, name="piece", media_type="text/plain", blob_hash=name, size=16))
        workshop = db.session.get_one(Workshop, room.workshop_id)
        workshop.matrix = blobs.keep(b"profession,groupes")[0]
        db.session.flush()
        file.write_bytes(luggage.packed(workshop))
        workshop.matrix = ""
    with zipfile.ZipFile(file) as archive:
        assert archive.read(f"files/{name}") == b"une piece jointe"
    with room.app.app_context(), writing():
        brought = luggage.unpacked(file)
        assert blobs.read(brought.matrix) == b"profession,groupes"
        db.session.delete(brought)
        db.session.commit()


def test_neither_the_open_room_nor_the_count_of_refusals_travels(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "atelier.zip"
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        workshop.refusals = 3
        file.write_bytes(luggage.packed(workshop))
        brought = luggage.unpacked(file)
        assert (brought.is_open, brought.open_until, brought.refusals) == (False, None, 0)
        db.session.delete(brought)
        db.session.commit()
        db.session.remove()


def test_a_seat_put_in_another_state_travels_so(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "atelier.zip"
    with room.inside():
        life.put(room.record(2), Start.OPPOSED)
    with room.app.app_context(), writing():
        file.write_bytes(luggage.packed(db.session.get_one(Workshop, room.workshop_id)))
        arrived = luggage.unpacked(file)
        twin = Room(room.app, arrived.id, arrived.code)
        db.session.remove()
    with twin.inside():
        assert twin.record(2).life is Life.OPPOSED
    assert twin.digest() == room.digest()
