"""False messages: recognised, reported, or followed without harm."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from sandbox.db import db
from sandbox.errors import Refused
from sandbox.exercises import questions
from sandbox.guard import RESERVED_DOMAINS, seen_in
from sandbox.journal.models import Entry
from sandbox.mailbox import lures
from sandbox.mailbox.lures import PLACES, Lure
from sandbox.mailbox.models import Channel
from tests.browser import Browser, text_of
from tests.mailbox.phone import lured, newest, screen_of, sent
from tests.room import Room

EVERY = list(lures.every().values())
DOMAIN = re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\b")


def acts(room: Room) -> list[str]:
    """What the history says of the phone's messages."""
    with room.inside():
        query = sa.select(Entry.act).where(Entry.record == room.record(1), ~Entry.from_pack).order_by(Entry.id)
        return [act for act in db.session.scalars(query) if act.startswith(("Lure", "Genuine"))]


def test_there_are_enough_of_them_to_compare() -> None:
    assert len(EVERY) >= 6
    assert {lure.channel for lure in EVERY} == {"sms", "email"}


@pytest.mark.parametrize("lure", EVERY, ids=lambda lure: lure.slug)
def test_each_sign_is_in_the_message_where_it_says(room: Room, lure: Lure) -> None:
    lured(room, lure.slug)
    with room.inside():
        mail = newest(room)
        shown = [piece.number for where in PLACES for piece in lure.marked(mail, where)]
    assert sorted(number for number in shown if number) == list(range(1, len(lure.signs) + 1))
    assert len(lure.signs) >= 3


@pytest.mark.parametrize("lure", EVERY, ids=lambda lure: lure.slug)
def test_none_of_them_could_be_mistaken_for_somebody_real(lure: Lure) -> None:
    told = "\n".join((lure.sender, lure.address, lure.subject, lure.body, lure.link_address))
    assert seen_in(told) is None
    for domain in DOMAIN.findall(f"{lure.address} {lure.link_address}"):
        assert domain.split("@")[-1].endswith(RESERVED_DOMAINS)


@pytest.mark.practises("A19")
def test_marie_reads_her_phone_and_reports_the_false_message(room: Room, marie: Browser, samira: Browser) -> None:
    sent(room, Channel.SMS, "Votre code de connexion est 123456. Il sert une seule fois.")
    sent(room, subject="Un document a été ajouté à votre espace")
    samira.go(f"/console/{room.code}/faire-arriver").submit("Faire arriver", slug="faux-email-compte-bloque")
    marie.go("/").click("Téléphone simulé").click("Mon espace santé")
    assert marie.sees("monespacesante-verification.example/debloquer")
    marie.submit("Signaler ce message")
    assert marie.sees("Bravo, c’était un faux message.")
    assert marie.sees("On vous presse dès la première ligne.")
    assert marie.sees("signal-spam.fr")
    assert "Faux message" in screen_of(marie.click("Revenir aux e-mails"))
    assert "123 456" in screen_of(marie.click("SMS"))
    assert "Un document a été ajouté" in screen_of(marie.click("E-mails"))


def test_the_link_of_a_false_message_leads_to_what_it_was(room: Room, marie: Browser) -> None:
    ref = lured(room)
    marie.go(f"/telephone/{ref}").click("Commander ma nouvelle carte")
    assert marie.heading == "C’était un faux message"
    assert marie.sees("Ici, il ne vous est rien arrivé")
    assert marie.sees("une carte Vitale n’a pas de date de fin")
    assert marie.sees("33700")
    marie.click("Revoir le message et ses signes")
    assert [text_of(mark.find("sup")) for mark in marie.page.find_all("mark")] == [f"(signe {n} )" for n in (1, 2, 3, 4)]
    assert "Commander ma nouvelle carte" not in marie.links()


def test_following_and_reporting_count_once(room: Room, marie: Browser) -> None:
    ref = lured(room)
    for _ in range(2):
        marie.go(f"/telephone/{ref}/lien")
        assert marie.path == f"/telephone/{ref}/faux-message"
    assert acts(room) == ["LureArrived", "LureFollowed"]


def test_a_false_message_says_nothing_of_itself_before(room: Room, marie: Browser) -> None:
    ref = lured(room)
    marie.go(f"/telephone/{ref}")
    assert marie.page.find("mark") is None
    assert not marie.sees("faux message")
    assert marie.go(f"/telephone/{ref}/faux-message").path == f"/telephone/{ref}"


def test_a_true_message_reported_is_kindly_told(room: Room, marie: Browser) -> None:
    ref = sent(room)
    marie.go(f"/telephone/{ref}").submit("Signaler ce message")
    assert marie.sees("Celui-ci était vrai.")
    assert marie.sees("Vous avez bien fait de vous méfier")
    assert marie.sees("ne-pas-repondre@monespacesante.example")
    assert "Ouvrir mes documents" in marie.links()
    assert acts(room) == ["GenuineReported"]


def test_the_name_of_the_person_makes_it_credible(room: Room, marie: Browser) -> None:
    ref = lured(room, "conseiller")
    with room.inside():
        record = room.record(1)
        called = f"Bonjour {record.title} {record.family_name}"
    assert marie.go(f"/telephone/{ref}").sees(called)


def test_the_exercise_is_done_by_whoever_reports_a_false_message(room: Room, marie: Browser) -> None:
    def done() -> set[int]:
        with room.inside():
            return questions.seats_where("lure_reported", {"lure": "colis"})

    marie.go(f"/telephone/{sent(room)}").submit("Signaler ce message")
    marie.go(f"/telephone/{lured(room)}").submit("Signaler ce message")
    assert done() == set()
    marie.go(f"/telephone/{lured(room, 'colis')}").submit("Signaler ce message")
    assert done() == {1}
    assert marie.go("/exercises/").sees("1 sur 14")


def test_the_trainer_can_end_a_session_from_the_list(room: Room, marie: Browser, samira: Browser) -> None:
    assert marie.go("/documents/").status == 200
    samira.go(f"/console/{room.code}/faire-arriver").submit("Faire arriver", slug="session-expire")
    assert samira.sees("C’est fait")
    assert marie.go("/documents/").path == "/session-terminee"


def test_a_lure_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="Aucun faux message"):
        lures.named("inconnu")
