"""Several people at one computer, two windows at once, the trainer in between: nobody goes in as somebody else."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.account import codes, life, rules, service
from sandbox.account.forgotten import EMAIL, LONGEST
from sandbox.account.models import CodePurpose, Device, OneTimeCode
from sandbox.db import db, writing
from sandbox.enrolment.service import identify
from sandbox.errors import Refused
from sandbox.partners import providers
from sandbox.workshops import resets, spares
from sandbox.workshops.models import Workshop
from sandbox.workshops.printed import letter_code
from sandbox.workshops.starts import Start
from tests.account.at_the_door import at_the_door, code_on_the_phone, give_password
from tests.account.test_recovery import asks_password, chooses, proven
from tests.browser import Browser
from tests.room import Room

WRONG = "000001"


def with_a_phone(room: Room) -> None:
    with room.inside():
        db.session.add(Device(user=room.record(1).owner, name="Téléphone", paired_at=clock.now()))


def test_whoever_shows_another_card_does_not_go_in_as_the_one_before(room: Room) -> None:
    with_a_phone(room)
    person = give_password(room, seat=1)
    assert person.go("/connexion/appareil").status == 200
    person.go(f"/carte/{room.card(2).token}").go("/connexion/appareil")
    assert person.path == f"/atelier/{room.code}"


def test_a_password_changed_elsewhere_ends_what_the_former_one_began(room: Room) -> None:
    with_a_phone(room)
    thief = give_password(room)
    assert thief.go("/connexion/appareil").status == 200
    chooses(proven(room), "Tournesol+4827")
    assert thief.go("/connexion/appareil").path == f"/atelier/{room.code}"


def test_a_proof_of_somebody_gone_is_not_for_who_comes_next(room: Room) -> None:
    person = proven(room)
    person.go(f"/carte/{room.card(2).token}").go("/mot-de-passe-oublie/nouveau")
    assert person.path == "/mot-de-passe-oublie"
    assert not person.page.find("input", attrs={"name": "again"})


def test_a_page_of_before_puts_nobody_out(marie: Browser) -> None:
    assert marie.go("/session-terminee").path == "/"
    assert marie.go("/documents/").status == 200


def test_nobody_forgets_their_wrong_tries_by_what_is_on_the_card(room: Room) -> None:
    person, card = asks_password(room), room.card(1)
    for _ in range(4):
        person.submit("Valider", code=WRONG)
    with room.inside():
        record = room.record(1)
        identify(record.nir, record.vitale_serial, record.birth_date)
        service.check_password(card.identifier, card.password, record.owner.role)
        providers.recognise(card.identifier, card.password)
    assert person.submit("Valider", code=WRONG).sees("une petite pause")


def test_a_dozen_wrong_codes_at_once_are_five_tries_and_a_lock(room: Room) -> None:
    people = [give_password(room) for _ in range(12)]
    threads = [threading.Thread(target=person.submit, args=["Valider"], kwargs={"code": WRONG}) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with room.inside():
        assert room.record(1).owner.is_locked
        assert room.record(1).owner.failures == codes.TRIES
        assert not room.record(2).owner.is_locked


def test_one_code_in_two_windows_at_once_lets_one_in(room: Room) -> None:
    first, second = give_password(room), Browser(room.app, "l’autre fenêtre")
    second.client.set_cookie("sandbox_learner", first.client.get_cookie("sandbox_learner").value)  # type: ignore[union-attr]
    second.go("/connexion/code")
    code = code_on_the_phone(first)
    threads = [threading.Thread(target=one.submit, args=["Valider"], kwargs={"code": code}) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.status for one in (first, second)) == [200, 422]


def test_a_code_that_another_window_used_meanwhile_is_used(room: Room) -> None:
    """What this window had read before is not believed."""
    with room.inside():
        user = room.record(1).owner
        codes.send(user, CodePurpose.EMAIL, target="a@courriel.example")
        row = db.session.scalars(sa.select(OneTimeCode)).one()
        row.code_hash = codes._hashed(user, CodePurpose.EMAIL, WRONG)
        db.session.flush()
        core = sa.update(OneTimeCode).values(used_at=clock.now()).execution_options(synchronize_session=False)
        db.session.execute(core)
        with pytest.raises(codes.UsedCode):
            codes.check(user, CodePurpose.EMAIL, WRONG)


def test_the_code_of_the_letter_serves_once_however_many_came_after(room: Room) -> None:
    letter = letter_code(room.card(1).token)
    with room.inside():
        user = room.record(1).owner
        life.put(room.record(1), Start.CREATED)
        codes.check(user, CodePurpose.ACTIVATION, letter)
        for _ in range(25):
            codes.send(user, CodePurpose.ACTIVATION, channel="sms")
        with pytest.raises(codes.UsedCode):
            codes.check(user, CodePurpose.ACTIVATION, letter)


def test_the_identifier_printed_on_a_card_stays_its_holder_s(room: Room) -> None:
    printed = room.card(1).identifier
    with room.inside():
        room.record(1).owner.identifier = "autre.chose"
        db.session.flush()
        assert rules.is_taken(printed.upper(), room.record(2).owner)
        assert not rules.is_taken(printed, room.record(1).owner)


@pytest.mark.parametrize("put_back", ["seat", "workshop"])
def test_a_session_that_was_ended_does_not_begin_again_when_records_are_put_back(room: Room, marie: Browser, put_back: str) -> None:
    chooses(proven(room), "Tournesol+4827")
    reset(room, put_back)
    assert marie.go("/documents/").path != "/documents/"
    assert room.learner(1).go("/documents/").path == "/documents/"


def reset(room: Room, what: str) -> None:
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        if what == "seat":
            resets.reset_seat(workshop, 1)
        else:
            spares.fill_one(room.workshop_id)
            resets.reset_workshop(workshop)
        db.session.commit()
        db.session.remove()


def test_a_hostile_address_does_not_keep_the_door_busy(room: Room) -> None:
    assert not EMAIL.fullmatch("a@" + "." * LONGEST + "@")
    begun = time.perf_counter()
    person = at_the_door(room).click("Identifiant oublié").submit("Recevoir un code", contact="a@" + "." * 60_000 + "@", born="12/03/1958")
    assert person.status == 422
    assert time.perf_counter() - begun < 5


def test_wrong_passwords_of_nobody_lock_nobody(room: Room) -> None:
    with room.inside():
        for _ in range(6):
            with pytest.raises(Refused):
                service.check_password("personne.ici", "Non-0000", room.record(1).owner.role)
        assert not room.record(1).owner.failures
