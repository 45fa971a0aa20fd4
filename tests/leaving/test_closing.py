"""Closing one’s space in three steps, opening it again, and finding everything."""

from __future__ import annotations

import pytest

from sandbox.documents.models import Confidentiality
from sandbox.workshops import resets
from sandbox.workshops.starts import Start
from tests.account.test_leaving import trainer_does
from tests.browser import Browser
from tests.leaving.people import (
    at_the_door,
    close,
    code_received,
    days_go_by,
    done,
    holdings,
    life_of,
    put,
    reopen,
    sign_in,
    wrong,
)
from tests.pro.people import document
from tests.room import Room


@pytest.mark.practises("A16")
@pytest.mark.parametrize("erase", [False, True], ids=["archived", "erasure asked"])
def test_marie_closes_reopens_and_finds_everything(room: Room, marie: Browser, erase: bool) -> None:
    with room.inside():
        masked = document("o-genou-et-tension")
        masked.confidentiality = Confidentiality.MASKED
        title = masked.title
    before = holdings(room)
    marie.go("/parametres/").click("Clôture")
    close(marie, room, erase=erase)
    assert marie.heading == "Votre espace est clos"
    assert marie.sees("Vos données seront effacées le") is erase
    assert life_of(room) == "closed"
    reopen(marie, room)
    assert marie.path == "/"
    assert marie.sees("Vous y retrouvez tout, comme avant")
    assert holdings(room) == before
    with room.inside():
        assert document("o-genou-et-tension").is_masked
        assert not room.record(1).erase_asked
    assert marie.go("/documents/").sees(title)


def test_closing_ends_the_session_and_leaves_the_room_known(room: Room, marie: Browser) -> None:
    close(marie, room)
    with marie.client.session_transaction("/") as session:
        assert "_user_id" not in session
        assert "pending" not in session
        assert session["workshop"] == room.workshop_id
    assert marie.go("/documents/").heading == "Se connecter"


def test_another_window_is_put_out_and_must_sign_in_again_after_the_reopening(room: Room, marie: Browser) -> None:
    other, asleep = room.learner(1), room.learner(1)
    close(marie, room)
    assert other.go("/documents/").sees("Votre espace n’est plus ouvert")
    reopen(marie, room)
    assert asleep.go("/documents/").heading == "Votre session est terminée"
    assert marie.go("/documents/").heading == "Documents"


def test_two_windows_close_once(room: Room, marie: Browser) -> None:
    other = room.learner(1)
    for person in (marie, other):
        person.go("/parametres/cloture/donnees").submit("Continuer et recevoir un code")
    code = code_received(room)
    marie.submit("Fermer mon espace", code=code)
    other.submit("Fermer mon espace", code=code)
    assert other.sees("Votre espace n’est plus ouvert")
    assert done(room, "SpaceClosed") == 1


def test_a_wrong_code_closes_nothing_and_the_right_one_still_does(room: Room, marie: Browser) -> None:
    marie.go("/parametres/cloture/donnees").submit("Continuer et recevoir un code")
    code = code_received(room)
    assert marie.submit("Fermer mon espace", code=wrong(code)).status == 422
    assert marie.sees("Ce code n’est pas le bon")
    marie.submit("Recevoir un autre code")
    assert marie.submit("Fermer mon espace", code=code).sees("un autre l’a remplacé")
    assert life_of(room) == "active"
    marie.submit("Fermer mon espace", code=code_received(room))
    assert life_of(room) == "closed"


def test_five_wrong_codes_hold_a_minute(room: Room, marie: Browser) -> None:
    marie.go("/parametres/cloture/donnees").submit("Continuer et recevoir un code")
    code = code_received(room)
    for _ in range(5):
        marie.submit("Fermer mon espace", code=wrong(code))
    assert marie.sees("Trop d’essais")
    assert marie.submit("Fermer mon espace", code=code).sees("Trop d’essais")
    assert life_of(room) == "active"


def test_the_last_step_asked_first_leads_to_the_one_before(marie: Browser) -> None:
    assert marie.go("/parametres/cloture/confirmer").heading == "Que deviennent les données ?"
    assert marie.sees("Choisissez d’abord")
    assert "Emporter toutes les données" in marie.links()


def test_who_came_by_the_address_alone_signs_in_first(room: Room) -> None:
    put(room, Start.CLOSED)
    person = at_the_door(room)
    for page in ("", "code", "fait"):
        assert person.go(f"/espace-clos/{page}").heading == "Se connecter", page
    assert person.sees("pour montrer qui vous êtes")


def test_the_card_leads_to_the_closed_space(room: Room) -> None:
    put(room, Start.CLOSED)
    person = Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}")
    assert person.heading == "Votre espace est clos"
    assert person.sees("gardée 10 ans")
    person.submit("Rouvrir mon espace")
    assert person.submit("Rouvrir mon espace", code=wrong(code_received(room))).status == 422
    assert life_of(room) == "closed"
    assert person.submit("Rouvrir mon espace", code=code_received(room)).path == "/"


def test_an_open_space_has_nothing_to_reopen(room: Room, marie: Browser) -> None:
    assert marie.go("/espace-clos/").path == "/"
    put(room, Start.CLOSED, 2)
    jean = sign_in(Browser(room.app, "Jean"), room, 2)
    put(room, Start.ACTIVE, 2)
    assert jean.go("/espace-clos/").sees("Votre espace est ouvert : connectez-vous")
    put(room, Start.OPPOSED, 2)
    assert jean.go("/espace-clos/").heading == "Votre opposition est enregistrée"


def test_reopened_twice_is_reopened_once(room: Room) -> None:
    put(room, Start.CLOSED)
    first, second = sign_in(Browser(room.app, "Marie"), room), sign_in(Browser(room.app, "Marie bis"), room)
    first.submit("Rouvrir mon espace")
    second.submit("Rouvrir mon espace")
    code = code_received(room)
    assert first.submit("Rouvrir mon espace", code=code).path == "/"
    assert second.submit("Rouvrir mon espace", code=code).heading == "Se connecter"
    assert done(room, "SpaceReopened") == 1


def test_the_trainer_puts_everything_back(room: Room, marie: Browser) -> None:
    start = room.digest()
    close(marie, room, erase=True)
    closed = room.digest()
    trainer_does(room, lambda workshop: resets.reset_seat(workshop, 1))
    assert room.digest() == start
    assert life_of(room) == "active"
    days_go_by(room, 120)
    assert done(room, "SpaceErased") == 0
    trainer_does(room, resets.undo)
    assert life_of(room) == "closed"
    assert closed != start


def test_the_next_person_at_this_browser_does_not_see_the_closed_space(room: Room) -> None:
    put(room, Start.CLOSED)
    person = Browser(room.app, "Marie").go(f"/carte/{room.card(1).token}")
    person.go(f"/carte/{room.card(2).token}")
    assert person.go("/espace-clos/").heading == "Se connecter"
