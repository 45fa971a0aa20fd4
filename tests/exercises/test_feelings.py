"""How at ease people feel, before and after, and what they take home."""

from __future__ import annotations

import io

import pypdf
import pytest
import sqlalchemy as sa

from sandbox.db import db
from sandbox.exercises import feelings
from sandbox.exercises.feelings import Feeling, When
from tests.browser import Browser
from tests.exercises.test_learner_page import opens_the_history
from tests.room import Room


def answers(room: Room) -> list[tuple[int, str, int]]:
    with room.inside():
        mine = sa.select(Feeling.seat, Feeling.moment, Feeling.level).where(Feeling.world_id == room.world().id)
        return [(seat, moment.value, level) for seat, moment, level in db.session.execute(mine.order_by(Feeling.id))]


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.practises("L05")
def test_before_and_after_then_a_certificate_that_names_nobody(room: Room, marie: Browser) -> None:
    marie.go("/exercises/").click("Répondre à la question")
    assert marie.heading.startswith("Avant de commencer")
    assert marie.submit("Enregistrer ma réponse", level="2").sees("Merci, votre réponse est gardée")
    assert not marie.sees("Une question avant de commencer")
    opens_the_history(room, 1)
    marie.go("/exercises/").click("Terminer : mon bilan").click("Répondre à la question")
    marie.submit("Enregistrer ma réponse", level="4")
    assert marie.heading == "Mon bilan"
    assert marie.sees("Avant : peu à l’aise")
    assert marie.sees("Maintenant : plutôt à l’aise")
    assert answers(room) == [(1, "avant", 2), (1, "apres", 4)]
    paper = words_of(marie.click("Télécharger l’attestation").response.data)
    assert "Voir qui a regardé votre dossier" in paper
    assert "1 geste pratiqué" in paper
    with room.inside():
        person = room.record(1)
        for personal in (person.family_name, person.first_name, person.nir, person.owner.identifier):
            assert personal not in paper


def test_changing_ones_mind_keeps_one_answer(room: Room, marie: Browser) -> None:
    for level in ("1", "5"):
        marie.go("/exercises/ressenti/apres").submit("Enregistrer ma réponse", level=level)
    assert answers(room) == [(1, "apres", 5)]


@pytest.mark.parametrize("typed", ["", "0", "6", "beaucoup", "9" * 40, "-1"])
def test_another_answer_is_refused_with_its_cure(room: Room, marie: Browser, typed: str) -> None:
    assert marie.go("/exercises/ressenti/avant").submit("Enregistrer ma réponse", level=typed).status == 422
    assert marie.sees("Choisissez une des cinq réponses")
    assert answers(room) == []


def test_nobody_has_to_answer(room: Room, marie: Browser) -> None:
    marie.go("/exercises/ressenti/avant").click("Ne pas répondre")
    assert marie.heading == "Mes exercices"
    assert answers(room) == []


def test_each_group_answers_for_itself(room: Room, marie: Browser, samira: Browser) -> None:
    marie.go("/exercises/ressenti/avant").submit("Enregistrer ma réponse", level="3")
    samira.go(f"/console/{room.code}/remise-a-zero").submit("Remettre toutes les places à zéro")
    assert answers(room) == []
    marie.go("/exercises/ressenti/avant").submit("Enregistrer ma réponse", level="4")
    with room.inside():
        kept = sa.select(sa.func.count(Feeling.id)).where(Feeling.workshop_id == room.workshop_id, Feeling.seat == 1)
        assert db.session.scalar(kept) >= 2


def test_the_service_knows_five_answers(room: Room) -> None:
    with room.inside(), pytest.raises(feelings.Refused):
        feelings.say(room.world().bound, 1, When.BEFORE, 6)


def test_nothing_done_is_a_certificate_too(marie: Browser) -> None:
    assert marie.go("/exercises/bilan").sees("Rien n’est encore fait")
    assert "Aucun exercice" in words_of(marie.go("/exercises/attestation.pdf").response.data)
