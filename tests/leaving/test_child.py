"""A child’s profile, closed and opened again by the legal representative from their own."""

from __future__ import annotations

from sandbox.access import To, may
from sandbox.db import db
from sandbox.family.models import Delegation, DelegationKind
from tests.browser import Browser
from tests.leaving.people import child, code_received
from tests.room import Room


def name_of_child(room: Room) -> str:
    with room.inside():
        return child(room).first_name


def closed(room: Room, marie: Browser) -> str:
    """Marie has opened her child's profile and closed it; returns the first name."""
    name = name_of_child(room)
    marie.go("/profils/").submit(f"Ouvrir le profil de {name}")
    marie.go("/parametres/cloture/").click("Continuer").submit("Continuer et recevoir un code")
    marie.submit(f"Fermer le profil de {name}", code=code_received(room))
    return name


def test_marie_closes_her_childs_profile_and_stays_in_hers(room: Room, marie: Browser) -> None:
    name = closed(room, marie)
    assert marie.heading == "Mes profils"
    assert marie.sees(f"le profil de {name} est clos")
    assert marie.page.find(class_="borrowed") is None
    assert f"Rouvrir le profil de {name}" in marie.links()
    with room.inside():
        assert child(room).life.value == "closed"
        assert room.record(1).is_active
        ref = child(room).ref
    assert marie.go("/documents/").status == 200
    assert not marie.page.find(attrs={"action": f"/profils/{ref}/ouvrir"})


def test_marie_opens_it_again_with_a_code(room: Room, marie: Browser) -> None:
    name = closed(room, marie)
    marie.click(f"Rouvrir le profil de {name}")
    assert marie.heading == f"Le profil de {name} est clos"
    marie.submit(f"Rouvrir le profil de {name}")
    assert marie.submit(f"Rouvrir le profil de {name}", code="12").status == 422
    marie.submit("Recevoir un autre code")
    marie.submit(f"Rouvrir le profil de {name}", code=code_received(room))
    assert marie.heading == "Mes profils"
    assert marie.submit(f"Ouvrir le profil de {name}").sees(f"Vous êtes maintenant dans le profil de {name}")


def test_a_window_left_on_the_closing_of_the_child_closes_nothing_else(room: Room, marie: Browser) -> None:
    name = name_of_child(room)
    marie.go("/profils/").submit(f"Ouvrir le profil de {name}")
    marie.go("/parametres/cloture/donnees").submit("Continuer et recevoir un code")
    left = marie.page
    marie.submit(f"Fermer le profil de {name}", code=code_received(room))
    marie.page, marie.path = left, "/parametres/cloture/confirmer"
    marie.submit(f"Fermer le profil de {name}", code="123456")
    assert marie.status == 409
    with room.inside():
        assert room.record(1).is_active


def test_a_neighbours_child_is_nobodys_business(room: Room, marie: Browser, jean: Browser) -> None:
    closed(room, marie)
    with room.inside():
        ref = child(room).ref
    assert jean.go(f"/parametres/cloture/rouvrir/{ref}").status == 404
    assert jean.client.get(f"/parametres/cloture/rouvrir/{ref}/code").status_code == 404


def test_a_carer_neither_closes_nor_opens_again(room: Room) -> None:
    with room.inside():
        helper, helped = room.record(1).owner, room.record(2)
        link = Delegation(delegate=helper, record=child(room), kind=DelegationKind.CAREGIVING)
        db.session.add(link)
        mine = child(room)
        for delegation in helper.delegations:
            delegation.kind = DelegationKind.CAREGIVING
        assert not may(helper, To.CLOSE_SPACE, mine)
        assert not may(helper, To.CLOSE_SPACE, helped)
        assert may(helped.owner, To.CLOSE_SPACE, helped)
        db.session.rollback()
