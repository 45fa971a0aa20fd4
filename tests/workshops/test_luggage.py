"""What a file may hold, and what is refused without leaving a trace."""

from __future__ import annotations

import io
import json
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from sandbox import blobs
from sandbox.account import life
from sandbox.account.models import Life
from sandbox.db import Model, db, writing
from sandbox.errors import Refused
from sandbox.help.models import Kind, Ticket, TicketFile
from sandbox.workshops import contents, luggage, points, returning, unpacking, worlds
from sandbox.workshops.models import Credential, Workshop
from sandbox.workshops.starts import Start
from tests.room import Room
from tests.workshops.cases import again, cell, rewritten, told, version_one

DAMAGED, OTHER, HUGE = "est abîmé, ou quelqu’un l’a modifié", "autre chose qu’un atelier", "bien plus gros qu’un atelier"
NOT_ONE = "n’est pas un atelier exporté"
Spoil = Callable[[bytes], bytes]
HOUR = {"weekdays": "12345", "minute": 480, "is_on": True}


@pytest.fixture
def suitcase(room: Room) -> bytes:
    with room.app.app_context():
        packed = luggage.packed(db.session.get_one(Workshop, room.workshop_id))
        db.session.remove()
        return packed


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


def counts() -> dict[str, int]:
    """Every row there is."""
    tables = Model.metadata.sorted_tables
    return {table.name: db.session.connection().execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables}


@pytest.mark.parametrize("spoil", [bomb, lying_bomb, crowd], ids=["declared", "lying", "crowd"])
def test_a_bomb_does_not_fill_the_memory(room: Room, suitcase: bytes, spoil: Spoil) -> None:
    packed = spoil(suitcase)
    tracemalloc.start()
    with pytest.raises(Refused):
        contents.read(io.BytesIO(packed))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000


def full_at_the_second_seat(writer: worlds.Writer, seat: int, part: worlds.Part, *, write: Callable[..., None] = worlds.Writer.write) -> None:
    if seat == 2:
        raise sa.exc.OperationalError("INSERT", {}, Exception("database or disk is full"))
    write(writer, seat, part)


