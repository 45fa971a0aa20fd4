"""Starting points: the present moment frozen, gone back to, named, removed; and the last three things undone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from sandbox import acts, clock
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.journal.models import Entry
from sandbox.workshops import points
from sandbox.workshops.models import Workshop
from tests.browser import Browser, text_of
from tests.console.hours import Hours
from tests.room import Room


@pytest.fixture
def hours(room: Room, monkeypatch: pytest.MonkeyPatch) -> Hours:
    return Hours(monkeypatch)


def looks_at_the_history(room: Room, seat: int) -> None:
    """The learner of that seat does an exercise."""
    with room.inside():
        record = room.record(seat)
        acts.publish(acts.SectionOpened(actor=record.owner, record=record, section="historique", label="Historique"))


def masks(room: Room, seat: int, slug: str = "bilan-lipidique") -> None:
    with room.inside():
        record = room.record(seat)
        documents.mask(record.owner, db.session.scalars(
            sa.select(Document).where(Document.record_id == record.id, Document.slug == slug)).one())


def freezes(samira: Browser, room: Room, name: str) -> Browser:
    return samira.go(f"/console/{room.code}/points").submit("Figer ce moment", label=name)


def goes_back_to(samira: Browser, room: Room, name: str) -> Browser:
    """By the line of that point."""
    samira.go(f"/console/{room.code}/points")
    line = next(one for one in samira.page.select("#the-points ~ ul > li") if text_of(one.select_one(".row-title")) == name)
    link = next(a for a in line.find_all("a") if "Revenir" in text_of(a))
    return samira.go(link["href"])


def undo_buttons(samira: Browser) -> list[str]:
    return [text_of(button) for button in samira.page.find_all("button") if text_of(button).startswith("Annuler")]


@pytest.mark.practises("T05")
def test_any_moment_becomes_the_start_and_any_earlier_one_can_be_gone_back_to(room: Room, samira: Browser, marie: Browser) -> None:
    fresh = room.digest()
    masks(room, 1)
    looks_at_the_history(room, 1)
    frozen = room.digest()
    freezes(samira, room, "Avant la pause")
    assert samira.sees("« Avant la pause » est le point de départ")
    assert room.digest() == frozen  # nobody was interrupted
    masks(room, 2)
    looks_at_the_history(room, 3)
    later = room.digest()

    samira.go(f"/console/{room.code}/remise-a-zero")
    assert samira.sees("1 document masqué")  # seat 2's: seat 1's is in the point
    assert samira.sees("1 exercice fait")
    samira.submit("Remettre toutes les places à zéro")
    assert room.digest() == frozen
    assert marie.go("/exercises/").status == 200
    assert marie.go("/exercises/").sees("1 sur")  # what was done before the freeze stays done
    samira.submit("Annuler cette remise à zéro")
    assert room.digest() == later

    goes_back_to(samira, room, "Début de l’histoire")
    assert samira.sees("2 documents masqués")
    assert samira.sees("2 exercices faits")
    samira.submit("Revenir à ce point")
    assert samira.sees("Tous les dossiers sont revenus à « Début de l’histoire ».")
    assert room.digest() == fresh
    goes_back_to(samira, room, "Avant la pause")
    assert samira.sees("rien ne sera perdu")
    samira.submit("Revenir à ce point")
    assert room.digest() == frozen

    samira.submit("Annuler ce retour")
    assert room.digest() == fresh
    samira.submit("Annuler ce retour")
    assert room.digest() == later
    samira.submit("Annuler ce nouveau point de départ")
    assert samira.sees("Le point de départ d’avant est de retour")
    assert room.digest() == later
    samira.go(f"/console/{room.code}/points")
    assert not samira.sees("Avant la pause")
    assert samira.sees("Il n’y a plus rien à annuler.")
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    assert room.digest() == fresh


def test_the_name_proposed_says_where_the_room_is(room: Room, samira: Browser) -> None:
    field = samira.go(f"/console/{room.code}/points").page.find("input", attrs={"name": "label"})
    assert french_hour() in field["value"]
    for seat in (1, 2, 3, 4):
        looks_at_the_history(room, seat)
    value = samira.go(f"/console/{room.code}/points").page.find("input", attrs={"name": "label"})["value"]
    assert value.startswith("Après l’exercice ")


def french_hour() -> str:
    return f"{clock.real_now().hour}\u00a0h"


def test_a_point_is_renamed_and_removed_but_never_the_present_start_nor_the_first(room: Room, samira: Browser) -> None:
    freezes(samira, room, "Un")
    freezes(samira, room, "Deux")
    rows = {text_of(row.select_one(".row-title")): row for row in samira.page.select("#the-points ~ ul > li")}
    assert "Supprimer" in text_of(rows["Un"])
    assert "Supprimer" not in text_of(rows["Deux"])
    assert "Supprimer" not in text_of(rows["Début de l’histoire"])
    samira.go(next(a["href"] for a in rows["Un"].find_all("a") if "Renommer" in text_of(a)))
    assert samira.submit("Enregistrer", label="").status == 422
    assert samira.sees("Donnez un nom")
    assert samira.submit("Enregistrer", label="  Après   la pause ").sees("s’appelle maintenant « Après la pause »")
    numbers = numbers_of(room)
    token = samira.page.find("input", attrs={"name": "csrf_token"})["value"]
    for number, why in ((numbers[0], "il reste toujours"), (numbers[-1], "point de départ présent")):
        samira.client.post(f"/console/{room.code}/points/{number}/supprimer", data={"csrf_token": token})
        assert samira.go(f"/console/{room.code}").sees(why)
    samira.client.post(f"/console/{room.code}/points/{numbers[1]}/supprimer", data={"csrf_token": token})
    assert samira.go(f"/console/{room.code}/points").sees("est supprimé")
    assert numbers_of(room) == [numbers[0], numbers[2]]
    assert samira.go(f"/console/{room.code}/points/{numbers[1]}/revenir").status == 404


def numbers_of(room: Room) -> list[int]:
    with room.app.app_context():
        found = [point.id for point in points.of_workshop(db.session.get_one(Workshop, room.workshop_id))]
        db.session.remove()
        return found


def test_an_undo_gives_back_even_a_start_removed_meanwhile(room: Room, samira: Browser) -> None:
    masks(room, 1)
    freezes(samira, room, "À garder")
    first, second = numbers_of(room)
    goes_back_to(samira, room, "Début de l’histoire").submit("Revenir à ce point")
    token = samira.page.find("input", attrs={"name": "csrf_token"})["value"]
    samira.client.post(f"/console/{room.code}/points/{second}/supprimer", data={"csrf_token": token})
    assert numbers_of(room) == [first]
    samira.go(f"/console/{room.code}").submit("Annuler ce retour")
    assert numbers_of(room) == [first, second]
    frozen = room.digest()
    masks(room, 2)
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    assert room.digest() == frozen


def test_the_last_three_things_are_undone_one_after_the_other(room: Room, samira: Browser) -> None:
    states = [room.digest()]
    for seat in (1, 2, 3):
        masks(room, seat)
        states.append(room.digest())
        if seat < 3:
            samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    samira.go(f"/console/{room.code}/places/remise-a-zero?seat=3").submit("Remettre la place 3 à zéro")
    samira.go(f"/console/{room.code}/points")
    assert len(samira.page.select("#annuler ~ ul > li")) == 3
    assert undo_buttons(samira) == ["Annuler cette remise à zéro"]
    for number, expected in enumerate((states[3], states[2], states[1])):
        samira.submit("Annuler cette remise à zéro")
        assert samira.heading == "Points de départ"
        assert len(samira.page.select("#annuler ~ ul > li")) == 2 - number
        assert room.digest() == expected
    assert samira.sees("Il n’y a plus rien à annuler.")


def test_what_a_colleague_did_meanwhile_is_not_undone_unseen(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/places/remise-a-zero?seat=1").submit("Remettre la place 1 à zéro")
    colleague = room.trainer()
    colleague.go(f"/console/{room.code}/places/remise-a-zero?seat=2").submit("Remettre la place 2 à zéro")
    now = room.digest()
    samira.submit("Annuler cette remise à zéro")
    assert samira.sees("Autre chose a été fait entre-temps")
    assert room.digest() == now
    assert samira.submit("Annuler cette remise à zéro").sees("La place 2 est revenue")


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "9223372036854775808", "2147483648"])
@pytest.mark.parametrize("page", ["revenir", "nom"])
def test_a_point_that_does_not_exist_is_not_found(room: Room, samira: Browser, number: str, page: str) -> None:
    assert samira.go(f"/console/{room.code}/points/{number}/{page}").status == 404


def test_the_point_of_another_workshop_is_not_found(room: Room, samira: Browser) -> None:
    (first,) = numbers_of(room)
    samira.go(f"/console/{room.code}/points/{first + 1}/revenir")
    assert samira.status == 404


def test_a_name_is_asked(room: Room, samira: Browser) -> None:
    assert freezes(samira, room, " ").status == 422
    assert samira.sees("Donnez un nom")
    assert len(numbers_of(room)) == 1
    assert freezes(samira, room, "x" * 121).status == 422


def test_frozen_in_the_afternoon_and_gone_back_to_in_the_morning_it_was_done_the_day_before(
    room: Room, samira: Browser, hours: Hours
) -> None:
    day = clock.real_now().date()
    hours.set(clock.at(day, 15, 30))
    room.renew()
    looks_at_the_history(room, 1)
    hours.pass_(30)
    freezes(samira, room, "La veille")
    hours.set(clock.at(day, 17, 0))
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    assert moment_of_the_visit(room) == clock.at(day, 15, 30)
    morning = clock.later(clock.at(day, 9, 0), timedelta(days=7))
    hours.set(morning)
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    seen = moment_of_the_visit(room)
    assert seen < morning
    assert (morning - seen).days <= 2  # a Sunday may be in between
    assert (seen.hour, seen.minute) == (15, 30)


def moment_of_the_visit(room: Room) -> datetime:
    with room.inside():
        mine = sa.select(Entry.at).where(Entry.seat == 1, Entry.act == "SectionOpened", ~Entry.from_pack)
        return db.session.scalars(mine).one()


def test_the_shift_of_the_clock_comes_back_with_the_point(room: Room, samira: Browser) -> None:
    with room.inside():
        room.world().shift_seconds = 42 * 86_400
    with room.inside():
        looks = clock.now()
        acts.publish(acts.RecordConsulted(actor=room.user("dr-haddad"), record=room.record(1)))
    freezes(samira, room, "Dans six semaines")
    frozen = room.digest()
    goes_back_to(samira, room, "Début de l’histoire").submit("Revenir à ce point")
    with room.inside():
        assert room.world().shift_seconds == 0
    goes_back_to(samira, room, "Dans six semaines").submit("Revenir à ce point")
    assert room.digest() == frozen
    with room.inside():
        assert room.world().shift_seconds == 42 * 86_400
        assert abs(clock.now() - looks).total_seconds() < 60
