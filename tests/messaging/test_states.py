"""What one may do in an exchange: five states, each with its own words (reference §1.6)."""

from __future__ import annotations

import pytest

from sandbox.acts import MessageReplied
from sandbox.messaging import service
from sandbox.messaging.models import Answer
from tests.browser import Browser, text_of
from tests.messaging.letters import found, opened, written
from tests.messaging.test_messages import talk_of, times
from tests.room import Room


def can_write(person: Browser) -> bool:
    return person.page.find("textarea") is not None


@pytest.mark.practises("F02")
def test_a_professional_opens_an_exchange_and_a_stranger_cannot_be_written_to(room: Room, marie: Browser, lemoine: Browser) -> None:
    with room.inside():
        patient = room.record(1).ref
    lemoine.go(f"/pro/patients/{patient}/ecrire").submit("Envoyer", subject="Votre genou", text="Bonjour, dites-moi où vous en êtes.")
    first = text_of(marie.go("/messages/").page.select_one(".rows .row"))
    assert "Dr Claire Lemoine – Votre genou" in first
    assert "Nouveau" in first
    assert marie.click("Votre genou").sees("où vous en êtes")
    marie.go("/messages/").click("Nouveau message").submit("Chercher", q="hàddad").click("Haddad")
    assert marie.heading == "Vous ne pouvez pas encore écrire à Dr Karim Haddad"
    assert marie.sees("c’est toujours le professionnel qui écrit en premier")
    assert marie.sees("Demandez qu’on vous écrive à votre adresse de messagerie sécurisée")
    with room.inside():
        ref = room.user("dr-haddad").ref
    assert marie.go(f"/messages/nouveau/{ref}/ecrire").heading == "Vous ne pouvez pas encore écrire à Dr Karim Haddad"


@pytest.mark.practises("F04")
def test_marie_writes_again_to_her_doctor_under_another_subject(room: Room, marie: Browser, lemoine: Browser) -> None:
    marie.go("/messages/").click("Nouveau message").click("Dr Claire Lemoine")
    assert marie.heading == "Écrire à Dr Claire Lemoine"
    marie.submit("Envoyer", subject="", text="Je voudrais reprendre le vélo.")
    assert marie.status == 422
    assert marie.sees("Dites en quelques mots de quoi il s’agit")
    marie.submit("Envoyer", subject="Reprendre le sport", text="Je voudrais reprendre le vélo.")
    assert marie.heading == "Reprendre le sport"
    assert marie.sees("Votre message attend une réponse")
    assert marie.submit("Envoyer", text="Je pense commencer doucement.").sees("Votre réponse est envoyée")
    lemoine.go("/pro/messages").click("Reprendre le sport")
    assert lemoine.sees("Je pense commencer doucement.")
    lemoine.submit("Envoyer", text="Oui, sans côte.")
    marie.go("/messages/").click("Reprendre le sport")
    assert not marie.sees("attend une réponse")
    with room.inside():
        assert found(marie.path.split("/")[2]).answer is Answer.REPLY


def test_whoever_ended_the_exchange_or_never_wrote_first_is_not_written_to_anew(room: Room, marie: Browser) -> None:
    with room.inside():
        morvan = room.user("inf-morvan").ref
    for path in (f"/messages/nouveau/{morvan}", f"/messages/nouveau/{morvan}/ecrire"):
        assert marie.go(path).heading == "L’échange avec Sophie Morvan est terminé"
    with room.inside():
        service.write_anew(room.record(1).owner, room.record(1), room.user("pharm-nguyen"), "Ordonnance", "Bonjour")
        nguyen = room.user("pharm-nguyen").ref
    assert marie.go(f"/messages/nouveau/{nguyen}/ecrire").heading == "Ordonnance"


def test_an_exchange_ended_while_marie_writes_anew_keeps_her_words(room: Room, marie: Browser) -> None:
    with room.inside():
        roux = room.user("sec-roux").ref
    marie.go(f"/messages/nouveau/{roux}/ecrire")
    with room.inside():
        service.end(room.user("sec-roux"), talk_of("preparation-irm"))
    marie.submit("Envoyer", subject="Mes bijoux", text="Je garde mon alliance.")
    assert marie.status == 422
    assert marie.sees("votre réponse n’est pas partie")
    assert marie.page.find("textarea").get_text().strip() == "Je garde mon alliance."
    assert marie.go("/messages/brouillons").sees("Mes bijoux")


