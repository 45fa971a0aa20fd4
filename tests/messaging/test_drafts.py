"""What was begun and not sent: kept, found again, finished or thrown away."""

from __future__ import annotations

import pytest

from sandbox.messaging import drafts
from tests.account.test_shared_computer import expire, sign_in
from tests.browser import Browser, form_values, text_of
from tests.messaging.letters import attach_file, carried, draft_of, found, opened, stray, titles, written
from tests.messaging.test_messages import talk_of
from tests.pro.people import done
from tests.room import Room


def kept(person: Browser, **typed: str) -> str:
    """What a page with JavaScript sends at a pause; gives what it is told."""
    form = person.page.find("form", id="ecrire")
    answer = person.client.post(str(form["data-keep"]), data={**form_values(form), **typed})
    return " ".join(answer.text.split()) if answer.mimetype == "text/plain" else f"{answer.status_code} {answer.mimetype}"


@pytest.mark.practises("F07")
def test_a_draft_is_finished_a_receipt_is_sent_and_the_exchange_deleted_with_its_attachments(
    room: Room, marie: Browser, lemoine: Browser
) -> None:
    ref = opened(room, receipt=True)
    marie.go(f"/messages/{ref}").submit("Enregistrer le brouillon", text="Mon genou va mieux.")
    assert marie.sees("Brouillon enregistré à")
    attach_file(marie)
    marie.go("/messages/").click("Brouillons (1)")
    assert marie.sees("1 pièce jointe")
    assert "À Dr Claire Lemoine" in text_of(marie.page.select_one(".card"))
    assert marie.click("Reprendre").page.find("textarea").get_text().strip() == "Mon genou va mieux."
    assert marie.submit("Envoyer").sees("Votre réponse est envoyée")
    assert marie.sees("Dr Claire Lemoine demande un accusé de réception")
    marie.submit("J’ai bien reçu ce message")
    assert marie.sees("Vous avez accusé réception le")
    assert lemoine.go(f"/pro/messages/{ref}").sees("Mon genou va mieux.")
    piece = marie.go(f"/messages/{ref}").click("genou").path
    marie.go(f"/messages/{ref}").submit("Oui, supprimer cet échange")
    assert not marie.page.find("a", string="Dr Claire Lemoine – Votre genou")
    assert marie.go(piece).status == 404
    with room.inside():
        assert (done("MessageAcknowledged"), done("ConversationDeleted"), titles(ref), stray()) == (1, 1, ["genou"], [])


def test_the_pause_keeps_what_is_typed_and_says_at_what_hour(room: Room, marie: Browser) -> None:
    ref = opened(room)
    said = kept(marie.go(f"/messages/{ref}"), text="Je commence", receipt="y")
    assert said.startswith("Brouillon enregistré à ")
    assert kept(marie, text="Je commence à écrire").startswith("Brouillon enregistré à ")
    assert "Réponse commencée" in text_of(marie.go("/messages/").page.find("a", string="Dr Claire Lemoine – Votre genou").find_parent("li"))
    marie.go(f"/messages/{ref}")
    assert marie.page.find("textarea").get_text().strip() == "Je commence à écrire"
    with room.inside():
        assert done("MessageReplied") == 0


def test_a_session_that_ends_loses_nothing(room: Room, marie: Browser) -> None:
    ref = opened(room)
    kept(marie.go(f"/messages/{ref}"), text="Tout ce que j’ai écrit")
    expire(room)
    assert kept(marie, text="Tout ce que j’ai écrit et la suite") == "409 text/html"
    assert marie.submit("Envoyer", text="Tout ce que j’ai écrit et la suite").sees("Tout ce que j’ai écrit et la suite")
    sign_in(marie.click("Se connecter"), room, 1)
    assert marie.path.split("?")[0] == f"/messages/{ref}"
    assert marie.page.find("textarea").get_text().strip() == "Tout ce que j’ai écrit"
    assert marie.go("/messages/brouillons").sees("Tout ce que j’ai écrit")


def test_what_looks_real_is_not_kept_and_the_page_gives_it_back(room: Room, marie: Browser) -> None:
    ref = opened(room)
    real = "Rappelez-moi au 06 12 34 56 78."
    assert "vraie personne" in kept(marie.go(f"/messages/{ref}"), text=real)
    for button in ("Enregistrer le brouillon", "Joindre", "Envoyer"):
        marie.go(f"/messages/{ref}").submit(button, text=real)
        assert marie.status == 422
        assert marie.page.find("textarea").get_text().strip() == real
    with room.inside():
        assert draft_of(room) is None


def test_a_message_too_long_is_given_back_whole_even_later(room: Room, marie: Browser) -> None:
    ref = opened(room)
    attach_file(marie.go(f"/messages/{ref}")).submit("Envoyer", text="a" * 10_000)
    assert marie.sees("il a 10 000 signes")
    assert marie.go("/messages/brouillons").click("Reprendre").page.find("textarea").get_text().strip() == "a" * 10_000
    assert len(carried(marie)) == 1


def test_a_draft_thrown_away_takes_its_papers_with_it_and_twice_is_once(room: Room, marie: Browser) -> None:
    ref = opened(room)
    attach_file(marie.go(f"/messages/{ref}")).go("/messages/brouillons")
    page = marie.page
    assert marie.submit("Oui, supprimer ce brouillon").sees("Aucun brouillon")
    marie.page = page
    assert marie.submit("Oui, supprimer ce brouillon").status == 200
    with room.inside():
        assert (draft_of(room), stray()) == (None, [])


def test_a_draft_outlives_the_end_of_its_exchange(room: Room, marie: Browser) -> None:
    ref = opened(room)
    kept(marie.go(f"/messages/{ref}"), text="Une dernière question")
    written(room, ref, "Je termine.", closing=True)
    assert marie.go(f"/messages/{ref}").sees("Une dernière question")
    assert marie.sees("Votre réponse n’est pas partie")
    written(room, ref, "Je rouvre.")
    assert marie.go(f"/messages/{ref}").page.find("textarea").get_text().strip() == "Une dernière question"


def test_what_has_just_gone_does_not_come_back_as_a_draft(room: Room, marie: Browser) -> None:
    ref = opened(room)
    page = marie.go(f"/messages/{ref}").page
    marie.submit("Envoyer", text="C’est parti")
    marie.page = page
    assert kept(marie, text="C’est parti") == ""
    with room.inside():
        assert draft_of(room) is None


def test_a_neighbours_draft_does_not_exist(room: Room, marie: Browser, jean: Browser) -> None:
    kept(marie.go("/messages/").click("Nadia Roux"), text="Non, pas de pile")
    with room.inside():
        mine = draft_of(room)
        assert mine is not None
        ref, talk = mine.ref, talk_of("preparation-irm").ref
    assert jean.client.post(f"/messages/brouillons/{ref}/supprimer", data=token(jean)).status_code == 404
    assert jean.client.post(f"/messages/{talk}/brouillon", data=token(jean)).status_code == 404
    with room.inside():
        assert drafts.by_ref(ref) is not None
        assert found(talk).messages


def token(person: Browser) -> dict[str, str]:
    field = person.go("/messages/").page.find("input", attrs={"name": "csrf_token"})
    return {"csrf_token": str(field["value"])}
