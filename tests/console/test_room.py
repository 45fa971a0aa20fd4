"""The trainer's desk: getting in, opening a room, watching it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox import acts
from sandbox.db import db, writing
from sandbox.workshops import service
from sandbox.workshops.models import Trainer, Workshop
from tests.browser import Browser, text_of
from tests.room import TRAINER, Room


@pytest.fixture
def karim(room: Room) -> Browser:
    """Karim, trainer elsewhere."""
    with room.app.app_context(), writing():
        known = db.session.scalars(sa.select(Trainer).where(Trainer.email == "karim@formation.example")).first()
        if known is None:
            service.add_trainer("karim@formation.example", "Un-autre-sable-2")
            db.session.commit()
        db.session.remove()
    return signs_in(Browser(room.app, "Karim"), "karim@formation.example", "Un-autre-sable-2")


def signs_in(browser: Browser, email: str, password: str) -> Browser:
    return browser.go("/console/connexion").submit("Se connecter", email=email, password=password)


def creates(browser: Browser, name: str, seats: str = "2") -> Browser:
    return browser.go("/console/").click("Créer").submit("Créer l’atelier", name=name, seats=seats)


def forget(room: Room, name: str) -> None:
    with room.app.app_context(), writing():
        for workshop in db.session.scalars(sa.select(Workshop).where(Workshop.name == name)).all():
            workshop.trainer_id = None
            service.close(workshop)
        db.session.commit()
        db.session.remove()


def cell(browser: Browser, seat: int, column: int) -> str:
    return text_of(browser.page.select("table.board tbody tr")[seat - 1].find_all("td")[column])


@pytest.mark.practises("T01")
def test_a_trainer_signs_in_and_opens_a_room_that_people_can_enter(room: Room) -> None:
    samira = signs_in(Browser(room.app, "Samira"), *TRAINER)
    assert samira.heading == "Mes ateliers"
    creates(samira, "Atelier du lundi", "3")
    assert samira.heading == "Atelier du lundi"
    assert samira.sees("3 places")
    assert samira.submit("Ouvrir la salle").sees("Salle ouverte jusqu’à")
    code = samira.path.rsplit("/", 1)[1]
    assert Browser(room.app, "quelqu’un").go(f"/atelier/{code}").heading == "Se connecter"
    forget(room, "Atelier du lundi")


def test_a_wrong_password_is_refused_and_five_of_them_make_wait(room: Room, karim: Browser) -> None:
    visitor = Browser(room.app, "visiteur")
    for _ in range(5):
        signs_in(visitor, "karim@formation.example", "faux")
        assert visitor.status == 422
        assert visitor.sees("n’est pas le bon")
    assert signs_in(visitor, "karim@formation.example", "Un-autre-sable-2").sees("Attendez une minute")
    with room.app.app_context(), writing():
        db.session.execute(sa.update(Trainer).values(locked_until=None, failures=0))
        db.session.commit()


def test_nobody_enters_the_console_without_signing_in(room: Room) -> None:
    visitor = Browser(room.app, "visiteur").go(f"/console/{room.code}")
    assert visitor.heading == "Connexion du formateur"
    visitor.submit("Se connecter", email=TRAINER[0], password=TRAINER[1])
    assert visitor.path == f"/console/{room.code}"
    assert visitor.submit("Se déconnecter").heading == "Connexion du formateur"


def test_a_form_that_cannot_be_read_says_how_to_mend_it(samira: Browser) -> None:
    creates(samira, "Trop grand", "61")
    assert samira.status == 422
    assert samira.sees("Un atelier a de 1 à 60 places")
    samira.submit("Créer l’atelier", seats="douze", held_on="31/02/2027")
    assert samira.sees("par exemple 12")
    assert samira.sees("par exemple 12/03/2027")


def test_two_trainers_do_not_see_each_other_s_rooms(room: Room, karim: Browser, samira: Browser) -> None:
    creates(karim, "Atelier de Karim")
    mine = karim.path
    assert samira.go(mine).status == 404
    assert not samira.go("/console/").sees("Atelier de Karim")
    for page in ("tableau", "cartes", "cartes.pdf", "courriers", "courriers.pdf", "projection", "remise-a-zero", "faire-arriver", "reglages", "etats", "salle", "direct"):
        assert karim.client.get(f"/console/{room.code}/{page}").status_code == 404, page
    assert karim.go("/console/").sees("Atelier de Karim")
    forget(room, "Atelier de Karim")


def test_the_board_shows_who_is_there_and_what_they_did(room: Room, samira: Browser) -> None:
    at = next(n for n, title in enumerate(exercises(samira.go(f"/console/{room.code}"))) if "qui a regardé" in title)
    assert cell(samira, 1, at) == "À faire"
    assert samira.sees("0 sur 4")
    room.learner(1).go("/")
    with room.inside():
        record = room.record(1)
        acts.publish(acts.SectionOpened(actor=record.owner, record=record, section="historique", label="Historique"))
    samira.go(f"/console/{room.code}")
    assert cell(samira, 1, at) == "Fait"
    assert cell(samira, 2, at) == "À faire"
    assert samira.sees("1 sur 4")


def exercises(samira: Browser) -> list[str]:
    return [text_of(head) for head in samira.page.select("table.board thead th")][1:]


def test_the_board_is_sent_again_only_when_something_changed(room: Room, samira: Browser) -> None:
    url = f"/console/{room.code}/tableau"
    tag = samira.client.get(url).headers["ETag"]
    assert samira.client.get(url, headers={"If-None-Match": tag}).status_code == 304
    room.learner(2).go("/")
    assert samira.client.get(url, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.practises("T03")
def test_the_wall_shows_the_address_the_code_and_the_progress_without_names(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/projection")
    assert samira.sees(room.code)
    assert samira.sees("/rejoindre")
    assert samira.sees("Personnes entrées")
    assert samira.page.find("svg", class_="qr") is not None
    assert not samira.sees(room.card(1).name)
    assert samira.client.get(f"/console/{room.code}/projection/avancement").headers["ETag"]


def test_quick_entry_lets_a_card_open_the_door(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/reglages").submit("Enregistrer", quick_entry="y")
    person = Browser(room.app, "Jean").go(f"/carte/{room.card(2).token}").submit("Entrer")
    assert person.path == "/"


def test_a_room_that_is_over_can_be_read_but_not_changed(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}/reglages").click("Terminer et effacer").submit("Terminer l’atelier")
    assert samira.sees("est terminé")
    assert samira.go(f"/console/{room.code}").sees("Plus personne ne peut y entrer")
    assert samira.go(f"/console/{room.code}/remise-a-zero").sees("plus rien ne peut y changer")
    assert Browser(room.app, "Jean").go(f"/atelier/{room.code}").sees("Aucun atelier ouvert")


def test_the_trainer_plays_a_professional_of_the_room_only(room: Room, samira: Browser) -> None:
    doctor = room.card(0, "dr-lemoine")
    answer = samira.client.get(f"/console/{room.code}/jouer/{doctor.ref}")
    assert answer.headers["Location"].endswith(f"/pro/carte/{doctor.token}")
    assert samira.client.get(f"/console/{room.code}/jouer/{room.card(1).ref}").status_code == 404


def test_an_opening_cut_short_can_be_finished(room: Room, samira: Browser) -> None:
    with room.app.app_context(), writing():
        trainer = db.session.scalars(sa.select(Trainer).where(Trainer.email == TRAINER[0])).one()
        code = service.create(service.Plan(pack="decouverte", seats=1, name="Coupé net"), trainer).code
        db.session.commit()
        db.session.remove()
    samira.go(f"/console/{code}").submit("Préparer les dossiers")
    assert samira.sees("Personnes entrées")
    forget(room, "Coupé net")


def test_an_address_mistyped_leads_back_to_the_workshops(samira: Browser) -> None:
    assert samira.go("/console/NULLE/part").status == 404
    assert samira.click("Revenir à mes ateliers").path == "/console/"
