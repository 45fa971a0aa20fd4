"""The professional's appointments: what is done with them, and what the patient's agenda says of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from sandbox import clock, live
from sandbox.account import life
from sandbox.agenda import managing
from sandbox.agenda.managing import Verb
from sandbox.agenda.models import Status
from sandbox.errors import Refused
from tests.browser import Browser, form_values, text_of
from tests.partners.pairing import signed_in_at
from tests.pro.people import done, identity, name_of, notified, patient_path
from tests.pro.practice import booked, given, moment_of, slots, told, until
from tests.room import Room


def at_the_firm(person: Browser, ref: str) -> Browser:
    """On the page of the appointment, where it was taken."""
    return signed_in_at(person, "rdv-valbrune").go(f"/partenaires/rdv-valbrune/mes-rendez-vous/{ref}")


def status(room: Room, ref: str) -> tuple[Status, bool]:
    with room.inside():
        one = told(ref)
        return one.status, one.held


def test_a_booking_is_confirmed_and_the_patient_reads_it(room: Room, lemoine: Browser, marie: Browser) -> None:
    ref, before = booked(room), len(text_of(marie.go("/notifications/").page))
    day = moment_of(room, ref).date().isoformat()
    lemoine.go("/pro/").click("Rendez-vous").go(f"/pro/rendez-vous/?jour={day}")
    assert lemoine.sees("À confirmer")
    assert lemoine.sees("Pris en ligne")
    lemoine.submit("Confirmer")
    assert lemoine.sees(f"Le rendez-vous de {name_of(room)} est confirmé")
    assert lemoine.path == f"/pro/rendez-vous/?jour={day}"
    assert marie.go(f"/agenda/{ref}").sees("Confirmé par le professionnel")
    assert len(text_of(marie.go("/notifications/").page)) > before
    with room.inside():
        assert (done("AppointmentConfirmed"), notified("RDV_MODIFIE")) == (1, 1)


def test_whether_the_patient_came_is_noted_once_the_hour_has_come(room: Room, lemoine: Browser, marie: Browser) -> None:
    ref = booked(room)
    assert "Honoré" not in " ".join(text_of(b) for b in lemoine.go(f"/pro/rendez-vous/{ref}").page.find_all("button"))
    with room.inside(), pytest.raises(Refused, match="pas encore venue"):
        managing.settle(room.user("dr-lemoine"), told(ref), Verb.HONOUR)
    until(room, ref)
    lemoine.go("/pro/")
    assert lemoine.sees("À noter")
    lemoine.submit("Honoré")
    assert lemoine.path == "/pro/"
    assert marie.go(f"/agenda/{ref}").sees("Honoré")
    with room.inside():
        assert (done("AppointmentHonoured"), notified("RDV_MODIFIE")) == (1, 0)


def test_what_was_noted_is_corrected_the_same_day_and_no_later(room: Room, lemoine: Browser, marie: Browser) -> None:
    ref = booked(room)
    until(room, ref)
    lemoine.go(f"/pro/rendez-vous/{ref}").submit("Honoré : le patient est venu")
    lemoine.submit("Non honoré : le patient n’est pas venu")
    assert status(room, ref) == (Status.MISSED, True)
    assert marie.go("/notifications/").sees("vous n’êtes pas venu")
    lemoine.go(f"/pro/rendez-vous/{ref}").submit("Honoré : le patient est venu")
    page = lemoine.page
    until(room, ref, timedelta(days=1))
    lemoine.page = page
    lemoine.submit("Non honoré")
    assert lemoine.sees("noté « Honoré » depuis un autre jour")
    assert not lemoine.page.find(id="que-faire")


def test_calling_off_frees_the_hour_and_tells_the_patient_why(room: Room, lemoine: Browser, marie: Browser) -> None:
    ref = booked(room)
    slot = moment_of(room, ref)
    assert slot not in slots(room)
    lemoine.go(f"/pro/rendez-vous/{ref}").submit("Oui, annuler ce rendez-vous", reason="Le cabinet est fermé")
    assert lemoine.sees("l’heure est libre")
    assert slot in slots(room)
    marie.go("/notifications/").click("a annulé le rendez-vous")
    assert marie.sees("Annulé par Dr Claire Lemoine : Le cabinet est fermé")
    assert marie.sees("Fatigue")
    assert marie.sees("Personne ne vous attend ce jour-là")
    assert lemoine.click("Donner un autre rendez-vous").heading == "Donner un rendez-vous"


def test_what_is_cancelled_or_erroneous_does_not_come_back(room: Room) -> None:
    later = slots(room)[3:5]
    for verb, slot in zip((Verb.CALL_OFF, Verb.VOID), later, strict=True):
        ref = given(room, slot)
        with room.inside():
            managing.settle(room.user("dr-lemoine"), told(ref), verb)
        for again in Verb:
            with room.inside(), pytest.raises(Refused, match="Il ne revient pas"):
                managing.settle(room.user("dr-lemoine"), told(ref), again)
        given(room, slot)


def test_the_patient_cancelling_a_second_before_is_told_in_one_sentence(room: Room, lemoine: Browser, marie: Browser) -> None:
    ref = booked(room)
    lemoine.go(f"/pro/rendez-vous/{ref}")
    at_the_firm(marie, ref).submit("Oui, annuler ce rendez-vous")
    lemoine.submit("Confirmer")
    assert lemoine.sees(f"Ce rendez-vous a été annulé par {name_of(room)}")
    assert lemoine.sees("donnez-en un autre si le patient doit venir")
    with room.inside():
        assert (done("AppointmentConfirmed"), done("AppointmentCancelled")) == (0, 1)


def test_the_professional_calling_off_a_second_before_is_told_to_the_patient(room: Room, lemoine: Browser, marie: Browser) -> None:
    ref = booked(room)
    at_the_firm(marie, ref)
    lemoine.go(f"/pro/rendez-vous/{ref}").submit("Oui, annuler ce rendez-vous")
    marie.submit("Oui, annuler ce rendez-vous")
    assert marie.sees("ne peut plus être annulé")


def test_of_two_acts_in_the_same_second_one_is_done(room: Room, lemoine: Browser, marie: Browser) -> None:
    ref = booked(room)
    ready = []
    for person in (lemoine.go(f"/pro/rendez-vous/{ref}"), at_the_firm(marie, ref)):
        form = person._form_of("Oui, annuler")
        ready.append((person, str(form["action"]), form_values(form)))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda each: each[0].client.post(each[1], data=each[2]), ready))
    with room.inside():
        assert done("AppointmentCancelled") + done("AppointmentCalledOff") == 1
    assert status(room, ref) == (Status.CANCELLED, False)


def test_an_appointment_is_given_on_a_free_slot(room: Room, lemoine: Browser, marie: Browser) -> None:
    slot = slots(room)[0]
    lemoine.go(f"/pro/rendez-vous/?jour={slot:%Y-%m-%d}").click("à un patient")
    whom = identity(room)
    lemoine.submit("Chercher", q=whom.family_name.lower()).click(f"{whom.family_name.upper()} {whom.first_name}")
    lemoine.submit("Donner le rendez-vous", title="Contrôle de la tension", note="Apportez votre carnet")
    assert lemoine.path == f"/pro/rendez-vous/?jour={slot:%Y-%m-%d}"
    assert lemoine.sees("Donné par vous")
    assert slot not in slots(room)
    assert marie.go("/notifications/").sees("vous a donné un rendez-vous : Contrôle de la tension")
    marie.go("/agenda/").click("Contrôle de la tension")
    assert marie.sees("Apportez votre carnet")
    assert marie.sees("Vous ne pouvez pas changer ce rendez-vous ici")


def test_what_was_given_is_not_the_patients_to_cancel(room: Room, marie: Browser) -> None:
    ref = given(room, slots(room)[0])
    form = marie.go("/agenda/ajouter").page.select_one("main form")
    marie._send(form, f"/agenda/{ref}/annuler", {"csrf_token": form_values(form)["csrf_token"]})
    assert marie.status == 404
    assert status(room, ref) == (Status.CONFIRMED, True)


@pytest.mark.parametrize(("fields", "answer"), [
    ({"title": " "}, "Écrivez le motif"),
    ({"title": "x" * 101}, "100 signes au plus"),
    ({"minutes": "4"}, "de 5 minutes à trois heures"),
    ({"day": "2099-01-01"}, "Vous avez aussi écrit une date"),
    ({"when": "autre"}, "Choisissez la date"),
    ({"when": "autre", "day": "2099-01-01", "hour": "10:00"}, "dans les deux ans"),
    ({"when": "autre", "day": "2020-01-01", "hour": "10:00"}, "Choisissez une heure à venir"),
    ({"when": "autre", "day": "31/02/2027", "hour": "10:00"}, "Cette date n’existe pas"),
    ({"when": "autre", "day": "2027-03-01", "hour": "25:00"}, "Cette heure n’existe pas"),
    ({"note": "Écrire à jean@gmail.com"}, "adresse"),
])
def test_a_refused_form_says_how_to_mend_it_and_keeps_what_was_typed(
    room: Room, lemoine: Browser, fields: dict[str, str], answer: str
) -> None:
    typed = {"title": "Contrôle", "note": "À jeun"} | fields
    lemoine.go(f"{patient_path(room)}/rendez-vous").submit("Donner le rendez-vous", **typed)
    assert lemoine.status == 422
    assert lemoine.sees(answer)
    assert lemoine.page.find(id="note").get_text().strip() == typed["note"]
    with room.inside():
        assert done("AppointmentGiven") == 0


def test_an_hour_that_is_taken_is_refused_with_whom_one_waits_for(room: Room, lemoine: Browser) -> None:
    slot = slots(room)[0]
    lemoine.go(f"{patient_path(room)}/rendez-vous")
    booked(room, 2, slot)
    lemoine.submit("Donner le rendez-vous", title="Contrôle")
    assert lemoine.sees(f"Vous attendez déjà {name_of(room, 2)} de")
    later = slot + timedelta(minutes=10)
    lemoine.submit("Donner le rendez-vous", when="autre", day=f"{later:%d/%m/%Y}", hour=f"{later:%H:%M}")
    assert lemoine.status == 422
    late = clock.at(slot.date() + timedelta(days=1), 20)
    lemoine.submit("Donner le rendez-vous", when="autre", day=f"{late:%d/%m/%Y}", hour="20:00")
    assert lemoine.sees("a rendez-vous")


def test_the_week_shows_its_days_and_goes_on(room: Room, lemoine: Browser) -> None:
    slot = moment_of(room, booked(room))
    lemoine.go(f"/pro/rendez-vous/?jour={slot:%Y-%m-%d}").click("Semaine")
    assert len(lemoine.page.select(".week-day")) == 6
    day = lemoine.page.find(id=f"jour-{slot:%Y-%m-%d}").parent
    assert "Fatigue" in text_of(day)
    assert len(lemoine.click("Semaine suivante").page.select(".week-day")) >= 6
    assert not lemoine.sees("Fatigue")
    for nonsense in ("9999-12-31", "demain", "2026-02-30"):
        assert lemoine.go(f"/pro/rendez-vous/semaine?jour={nonsense}").status == 200


def test_somebody_elses_appointments_do_not_exist(room: Room, lemoine: Browser, garnier: Browser, marie: Browser) -> None:
    ref = given(room, clock.now() + timedelta(days=2), slug="pharm-garnier")
    for path in (ref, f"{ref}/etat"):
        assert lemoine.go(f"/pro/rendez-vous/{path}").status == 404
    assert garnier.go(f"/pro/rendez-vous/{ref}").sees("Donné par vous")
    token = form_values(lemoine.go("/pro/rendez-vous/donner").go("/pro/horaires")._form_of("Publier"))["csrf_token"]
    assert lemoine.client.post(f"/pro/rendez-vous/{ref}/annuler", data={"csrf_token": token}).status_code == 404
    assert status(room, ref) == (Status.CONFIRMED, True)


def test_nothing_is_written_in_a_record_that_is_shut(room: Room, lemoine: Browser) -> None:
    ref = booked(room)
    lemoine.go(f"/pro/rendez-vous/{ref}")
    with room.inside():
        life.close(room.record(1).owner, room.record(1), erase=False)
    lemoine.submit("Confirmer")
    assert lemoine.status == 409
    assert lemoine.sees("a fermé son espace")
    for page in ("rendez-vous", "vaccinations/ajouter"):
        assert lemoine.go(f"{patient_path(room)}/{page}").sees("a fermé son espace"), page
    with room.inside():
        assert done("AppointmentConfirmed") == 0


def test_the_patients_open_pages_hear_of_it(room: Room, lemoine: Browser, marie: Browser) -> None:
    ref = booked(room)
    tags = {path: marie.client.get(path).headers["ETag"] for path in ("/agenda/contenu/index", f"/agenda/{ref}/etat")}
    with room.inside():
        seen = live.latest()
    lemoine.go(f"/pro/rendez-vous/{ref}").submit("Oui, annuler ce rendez-vous")
    for path, tag in tags.items():
        assert marie.client.get(path, headers={"If-None-Match": tag}).status_code == 200
    with room.inside():
        seat = live.audience_of_seat(room.workshop_id, 1)
        assert {"agenda", "notifications"} <= {topic for _, topic in live.since(seen, (seat,))}


def test_those_who_look_alike_are_told_apart_before_an_appointment_is_given(lemoine: Browser) -> None:
    lemoine.go("/pro/rendez-vous/donner")
    assert lemoine.sees("Vérifiez le prénom")
    assert not lemoine.sees("Alike(")
