"""The booking site: whom one finds, the hours, why one comes, and what cannot be."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox.agenda.models import Appointment, Origin, Status
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.exercises.questions import seats_where
from tests.browser import Browser, text_of
from tests.partners.bookings import MINE, SITE, held, known_at, letters, lines, one, page_of, slots_of, takes
from tests.partners.pairing import gives_code
from tests.room import Room

READ, WRITE, FILE = Purpose.READ_AGENDA, Purpose.WRITE_AGENDA, Purpose.WRITE_DOCUMENTS


def names(browser: Browser) -> list[str]:
    return [text_of(title) for title in browser.page.select(".card-title")]


def options(browser: Browser, name: str) -> list[str]:
    return [text_of(option) for option in browser.page.find(id=name).find_all("option")]


# --- with whom ----------------------------------------------------------------------------------------

def test_one_looks_by_speciality_and_place_without_signing_in_and_each_has_its_next_hours(room: Room, marie: Browser) -> None:
    marie.go(SITE)
    assert len(names(marie)) == sum(int(option.rsplit("(", 1)[1][:-1]) for option in options(marie, "specialite")[1:])
    marie.submit("Chercher", specialite="cardiologie")
    assert names(marie) == ["Dr Karim Haddad"]
    assert "specialite=cardiologie" in marie.path
    assert len(marie.page.select(".choices-list a")) == 3
    assert f"{slots_of(room, 'dr-haddad')[0]:%Y-%m-%dT%H:%M}" in str(marie.page.select_one(".choices-list a")["href"]).replace("%3A", ":")


@pytest.mark.parametrize("typed", ["Médecine générale", "medecine  GENERALE", "médecine generale"])
def test_accents_and_capitals_of_the_address_do_not_matter(marie: Browser, typed: str) -> None:
    marie._met(marie.client.get(SITE, query_string={"specialite": typed, "lieu": "VALBRUNE"}))
    assert "Dr Claire Lemoine" in names(marie)
    assert "Dr Karim Haddad" not in names(marie)


def test_what_nobody_answers_to_is_said_and_everybody_shown(marie: Browser) -> None:
    marie.go(f"{SITE}?specialite=alchimie&lieu=Paris")
    assert marie.sees("Personne ne répond à « alchimie », « Paris » ici")
    assert len(names(marie)) >= 4


def test_whoever_is_seen_soonest_comes_first(room: Room, marie: Browser) -> None:
    first = {name: slots_of(room, slug)[0] for slug, name in (("dr-lemoine", "Dr Claire Lemoine"), ("dr-haddad", "Dr Karim Haddad"))}
    shown = [name for name in names(marie.go(SITE)) if name in first]
    assert shown == sorted(shown, key=first.__getitem__)


def test_a_day_then_an_hour_are_chosen_and_later_weeks_are_shown(room: Room, marie: Browser) -> None:
    marie.go(SITE).click("Dr Claire Lemoine")
    days = len(marie.page.select(".choices-list a"))
    assert len(marie.click("Voir les semaines suivantes").page.select(".choices-list a")) > days
    marie.go(marie._absolute(str(marie.page.select_one(".choices-list a")["href"])))
    assert marie.sees("Choisissez une heure, le")
    slot = slots_of(room)[-1] + timedelta(weeks=3)
    assert marie.go(f"{marie.path.split('?')[0]}?jour={slot:%Y-%m-%d}").sees("Choisissez une heure, le")


def test_signing_in_is_asked_to_take_an_hour_and_the_hour_is_kept(room: Room, marie: Browser) -> None:
    slot = slots_of(room)[0]
    marie.go(page_of(room, slot))
    assert marie.heading == "Entrer chez Rendez-vous Valbrune"
    gives_code(marie)
    assert marie.heading == "Confirmer le rendez-vous"
    assert f"{slot:%Y-%m-%dT%H:%M}" in marie.path.replace("%3A", ":")


def test_signed_out_meanwhile_the_hour_is_kept_and_nothing_taken(room: Room, marie: Browser) -> None:
    slot = slots_of(room)[0]
    known_at(room, marie).go(page_of(room, slot))
    page, path = marie.page, marie.path
    marie.submit("Se déconnecter de Rendez-vous Valbrune")
    marie.page, marie.path = page, path
    marie.submit("Confirmer le rendez-vous")
    assert marie.heading == "Entrer chez Rendez-vous Valbrune"
    assert gives_code(marie).heading == "Confirmer le rendez-vous"
    with room.inside():
        assert held(slot) == 0


# --- why ----------------------------------------------------------------------------------------------

def test_a_usual_reason_and_ones_own_words_are_read_by_the_professional(room: Room, marie: Browser, lemoine: Browser) -> None:
    slot = slots_of(room)[0]
    ref = takes(room, known_at(room, marie), slot, usual="Résultat d’examen", reason="L’IRM du genou")
    with room.inside():
        mine = one(ref)
        assert (mine.note, mine.origin, mine.status, mine.seat) == ("Résultat d’examen\u00a0: L’IRM du genou", Origin.SYNCED, Status.CONFIRMED, 1)
    lemoine.go(f"/pro/rendez-vous/?jour={slot:%Y-%m-%d}")
    assert lemoine.sees("Résultat d’examen : L’IRM du genou")
    assert lemoine.sees("Pris en ligne")


def test_the_usual_reasons_are_those_of_the_speciality(room: Room, marie: Browser) -> None:
    known_at(room, marie).go(page_of(room, slots_of(room, "inf-morvan")[0], "inf-morvan"))
    assert marie.sees("Prise de sang")
    assert not marie.sees("Renouvellement d’ordonnance")


@pytest.mark.parametrize(("typed", "said"), [
    ({"reason": "x" * 201}, "200 signes au plus"),
    ({"reason": "écrire à jean.martin@gmail.com"}, "adresse"),
    ({"usual": "Autre chose", "reason": "Fatigue"}, "Choisissez l’un des motifs"),
])
def test_what_cannot_be_written_is_refused_with_its_cure_and_kept(
    room: Room, marie: Browser, typed: dict[str, str], said: str
) -> None:
    known_at(room, marie).go(page_of(room, slots_of(room)[0]))
    marie.submit("Confirmer le rendez-vous", **typed)
    assert marie.status == 422
    assert marie.sees(said)
    assert marie.page.find(id="reason")["value"] == typed["reason"]
    with room.inside():
        assert db.session.scalars(sa.select(Appointment.id).where(Appointment.held)).first() is None


# --- what cannot be -----------------------------------------------------------------------------------

@pytest.mark.parametrize("told", ["demain", "", "2027-02-30T09:00", "2027-03-01T25:00", "2027-03-01"])
def test_an_hour_that_does_not_exist_is_told_and_another_offered(room: Room, marie: Browser, told: str) -> None:
    with room.inside():
        ref = room.user("dr-lemoine").ref
    known_at(room, marie).go(f"{SITE}/{ref}/confirmer?a={told}")
    assert marie.sees("Cette heure n’existe pas")
    assert marie.sees("Choisissez un jour")


@pytest.mark.parametrize("told", ["0001-01-01T00:00", "9999-12-31T23:59", "2027-03-28T02:30"])
def test_an_hour_of_another_age_is_no_slot(room: Room, marie: Browser, told: str) -> None:
    with room.inside():
        ref = room.user("dr-lemoine").ref
    known_at(room, marie).go(f"{SITE}/{ref}/confirmer?a={told}")
    assert (marie.status, marie.heading) == (422, "Cet horaire n’est pas libre")


@pytest.mark.parametrize("by", [timedelta(hours=-24 * 7), timedelta(weeks=20), timedelta(hours=12), timedelta(minutes=7)])
def test_an_hour_past_too_far_or_forged_is_refused_and_others_offered(room: Room, marie: Browser, by: timedelta) -> None:
    forged = slots_of(room)[0] + by
    known_at(room, marie).go(page_of(room, forged))
    assert (marie.status, marie.heading) == (422, "Cet horaire n’est pas libre")
    assert marie.sees("Cet horaire n’est pas proposé")
    assert len(marie.page.select(".choices-list button")) >= 3
    with room.inside():
        assert held(forged) == 0


def test_nobody_is_at_two_places_at_once(room: Room, marie: Browser) -> None:
    common = set(slots_of(room)) & set(slots_of(room, "dr-haddad"))
    slot = min(common)
    takes(room, known_at(room, marie), slot)
    marie.go(page_of(room, slot, "dr-haddad")).submit("Confirmer le rendez-vous")
    assert marie.status == 422
    assert marie.sees("Vous avez déjà rendez-vous avec Dr Claire Lemoine, de")
    with room.inside():
        assert held(slot) == 1


def test_pressed_twice_it_is_taken_once(room: Room, marie: Browser) -> None:
    slot = slots_of(room)[0]
    known_at(room, marie, WRITE).go(page_of(room, slot))
    page, path = marie.page, marie.path
    first = marie.submit("Confirmer le rendez-vous").path
    marie.page, marie.path = page, path
    assert marie.submit("Confirmer le rendez-vous").path == first
    assert marie.go(page_of(room, slot)).path == first
    assert (lines(room).count("AppointmentWritten"), len(letters(room))) == (1, 1)
    with room.inside():
        assert held(slot) == 1


def test_addresses_that_are_nonsense_do_not_exist(room: Room, marie: Browser) -> None:
    known_at(room, marie)
    with room.inside():
        doctor, pharmacist, other = (room.user(slug).ref for slug in ("dr-lemoine", "pharm-garnier", "place-2"))
    for path in (pharmacist, other, "nexiste", f"{pharmacist}/confirmer?a=2027-03-01T09:00", f"confirme/{doctor}"):
        assert marie.go(f"{SITE}/{path}").status == 404, path
    assert marie.go(f"{SITE}/{doctor}?jour=2026-02-30").sees("Choisissez un jour")


def test_somebody_elses_appointments_do_not_exist(room: Room, marie: Browser, jean: Browser) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    known_at(room, jean, seat=2)
    for path in (f"{SITE}/confirme/{ref}", f"{MINE}/{ref}", f"{MINE}/{ref}/etat", f"{MINE}/{ref}/deplacer"):
        assert jean.go(path).status == 404, path
    token = jean.go(SITE).page.find("input", attrs={"name": "csrf_token"})["value"]
    for verb in ("annuler", f"deplacer?a={slots_of(room)[3]:%Y-%m-%dT%H:%M}"):
        assert jean.client.post(f"{MINE}/{ref}/{verb}", data={"csrf_token": token}).status_code == 404
    with room.inside():
        assert one(ref).status is Status.CONFIRMED


def test_what_an_agenda_keeps_of_it_and_other_appointments_are_not_the_firms(room: Room, marie: Browser) -> None:
    with room.inside():
        packs = db.session.scalars(sa.select(Appointment).where(Appointment.slug == "irm-genou", Appointment.seat == 1)).one().ref
    assert known_at(room, marie).go(f"{MINE}/{packs}").status == 404
    assert marie.go(MINE).sees("Aucun rendez-vous à venir")


def test_another_worlds_account_and_appointment_open_nothing(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    room.renew()
    again = room.learner(1)
    with marie.client.session_transaction("/") as former, again.client.session_transaction("/") as session:
        session["customers"] = former["customers"]
    assert again.go(f"{MINE}/{ref}").heading == "Entrer chez Rendez-vous Valbrune"
    assert known_at(room, again).go(f"{MINE}/{ref}").status == 404


def test_the_exercise_counts_what_the_history_does_not_show(room: Room, marie: Browser) -> None:
    ref = takes(room, known_at(room, marie), slots_of(room)[0])
    with room.inside():
        assert seats_where("appointment_booked", {"professional": "dr-lemoine"}) == {1}
        assert seats_where("appointment_cancelled", {}) == set()
    marie.go(f"{MINE}/{ref}").submit("Oui, annuler ce rendez-vous")
    with room.inside():
        assert seats_where("appointment_cancelled", {}) == {1}
    assert (lines(room), lines(room, elsewhere=True)) == ([], ["AppointmentBooked", "AppointmentCancelled"])
    assert not marie.go("/historique/").sees("Consultation avec Dr Claire Lemoine")
    assert not marie.go("/notifications/").sees("Consultation avec Dr Claire Lemoine")


def test_the_booking_site_looks_like_another_firms(marie: Browser) -> None:
    marie.go(SITE)
    assert marie.page.html["data-audience"] == "partner"
    assert marie.sees("ceci est un autre site")
