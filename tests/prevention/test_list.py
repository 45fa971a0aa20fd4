"""The list of what is recommended: groups, filters in the address, why one sees a line; and the whole journey."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.clock import today
from sandbox.prevention import recommended
from sandbox.prevention.models import State
from tests.browser import Browser, text_of
from tests.prevention.people import LIST, address, aged, lines, open_now
from tests.prevention.test_marking import mark, vaccinate
from tests.room import Room

BOWEL, BREAST = "Dépistage du cancer de l’intestin (colorectal)", "Dépistage du cancer du sein"


@pytest.mark.practises("G05")
def test_marie_finds_what_is_recommended_filters_it_and_says_where_she_stands(room: Room, marie: Browser) -> None:
    aged(room, "66y")
    assert marie.go("/").click("Prévention").heading == "Prévention"
    now = lines(marie)["À faire maintenant"]
    assert {BOWEL, BREAST, "Vaccin contre le zona", "Rappel diphtérie, tétanos, polio – à 65 ans"} <= set(now)
    marie.submit("Appliquer", sorte="depistage", obligation="recommande")
    assert set(lines(marie)["À faire maintenant"]) == {BOWEL, BREAST}
    marie.click(BREAST).submit("Enregistrer", state="to_plan")
    assert marie.sees("« Dépistage du cancer du sein » : à prévoir")
    marie.go(LIST).click(BOWEL).submit("Enregistrer", state="done", done_on=f"{today() - timedelta(days=2):%d/%m/%Y}")
    assert marie.sees("fait le")
    marie.go(LIST).click("Vaccin contre le zona").submit("Enregistrer", state="not_done")
    found = lines(marie.click("Prévention"))
    assert found["Fait"] == [BOWEL]
    assert BREAST in found["À faire maintenant"]
    assert "Vaccin contre le zona" in found["Passé ou non fait"]
    assert lines(marie.submit("Appliquer", etat="to-plan")) == {"À faire maintenant": [BREAST]}
    assert marie.go("/historique/?onglet=moi").sees("« Vaccin contre le zona » : non fait")


FILTERS = {
    "sorte=vaccin": lambda item: item.kind == "vaccin", "sorte=depistage": lambda item: item.kind == "depistage",
    "sorte=examen": lambda item: item.kind == "examen", "obligation=obligatoire": lambda item: item.requirement == "obligatoire",
    "etat=done": lambda item: item.state is State.DONE, "etat=non-precise": lambda item: item.state is None,
    "sorte=vaccin&etat=done": lambda item: item.kind == "vaccin" and item.state is State.DONE,
    "sorte=bidon&etat=9": lambda item: True, "": lambda item: True,
}


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_keeps_what_it_says(room: Room, marie: Browser, query: str) -> None:
    aged(room, "66y")
    vaccinate(room, "DTP", today())
    mark(room, open_now(room, "depistage-sein"), State.DONE)
    with room.inside():
        expected = sorted(" ".join(item.title.split()) for item in recommended.every(room.record(1)) if FILTERS[query](item))
    marie.go(f"{LIST}?{query}")
    assert sorted(title for group in lines(marie).values() for title in group) == expected


def test_a_filter_that_keeps_nothing_says_how_to_see_more(room: Room, marie: Browser) -> None:
    aged(room, "66y")
    marie.go(f"{LIST}?obligation=obligatoire")
    assert marie.sees("Rien avec ce choix")
    assert marie.sees("Aucune ligne avec ce choix")
    assert lines(marie.click("Tout montrer"))["À faire maintenant"]


def test_nothing_to_do_now_is_said(room: Room, marie: Browser) -> None:
    aged(room, "66y")
    with room.inside():
        waiting = [item for item in recommended.every(room.record(1)) if item.is_open]
    for item in waiting:
        mark(room, item, State.DONE)
    assert marie.go(LIST).sees("Rien à faire maintenant")


@pytest.mark.parametrize(("sex", "seen"), [("F", True), ("M", False)])
def test_a_screening_of_women_is_theirs_alone(room: Room, marie: Browser, sex: str, seen: bool) -> None:
    aged(room, "55y", sex)
    titles = [title for group in lines(marie.go(LIST)).values() for title in group]
    assert (BREAST in titles) == seen
    assert any("col de l’utérus" in title for title in titles) == seen
    assert BOWEL in titles


def test_why_one_sees_a_line_is_told(room: Room, marie: Browser) -> None:
    aged(room, "55y")
    marie.go(address(open_now(room, "depistage-sein")))
    why = text_of(next(one for one in marie.page.find_all("details") if "Pourquoi je vois cela" in text_of(one)))
    assert "votre âge et de votre sexe" in why
    assert "vous avez 55 ans" in why
    assert "femmes de 50 à 74 ans" in why
    assert "sexe" not in text_of(marie.go(address(open_now(room, "depistage-colorectal"))).page.find("main"))


def test_the_calendar_says_that_it_is_simplified_and_never_where_it_was_read(room: Room, marie: Browser) -> None:
    aged(room, "60y")
    for page in (LIST, address(open_now(room, "depistage-colorectal"))):
        assert marie.go(page).sees("Calendrier simplifié pour l’entraînement")
        assert not marie.sees("[BG]")
        assert not marie.sees("§")


def test_a_line_leads_to_noting_and_taking_an_appointment(room: Room, marie: Browser) -> None:
    aged(room, "60y")
    where = address(open_now(room, "depistage-colorectal"))
    assert marie.go(where).click("Noter un rendez-vous").path.startswith("/agenda/ajouter")
    assert "/partenaires/" in marie.go(where).click("Prendre un rendez-vous").path


def test_what_waits_is_given_to_the_agenda_the_soonest_first(room: Room) -> None:
    aged(room, "66y")
    mark(room, open_now(room, "depistage-sein"), State.DONE)
    mark(room, open_now(room, "vaccin-zona"), State.NOT_DONE)
    mark(room, open_now(room, "depistage-colorectal"), State.TO_PLAN)
    with room.inside():
        found = recommended.dated(room.record(1))
    assert [item.opens_on for item in found] == sorted(item.opens_on for item in found)
    now = {item.code for item in found if item.is_open}
    assert {"depistage-colorectal", "vaccin-rappel-adulte"} <= now
    assert not {"depistage-sein", "vaccin-zona"} & now
    assert all(item.is_open or item.opens_on <= today() + timedelta(days=731) for item in found)
    assert any(item.is_to_come for item in found)


def test_a_past_line_says_to_ask_a_doctor(room: Room, marie: Browser) -> None:
    aged(room, "66y")
    with room.inside():
        past = next(item for item in recommended.every(room.record(1)) if item.is_past)
    assert marie.go(address(past)).sees("parlez-en à un médecin ou à un pharmacien")


def test_the_live_list_is_the_list_and_is_not_sent_twice(room: Room, marie: Browser) -> None:
    first = marie.client.get(f"{LIST}liste?sorte=vaccin")
    assert "Vaccin contre" in first.text
    again = marie.client.get(f"{LIST}liste?sorte=vaccin", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
