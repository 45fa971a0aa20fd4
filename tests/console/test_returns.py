"""Back to the start, and back again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox import acts
from sandbox.db import db, writing
from sandbox.documents.models import Document
from sandbox.workshops import packs, spares, worlds
from sandbox.workshops.models import World
from tests.browser import Browser
from tests.room import Room

NOTHING_DONE = f"0 sur {len(packs.load('decouverte').exercises)}"


def masks(room: Room, seat: int) -> None:
    """The learner of that seat masks a document and looks at the history."""
    with room.inside():
        record = room.record(seat)
        query = sa.select(Document).where(Document.record_id == record.id, Document.slug == "bilan-lipidique")
        document = db.session.scalars(query).one()
        document.confidentiality = "MASQUE_PS"
        acts.publish(acts.DocumentMasked(actor=record.owner, record=record, document=document))
        acts.publish(acts.SectionOpened(actor=record.owner, record=record, section="historique", label="Historique"))


def digest_of(room: Room, seat: int) -> str:
    with room.app.app_context():
        found = worlds.digest(room.world(), [seat])
        db.session.remove()
        return found


@pytest.mark.practises("T04")
def test_a_reset_says_what_is_lost_then_takes_it_back_and_an_undo_gives_it_again(room: Room, samira: Browser) -> None:
    fresh = room.digest()
    masks(room, 1)
    before = room.digest()
    samira.go(f"/console/{room.code}").click("Remettre à zéro")
    assert samira.sees("1 document masqué")
    assert samira.sees("1 exercice fait")
    samira.submit("Remettre toutes les places à zéro")
    assert samira.sees("Les dossiers sont remis à leur point de départ.")
    assert room.digest() == fresh
    assert samira.submit("Annuler cette remise à zéro").sees("l’état d’avant")
    assert room.digest() == before
    assert not any("Annuler" in str(button) for button in samira.page.find_all("button"))


def test_a_ready_spare_is_entered_at_once(room: Room, samira: Browser) -> None:
    with room.app.app_context(), writing():
        spare = spares.fill_one(room.workshop_id)
        db.session.remove()
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    with room.app.app_context():
        assert room.world().id == spare
        count = sa.select(sa.func.count(World.id)).where(World.workshop_id == room.workshop_id)
        assert db.session.scalar(count) == 2  # no other was filled
        db.session.remove()


@pytest.mark.practises("T04")
def test_one_seat_goes_back_and_the_others_notice_nothing(room: Room, samira: Browser) -> None:
    masks(room, 1)
    masks(room, 2)
    before = room.digest()
    other = digest_of(room, 2)
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Continuer avec ces places", seat=["1"])
    assert samira.sees("1 document masqué")
    assert not samira.sees("2 documents masqués")
    samira.submit("Remettre la place 1 à zéro")
    assert samira.sees("La place 1 est remise à son point de départ.")
    assert digest_of(room, 2) == other
    assert room.digest() != before
    samira.submit("Annuler cette remise à zéro")
    assert room.digest() == before


def test_several_seats_go_back_together(room: Room, samira: Browser) -> None:
    fresh = room.digest()
    masks(room, 1)
    masks(room, 3)
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Continuer avec ces places", seat=["1", "3"])
    assert samira.heading == "Remettre 2 places à zéro"
    assert samira.sees("2 documents masqués")
    page = samira.page
    token = page.find("input", attrs={"name": "csrf_token"})["value"]
    samira.client.post(samira.path.split("?")[0], data={"csrf_token": token, "seat": ["1", "3"]})
    assert room.digest() == fresh


def test_choosing_no_seat_or_one_that_does_not_exist_is_told(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Continuer avec ces places")
    assert samira.sees("Choisissez au moins une place")
    samira.go(f"/console/{room.code}/places/remise-a-zero?seat=9")
    assert samira.sees("de 1 à 4")


def test_nothing_to_undo_is_told(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    token = samira.page.find("input", attrs={"name": "csrf_token"})["value"]
    for _ in range(2):
        samira.client.post(f"/console/{room.code}/annuler", data={"csrf_token": token})
    assert samira.go(f"/console/{room.code}").sees("Il n’y a plus rien à annuler.")


def test_a_learner_whose_page_was_open_during_a_reset_is_answered_kindly(
    room: Room, samira: Browser, marie: Browser, jean: Browser
) -> None:
    masks(room, 1)
    marie.go("/exercises/")
    jean.go("/exercises/")
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    assert marie.go("/exercises/").sees("remis les dossiers à leur point de départ")
    assert marie.sees(NOTHING_DONE)
    jean.submit("Se déconnecter")
    assert jean.status == 409
    assert jean.heading == "Les dossiers sont comme neufs"
    assert jean.click("Continuer").status == 200


def test_a_learner_whose_seat_was_reset_goes_on(room: Room, samira: Browser, marie: Browser) -> None:
    opens = marie.go("/exercises/")
    masks(room, 1)
    samira.go(f"/console/{room.code}/places/remise-a-zero?seat=1").submit("Remettre la place 1 à zéro")
    assert opens.go("/exercises/").sees(NOTHING_DONE)
    assert opens.status == 200