@pytest.mark.practises("F05")
def test_the_doctor_ends_the_exchange_then_opens_it_again_by_writing(room: Room, marie: Browser, lemoine: Browser) -> None:
    ref = opened(room)
    assert can_write(marie.go(f"/messages/{ref}"))
    lemoine.go(f"/pro/messages/{ref}").submit("Oui, mettre fin à l’échange")
    assert "Échange terminé" in text_of(marie.go("/messages/").page.find("a", string="Dr Claire Lemoine – [FIN] Votre genou").find_parent("li"))
    marie.click("[FIN] Votre genou")
    assert marie.sees("Dr Claire Lemoine a mis fin à cet échange")
    assert marie.sees("la place pour écrire reviendra toute seule")
    assert not can_write(marie)
    lemoine.go(f"/pro/messages/{ref}").submit("Envoyer", text="J’ai oublié, venez à jeun.")
    assert can_write(marie.go(f"/messages/{ref}"))
    assert marie.heading == "Votre genou"
    assert marie.submit("Envoyer", text="Entendu.").sees("Votre réponse est envoyée")
    assert "Vous : Entendu." in text_of(marie.go("/messages/").page.find("a", string="Dr Claire Lemoine – Votre genou").find_parent("li"))


def test_an_automatic_sender_says_what_to_do_instead(room: Room, marie: Browser) -> None:
    ref = opened(room, by="sec-roux", no_reply=True, subject="Rappel automatique")
    assert "Message automatique" in text_of(marie.go("/messages/").page.select_one(".rows .row"))
    marie.go(f"/messages/{ref}")
    assert marie.sees("personne ne lit les réponses")
    assert marie.sees("Téléphonez :")
    assert not can_write(marie)
    with room.inside():
        service.end(room.user("sec-roux"), talk_of("preparation-irm"))
        roux = room.user("sec-roux").ref
    assert marie.go(f"/messages/nouveau/{roux}").heading == "On ne répond pas à Nadia Roux"
    with room.inside():
        assert times(MessageReplied, 1) == 0


def test_a_mailbox_that_nobody_reads_is_told_before_writing(room: Room, marie: Browser) -> None:
    with room.inside():
        card = room.user("dr-lemoine").professional
        assert card is not None
        card.unread_box = True
        ref = talk_of("suivi-tension").ref
    assert marie.go(f"/messages/{ref}").sees("Cette boîte n’est plus relevée")
    assert marie.click("Écrire à Dr Claire Lemoine sur un autre sujet").sees("Téléphonez plutôt")
    assert marie.go("/messages/nouveau").sees("Boîte plus relevée")


@pytest.mark.practises("F08")
def test_the_warning_for_emergencies_is_on_the_list_the_exchange_and_where_one_writes(room: Room, marie: Browser) -> None:
    for path in ("/messages/", "/messages/nouveau"):
        assert marie.go(path).sees("En cas d’urgence, n’écrivez pas ici : appelez le 15 ou le 112.")
    assert marie.click("Dr Claire Lemoine").sees("appelez le 15 ou le 112")
    assert marie.go("/messages/").click("Nadia Roux").sees("appelez le 15 ou le 112")
    assert marie.go("/messages/nouveau?q=haddad").click("Haddad").sees("appelez le 15 ou le 112")


def test_the_mark_of_the_end_in_the_first_message_leaves_no_place_to_answer(room: Room, marie: Browser) -> None:
    opened(room, subject="[FIN] Vos résultats")
    assert not can_write(marie.go("/messages/").click("[FIN] Vos résultats"))
    with room.inside():
        talk = found(marie.path.split("/")[2])
        assert (talk.answer, talk.subject) == (Answer.REPLY_BLOCKED, "Vos résultats")
    written(room, marie.path.split("/")[2], "Je reprends l’échange.")
    assert can_write(marie.go(marie.path))
