"""What differs from the real portal: every difference has its screen and its day, and a trainer finds it."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox.console import differences
from sandbox.workshops.fixtures import common
from tests.browser import Browser, text_of
from tests.cast import Cast


def shown(samira: Browser) -> list[str]:
    return [text_of(title) for title in samira.page.find("main").select("article h3")]


@pytest.mark.practises("T19")
def test_samira_reads_what_differs_screen_by_screen(samira: Browser) -> None:
    samira.go("/console/").click("Ce qui diffère du vrai site")
    assert samira.heading == "Ce qui diffère du vrai site"
    told = common("differences")
    assert shown(samira) == [" ".join(item["what"].split()) for item in told["difference"]]
    assert [text_of(title) for title in samira.page.find("main").select("h2")] == [item["label"] for item in told["screen"]]
    card = samira.page.find(id="acces-blocage-en-urgence")
    assert "Le blocage tient, même en urgence" in text_of(card)
    assert "Comparé le 23 novembre 2026" in text_of(card)
    links = [str(a["href"]) for a in samira.page.find("main").select("nav a")]
    assert links == [f"#{item['slug']}" for item in told["screen"]]
    assert all(samira.page.find(id=link[1:]) for link in links)


@pytest.mark.parametrize(("asked", "found"), [("locomotive", 0), ("bloqué urgence", 1), ("sandbox.invalid", 1), ("  ", 51)])
def test_a_word_is_enough_to_find_one(samira: Browser, asked: str, found: int) -> None:
    samira.go("/console/differences").submit("Chercher", q=asked)
    assert len(shown(samira)) == found
    if not found:
        assert len(shown(samira.click("Voir toute la liste"))) == len(differences.every())


def test_each_has_a_screen_a_source_and_a_day() -> None:
    every = differences.every()
    assert 40 <= len(every) == len({one.slug for one in every})
    assert all(isinstance(one.checked, date) and one.checked.year >= 2026 for one in every)
    order = [item["slug"] for item in common("differences")["screen"]]
    met = list(dict.fromkeys(one.screen.slug for one in every))
    assert met == order, "chaque écran a ses différences, toutes ensemble, dans l’ordre du portail"
    for one in every:
        for words in (one.what, one.real, one.ours, one.why, one.source):
            assert words.strip() == words
            assert words


@pytest.mark.browser
def test_the_list_is_read_on_a_phone_and_printed(people: Cast) -> None:
    samira = people.trainer().click("Ce qui diffère du vrai site")
    samira.page.set_viewport_size({"width": 360, "height": 740})
    samira.look().click("Agenda et prévention")
    assert samira.page.url.endswith("#agenda")
    samira.page.emulate_media(media="print")
    assert samira.page.get_by_role("button", name="Imprimer cette liste").is_hidden()
    assert samira.page.locator("article").count() == len(differences.every())
    samira.page.emulate_media(media="screen")
