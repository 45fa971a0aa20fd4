"""The agenda: what booking services write, what one notes oneself, month by month."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.agenda import planner
from sandbox.agenda.models import Appointment
from sandbox.db import db
from sandbox.journal.models import Entry
from tests.browser import Browser, text_of
from tests.room import Room

DENTIST = {"title": "Dentiste", "hour": "14:30", "place": "6 rue de la Fontaine", "note": "Apporter la radio"}


def appointment_of(slug: str, seat: int = 1) -> Appointment:
    """Only inside: the appointment of a seat by the pack's name."""
    query = sa.select(Appointment).where(Appointment.slug == slug, Appointment.seat == seat)
    return db.session.scalars(query).one()


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


@pytest.mark.practises("G04")
def test_marie_sees_what_comes_first_then_what_is_past_with_its_status(marie: Browser) -> None:
    marie.go("/agenda/")
    coming, past = (text_of(marie.page.find(id=name).parent) for name in ("a-venir", "passes"))
    assert "IRM du genou droit" in coming
    assert "Passer à la pharmacie" in coming
    assert coming.index("Contrôle chez le dentiste") < coming.index("Consultation annuelle de cardiologie")
    for word in ("Honoré", "Non honoré", "Saisi par erreur"):
        assert word in past
    assert "Confirmé" in coming
    assert "Annulé" in coming


def test_the_month_shows_each_item_on_its_day_and_goes_on(room: Room, marie: Browser) -> None:
    with room.inside():
        scan = appointment_of("irm-genou").day
    marie.go(f"/agenda/mois?mois={scan.isoformat()[:7]}")
    cell = next(td for td in marie.page.find_all("td", class_="busy") if "IRM du genou droit" in text_of(td))
    assert text_of(cell.find("p")).startswith(str(scan.day))
    assert marie.click("IRM du genou droit").heading == "IRM du genou droit"


@pytest.mark.parametrize("month", ["2026-13", "9999-12", "0001-01", "demain", "", "-"])
def test_a_month_that_is_nonsense_shows_the_present_one(marie: Browser, month: str) -> None:
    marie.go(f"/agenda/mois?mois={month}")
    assert marie.status == 200
    assert marie.page.find("td", class_="today")


def test_months_follow_each_other_over_the_new_year() -> None:
    december = planner.month_of(f"{clock.today().year}-12")
    before, after = planner.beside(december)
    assert (before.month, after.month, after.year) == (11, 1, december.year + 1)


def test_marie_notes_changes_and_deletes_her_own_appointment(room: Room, marie: Browser) -> None:
    marie.go("/agenda/").click("Noter un rendez-vous").submit("Enregistrer", day=in_days(3), **DENTIST)
    assert marie.heading == "Dentiste"
    assert marie.sees("14 h 30")
    marie.click("Modifier").submit("Enregistrer", title="Dentiste (contrôle)", hour="15:00")
    assert marie.heading == "Dentiste (contrôle)"
    marie.submit("Oui, supprimer de mon agenda")
    assert marie.sees("n’est plus dans votre agenda")
    assert not marie.sees("Dentiste (contrôle)")
    with room.inside():
        told = sa.select(Entry.act).where(Entry.seat == 1, Entry.act.like("Appointment%")).order_by(Entry.id)
        acts = list(db.session.scalars(told))
    assert acts == ["AppointmentAdded", "AppointmentChanged", "AppointmentRemoved"]


@pytest.mark.parametrize(("wrong", "said"), [
    ({"day": "2024-02-01"}, "déjà passé"),
    ({"day": "2027-02-30"}, "Cette date n’existe pas"),
    ({"day": "30/02/2027"}, "Cette date n’existe pas"),
    ({"day": "9999-12-31"}, "trop loin"),
    ({"day": ""}, "Choisissez la date"),
    ({"hour": "25:00"}, "Cette heure n’existe pas"),
    ({"hour": ""}, "Choisissez l’heure"),
    ({"title": " "}, "Écrivez avec qui"),
    ({"title": "x" * 101}, "100 signes au plus"),
    ({"note": "x" * 1001}, "1 000 signes au plus"),
])
def test_what_cannot_be_is_refused_with_its_cure_and_kept(
    room: Room, marie: Browser, wrong: dict[str, str], said: str
) -> None:
    typed = DENTIST | {"day": in_days(3)} | wrong
    marie.go("/agenda/ajouter").submit("Enregistrer", **typed)
    assert marie.status == 422
    assert marie.sees(said)
    assert marie.page.find(id="place")["value"] == "6 rue de la Fontaine"
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Appointment.id)).where(Appointment.title == "Dentiste")) == 0


def test_an_hour_of_today_that_is_past_is_refused(marie: Browser) -> None:
    marie.go("/agenda/ajouter").submit("Enregistrer", **DENTIST | {"day": in_days(0), "hour": "00:00"})
    assert marie.sees("déjà passé")


def test_a_date_typed_in_the_french_way_is_understood(marie: Browser) -> None:
    day = clock.today() + timedelta(days=40)
    marie.go("/agenda/ajouter").submit("Enregistrer", **DENTIST | {"day": f"{day:%d/%m/%Y}", "hour": "9h05"})
    assert marie.status == 200
    assert marie.sees("9 h 05")


@pytest.mark.practises("G04")
def test_a_synchronised_appointment_is_read_only(room: Room, marie: Browser) -> None:
    marie.go("/agenda/").click("IRM du genou droit")
    assert marie.sees("Vous ne pouvez pas changer ce rendez-vous ici")
    assert marie.sees("téléphonez-lui au")
    assert not any(word in marie.links() for word in ("Modifier", "Annuler ce rendez-vous"))
    with room.inside():
        ref = appointment_of("irm-genou").ref
    assert marie.go(f"/agenda/{ref}/modifier").status == 404
    for what in ("supprimer", "annuler", "modifier"):
        marie.go("/agenda/ajouter")
        marie._send(marie.page.select_one("main form"), f"/agenda/{ref}/{what}", csrf(marie))
        assert marie.status == 404, what


def csrf(browser: Browser) -> dict[str, str]:
    return {"csrf_token": browser.page.find("input", attrs={"name": "csrf_token"})["value"]}


def test_somebody_elses_appointments_do_not_exist(room: Room, marie: Browser) -> None:
    with room.inside():
        ref = appointment_of("dentiste", 2).ref
    for path in (f"/agenda/{ref}", f"/agenda/{ref}/modifier", "/agenda/nexiste"):
        assert marie.go(path).status == 404
    marie.go("/agenda/ajouter")._send(marie.page.select_one("main form"), f"/agenda/{ref}/supprimer", csrf(marie))
    assert marie.status == 404
    with room.inside():
        assert appointment_of("dentiste", 2)


def test_the_agenda_says_itself_that_it_does_not_book(marie: Browser) -> None:
    assert marie.go("/agenda/").sees("« Mon espace santé » ne prend pas lui-même les rendez-vous")
    assert marie.click("Prendre un rendez-vous").path == "/partenaires/rdv-valbrune"
