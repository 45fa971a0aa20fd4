"""The temporary code of twelve signs: right, wrong, expired, used, tried too often."""

from __future__ import annotations

import pytest

from sandbox.account.models import Life
from sandbox.numbers import grouped
from sandbox.workshops.starts import Start
from tests.enrolment.applicant import Applicant, at_the_door, pass_time
from tests.room import Room

NEXT = "/activation/identifiants"
WRONG = "Ce code n’est pas le bon"


def at_the_code(room: Room, seat: int = 1) -> Applicant:
    person = at_the_door(room, seat)
    person.identify()
    person.ask_for_code()
    assert person.browser.heading == "Recopiez votre code"
    return person


@pytest.mark.practises("A06")
def test_marie_meets_every_failure_of_the_code_and_gets_out_of_each(room: Room) -> None:
    marie = at_the_code(room)
    first, browser = marie.received(), marie.browser
    assert browser.submit("Valider", code="AAAABBBBCCCC").sees(WRONG)
    browser.submit("Recevoir un autre code")
    assert browser.submit("Valider", code=first).heading == "Ce code a expiré"
    browser.submit("Recevoir un nouveau code")
    second = marie.received()
    assert browser.submit("Valider", code=f" {grouped(second).lower()} ").path == NEXT
    pass_time(room, minutes=20)  # the journey stops there, and the code has served
    assert browser.go(NEXT).heading == "Votre session a expiré"
    browser.click("Recommencer l’activation")
    marie.identify()
    assert marie.ask_for_code().submit("Valider", code=second).heading == "Ce code a déjà servi"
    browser.submit("Recevoir un nouveau code").submit("Valider", code="-".join(marie.received()))
    assert browser.path == NEXT


def test_the_code_of_the_letter_serves_for_six_weeks(room: Room) -> None:
    marie, jean = at_the_door(room), at_the_door(room, 2, Start.CODE_EXPIRED)
    marie.identify().submit("J’ai déjà un code sur mon courrier")
    assert marie.browser.sees("Il est imprimé sur votre courrier")
    assert marie.browser.submit("Valider", code=grouped(marie.letter)).path == NEXT
    jean.identify().submit("J’ai déjà un code sur mon courrier").submit("Valider", code=jean.letter)
    assert jean.browser.heading == "Ce code a expiré"
    jean.browser.click("Recevoir un nouveau code")
    assert jean.ask_for_code("email").submit("Valider", code=jean.received()).path == NEXT


def test_the_code_lives_thirty_minutes(room: Room) -> None:
    marie = at_the_code(room)
    for _ in range(3):
        pass_time(room, minutes=11)
        marie.browser.click("Rester 15 minutes de plus")
    assert marie.browser.submit("Valider", code=marie.received()).heading == "Ce code a expiré"


def test_the_letter_that_has_served_leads_to_another_code(room: Room) -> None:
    marie = at_the_door(room)
    marie.identify().submit("J’ai déjà un code sur mon courrier").submit("Valider", code=marie.letter)
    again = at_the_door_again(marie)
    again.identify().submit("J’ai déjà un code sur mon courrier").submit("Valider", code=marie.letter)
    assert again.browser.heading == "Ce code a déjà servi"
    assert again.browser.click("Recevoir un nouveau code").heading == "Comment recevoir votre code ?"


def at_the_door_again(person: Applicant) -> Applicant:
    """The same person, at another computer."""
    return Applicant(
        person.room, person.seat, person.born, person.nir, person.serial,
        type(person.browser)(person.room.app, "ailleurs").go(f"/atelier/{person.room.code}"),
    )


def test_a_code_too_short_is_told_and_is_not_a_try(room: Room) -> None:
    marie = at_the_code(room)
    for _ in range(6):
        assert marie.browser.submit("Valider", code="ABC").sees("Ce code a 12 signes, vous en avez écrit 3")
    assert marie.browser.submit("Valider", code=marie.received()).path == NEXT


def test_five_wrong_codes_lock_this_account_for_a_minute_and_nobody_else(room: Room) -> None:
    marie, jean = at_the_code(room), at_the_code(room, 2)
    for _ in range(5):
        marie.browser.submit("Valider", code="AAAABBBBCCCC")
    assert marie.browser.page.find(attrs={"data-behaviour": "countdown"}) is not None
    assert marie.browser.submit("Valider", code=marie.received()).sees("Trop d’essais")
    assert jean.browser.submit("Valider", code=jean.received()).path == NEXT
    pass_time(room, minutes=2)
    assert marie.browser.submit("Valider", code=marie.received()).path == NEXT


def test_the_code_of_another_person_is_a_wrong_one(room: Room) -> None:
    marie, jean = at_the_code(room), at_the_code(room, 2)
    assert marie.browser.submit("Valider", code=jean.received()).sees(WRONG)
    assert marie.browser.submit("Valider", code=jean.letter).sees(WRONG)
    assert marie.life() is Life.CREATED
