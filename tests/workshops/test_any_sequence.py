"""Whatever people do, in whatever order: a reset gives the start back, and its undo gives what they had done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox import acts, clock
from sandbox.account.models import Record
from sandbox.agenda import managing
from sandbox.agenda import service as agenda
from sandbox.agenda.models import Appointment
from sandbox.agenda.slots import free_slots
from sandbox.console import states
from sandbox.db import db, writing
from sandbox.documents import announcing, folders, masks
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.help import service as help_
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Conversation
from sandbox.notifications import service as notifications
from sandbox.prescriptions import delivering
from sandbox.prescriptions import service as prescriptions
from sandbox.prescriptions.service import NewLine
from sandbox.privacy import service as privacy
from sandbox.profile import service as profile
from sandbox.profile.models import Block
from sandbox.workshops import resets, spares, worlds
from sandbox.workshops.models import Workshop
from sandbox.workshops.starts import Start
from tests.room import Room
from tests.trying import tried

Deed = Callable[[Room, Record, int], None]
LINE = NewLine(drug="amlodipine 5 mg, gélule", posology="1 le matin", duration_days=30, quantity=1, unit="boîte",
               renewals=1, substitution=True, reason="")


def pick(model: type, record: Record, number: int):
    """One of the record's rows, whichever the number says."""
    rows = db.session.scalars(sa.select(model).where(model.record_id == record.id).order_by(model.id)).all()
    return rows[number % len(rows)]


def mask_or_show(room: Room, record: Record, number: int) -> None:
    document = pick(Document, record, number)
    (documents.unmask if document.is_masked else documents.mask)(record.owner, document)


def throw_away(room: Room, record: Record, number: int) -> None:
    own = db.session.scalars(sa.select(Document).where(Document.author_id == record.owner_id)).all()
    if own:
        documents.delete(record.owner, own[number % len(own)])


def deposit(room: Room, record: Record, number: int) -> None:
    documents.deposit_text(room.user("labo-horizon"), record, title=f"Bilan {number}", category="BIOLOGIE",
                           kind="11502-2", text="Tout est normal.")


def write_or_end(room: Room, record: Record, number: int) -> None:
    doctor = room.user("dr-lemoine")
    talk = messaging.open_conversation(doctor, record, "Vos résultats", "Bonjour")
    if number % 2:
        messaging.end(doctor, talk)


def book(room: Room, record: Record, number: int) -> None:
    doctor = room.user("dr-lemoine")
    slots = free_slots(doctor, clock.today())
    agenda.book(record.owner, record, doctor, slots[number % len(slots)], "Contrôle", service="rdv-valbrune")


def prescribe_and_deliver(room: Room, record: Record, number: int) -> None:
    signed = prescriptions.prescribe(room.user("dr-lemoine"), record, [LINE])
    delivering.deliver(room.user("pharm-garnier"), signed.lines[0], 1 + number % 2)


def block_or_unblock(room: Room, record: Record, number: int) -> None:
    professional = room.user(("dr-lemoine", "dr-haddad", "dr-perrin")[number % 3])
    (privacy.block if number % 2 else privacy.unblock)(record.owner, record, professional)


def file_away(room: Room, record: Record, number: int) -> None:
    folder = folders.create(record.owner, record, f"Dossier {number}")
    folders.move(record.owner, pick(Document, record, number), folder)
    if number % 3 == 0:
        folders.delete(record.owner, folder)


def keep_back(room: Room, record: Record, number: int) -> None:
    document = documents.deposit_text(room.user("dr-haddad"), record, title="À annoncer", category="CPT_REND",
                                      text="Nous en parlerons.", kept_back=True, measures="poids=70")
    if number % 2:
        announcing.release(room.user("dr-haddad"), document)


def break_glass(room: Room, record: Record, number: int) -> None:
    privacy.break_glass(room.user("dr-perrin"), record, "Personne inconsciente aux urgences")


DEEDS: dict[str, Deed] = {
    "block": block_or_unblock,
    "name": lambda room, record, n: privacy.name_administrator(record.owner, record, room.user("dr-haddad")),
    "glass": break_glass,
    "choose": lambda room, record, n: privacy.choose_emergency(
        record.owner, record, samu=bool(n & 1), glass=bool(n & 2), masked=bool(n & 4)),
    "mask all": lambda room, record, n: (masks.mask_all if n % 2 else masks.unmask_all)(record.owner, record),
    "file": file_away,
    "keep back": keep_back,
    "ask": lambda room, record, n: help_.write(record.owner, record, subject="Une question", text="Bonjour."),
    "none": lambda room, record, n: profile.declare_none(record.owner, record, Block.CONTACTS),
    "read": lambda room, record, n: documents.read(record.owner, pick(Document, record, n)),
    "mask": mask_or_show,
    "throw": throw_away,
    "deposit": deposit,
    "write": write_or_end,
    "reply": lambda room, record, n: messaging.reply(record.owner, pick(Conversation, record, n), "Merci."),
    "book": book,
    "cancel": lambda room, record, n: agenda.cancel(record.owner, pick(Appointment, record, n)),
    "prescribe": prescribe_and_deliver,
    "all read": lambda room, record, n: notifications.read_all(record),
    "look": lambda room, record, n: acts.publish(acts.RecordConsulted(actor=room.user("dr-haddad"), record=record)),
}
SEQUENCES = st.lists(
    st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(1, 4), st.integers(0, 50)), min_size=1, max_size=12
)


