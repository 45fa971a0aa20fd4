"""What the prescriber follows of a prescription, and what the patient may keep from them."""

from __future__ import annotations

from sandbox.prescriptions import delivering, objecting
from tests.browser import Browser
from tests.pro.people import patient_path, told
from tests.room import Room

OPPOSED = "Le patient s’oppose à la lecture de ce qui est délivré"


def page_of(room: Room, slug: str) -> str:
    with room.inside():
        return f"/pro/ordonnances/{told(slug).ref}"


def oppose(room: Room) -> None:
    with room.inside():
        objecting.oppose(room.record(1).owner, told("genou-et-tension"))


def test_the_prescriber_follows_each_line(room: Room, lemoine: Browser) -> None:
    lemoine.go(page_of(room, "genou-et-tension"))
    for words in ("1 sur 2", "Délivrée en partie", "Hélène Garnier", "Non délivré", "Taille non disponible"):
        assert lemoine.sees(words), words
    assert not lemoine.sees(OPPOSED)


def test_a_delivery_shows_on_the_open_page(room: Room, lemoine: Browser) -> None:
    page = page_of(room, "traitement-de-fond")
    part = f"{page}/suivi"
    mark = lemoine.go(part).response.headers["ETag"]  # type: ignore[union-attr]
    assert lemoine.client.get(part, headers={"If-None-Match": mark}).status_code == 304
    with room.inside():
        delivering.deliver(room.user("pharm-garnier"), told("traitement-de-fond").lines[0], 1)
    assert lemoine.go(part).sees("1 sur")


def test_the_patient_s_objection_hides_what_was_delivered_and_all_that_would_tell_it(room: Room, lemoine: Browser) -> None:
    oppose(room)
    for slug in ("traitement-de-fond", "genou-et-tension", "traitement-trimestre", "vitamine-d"):
        lemoine.go(page_of(room, slug))
        assert lemoine.sees(OPPOSED)
        assert lemoine.sees("Signée")
        for words in ("sur 2", "Garnier", "Non délivré", "Délivr", "Valable", "Expirée", "À retirer"):
            assert not lemoine.sees(words), (slug, words)
        assert lemoine.sees("Oui, annuler l’ordonnance")  # offered or not, it would tell


def test_the_list_of_my_prescriptions_tells_no_state_either(room: Room, lemoine: Browser) -> None:
    page = patient_path(room)
    assert lemoine.go(page).sees("Entièrement délivrée")
    oppose(room)
    lemoine.go(page)
    assert lemoine.sees("Ordonnance du")
    assert not lemoine.sees("Entièrement délivrée")
    assert not lemoine.sees("Valable")


def test_what_is_delivered_does_not_move_the_page_of_a_prescriber_who_may_not_know(room: Room, lemoine: Browser) -> None:
    oppose(room)
    part = f"{page_of(room, 'traitement-de-fond')}/suivi"
    mark = lemoine.go(part).response.headers["ETag"]  # type: ignore[union-attr]
    with room.inside():
        delivering.deliver(room.user("pharm-garnier"), told("traitement-de-fond").lines[0], 1)
    assert lemoine.client.get(part, headers={"If-None-Match": mark}).status_code == 304


def test_a_refused_cancelling_says_why_only_to_who_may_know(room: Room, lemoine: Browser) -> None:
    page = page_of(room, "traitement-de-fond")
    lemoine.go(page)
    with room.inside():
        delivering.deliver(room.user("pharm-garnier"), told("traitement-de-fond").lines[0], 1)
    lemoine.submit("Oui, annuler l’ordonnance")
    assert lemoine.path == page
    assert lemoine.sees("Une boîte a déjà été délivrée")
    oppose(room)
    lemoine.go(page).submit("Oui, annuler l’ordonnance")
    assert lemoine.sees("Cette ordonnance ne peut plus être annulée.")
    assert not lemoine.sees("déjà été délivrée")


def test_an_objection_to_one_prescriber_does_not_blind_the_pharmacist(room: Room, garnier: Browser) -> None:
    oppose(room)
    with room.inside():
        number = told("genou-et-tension").number
    garnier.go("/pro/delivrance")
    field = garnier.page.find("input", attrs={"type": "text"})
    assert field is not None
    garnier.submit("Ouvrir l’ordonnance", **{str(field["name"]): number})
    assert garnier.sees("périndopril")
