"""The questions that complete the profile: one at a time, answered, declared empty, or put off."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock, french
from sandbox.db import db
from sandbox.journal.models import Entry
from sandbox.profile import prompts, service
from sandbox.profile.models import Block, ProfileEntry
from tests.browser import Browser, text_of
from tests.room import Room

QUESTIONS = [" ".join(prompt.own.split()) for prompt in prompts.PROMPTS]


def empty_profile(room: Room) -> None:
    with room.inside():
        db.session.execute(sa.delete(ProfileEntry))


def asked(person: Browser) -> str:
    """The question of the home page."""
    return text_of(person.go("/").page.select_one("[aria-labelledby=completer] .card-title"))


def answers(person: Browser) -> str:
    return text_of(person.page.select_one(".progress strong"))


def test_the_order_is_the_portals() -> None:
    blocks = [Block.ALLERGIES, Block.DISEASES, Block.TREATMENTS, Block.CONTACTS, Block.WISHES]
    assert [prompt.block for prompt in prompts.PROMPTS] == blocks


@pytest.mark.practises("B03")
def test_marie_follows_the_prompts_and_postpones_one(marie: Browser) -> None:
    assert asked(marie) == "Qui faut-il prévenir en cas d’urgence ?"
    assert answers(marie) == "3 sur 5"
    marie.submit("Plus tard")
    assert marie.path == "/"
    assert asked(marie) == "Avez-vous lu l’information sur le don d’organes ?"
    marie.click("Compléter").submit("J’ai lu cette information", comment="J’en ai parlé à ma fille.")
    assert "J’en ai parlé à ma fille." in text_of(marie.page.find("main"))
    assert answers(marie.go("/")) == "4 sur 5"
    marie.go("/profil/").click("Qui faut-il prévenir en cas d’urgence ?")
    marie.submit("Enregistrer", label="Anne Martin", reach="Ma voisine, 06 39 98 00 00")
    assert marie.sees("« Anne Martin » est ajouté à votre profil.")
    assert not marie.go("/").sees("Compléter le profil médical")
    assert answers(marie.go("/profil/")) == "5 sur 5"


@pytest.mark.practises("B03")
def test_jean_answers_every_question_from_an_empty_profile(room: Room, jean: Browser) -> None:
    empty_profile(room)
    assert asked(jean) == QUESTIONS[0]
    jean.click("Compléter").submit("Enregistrer", label="Arachide", started="2014")
    assert asked(jean) == QUESTIONS[1]
    jean.submit("Je n’en ai pas")
    assert jean.sees("C’est noté dans votre profil : « Pas de maladie connue ».")
    assert asked(jean) == QUESTIONS[2]
    jean.submit("Plus tard")
    assert asked(jean) == QUESTIONS[3]
    assert jean.sees("Remis à plus tard : Traitements")
    assert answers(jean) == "2 sur 5"
    jean.submit("Je n’ai personne à indiquer")
    jean.click("Compléter").submit("J’ai lu cette information")
    assert jean.go("/").click("Traitements").submit("Enregistrer", label="Paracétamol").status == 200
    assert answers(jean.go("/profil/")) == "5 sur 5"


def test_what_is_postponed_comes_last_and_is_seen_on_the_profile(room: Room, jean: Browser) -> None:
    empty_profile(room)
    jean.go("/").submit("Plus tard")
    rows = [text_of(row) for row in jean.go("/profil/").page.select("[aria-labelledby=completer] .row")]
    assert [row.split(" ?")[0] + " ?" for row in rows] == [*QUESTIONS[1:], QUESTIONS[0]]
    assert "Remis à plus tard" in rows[-1]


def test_at_the_next_visit_what_was_put_off_is_asked_again(room: Room, marie: Browser) -> None:
    marie.go("/").submit("Plus tard").submit("Plus tard")
    assert marie.sees("Remis à plus tard : Entourage , Volontés")
    assert marie.page.select_one("[aria-labelledby=completer] .card-title") is None
    with room.inside():
        room.record(1).visited_at = clock.now() - timedelta(days=1)
    assert asked(marie) == "Qui faut-il prévenir en cas d’urgence ?"


def test_a_declaration_is_dated_traced_and_withdrawn_by_itself(room: Room, jean: Browser) -> None:
    empty_profile(room)
    jean.go("/profil/allergies").submit("Je n’ai pas d’allergie connue")
    assert jean.sees(f"Déclaré le {french.long_date(clock.today())}")
    assert jean.go("/profil/").sees("Pas d’allergie connue")
    jean.go("/profil/allergies").click("Ajouter une allergie").submit("Enregistrer", label="Pollen")
    assert not jean.sees("Pas d’allergie connue")
    with room.inside():
        acts = list(db.session.scalars(sa.select(Entry.act).where(Entry.record_id == room.record(2).id, ~Entry.from_pack)))
    assert {"NoneDeclared", "EntryAdded"} <= set(acts)


def test_a_declaration_can_be_taken_back(room: Room, jean: Browser) -> None:
    empty_profile(room)
    jean.go("/").submit("Je n’en ai pas")
    jean.go("/profil/allergies").submit("Retirer cette déclaration")
    assert jean.sees("Rien pour l’instant")
    assert asked(jean) == QUESTIONS[0]


def test_nobody_declares_nothing_where_there_is_something(room: Room, marie: Browser, jean: Browser) -> None:
    empty_profile(room)
    jean.go("/profil/allergies")
    with room.inside():
        service.add(room.record(2).owner, room.record(2), Block.ALLERGIES, service.Told("Pollen"))
    jean.submit("Je n’ai pas d’allergie connue")
    assert jean.sees("Supprimez d’abord ce qui n’est plus vrai.")
    assert not jean.sees("Pas d’allergie connue")


def test_said_twice_it_is_one_declaration(room: Room) -> None:
    empty_profile(room)
    with room.inside():
        user, record = room.record(2).owner, room.record(2)
        first = service.declare_none(user, record, Block.DISEASES)
        assert service.declare_none(user, record, Block.DISEASES) is first


def test_a_person_of_trust_is_not_whom_to_call(marie: Browser) -> None:
    assert marie.go("/profil/entourage").sees("Personne de confiance")
    assert asked(marie).startswith("Qui faut-il prévenir")
    marie.submit("Je n’ai personne à indiquer")
    assert marie.go("/profil/entourage").sees("Aucune personne à prévenir")
    assert marie.sees("Bernard Delorme")


def test_of_a_child_one_is_asked_four_questions_in_the_childs_name(room: Room, marie: Browser) -> None:
    empty_profile(room)
    marie.go("/profils/").submit("Ouvrir le profil")
    assert asked(marie).startswith("Est-ce que ")
    assert answers(marie) == "0 sur 4"
    marie.submit("n’en a pas")
    assert marie.sees("C’est noté dans ce profil")
    assert marie.go("/profil/volontes/ajouter").status == 404
    assert answers(marie.go("/profil/")) == "1 sur 4"
    marie.go("/profils/").submit("Revenir à mon profil")
    assert answers(marie.go("/profil/")) == "0 sur 5"
