"""Colleagues in copy: chosen by a search, they read and answer to all; what is said aside is not theirs."""

from __future__ import annotations

import pytest

from sandbox.messaging import service
from tests.browser import Browser, text_of
from tests.pro.exchanges import answered, last, opened, press, shelves, told
from tests.pro.people import document, patient_path
from tests.room import Room

SECRET = "Ceci est pour vous seule, docteur."


@pytest.fixture
def haddad(room: Room) -> Browser:
    """Dr Haddad, cardiologist."""
    return room.professional("dr-haddad")


def test_a_colleague_is_found_put_in_copy_and_taken_out(room: Room, lemoine: Browser) -> None:
    with room.inside():
        haddad, morvan = room.user("dr-haddad").ref, room.user("inf-morvan").ref
    lemoine.go(f"{patient_path(room)}/ecrire")
    press(lemoine, "chercher", subject="Votre cœur", text="Je demande l’avis du cardiologue.", colleague="cardio")
    assert not lemoine.page.select(f"button[value='copie:{morvan}']")
    press(lemoine, f"copie:{haddad}")
    press(lemoine, "chercher", colleague="morvan")
    press(lemoine, f"copie:{morvan}")
    press(lemoine, f"sans:{morvan}")
    lemoine.submit("Envoyer")
    assert lemoine.heading == "Votre cœur"
    assert lemoine.sees("En copie : Dr Karim Haddad.")


def test_nobody_found_says_how_to_look(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire")
    assert press(lemoine, "chercher", colleague="zzz").sees("Personne ne correspond")


def test_one_is_not_in_copy_of_oneself(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire")
    assert press(lemoine, "chercher", colleague="lemoine").sees("Personne ne correspond")


def test_a_colleague_in_copy_reads_and_answers_to_all(room: Room, lemoine: Browser, haddad: Browser, marie: Browser) -> None:
    ref = opened(room, "Votre cœur", copies=("dr-haddad",))
    assert shelves(haddad.go("/pro/messages"))[1] == "À lire (1)"
    haddad.click("Votre cœur").submit("Envoyer", text="Je vous reçois jeudi.")
    assert haddad.sees("Votre message est parti")
    assert marie.go(f"/messages/{ref}").sees("Je vous reçois jeudi.")
    assert shelves(lemoine.go("/pro/messages"))[1] == "À lire (1)"
    lemoine.go(f"/pro/messages/{ref}")
    assert text_of(lemoine.page.select(".message-head")[-1]).startswith("Dr Karim Haddad")
    assert shelves(lemoine.go("/pro/messages"))[1] == "À lire (0)"


def test_a_colleague_in_copy_neither_ends_nor_opens_again(room: Room, haddad: Browser) -> None:
    ref = opened(room, "Votre cœur", copies=("dr-haddad",))
    assert not haddad.go(f"/pro/messages/{ref}").page.find("button", string=lambda words: "mettre fin" in (words or ""))
    form, path = haddad.page, haddad.path
    with room.inside():
        service.end(room.user("dr-lemoine"), told(ref))
    haddad.page, haddad.path = form, path
    haddad.submit("Envoyer", text="Je voulais encore vous dire ceci.")
    assert haddad.status == 409
    assert haddad.sees("vient d’être terminé")
    assert haddad.sees("Je voulais encore vous dire ceci.")
    with room.inside():
        assert (told(ref).is_ended, len(told(ref).messages)) == (True, 1)


def test_what_is_said_aside_is_nowhere_for_a_colleague_in_copy(room: Room, lemoine: Browser, haddad: Browser) -> None:
    ref = opened(room, "Votre cœur", copies=("dr-haddad",))
    haddad.go(f"/pro/messages/{ref}")
    with room.inside():
        paper = document("o-genou-et-tension")
        title = paper.title
        service.reply(room.record(1).owner, told(ref), SECRET, [paper], aside=True, receipt=True)
        piece, message = last(ref).attachments[0].document.ref, last(ref).ref
    for path in ("/pro/messages", "/pro/messages/liste", f"/pro/messages/{ref}", f"/pro/messages/{ref}/fil"):
        assert haddad.go(path).status == 200
        assert not haddad.sees(SECRET)
        assert not haddad.sees(title)
    assert shelves(haddad.go("/pro/messages"))[1] == "À lire (0)"
    assert "Messages" in haddad.links()
    for path in (f"/pro/messages/{ref}/pieces/{piece}", f"/pro/messages/{ref}/pieces/{piece}/fichier"):
        assert haddad.go(path).status == 404
        assert lemoine.go(path).status == 200
    haddad.go(f"/pro/messages/{ref}")
    form = haddad.page.find("form", id="accuser")
    form.append(haddad.page.new_tag("input", attrs={"name": "message", "value": message, "type": "hidden", "id": "x"}))  # type: ignore[union-attr]
    form.append(haddad.page.new_tag("button", string="Accuser"))  # type: ignore[union-attr]
    assert haddad.submit("Accuser").status == 404


def test_the_opener_reads_what_is_said_aside_and_knows_it(room: Room, lemoine: Browser) -> None:
    ref = opened(room, "Votre cœur", copies=("dr-haddad",))
    answered(room, ref, SECRET, aside=True)
    assert shelves(lemoine.go("/pro/messages"))[1] == "À lire (1)"
    assert lemoine.click("Votre cœur").sees(SECRET)
    assert lemoine.sees("À vous seul, sans les confrères en copie")


def test_a_colleague_s_reading_is_not_the_opener_s_nor_the_patient_s(room: Room, lemoine: Browser, haddad: Browser) -> None:
    ref = opened(room, "Votre cœur", copies=("dr-haddad",))
    answered(room, ref, "Merci à vous deux.")
    haddad.go(f"/pro/messages/{ref}").submit("Envoyer", text="À jeudi.")
    assert shelves(haddad.go("/pro/messages"))[1] == "À lire (0)"
    assert shelves(lemoine.go("/pro/messages"))[1] == "À lire (1)"
    lemoine.go(f"/pro/messages/{ref}")
    with room.inside():
        first, answer, colleague = told(ref).messages
        assert (first.read_at, bool(answer.read_at), colleague.read_at) == (None, True, None)
