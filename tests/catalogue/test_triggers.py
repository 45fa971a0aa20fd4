"""What the trainer makes of a service: suspended, withdrawn, back, renewed; and the device that sends a measure."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from sandbox.account.models import Life, Record
from sandbox.catalogue import halting, service
from sandbox.catalogue.models import Listing, Purpose, Status
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.notifications.models import Notification
from sandbox.partners.models import Note
from sandbox.profile.models import Measure
from sandbox.workshops import checks, packs
from tests.browser import Browser, text_of
from tests.catalogue.test_catalogue import acts, names
from tests.console.test_happenings import happens, seats_with
from tests.help.test_support import time_passes
from tests.partners.pairing import tied
from tests.room import Room


def told(room: Room, seat: int) -> list[str]:
    """What the notifications say of services."""
    with room.inside():
        query = sa.select(Notification.label).where(Notification.seat == seat, Notification.about == "service")
        return [" ".join(label.split()) for label in db.session.scalars(query.order_by(Notification.id))]


def acts_on(samira: Browser, room: Room, act: str, service: str = "glyco-suivi", **fields: Any) -> Browser:
    return samira.go(f"/console/{room.code}/service").submit("Faire arriver", service=service, act=act, **fields)


@pytest.mark.practises("H06")
def test_marie_meets_a_suspended_and_a_dereferenced_service_and_reports_one(room: Room, marie: Browser, samira: Browser) -> None:
    tied(room, 1, "glyco-suivi", Purpose.WRITE_MEASURES)
    happens(samira, room, "glyco-suivi-suspendu", [1])
    marie.go("/notifications/").click("Le service « Glyco Suivi » est suspendu")
    for words in ("Service suspendu", "ne peut plus rien lire ni rien écrire", "Vos accords sont gardés", "Voir ou retirer mes accords"):
        assert marie.sees(words), words
    assert not marie.sees("Synchroniser ce service")
    marie.go("/catalogue/?q=torvel")
    assert "Retiré du catalogue" in text_of(marie.page.select_one(".rows"))
    marie.click("Docteur Torvel")
    for words in ("Service retiré du catalogue", "un but qui n’était pas annoncé", "rien ne change pour vous", "demandez-lui d’effacer vos données"):
        assert marie.sees(words), words
    assert not marie.sees("Synchroniser ce service")
    marie.click("Signaler ce service").submit("Envoyer le signalement", reason="effacer", text="J’ai écrit deux fois.")
    assert marie.sees("Il n’efface pas mes données.")
    ticket = marie.path
    time_passes(room, 125)
    assert marie.go("/notifications/").sees("support")
    assert marie.go(ticket).sees("Nous vérifions ce que vous signalez avec l’éditeur")
    assert marie.click("Voir ce que vous avez signalé").heading == "Docteur Torvel"


def test_only_those_who_synchronised_it_are_told(room: Room, samira: Browser, marie: Browser, jean: Browser) -> None:
    tied(room, 1, "glyco-suivi")
    happens(samira, room, "glyco-suivi-suspendu")
    assert told(room, 1) == ["Le service « Glyco Suivi » est suspendu par « Mon espace santé »"]
    assert told(room, 2) == []
    assert "ServiceHalted" not in acts(room, 2)
    assert jean.go("/catalogue/glyco-suivi").sees("rien ne change pour vous")
    happens(samira, room, "glyco-suivi-suspendu")
    assert len(told(room, 1)) == 1
    happens(samira, room, "glyco-suivi-revient")
    assert told(room, 1)[-1] == "Le service « Glyco Suivi » est de nouveau disponible"
    assert marie.go("/catalogue/glyco-suivi").sees("Synchronisé depuis le")
    assert jean.go("/catalogue/glyco-suivi").sees("Synchroniser ce service")


def test_a_new_version_asks_those_who_synchronised_it_to_agree_again(room: Room, samira: Browser, marie: Browser, jean: Browser) -> None:
    tied(room, 1, "glyco-suivi")
    assert not marie.go("/catalogue/glyco-suivi").sees("Lire des documents")
    happens(samira, room, "glyco-suivi-nouvelle-version")
    assert told(room, 1) == ["« Glyco Suivi » a une nouvelle version : vos accords sont à redonner"]
    assert told(room, 2) == []
    marie.go("/catalogue/glyco-suivi")
    assert marie.sees("Ce service a une nouvelle version, qui demande autre chose.")
    assert "Nouveau" in text_of(next(row for row in marie.page.select("tbody tr") if "Lire des documents" in text_of(row)))
    assert marie.click("Redonner mes accords").path.startswith("/services-synchronises/")
    assert jean.go("/catalogue/glyco-suivi").sees("Synchroniser ce service")
    happens(samira, room, "glyco-suivi-nouvelle-version")
    assert len(told(room, 1)) == 1


def test_a_service_withdrawn_for_one_seat_stays_for_the_others(room: Room, samira: Browser, marie: Browser, jean: Browser) -> None:
    happens(samira, room, "marchons-valbrune-retire", [2])
    assert jean.go("/catalogue/marchons-valbrune").sees("Service retiré du catalogue")
    assert not marie.go("/catalogue/marchons-valbrune").sees("Service retiré du catalogue")
    assert names(jean.click("Voir les autres services de ce thème")) == ["Carnet de Nuit", "Marchons Valbrune"]


def test_every_profile_of_the_seat_sees_the_same_service(room: Room, samira: Browser) -> None:
    happens(samira, room, "glyco-suivi-suspendu", [1])
    with room.inside():
        profiles = db.session.scalars(sa.select(Record).where(Record.seat == 1)).all()
        assert len(profiles) > 1
        assert {service.find("glyco-suivi", profile).status for profile in profiles} == {Status.SUSPENDED}
    assert set(seats_with(room, Listing)) == {1}


def test_the_meter_reaches_those_who_agreed_and_the_trainer_is_told_of_the_others(room: Room, samira: Browser) -> None:
    tied(room, 1, "glyco-suivi", Purpose.WRITE_MEASURES)
    tied(room, 2, "glyco-suivi", Purpose.READ_MEASURES)
    samira.go(f"/console/{room.code}/faire-arriver?slug=lecteur-de-glycemie").submit("Faire arriver")
    assert samira.sees(f"C’est fait, pour {room.card(1).name}.")
    for seat in (2, 3, 4):
        assert samira.sees(room.card(seat).name)
    assert samira.sees("n’y est pas synchronisé, ou n’a pas l’accord d’ajouter des mesures")
    assert seats_with(room, Measure, value="1.42") == [1]
    assert acts(room, 1)[-1] == "MeasureReceived"
    assert acts(room, 2)[-1] == "ServiceDenied"
    assert "ServiceDenied" not in acts(room, 3)
    assert sorted(seats_with(room, Note, label="1.42")) == [1, 2]


def test_the_trainer_acts_on_any_service(room: Room, samira: Browser, marie: Browser) -> None:
    tied(room, 1, "glyco-suivi")
    samira.go(f"/console/{room.code}/faire-arriver").click("agir sur un service du catalogue")
    assert acts_on(samira, room, "push", value="0,98", who="some", seats=["1"]).sees(room.card(1).name)
    assert marie.go("/profil/mesures").sees("0,98")
    acts_on(samira, room, "HORS_LIGNE", "carnet-de-nuit")
    assert marie.go("/catalogue/carnet-de-nuit").sees("Service fermé pour l’instant")
    acts_on(samira, room, "EN_LIGNE", "imagerie-corvane")
    assert not marie.go("/catalogue/imagerie-corvane").sees("défaut de sécurité")
    acts_on(samira, room, "renew", "rappel-vaccins")
    assert marie.go("/catalogue/rappel-vaccins").sees("Lire votre agenda")


@pytest.mark.parametrize(("act", "slug", "value", "cure"), [
    ("renew", "carnet-de-nuit", "", "n’a pas d’autre version"), ("push", "carnet-de-nuit", "1,2", "n’a pas d’appareil"),
    ("push", "glyco-suivi", "beaucoup", "par exemple 1,42"), ("push", "glyco-suivi", "", "par exemple 1,42"),
    ("push", "glyco-suivi", "0,1", "de 0,2 à 6,99"), ("push", "glyco-suivi", "٣,٤", "de 0,2 à 6,99"),
    ("SUSPENDUE", "inconnu", "", ""), ("push", "inconnu", "1,2", ""), ("vendre", "glyco-suivi", "", ""),
])
def test_what_cannot_happen_to_a_service_is_refused(room: Room, samira: Browser, act: str, slug: str, value: str, cure: str) -> None:
    assert acts_on(samira, room, act, slug, value=value).status == 422
    assert samira.sees(cure)
    assert seats_with(room, Listing) == []


def test_the_trainer_sends_nothing_to_a_space_that_is_shut(room: Room, samira: Browser) -> None:
    tied(room, 1, "glyco-suivi")
    with room.inside():
        room.record(1).life = Life.CLOSED
    acts_on(samira, room, "push", value="1,1", who="some", seats=["1"])
    assert samira.sees(f"Rien n’est arrivé pour {room.card(1).name}")
    acts_on(samira, room, "SUSPENDUE", who="some", seats=["1"])
    assert samira.sees("C’est fait")


def test_what_is_gone_for_good_and_what_was_never_there_are_refused(room: Room) -> None:
    with room.inside():
        portal, record = room.user("portail"), room.record(1)
        for change in (
            lambda: halting.halt(portal, record, "docteur-torvel", Status.ONLINE), lambda: halting.halt(portal, record, "rien", Status.ONLINE),
            lambda: halting.renew(portal, record, "glyco-suivi", 3), lambda: halting.renew(portal, record, "glyco-suivi", 1),
        ):
            with pytest.raises(Refused):
                change()
        assert db.session.scalars(sa.select(Listing)).all() == []


def test_the_open_pages_hear_of_it(marie: Browser) -> None:
    for path, part in (("/catalogue/", "/catalogue/liste"), ("/catalogue/glyco-suivi", "/catalogue/glyco-suivi/etat")):
        live = marie.go(path).page.select_one('[data-topics="services"]')
        assert live["data-fragment"] == part
        first = marie.client.get(part)
        assert marie.client.get(part, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


BAD = {
    "le service « rien » n’existe pas": {"act": "service", "service": "rien", "status": "SUSPENDUE"},
    "choisissez parmi EN_LIGNE": {"act": "service", "service": "glyco-suivi", "status": "CASSÉ"},
    "l’un des deux": {"act": "service", "service": "glyco-suivi"},
    "n’a pas de version 7": {"act": "service", "service": "glyco-suivi", "version": 7},
    "n’a pas de lecteur simulé": {"act": "push", "service": "rdv-valbrune", "measures": "glycemie=1,42"},
    "ne se lit pas": {"act": "push", "service": "glyco-suivi", "measures": "beaucoup"},
    "il manque « measures »": {"act": "push", "service": "glyco-suivi"},
}


@pytest.mark.parametrize("problem", BAD)
def test_a_pack_says_what_is_wrong_with_a_trigger(problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = packs.load("decouverte")
    pack.triggers.append({"slug": "x", "title": "X"} | BAD[problem])
    monkeypatch.setattr(packs, "load", lambda *_: pack)
    found = [line.replace("\u00a0", " ") for line in checks.check("decouverte")]
    assert len(found) == 1
    assert problem in found[0]


def test_the_checker_knows_every_status() -> None:
    assert set(checks.STATUSES) == set(Status)
