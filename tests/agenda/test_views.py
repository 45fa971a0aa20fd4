"""The agenda as a week and as a month, narrowed to one kind, in each profile that one holds: all of it in the address."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sandbox import clock
from sandbox.agenda import planner
from sandbox.agenda.looking import Look, View
from sandbox.agenda.planner import Kind
from sandbox.prevention import recommended
from tests.agenda.noted import appointment_of, child_of, csrf, in_days, line_of, noted, part, wished
from tests.browser import Browser, text_of
from tests.room import Room

NEVER = ["2026-13", "9999-12", "0001-01", "2026-W60", "9999-W01", "demain", "", "-", "2026-W09-9", "²"]


@pytest.mark.practises("G01")
def test_marie_looks_at_her_agenda_in_every_way_then_at_her_childs(room: Room, marie: Browser) -> None:
    noted(room, clock.at(in_days(9), 10), "Ostéopathe")
    wished(room, in_days(10), "Ramener le plateau")
    week = planner.week_name(in_days(9))
    with room.inside():
        exam, name = recommended.dated(room.record(1))[0], child_of(room).first_name
    marie.go("/agenda/")
    assert part(marie, "a-venir").index("Ostéopathe") < part(marie, "a-venir").index("Ramener le plateau")
    marie.go(f"/agenda/semaine?semaine={week}")
    assert "10 h Ostéopathe" in line_of(marie, in_days(9))
    marie.click("Mois").click("Examens")
    assert not marie.sees("Ostéopathe")
    marie.click("Liste")
    assert exam.title in text_of(marie.page.main)
    marie.click("Rappels")
    assert marie.sees("Ramener le plateau")
    assert not marie.sees("Ostéopathe")
    marie.click("Rendez-vous").click("Semaine").submit(f"Ouvrir l’agenda de {name}")
    assert marie.path.startswith("/agenda/semaine?genre=rendez-vous&semaine=")
    assert marie.sees(f"Vous êtes dans le profil de {name}")
    assert not marie.go("/agenda/").sees("Ostéopathe")
    assert marie.sees("Contrôle de la cheville")


def test_the_chip_of_ones_own_profile_comes_back_to_the_same_view(room: Room, marie: Browser) -> None:
    with room.inside():
        name, own = child_of(room).first_name, room.record(1).first_name
    marie.go("/agenda/mois?genre=rappels&mois=2027-02").submit(f"Ouvrir l’agenda de {name}").submit(f"Ouvrir l’agenda de {own}")
    assert marie.path == "/agenda/mois?genre=rappels&mois=2027-02"
    assert not marie.sees("Vous êtes dans le profil de")


@pytest.mark.parametrize("back", [
    "//exemple.test/agenda/", "https://exemple.test", "/agenda/../documents/", "/documents/", "/agenda/semaine?x=\nSet-Cookie", "javascript:alert(1)",
])
def test_switching_leads_nowhere_else_than_to_the_agenda(room: Room, marie: Browser, back: str) -> None:
    with room.inside():
        ref = child_of(room).ref
    marie.go("/agenda/")
    answer = marie.client.post(f"/profils/{ref}/ouvrir", query_string={"retour": back}, data=csrf(marie))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_the_week_has_a_line_a_day_and_goes_before_after_and_back_to_now(room: Room, marie: Browser) -> None:
    monday = clock.today() - timedelta(days=clock.today().weekday())
    noted(room, clock.at(in_days(8), 9, 15), "Kiné")
    marie.go("/agenda/semaine")
    assert len(marie.page.select(".days tbody tr")) == 7
    assert "aujourd’hui" in line_of(marie, clock.today())
    marie.click("Semaine d’avant").click("Semaine d’avant")
    assert planner.week_name(monday - timedelta(weeks=2)) in marie.path
    assert marie.click("Cette semaine").sees("aujourd’hui")
    assert not any("Cette semaine" in link for link in marie.links())
    marie.go(f"/agenda/semaine?semaine={in_days(8).isoformat()}")
    assert "9 h 15 Kiné" in line_of(marie, in_days(8))
    assert marie.click("9 h 15 Kiné").heading == "Kiné"


def test_the_month_shows_each_item_on_its_day_and_goes_on(room: Room, marie: Browser) -> None:
    with room.inside():
        scan = appointment_of("irm-genou").day
    marie.go(f"/agenda/mois?mois={scan.isoformat()[:7]}")
    cell = next(td for td in marie.page.find_all("td", class_="busy") if "IRM du genou droit" in text_of(td))
    assert text_of(cell.find("p")).startswith(str(scan.day))
    headers = [text_of(th) for th in marie.page.select(".calendar thead th[scope=col]")]
    assert headers == ["Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche"]
    assert marie.click("IRM du genou droit").heading == "IRM du genou droit"


@pytest.mark.parametrize("nonsense", NEVER)
def test_an_address_that_is_nonsense_shows_the_present(marie: Browser, nonsense: str) -> None:
    assert marie.go(f"/agenda/mois?mois={nonsense}&genre={nonsense}").page.find("td", class_="today")
    assert marie.go(f"/agenda/semaine?semaine={nonsense}").page.select_one("tr.today")
    assert marie.go(f"/agenda/?genre={nonsense}").sees("IRM du genou droit")
    assert marie.client.get(f"/agenda/contenu/{nonsense}x").status_code == 404


def test_an_exam_stands_on_the_day_it_opens_and_is_told_while_it_lasts(room: Room, marie: Browser) -> None:
    with room.inside():
        later = next(item for item in recommended.dated(room.record(1)) if item.is_to_come)
    marie.go(f"/agenda/semaine?semaine={later.opens_on.isoformat()}&genre=examens")
    assert later.title in line_of(marie, later.opens_on)
    marie.go(f"/agenda/semaine?semaine={(later.opens_on + timedelta(weeks=2)).isoformat()}&genre=examens")
    assert later.title in part(marie, "en-ce-moment")
    assert later.title in marie.click(later.title).heading


def test_exams_to_be_done_now_are_one_line_among_the_rest_and_whole_by_themselves(room: Room, marie: Browser) -> None:
    with room.inside():
        opened = [item for item in recommended.dated(room.record(1)) if item.is_open]
    assert len(opened) > 1
    assert marie.go("/agenda/").click(f"{len(opened)} examens et vaccinations à faire").path == "/agenda/?genre=examens"
    assert all(item.title in part(marie, "en-ce-moment") for item in opened)
    assert marie.click("Examens et vaccinations recommandés").path == "/agenda/examens/"


@pytest.mark.parametrize(("kind", "said"), [
    ("rendez-vous", "Aucun rendez-vous prévu"), ("rappels", "Un rappel vous prévient la veille ou le jour même"),
])
def test_an_empty_list_teaches(room: Room, marie: Browser, kind: str, said: str) -> None:
    with room.inside():
        room.world().shift_seconds += 400 * 86400
    assert marie.go(f"/agenda/?genre={kind}").sees(said)


def test_an_empty_week_says_what_comes_next(room: Room, marie: Browser) -> None:
    noted(room, clock.at(in_days(300), 9), "Ophtalmologue")
    marie.go(f"/agenda/semaine?semaine={in_days(250).isoformat()}&genre=rendez-vous")
    assert marie.sees("Rien n’est prévu cette semaine-là")
    assert "Ophtalmologue" in part(marie, "ensuite")


def test_months_follow_each_other_over_the_new_year() -> None:
    december = planner.month_of(f"{clock.today().year}-12")
    before, after = planner.beside(december)
    assert (before.month, after.month, after.year) == (11, 1, december.year + 1)


@pytest.mark.parametrize(("first", "said"), [
    (date(2026, 3, 2), "Semaine du 2 au 8 mars 2026"),
    (date(2026, 6, 29), "Semaine du 29 juin au 5 juillet 2026"),
    (date(2026, 12, 28), "Semaine du 28 décembre 2026 au 3 janvier 2027"),
    (date(2026, 6, 1), "Semaine du 1er au 7 juin 2026"),
])
def test_a_week_is_told_without_saying_anything_twice(first: date, said: str) -> None:
    assert Look(View.WEEK, None, first).title == said


def test_going_from_a_view_to_another_keeps_the_days_and_the_kind(room: Room) -> None:
    with room.inside():
        look = Look(View.MONTH, Kind.REMINDERS, date(2031, 5, 1)).through(View.WEEK)
        assert (look.first, look.kind) == (date(2031, 4, 28), Kind.REMINDERS)
        present = Look(View.MONTH, None, clock.today().replace(day=1)).through(View.WEEK)
        assert present.first <= clock.today() <= present.last
