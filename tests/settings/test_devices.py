"""Paired devices: seen, revoked, put back in the same visit, and the simulated phone paired again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.account.models import Device, User
from sandbox.db import db
from tests.browser import Browser, text_of
from tests.room import Room
from tests.settings.people import code, lines

PHONE, TABLET = "Téléphone (simulé)", "Ancienne tablette"


def listed(person: Browser) -> str:
    return text_of(person.page.select_one("main ul.rows"))


def device(room: Room, seat: int, name: str) -> str:
    with room.inside():
        mine = sa.select(Device.ref).join(User, User.id == Device.user_id).where(Device.seat == seat, Device.name == name)
        return db.session.scalars(mine).one()


@pytest.mark.practises("A13")
def test_marie_sees_her_devices_and_revokes_the_lost_one(room: Room, marie: Browser) -> None:
    marie.go("/parametres/").click("Appareils associés")
    for words in (PHONE, TABLET, "Tablette associée le", "Dernière utilisation"):
        assert words in listed(marie), words
    assert marie.sees("Cet appareil est perdu ?")
    marie.submit("Oui, retirer la tablette")
    assert marie.sees(f"L’appareil « {TABLET} » est retiré")
    assert TABLET not in listed(marie)
    assert PHONE in listed(marie)
    assert marie.go("/historique/").sees(f"Retrait de l’appareil associé « {TABLET} »")
    assert marie.go("/parametres/").sees("1 appareil peut")


def test_a_mistake_is_undone_for_the_rest_of_the_visit(room: Room, marie: Browser) -> None:
    marie.go("/parametres/appareils").submit("Oui, retirer la tablette")
    marie.go("/documents/").go("/parametres/appareils")
    assert marie.submit("Remettre la tablette").sees("est remis, comme avant")
    assert TABLET in listed(marie)
    assert not marie.sees("Retirés pendant cette visite")
    assert (lines(room, "DeviceRevoked"), lines(room, "DevicePaired")) == (1, 1)


def test_another_visit_cannot_put_back(room: Room, marie: Browser) -> None:
    marie.go("/parametres/appareils").submit("Oui, retirer la tablette")
    page, again = marie.page, room.learner(1)
    assert not again.go("/parametres/appareils").sees("Remettre")
    again.client.post(f"/parametres/appareils/{device(room, 1, TABLET)}/remettre", data=token(again))
    assert lines(room, "DevicePaired") == 0
    marie.page = page
    assert marie.submit("Remettre la tablette").sees("comme avant")


def token(person: Browser) -> dict[str, str]:
    return {"csrf_token": str(person.page.find("input", attrs={"name": "csrf_token"})["value"])}


def test_revoked_in_two_tabs_is_revoked_once(room: Room, marie: Browser) -> None:
    first = marie.go("/parametres/appareils").page
    marie.submit("Oui, retirer la tablette")
    marie.page = first
    assert marie.submit("Oui, retirer la tablette").status == 200
    assert lines(room, "DeviceRevoked") == 1


def test_the_simulated_phone_is_paired_again_with_a_code(room: Room, marie: Browser) -> None:
    marie.go("/parametres/appareils")
    assert not marie.sees("Associer le téléphone simulé")
    marie.submit("Oui, retirer le téléphone").submit("Associer le téléphone simulé")
    assert marie.heading == "Saisir le code reçu"
    marie.submit("Valider", code=code(room))
    assert marie.sees(f"L’appareil « {PHONE} » est associé")
    assert PHONE in listed(marie)
    assert lines(room, "DevicePaired") == 1
    assert marie.submit("Remettre le téléphone").sees("Un téléphone est déjà associé")
    assert lines(room, "DevicePaired") == 1


def test_giving_up_the_pairing_adds_nothing(room: Room, marie: Browser) -> None:
    marie.go("/parametres/appareils").submit("Oui, retirer le téléphone").submit("Associer le téléphone simulé")
    assert marie.submit("Ne rien changer").sees("aucun appareil n’est ajouté")
    assert PHONE not in listed(marie)


def test_without_any_device_the_page_says_what_happens(room: Room, marie: Browser) -> None:
    for name in ("le téléphone", "la tablette"):
        marie.go("/parametres/appareils").submit(f"Oui, retirer {name}")
    assert marie.sees("Aucun appareil associé")
    assert marie.go("/parametres/").sees("Aucun appareil pour l’instant")


@pytest.mark.parametrize("verb", ["retirer", "remettre"])
def test_somebody_else_s_device_does_not_exist(room: Room, marie: Browser, verb: str) -> None:
    marie.go("/parametres/appareils")
    for ref in (device(room, 2, TABLET), "zzzzzzzz"):
        assert marie.client.post(f"/parametres/appareils/{ref}/{verb}", data=token(marie)).status_code == 404
    assert lines(room, "DeviceRevoked", 2) == 0
