"""« Mes rendez-vous » at the booking site: moved, cancelled, past, and what the firm writes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.agenda import managing
from sandbox.agenda.managing import Verb
from sandbox.agenda.models import Status
from sandbox.catalogue.models import Purpose
from tests.browser import Browser, text_of
from tests.partners.bookings import MINE, held, known_at, letters, one, page_of, slots_of, takes
from tests.partners.pairing import gives_code
from tests.pro.practice import moment_of, until
from tests.room import Room

SPECIALITY, REASON = "Médecine générale", "Résultat d’examen"


def moves(browser: Browser, ref: str, slot: str) -> Browser:
    return browser.go(f"{MINE}/{ref}/deplacer?a={slot}").submit("Déplacer le rendez-vous")


def test_an_appointment_is_moved_day_then_hour_and_the_former_is_free(room: Room, marie: Browser) -> None:
    former = slots_of(room)[0]
    ref = takes(room, known_at(room, marie), former)
    marie.go(MINE).click(text_of(marie.page.select_one(".rows a"))).click("Déplacer ce rendez-vous")
    assert marie.sees("Tant que vous ne confirmez pas, rien ne change")
    for _ in ("day", "hour"):
        marie.go(marie._absolute(str(marie.page.select(".choices-list a")[-1]["href"])))
    assert (marie.sees("Avant"), moment_of(room, ref)) == (True, former)
    marie.submit("Déplacer le rendez-vous")
    assert marie.sees("C’est fait : vous avez maintenant rendez-vous")
    assert former in slots_of(room)
    with room.inside():
        assert (one(ref).starts_at > former, one(ref).held, held(former)) == (True, True, 0)


def test_a_confirmed_appointment_that_is_moved_awaits_the_professionals_word_again(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    with room.inside():
        managing.settle(room.user("dr-lemoine"), one(ref), Verb.CONFIRM)
    assert marie.go(f"{MINE}/{ref}").sees("Confirmé par le professionnel")
    assert moves(marie, ref, f"{slots_of(room)[4]:%Y-%m-%dT%H:%M}").sees("Réservé")


def test_moving_to_the_same_hour_changes_nothing(room: Room, marie: Browser) -> None:
    slot = slots_of(room)[0]
    ref = takes(room, known_at(room, marie), slot)
    moves(marie, ref, f"{slot:%Y-%m-%dT%H:%M}")
    assert marie.sees("C’est déjà l’heure de ce rendez-vous")
    assert (moment_of(room, ref), len(letters(room))) == (slot, 1)


def test_the_slot_wanted_instead_is_taken_and_the_former_is_kept(room: Room, marie: Browser, jean: Browser) -> None:
    mine, wanted = slots_of(room)[0], slots_of(room)[5]
    ref = takes(room, known_at(room, marie), mine)
    marie.go(f"{MINE}/{ref}/deplacer?a={wanted:%Y-%m-%dT%H:%M}")
    takes(room, known_at(room, jean, seat=2), wanted)
    marie.submit("Déplacer le rendez-vous")
    assert (marie.status, marie.heading) == (409, "Cet horaire vient d’être pris")
    assert marie.sees("Votre rendez-vous n’a pas changé")
    assert marie.sees("Vous êtes toujours attendu")
    assert moment_of(room, ref) == mine
    marie.go(marie._absolute(str(marie.page.select_one(".choices-list a")["href"]))).submit("Déplacer le rendez-vous")
    assert marie.sees("C’est fait")


@pytest.mark.parametrize("by", [timedelta(weeks=-1), timedelta(weeks=20), timedelta(hours=12)])
def test_no_hour_can_be_forged_to_move_to(room: Room, marie: Browser, by: timedelta) -> None:
    slot = slots_of(room)[0]
    ref = takes(room, known_at(room, marie), slot)
    moves(marie, ref, f"{slot + by:%Y-%m-%dT%H:%M}")
    assert (marie.status, marie.sees("n’est pas proposé"), moment_of(room, ref)) == (422, True, slot)


def test_an_hour_that_does_not_exist_is_told(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    assert marie.go(f"{MINE}/{ref}/deplacer?a=2027-03-01T25:00").sees("Cette heure n’existe pas")
    assert marie.heading == "Déplacer le rendez-vous"


def test_a_cancelled_appointment_frees_its_hour_and_does_not_come_back(room: Room, marie: Browser) -> None:
    slot = slots_of(room)[0]
    ref = takes(room, known_at(room, marie), slot)
    marie.go(f"{MINE}/{ref}").submit("Oui, annuler ce rendez-vous")
    assert marie.sees("Le rendez-vous est annulé : l’heure est libre pour une autre personne")
    assert not marie.page.find_all("form", action=lambda told: told and "annuler" in told)
    assert slot in slots_of(room)
    assert marie.go(f"{MINE}/{ref}/deplacer").sees("ne peut plus être déplacé")
    assert "Annulé" in text_of(marie.go(MINE).page.find(id="passes").parent)
    with room.inside():
        assert (one(ref).status, one(ref).held) == (Status.CANCELLED, False)


def test_cancelling_twice_is_told_in_one_sentence(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    page = marie.go(f"{MINE}/{ref}").page
    marie.submit("Oui, annuler ce rendez-vous")
    marie.page = page
    marie.submit("Oui, annuler ce rendez-vous")
    assert marie.sees("ne peut plus être annulé")
    assert len(letters(room)) == 2


def test_a_past_appointment_is_neither_moved_nor_cancelled(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    page = marie.go(f"{MINE}/{ref}").page
    until(room, ref)
    marie.page = page
    marie.submit("Oui, annuler ce rendez-vous")
    assert marie.sees("ne peut plus être annulé : il est passé")
    assert marie.go(f"{MINE}/{ref}/deplacer").sees("ne peut plus être déplacé")
    assert marie.sees("L’heure de ce rendez-vous est passée")
    with room.inside():
        assert one(ref).status is Status.CONFIRMED


@pytest.mark.parametrize(("verb", "is_over", "said"), [
    (Verb.CALL_OFF, False, "annulé par le professionnel"), (Verb.VOID, False, "Un rendez-vous est retiré"),
    (Verb.CONFIRM, False, "est confirmé"), (Verb.MISS, True, "pas venu"), (Verb.HONOUR, True, ""),
])
def test_what_the_professional_does_is_seen_at_the_firm_and_written_by_it(
    room: Room, marie: Browser, lemoine: Browser, verb: Verb, is_over: bool, said: str
) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    if is_over:
        until(room, ref)
    with room.inside():
        managing.settle(room.user("dr-lemoine"), one(ref), verb)
        word = "Confirmé par le professionnel" if verb is Verb.CONFIRM else one(ref).status.label
    assert word in text_of(known_at(room, marie).go(f"{MINE}/{ref}/etat").page)
    written = letters(room)[1:]
    assert [said in mail.subject for mail in written] == ([True] if said else [])


def test_the_firms_letters_tell_when_and_with_whom_and_nothing_of_health(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie, Purpose.WRITE_AGENDA), slots_of(room)[0], usual=REASON, reason="Genou")
    moves(marie, ref, f"{slots_of(room)[4]:%Y-%m-%dT%H:%M}")
    marie.go(f"{MINE}/{ref}").submit("Oui, annuler ce rendez-vous")
    found = letters(room)
    assert [mail.subject for mail in found] == [
        "Votre rendez-vous est réservé", "Votre rendez-vous est déplacé", "Votre rendez-vous est annulé",
    ]
    for mail in found:
        assert "Dr Claire Lemoine" in mail.body
        assert " à " in mail.body
        assert not any(word in mail.subject + mail.body for word in (SPECIALITY, REASON, "Genou", "Cabinet"))
    marie.go(found[-1].link)
    assert marie.heading == "Rendez-vous avec Dr Claire Lemoine"


def test_a_letter_about_a_child_goes_to_who_booked_and_names_the_child(room: Room, marie: Browser) -> None:
    button = next(text_of(one) for one in marie.go("/profils/").page.find_all("button") if "Ouvrir le profil" in text_of(one))
    marie.submit(button).go(page_of(room, slots_of(room)[0]))
    gives_code(marie).submit("Confirmer le rendez-vous")
    [mail] = letters(room)
    assert mail.body.split("\n")[2].startswith(f"Le rendez-vous de {button.split()[-1]} est réservé")
