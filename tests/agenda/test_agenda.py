"""The agenda as a list: what comes first, what is past, what others wrote and nobody changes here."""

from __future__ import annotations

import pytest

from sandbox import clock
from sandbox.acts import SectionOpened
from sandbox.agenda import service
from sandbox.agenda.models import Appointment
from sandbox.catalogue.models import Purpose
from sandbox.journal.service import has_done
from tests.agenda.noted import appointment_of, csrf, in_days, noted, part, told, wished
from tests.browser import Browser
from tests.partners.pairing import tied
from tests.pro.practice import given
from tests.room import Room

BOOKED = "rdv-valbrune"


def test_marie_sees_what_comes_first_then_what_is_past_with_its_status(marie: Browser) -> None:
    marie.go("/agenda/")
    coming, past = part(marie, "a-venir"), part(marie, "passes")
    assert "IRM du genou droit" in coming
    assert "Passer à la pharmacie" in coming
    assert coming.index("Contrôle chez le dentiste") < coming.index("Consultation annuelle de cardiologie")
    for word in ("Honoré", "Non honoré", "Saisi par erreur"):
        assert word in past
    assert "Confirmé" in coming
    assert "Annulé" in coming


def test_a_synchronised_appointment_is_read_only(room: Room, marie: Browser) -> None:
    marie.go("/agenda/").click("IRM du genou droit")
    assert marie.sees("Vous ne pouvez pas changer ce rendez-vous ici")
    assert marie.sees("Centre hospitalier de Valbrune, par son logiciel")
    assert marie.sees("téléphonez-lui au")
    assert not any(word in marie.links() for word in ("Modifier", "Annuler ce rendez-vous"))
    with room.inside():
        ref = appointment_of("irm-genou").ref
    assert marie.go(f"/agenda/{ref}/modifier").status == 404
    for what in ("supprimer", "annuler", "modifier"):
        marie.go("/agenda/ajouter")
        marie._send(marie.page.select_one("main form"), f"/agenda/{ref}/{what}", csrf(marie))
        assert marie.status == 404, what


@pytest.mark.parametrize(("slug", "said"), [
    ("consultation-genou", "a eu lieu"),
    ("suivi-manque", "Si c’est une erreur, téléphonez-lui"),
    ("irm-par-erreur", "inscrit par erreur"),
    ("resultat-irm", "Personne ne vous attend ce jour-là"),
])
def test_each_status_is_told_in_everyday_words(room: Room, marie: Browser, slug: str, said: str) -> None:
    with room.inside():
        ref, label = appointment_of(slug).ref, appointment_of(slug).status.label
    assert marie.go(f"/agenda/{ref}").sees(said)
    assert marie.sees(label)
    assert "Modifier" not in marie.links()


def booked(room: Room) -> str:
    """The ref of what Marie took at the booking site, which told her agenda."""
    with room.inside():
        record, doctor = room.record(1), room.user("dr-lemoine")
        found = service.book(record.owner, record, doctor, service.slots.free_slots(doctor, clock.today())[0], "Fatigue", service=BOOKED)
        service.bring_in(found)
        return found.ref


def test_what_was_booked_at_a_service_is_moved_there(room: Room, marie: Browser) -> None:
    tied(room, 1, BOOKED, Purpose.READ_AGENDA, Purpose.WRITE_AGENDA)
    marie.go(f"/agenda/{booked(room)}")
    assert marie.sees("« Mon espace santé » n’a pas pris ce rendez-vous")
    assert not marie.sees("n’est plus mis à jour")
    assert any("Déplacer ou annuler sur Rendez-vous Valbrune" in link for link in marie.links())


def test_what_a_service_may_not_write_any_more_says_since_when(room: Room, marie: Browser) -> None:
    tied(room, 1, BOOKED, Purpose.READ_AGENDA)
    marie.go(f"/agenda/{booked(room)}")
    assert marie.sees(f"n’est plus mis à jour depuis le {clock.today().day}")
    assert marie.sees("Vérifier sur Rendez-vous Valbrune")
    assert not marie.sees("Déplacer ou annuler")


def test_what_changed_elsewhere_without_being_told_is_shown_as_old(room: Room, marie: Browser) -> None:
    tied(room, 1, BOOKED, Purpose.READ_AGENDA, Purpose.WRITE_AGENDA)
    ref = booked(room)
    with room.inside():
        found = told(Appointment, ref)
        service.leave_behind(found)
        service.cancel(found.record.owner, found)
    assert marie.go(f"/agenda/{ref}").status == 404
    marie.go("/agenda/").click("Consultation avec Dr Claire Lemoine")
    assert marie.sees("Ce rendez-vous n’est plus mis à jour")
    assert marie.sees("Confirmé")


def test_somebody_elses_things_do_not_exist(room: Room, marie: Browser, jean: Browser) -> None:
    with room.inside():
        theirs = appointment_of("dentiste", 2).ref
    mine = wished(room, in_days(3))
    for path in (f"/agenda/{theirs}", f"/agenda/{theirs}/modifier", f"/agenda/{theirs}/etat", "/agenda/nexiste"):
        assert marie.go(path).status == 404
    for path in (f"/agenda/rappels/{mine}", f"/agenda/rappels/{mine}/modifier", f"/agenda/rappels/{mine}/etat"):
        assert jean.go(path).status == 404
    marie.go("/agenda/ajouter")._send(marie.page.select_one("main form"), f"/agenda/{theirs}/supprimer", csrf(marie))
    jean.go("/agenda/ajouter")._send(jean.page.select_one("main form"), f"/agenda/rappels/{mine}/supprimer", csrf(jean))
    assert (marie.status, jean.status) == (404, 404)
    with room.inside():
        assert appointment_of("dentiste", 2)


def test_the_agenda_says_itself_that_it_does_not_book(marie: Browser) -> None:
    assert marie.go("/agenda/").sees("« Mon espace santé » ne prend pas lui-même les rendez-vous")
    assert marie.click("Prendre un rendez-vous").path == "/partenaires/rdv-valbrune"


def test_the_list_and_the_page_of_an_appointment_come_again_alone_when_they_change(room: Room, marie: Browser) -> None:
    ref = noted(room, clock.at(in_days(4), 10))
    live = marie.go("/agenda/").page.find(attrs={"data-topics": "agenda"})["data-fragment"]
    tag = marie.client.get(live).headers["ETag"]
    assert marie.client.get(live, headers={"If-None-Match": tag}).status_code == 304
    given(room, clock.at(in_days(5), 10))
    changed = marie.client.get(live, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "Contrôle" in changed.text
    assert "<h1" not in changed.text
    own_page = marie.go(f"/agenda/{ref}").page.find(attrs={"data-topics": "agenda"})["data-fragment"]
    assert marie.client.get(own_page).status_code == 200


def test_opening_the_agenda_leaves_a_trace_and_turning_its_pages_does_not(room: Room, marie: Browser) -> None:
    marie.go("/agenda/semaine").go("/agenda/?genre=rappels")
    with room.inside():
        assert not has_done(room.record(1).owner, SectionOpened)
    marie.go("/agenda/")
    with room.inside():
        assert has_done(room.record(1).owner, SectionOpened)
