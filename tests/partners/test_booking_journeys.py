"""A booking from the catalogue to the agenda, moved and cancelled where it was taken; and how the agenda says it stands."""

from __future__ import annotations

import pytest

from sandbox.agenda.models import Status
from sandbox.catalogue.models import Purpose
from tests.agenda.noted import csrf
from tests.browser import Browser, text_of
from tests.cast import Cast
from tests.partners.bookings import MINE, SLUG, held, known_at, letters, one, slots_of, takes
from tests.partners.pairing import code_of, contact_of, paired
from tests.pro.practice import moment_of, until
from tests.room import Room


@pytest.mark.practises("G03")
def test_marie_books_after_her_agreement_then_moves_and_cancels_where_she_booked(room: Room, marie: Browser, lemoine: Browser) -> None:
    marie.go("/agenda/")
    assert marie.sees("« Mon espace santé » ne prend pas lui-même les rendez-vous")
    marie.click("service du catalogue")
    paired(marie, SLUG).click("Continuer sur Rendez-vous Valbrune")
    marie.submit("Chercher", specialite="medecine generale").click("Dr Claire Lemoine")
    for _ in ("day", "hour"):
        marie.go(marie._absolute(str(marie.page.select(".choices-list a")[-1]["href"])))
    marie.submit("Confirmer le rendez-vous", usual="Renouvellement d’ordonnance")
    assert marie.heading == "Votre rendez-vous est confirmé"
    marie.click("Le voir dans mon agenda")
    assert marie.heading == "Consultation avec Dr Claire Lemoine"
    ref = marie.path.rsplit("/", 1)[1]
    booked = moment_of(room, ref)
    assert lemoine.go(f"/pro/rendez-vous/?jour={booked:%Y-%m-%d}").sees("Renouvellement d’ordonnance")
    moved_and_cancelled(room, marie, ref)
    with room.inside():
        assert (one(ref).status, held(booked)) == (Status.CANCELLED, 0)


def moved_and_cancelled(room: Room, marie: Browser, ref: str) -> None:
    booked = moment_of(room, ref)
    marie.click("Déplacer ou annuler sur Rendez-vous Valbrune").click("Déplacer ce rendez-vous")
    for _ in ("day", "hour"):
        marie.go(marie._absolute(str(marie.page.select_one(".choices-list a")["href"])))
    marie.submit("Déplacer le rendez-vous")
    assert (moment_of(room, ref) != booked, booked in slots_of(room)) == (True, True)
    marie.click("Le voir dans mon agenda")
    assert f"{moment_of(room, ref):%-d}" in text_of(marie.page.main)
    marie.click("Déplacer ou annuler sur Rendez-vous Valbrune").submit("Oui, annuler ce rendez-vous")
    assert marie.click("Le voir dans mon agenda").sees("Personne ne vous attend ce jour-là")
    assert [mail.subject.split("est ")[1] for mail in letters(room)] == ["réservé", "déplacé", "annulé"]


@pytest.mark.practises("G04")
def test_marie_reads_in_her_agenda_how_each_booking_stands_and_changes_none_there(
    room: Room, marie: Browser, lemoine: Browser
) -> None:
    known_at(room, marie, Purpose.READ_AGENDA, Purpose.WRITE_AGENDA)
    soon, later = slots_of(room)[:2], slots_of(room)[-3:]
    honoured, missed, confirmed, cancelled, mistaken = [takes(room, marie, slot) for slot in (*soon, *later)]
    lemoine.go(f"/pro/rendez-vous/{confirmed}").submit("Confirmer")
    lemoine.go(f"/pro/rendez-vous/{cancelled}").submit("Oui, annuler ce rendez-vous", reason="Le cabinet est fermé")
    lemoine.go(f"/pro/rendez-vous/{mistaken}").submit("Oui, saisi par erreur")
    until(room, missed)
    lemoine.go(f"/pro/rendez-vous/{honoured}").submit("Honoré : le patient est venu")
    lemoine.go(f"/pro/rendez-vous/{missed}").submit("Non honoré : le patient n’est pas venu")
    words = {
        confirmed: "Confirmé par le professionnel", cancelled: "Le cabinet est fermé", honoured: "Honoré", missed: "Non honoré",
        mistaken: "Saisi par erreur",
    }
    for ref, word in words.items():
        assert marie.go(f"/agenda/{ref}").sees(word)
        assert marie.sees("Inscrit par")
        assert not {"Modifier", "Supprimer de mon agenda"} & {*marie.links(), *(text_of(b) for b in marie.page.find_all("button"))}
        token = csrf(marie.go("/agenda/ajouter"))
        assert {marie.client.post(f"/agenda/{ref}/{verb}", data=token).status_code for verb in ("modifier", "supprimer")} == {404}
    assert all(label in text_of(marie.go("/agenda/").page.main) for label in ("Confirmé", "Annulé", "Honoré", "Non honoré", "Saisi par erreur"))


@pytest.mark.browser
def test_on_a_telephone_one_signs_in_books_and_moves(room: Room, people: Cast, marie: Browser) -> None:
    person = people.learner(1, phone=True)
    person.go("/partenaires/rdv-valbrune")
    person.page.get_by_label("Spécialité").select_option("cardiologie")
    person.press("Chercher").click("avec Dr Karim Haddad")
    person.write("Votre adresse e-mail", contact_of(marie)).press("Recevoir mon code")
    person.write("Code", code_of(marie)).press("Valider").sees("Pourquoi venez-vous")
    person.page.get_by_label("Visite de contrôle").check()
    person.press("Confirmer le rendez-vous").sees("Votre rendez-vous est confirmé")
    person.go(MINE).click("2", exact=False).click("Déplacer ce rendez-vous")
    for _ in ("day", "hour"):
        person.page.locator(".choices-list a").last.click()
    person.look().press("Déplacer le rendez-vous").sees("C’est fait")