def perform(room: Room, sequence: list[tuple[str, int, int]]) -> None:
    """Each deed in its own transaction, as a request would; what the domain refuses changes nothing."""
    for name, seat, number in sequence:
        with room.inside():
            try:
                with db.session.begin_nested():
                    DEEDS[name](room, room.record(seat), number)
            except Refused:
                db.session.expire_all()


def trainer_does(room: Room, verb: Callable[..., object], *arguments: object) -> None:
    with room.app.app_context(), writing():
        verb(db.session.get_one(Workshop, room.workshop_id), *arguments)
        db.session.commit()
        db.session.remove()


@tried(20)
@given(sequence=SEQUENCES, seat=st.integers(1, 4))
def test_reset_gives_the_start_back_and_undo_what_was_done(room: Room, sequence: list, seat: int) -> None:
    room.renew()
    start = room.digest()
    perform(room, sequence)
    before = room.digest()
    trainer_does(room, resets.reset_seat, seat)
    trainer_does(room, resets.undo)
    assert room.digest() == before
    with room.app.app_context():
        spares.fill_one(room.workshop_id)
    trainer_does(room, resets.reset_workshop)
    assert room.digest() == start
    trainer_does(room, resets.undo)
    assert room.digest() == before


VERBS = st.one_of(
    st.tuples(st.just("reset"), st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("put"), st.lists(st.integers(1, 4), min_size=1, max_size=4, unique=True), st.sampled_from(Start)),
    st.tuples(st.just("do"), st.sampled_from(["mask", "deposit", "write"]), st.integers(1, 4)),
    st.tuples(st.just("undo")),
)


@tried(15)
@given(verbs=st.lists(VERBS, min_size=2, max_size=8))
def test_resets_states_and_undos_in_any_order(room: Room, verbs: list[tuple]) -> None:
    """Each reset and each change of state of some seats is one step; an undo gives these seats back as they were."""
    room.renew()
    fresh, kept = digests(room), []
    for verb, *about in verbs:
        now = digests(room)
        if verb == "do":
            perform(room, [(about[0], about[1], 7)])
        elif verb == "undo":
            undo_one(room, now, kept)
        else:
            trainer_does(room, resets.reset_seats if verb == "reset" else states.put, *about)
            kept.append({seat: now[seat] for seat in about[0]})
            after = digests(room)
            assert all(after[seat] == now[seat] for seat in now if seat not in about[0])
            assert verb == "put" or all(after[seat] == fresh[seat] for seat in about[0])


def undo_one(room: Room, now: dict[int, str], kept: list[dict[int, str]]) -> None:
    if not kept:
        with pytest.raises(Refused):
            trainer_does(room, resets.undo)
        return
    trainer_does(room, resets.undo)
    assert digests(room) == now | kept.pop()


def digests(room: Room) -> dict[int, str]:
    """Each seat's own."""
    with room.app.app_context():
        world = room.world()
        found = {seat: worlds.digest(world, [seat]) for seat in (1, 2, 3, 4)}
        db.session.remove()
        return found


def test_a_slot_taken_meanwhile_comes_back_cancelled(room: Room) -> None:
    """Seat 1 books, is reset, seat 2 takes the slot, and the reset is undone: the slot is held once."""
    with room.inside():
        doctor = room.user("dr-lemoine")
        slot = free_slots(doctor, clock.today())[3]
        agenda.book(room.record(1).owner, room.record(1), doctor, slot, "Contrôle", service="rdv-valbrune")
    trainer_does(room, resets.reset_seat, 1)
    with room.inside():
        agenda.book(room.record(2).owner, room.record(2), room.user("dr-lemoine"), slot, "Contrôle", service="rdv-valbrune")
    trainer_does(room, resets.undo)
    with room.inside():
        held = db.session.scalars(sa.select(Appointment).where(Appointment.held)).all()
        assert [(a.seat, a.starts_at) for a in held] == [(2, slot)]
        back = db.session.scalars(sa.select(Appointment).where(Appointment.seat == 1, Appointment.starts_at == slot))
        assert back.one().status == "cancelled"


def test_an_hour_partly_taken_meanwhile_comes_back_cancelled_too(room: Room) -> None:
    """As above, after the professional changed their hours: the two do not begin together, and meet."""
    with room.inside():
        doctor = room.user("dr-lemoine")
        slot = next(one for one in free_slots(doctor, clock.today()) if one.isoweekday() == 2)
        agenda.book(room.record(1).owner, room.record(1), doctor, slot, "Contrôle", service="rdv-valbrune")
    trainer_does(room, resets.reset_seat, 1)
    with room.inside():
        managing.give(room.user("dr-lemoine"), room.record(2), managing.Gift("Contrôle", slot + timedelta(minutes=10), 20))
    trainer_does(room, resets.undo)
    with room.inside():
        held = db.session.scalars(sa.select(Appointment).where(Appointment.held)).all()
        assert [(a.seat, a.minutes) for a in held] == [(2, 20)]
