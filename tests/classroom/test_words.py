"""What the trainer says is on top of the seat's page until it is read; what they show is named and found on the page."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.classroom import words
from sandbox.classroom.showing import SHOWN
from sandbox.classroom.words import Word
from sandbox.db import db
from tests.browser import Browser
from tests.classroom.helping import exercise, say, shown, silent
from tests.room import Room

__all__ = ["silent"]
pytestmark = pytest.mark.usefixtures("silent")


def speaks(samira: Browser, room: Room, **said: object) -> Browser:
    return samira.go(f"/console/{room.code}/mots").submit("Envoyer", **said)


def test_a_message_to_all_stays_on_every_page_until_it_is_read(room: Room, marie: Browser, jean: Browser, samira: Browser) -> None:
    assert speaks(samira, room, text="Regardez vos documents.").sees("C’est envoyé : toutes les places.")
    for page in ("/", "/documents/", "/exercises/"):
        assert "Un mot de votre formateur Regardez vos documents." in shown(marie.go(page))
    assert marie.page.find(class_="words")["role"] == "status"
    marie.client.environ_base["HTTP_REFERER"] = "http://localhost/documents/?page=1"
    marie.submit("J’ai lu")
    assert (marie.path, shown(marie)) == ("/documents/?page=1", "")
    assert "Regardez" in shown(jean.go("/"))
    assert samira.go(f"/console/{room.code}/mots").sees("Lu 1 sur 4")
    assert samira.sees("Pas encore lu : 2, 3, 4")


def test_a_message_to_two_seats_reaches_no_other(room: Room, marie: Browser, jean: Browser, samira: Browser) -> None:
    assert speaks(samira, room, text="Venez me voir.", who="some", seats=["2", "3"]).sees("les places 2 et 3")
    assert shown(marie.go("/")) == ""
    assert "Venez me voir." in shown(jean.go("/"))


def test_a_hint_is_sent_as_it_was_written(room: Room, marie: Browser, samira: Browser) -> None:
    hint = " ".join(exercise(room).hints[0].split())
    samira.go(f"/console/{room.code}/mots?seat=1")
    chosen = next(one for one in samira.page.select("select[name=hint] option") if hint in " ".join(one.get_text().split()))
    samira.submit("Envoyer", hint=chosen["value"])
    assert f"Un indice de votre formateur {hint}" in shown(marie.go("/"))


def test_what_is_shown_is_named_in_words(room: Room, marie: Browser, samira: Browser) -> None:
    speaks(samira, room, landmark="bell", who="some", seats=["1"])
    assert "Votre formateur vous montre quelque chose" in shown(marie.go("/"))
    assert "La cloche des notifications, en haut à droite" in shown(marie)
    speaks(samira, room, text="Lisez-les.", landmark="nav.messaging")
    assert "Lisez-les. Regardez ici : « Messages », dans les rubriques." in shown(marie.go("/"))


def test_what_is_taken_back_is_seen_no_more(room: Room, marie: Browser, samira: Browser) -> None:
    speaks(samira, room, text="Une erreur.")
    shown_twice = samira.page
    assert samira.submit("Retirer des écrans").sees("C’est retiré : les places 1 à 4.")
    assert shown(marie.go("/")) == ""
    assert samira.sees("Lu 0 sur 4")
    samira.page = shown_twice
    assert samira.submit("Retirer des écrans").sees("Rien à retirer : plus aucune place n’avait ce mot à lire.")


def test_an_empty_word_is_refused_and_two_texts_too(room: Room, samira: Browser) -> None:
    assert speaks(samira, room, text="  ").status == 422
    assert samira.sees("Écrivez un message, choisissez un indice ou un endroit à montrer.")
    assert speaks(samira, room, text="x" * 401).sees("400 signes au plus")
    samira.go(f"/console/{room.code}/mots")
    hint = samira.page.select("select[name=hint] option")[1]["value"]
    assert samira.submit("Envoyer", text="Bonjour", hint=hint).sees("l’un des deux")
    assert samira.submit("Envoyer", text="", hint="", landmark="bell", who="some").sees("Cochez au moins une place")


def test_nothing_real_is_said_to_the_room(room: Room, samira: Browser) -> None:
    assert speaks(samira, room, text="Appelez le 06 12 34 56 78").status == 422


def test_markup_and_long_words_stay_words(room: Room, marie: Browser, samira: Browser) -> None:
    speaks(samira, room, text="<b>{{ 1 }}</b> " + "a" * 300)
    assert "<b>{{ 1 }}</b>" in shown(marie.go("/"))


def test_whoever_sits_there_next_does_not_read_it(room: Room, marie: Browser) -> None:
    say(room, "Bravo")
    marie.go("/").submit("Personne suivante")
    assert shown(room.learner(1).go("/")) == ""


def test_reading_what_is_not_mine_changes_nothing(room: Room, marie: Browser, jean: Browser) -> None:
    say(room, "Pour Jean", (2,))
    with room.inside():
        ref = words.waiting(room.workshop_id, 2)[0].ref
    token = marie.go("/").page.find("input", attrs={"name": "csrf_token"})["value"]
    marie.client.post(f"/salle/mots/{ref}/lu", data={"csrf_token": token})
    assert "Pour Jean" in shown(jean.go("/"))


def test_a_word_waits_at_the_door_too(room: Room) -> None:
    stranger = Browser(room.app, "place 1")
    say(room, "Le code est sur le téléphone.")
    assert "Le code est sur le téléphone." in shown(stranger.go(f"/carte/{room.card(1).token}"))


def test_every_landmark_is_somewhere_on_the_pages(room: Room, marie: Browser) -> None:
    with room.app.test_request_context():
        left = {name: shown.landmark.places()[0] for name, shown in SHOWN.items()}
    pages = ["/", "/documents/", "/documents/ajouter", f"/exercises/{exercise(room).slug}"]
    for page in pages:
        marie.go(page)
        left = {name: selector for name, selector in left.items() if not marie.page.select(selector)}
    assert left == {}
    assert all(len(name) <= Word.landmark.type.length for name in SHOWN)


def test_a_place_that_has_no_name_any_more_is_said_as_nothing(room: Room, marie: Browser, samira: Browser) -> None:
    say(room, landmark="nav.agenda")
    say(room, "Regardez là.", landmark="bell")
    with room.inside():
        db.session.execute(sa.update(Word).values(landmark="cloche"))
    assert shown(marie.go("/")) == "Un mot de votre formateur Regardez là. J’ai lu"
    assert samira.go(f"/console/{room.code}/mots").sees("Un endroit qui ne se montre plus")