def test_a_failure_of_the_store_leaves_nothing_either(room: Room, suitcase: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with room.app.app_context(), writing():
        before = counts()
        monkeypatch.setattr(unpacking.worlds.Writer, "write", full_at_the_second_seat)
        with pytest.raises(Refused):
            again(suitcase)
        assert counts() == before
        db.session.remove()


def forget(workshop: Workshop) -> None:
    db.session.delete(workshop)
    db.session.commit()
    db.session.remove()


def twin_of(room: Room, packed: bytes, *, anew: bool = False) -> Room:
    with room.app.app_context(), writing():
        arrived = again(packed, anew=anew)
        twin = Room(room.app, arrived.id, arrived.code)
        db.session.remove()
    return twin


def test_a_workshop_comes_back_as_it_was(room: Room, suitcase: bytes) -> None:
    twin = twin_of(room, suitcase)
    assert twin.code != room.code
    assert twin.digest() == room.digest()


def test_a_file_of_the_former_version_comes_back_too(room: Room, suitcase: bytes) -> None:
    assert twin_of(room, version_one(suitcase)).digest() == room.digest()


def test_what_was_done_stays_behind_when_it_is_taken_anew(room: Room) -> None:
    fresh = room.digest()
    with room.inside():
        life.put(room.record(2), Start.OPPOSED)
    with room.app.app_context():
        packed = luggage.packed(db.session.get_one(Workshop, room.workshop_id))
        db.session.remove()
    assert twin_of(room, packed).digest() == room.digest() != fresh
    assert twin_of(room, packed, anew=True).digest() == fresh


def test_a_start_that_is_shared_says_neither_name_nor_place_nor_password(room: Room) -> None:
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        out = io.BytesIO()
        luggage.pack_start(workshop, out)
        with zipfile.ZipFile(out) as archive:
            said = json.loads(archive.read("manifest.json"))
            everything = b"".join(archive.read(name) for name in archive.namelist())
        assert set(said) == {"version", "kind", "pack", "seed", "seats", "matrix", "points", "start", "now"}
        cards = db.session.scalars(sa.select(Credential).where(Credential.workshop_id == workshop.id)).all()
        for one in cards:
            assert one.password.encode() not in everything
            assert one.token.encode() not in everything
        arrived = again(out.getvalue())
        new = db.session.scalars(sa.select(Credential).where(Credential.workshop_id == arrived.id)).all()
        assert {one.ref for one in new} == {one.ref for one in cards}
        assert not {one.token for one in new} & {one.token for one in cards}
        twin = Room(room.app, arrived.id, arrived.code)
        db.session.remove()
    assert twin.digest() == room.digest()


def test_every_starting_point_travels_and_what_is_removed_does_not(room: Room) -> None:
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        for name in ("Premier matin", "De trop", "Second matin"):
            points.freeze(workshop, points.look(workshop.id), name, None, {})
            db.session.commit()
        first, _, second, last = points.of_workshop(workshop)
        points.remove(workshop, second)
        db.session.commit()
        brought = again(luggage.packed(workshop))
        kept = points.of_workshop(brought)
        assert [point.label for point in kept] == [first.label, "Premier matin", "Second matin"]
        assert (brought.start_id, kept[-1].moment, kept[-1].made_by_id) == (kept[-1].id, last.moment, None)
        points.restore(brought, kept[1])
        db.session.commit()
        assert brought.start_id == kept[1].id
        forget(brought)


def test_what_was_sent_to_support_and_the_trainers_matrix_travel_too(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        ticket = Ticket(record=record, author=record.owner, kind=Kind.QUESTION, subject="Une question", text="Bonjour")
        name = blobs.keep(b"une piece jointe")[0]
        db.session.add(TicketFile(ticket=ticket, name="piece", media_type="text/plain", blob_hash=name, size=16))
        workshop = db.session.get_one(Workshop, room.workshop_id)
        workshop.matrix = blobs.keep(b"profession,groupes")[0]
        db.session.flush()
        packed = luggage.packed(workshop)
        workshop.matrix = ""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read(f"files/{name}") == b"une piece jointe"
    with room.app.app_context(), writing():
        brought = again(packed)
        assert blobs.read(brought.matrix) == b"profession,groupes"
        forget(brought)


def test_its_hours_travel_and_count_again_from_its_arrival(room: Room) -> None:
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        returning.add(workshop, [1, 2, 3, 4, 5, 6, 7], 8 * 60)
        late = returning.add(workshop, [6], 20 * 60)
        returning.turn(workshop, late, on=False)
        brought = again(told(luggage.packed(workshop), "manifest.json", lambda value: value["hours"][0].update(id=1, workshop_id=9)))
        assert returning.told(brought) == returning.told(workshop)
        assert [hour.workshop_id for hour in returning.hours_of(brought.id)] == [brought.id] * 2
        assert brought.returns_at == workshop.returns_at is not None
        forget(brought)


def test_neither_the_open_room_nor_the_count_of_refusals_travels(room: Room) -> None:
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        workshop.refusals = 3
        brought = again(luggage.packed(workshop))
        assert (brought.is_open, brought.open_until, brought.refusals) == (False, None, 0)
        forget(brought)


def test_a_seat_put_in_another_state_travels_so(room: Room) -> None:
    with room.inside():
        life.put(room.record(2), Start.OPPOSED)
    with room.app.app_context():
        packed = luggage.packed(db.session.get_one(Workshop, room.workshop_id))
        db.session.remove()
    twin = twin_of(room, packed)
    with twin.inside():
        assert twin.record(2).life is Life.OPPOSED
    assert twin.digest() == room.digest()
