"""What travels in a file, what comes back of it, and what stays behind."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from sandbox import blobs
from sandbox.account import life
from sandbox.account.models import Life
from sandbox.db import db, writing
from sandbox.errors import Refused
from sandbox.help.models import Kind, Ticket, TicketFile
from sandbox.workshops import luggage, points, returning, unpacking, worlds
from sandbox.workshops.models import Credential, Workshop
from sandbox.workshops.starts import Start
from tests.room import Room
from tests.workshops.cases import again, counts, told, version_one


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
