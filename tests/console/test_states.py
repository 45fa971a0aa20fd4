"""Seats put in another starting state, in one press, and back in another."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox import live
from sandbox.account import life
from sandbox.account.models import Life
from sandbox.console import states
from sandbox.db import db
from sandbox.live import Event
from sandbox.mailbox.models import Mail
from sandbox.workshops.models import Workshop
from sandbox.workshops.starts import STATES, Start
from tests.asking import asked
from tests.browser import Browser, text_of
from tests.room import Room


def puts(samira: Browser, room: Room, start: Start, *seats: int) -> Browser:
    chosen = {"who": "some", "seats": [str(seat) for seat in seats]} if seats else {"who": "all"}
    return samira.go(f"/console/{room.code}/etats").submit(f"Mettre en « {STATES[start].label} »", **chosen)


def starts(room: Room) -> list[Start]:
    with room.app.app_context():
        found = [seat.start for seat in states.present(db.session.get_one(Workshop, room.workshop_id))]
        db.session.remove()
        return found


@pytest.mark.parametrize("start", Start)
def test_each_state_in_a_press_and_undone_in_another(room: Room, samira: Browser, start: Start) -> None:
    before = room.digest()
    puts(samira, room, start, 3)
    assert samira.sees(f"La place 3 est dans l’état « {STATES[start].label} »")
    assert samira.sees("La place 3 a changé d’état à")
    assert starts(room) == [Start.ACTIVE, Start.ACTIVE, start, Start.ACTIVE]
    samira.submit("Annuler ce changement d’état")
    assert samira.sees("Le changement d’état est annulé. La place 3 est revenue à l’état d’avant.")
    assert room.digest() == before


def test_all_the_seats_together_and_one_undo_gives_them_all_back(room: Room, samira: Browser) -> None:
    before = room.digest()
    puts(samira, room, Start.CODE_EXPIRED)
    assert samira.sees("Les places 1 à 4 ont changé d’état")
    assert starts(room) == [Start.CODE_EXPIRED] * 4
    assert samira.submit("Annuler ce changement d’état").sees("Les places 1 à 4 sont revenues")
    assert room.digest() == before
    assert not any("Annuler" in text_of(button) for button in samira.page.find_all("button"))


def test_a_reset_of_several_seats_is_undone_in_one_press_too(room: Room, samira: Browser) -> None:
    puts(samira, room, Start.CLOSED, 1, 2)
    closed = room.digest()
    samira.go(f"/console/{room.code}/places/remise-a-zero?seat=1&seat=2")
    token = samira.page.find("input", attrs={"name": "csrf_token"})["value"]
    samira.client.post(f"/console/{room.code}/places/remise-a-zero", data={"csrf_token": token, "seat": ["1", "2"]})
    assert samira.go(f"/console/{room.code}").sees("Les places 1 et 2 sont revenues au point de départ à")
    assert samira.submit("Annuler cette remise à zéro").sees("La remise à zéro est annulée. Les places 1 et 2")
    assert room.digest() == closed
    assert samira.sees("Les places 1 et 2 ont changé d’état")


def test_what_the_person_wrote_stays_and_the_keys_are_the_card_s_again(room: Room, samira: Browser) -> None:
    with room.inside():
        owner = room.record(1).owner
        owner.identifier, owner.password_hash = "autre.chose", "x"
        db.session.add(Mail(user=owner, channel="sms", sender="Quelqu’un", body="Gardé"))
    puts(samira, room, Start.CREATED, 1)
    card = room.card(1)
    with room.inside():
        owner = room.record(1).owner
        assert (owner.identifier, owner.password_hash) == (card.identifier, card.password_hash)
        bodies = list(db.session.scalars(sa.select(Mail.body).where(Mail.seat == 1)))
    assert "Gardé" in bodies
    samira.go(f"/console/{room.code}").submit("Annuler ce changement d’état")
    with room.inside():
        assert room.record(1).owner.identifier == "autre.chose"
        assert room.record(1).owner.password_hash == "x"


def test_open_pages_hear_of_it_and_their_next_page_leads_to_the_door(room: Room, samira: Browser, marie: Browser) -> None:
    assert marie.go("/").status == 200
    heard = heard_by(room, 1)
    puts(samira, room, Start.OPPOSED, 1)
    assert "world" in heard_by(room, 1)[len(heard):]
    assert marie.go("/").path != "/"
    assert marie.go("/documents/").heading != "Documents"
    assert room.learner(2).go("/").path == "/"


def heard_by(room: Room, seat: int) -> list[str]:
    with room.app.app_context():
        query = sa.select(Event.topic).where(Event.audience == live.audience_of_seat(room.workshop_id, seat))
        found = list(db.session.scalars(query.order_by(Event.id)))
        db.session.remove()
        return found


def test_without_a_seat_or_without_a_state_nothing_changes(room: Room, samira: Browser) -> None:
    before = room.digest()
    samira.go(f"/console/{room.code}/etats").submit("Mettre en « Clos »")
    assert samira.status == 422
    assert samira.sees("Cochez au moins une place")
    token = samira.page.find("input", attrs={"name": "csrf_token"})["value"]
    sent = {"csrf_token": token, "who": "all", "start": "endormi"}
    samira.client.post(f"/console/{room.code}/etats", data=sent)
    assert samira.go(f"/console/{room.code}").sees("Choisissez un état de départ")
    assert room.digest() == before


def test_a_link_ticks_the_seat_and_the_page_says_where_each_is(room: Room, samira: Browser) -> None:
    puts(samira, room, Start.CONTACT_UNKNOWN, 2)
    samira.go(f"/console/{room.code}/etats?seat=4")
    ticked = [box["value"] for box in samira.page.find_all("input", attrs={"name": "seats"}) if box.has_attr("checked")]
    assert ticked == ["4"]
    assert samira.sees(f"2 · {room.card(2).name} : Créé, contact inconnu")
    for state in STATES.values():
        assert samira.sees(" ".join(state.explanation.split()))
        assert samira.sees(" ".join(state.lesson.split()))


def test_a_state_reached_by_the_person_is_recognised(room: Room) -> None:
    with room.inside():
        life.close(room.record(1).owner, room.record(1), erase=False)
        room.record(2).life = Life.CREATED
    assert starts(room)[:2] == [Start.CLOSED, Start.CREATED]


def test_the_board_marks_seats_that_are_not_active_and_asks_no_more_for_it(room: Room, samira: Browser) -> None:
    url = f"/console/{room.code}/tableau"
    samira.go(url)
    with asked(room.app) as few:
        samira.go(url)
    puts(samira, room, Start.CREATED, 1)
    puts(samira, room, Start.OPPOSED, 2)
    with asked(room.app) as as_many:
        samira.go(url)
    rows = [text_of(row.th) for row in samira.page.select("table.board tbody tr")]
    assert ["pas activé" in rows[0], "opposition" in rows[1], "activé" in rows[2]] == [True, True, False]
    assert len(as_many) == len(few)


def test_a_workshop_is_created_with_its_start(room: Room, samira: Browser) -> None:
    samira.go("/console/nouvel-atelier")
    assert samira.sees("Comme l’histoire le prévoit : activé")
    samira.submit("Créer l’atelier", name="Atelier d’activation", seats="2", start="created")
    samira.click("États de départ")
    assert text_of(samira.page).count(": Créé, pas encore activé") == 2
    samira.click("Réglages").click("Terminer et effacer").submit("Terminer l’atelier")
