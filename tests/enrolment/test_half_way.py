"""An activation left half-way: taken up again with the card's keys or with the chosen ones, and put back by the trainer."""

from __future__ import annotations

import pytest

from sandbox.account import service
from sandbox.account.models import Life, Role
from sandbox.db import db, writing
from sandbox.enrolment.service import identify
from sandbox.errors import Refused
from sandbox.workshops import resets
from sandbox.workshops.models import Workshop
from sandbox.workshops.starts import Start
from tests.account.at_the_door import at_the_door
from tests.enrolment.applicant import at_the_door as applicant
from tests.enrolment.proven import IDENTIFIER, PASSWORD, six_digits, with_email, with_login
from tests.room import Room


@pytest.mark.parametrize("keys", ["card", "chosen"])
def test_both_keys_lead_back_to_it_until_it_is_done(room: Room, keys: str) -> None:
    with_login(room)
    card = room.card(1)
    identifier, password = (card.identifier, card.password) if keys == "card" else (f"{IDENTIFIER}.1", PASSWORD)
    back = at_the_door(room).submit("Se connecter", identifier=identifier, password=password)
    assert back.path.startswith("/activation")


def test_the_card_s_identifier_does_not_go_with_the_chosen_password(room: Room) -> None:
    with_login(room)
    person = at_the_door(room).submit("Se connecter", identifier=room.card(1).identifier, password=PASSWORD)
    assert person.status == 422


def test_once_done_the_card_opens_nothing(room: Room) -> None:
    marie = with_email(room).submit("Recevoir un code")
    marie.submit("Valider", code=six_digits(marie))
    card = room.card(1)
    with room.inside():
        assert room.record(1).life is Life.ACTIVE
        with pytest.raises(Refused):
            service.check_password(card.identifier, card.password, Role.LEARNER)


def test_a_seat_put_back_in_the_middle_asks_again_for_what_it_forgot(room: Room) -> None:
    marie = with_login(room)
    with room.app.app_context(), writing():
        workshop = db.session.get_one(Workshop, room.workshop_id)
        resets.reset_seat(workshop, 1)
        db.session.commit()
        db.session.remove()
    with room.inside():
        room.record(1).life = Life.CREATED
    marie.go("/activation/conditions")
    assert marie.path != "/activation/conditions"


def test_wrong_tries_are_not_forgotten_with_the_right_numbers(room: Room) -> None:
    """The numbers are on the card: whoever holds it could try codes for ever."""
    with room.inside():
        record = room.record(1)
        record.owner.failures = 4
        identify(record.nir, record.vitale_serial, record.birth_date)
        assert record.owner.failures == 4


def test_somebody_without_a_mobile_is_told_so_at_the_fund(room: Room) -> None:
    marie = applicant(room, start=Start.CONTACT_UNKNOWN)
    with room.inside():
        room.record(1).phone = ""
    marie.browser.go(f"/carte/{room.card(1).token}").go("/compte-caisse-simule/")
    marie.browser.submit("Enregistrer", mobile="06 39 98 12 34")
    assert marie.browser.status == 422
    assert marie.browser.page.find(id="mobile-error")
