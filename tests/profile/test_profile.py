"""The medical profile: what one finds in it, and who does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import clock, french
from sandbox.db import db
from sandbox.profile import plot, service
from sandbox.profile.models import Block, Measure, ProfileEntry
from tests.browser import Browser, text_of
from tests.room import Room


def test_the_hub_counts_what_each_block_holds(marie: Browser) -> None:
    rows = [text_of(row) for row in marie.go("/profil/").page.select("[aria-labelledby=parties] .row")]
    assert "Allergies 2 éléments" in rows
    assert "Groupe sanguin 1 élément" in rows
    assert "Handicaps Rien pour l’instant" in rows
    assert len(rows) == len(Block) + 1


@pytest.mark.parametrize("path", ["/profil/", "/profil/allergies", "/profil/handicaps", "/profil/mesures"])
def test_every_page_says_that_professionals_do_not_see_it(marie: Browser, path: str) -> None:
    assert marie.go(path).sees("Les professionnels ne voient pas ce profil")


def test_a_block_shows_partial_dates_details_and_comments(room: Room, marie: Browser) -> None:
    marie.go("/profil/").click("Maladies")
    diabetes = next(text_of(card) for card in marie.page.select(".card") if "Diabète" in text_of(card))
    assert f"Depuis {clock.today().year - 3} " in diabetes
    assert "rester sous 7 %" in diabetes
    wrist = next(text_of(card) for card in marie.page.select(".card") if "poignet" in text_of(card))
    with room.inside():
        entry = next(e for e in service.entries(room.record(1), Block.DISEASES) if "poignet" in e.label)
        assert french.partial(entry.ended) in wrist


def test_what_lasts_comes_before_what_ended(room: Room) -> None:
    with room.inside():
        ended = [bool(entry.ended) for entry in service.entries(room.record(1), Block.DISEASES)]
    assert ended == sorted(ended)
    assert len(set(ended)) == 2


def test_every_block_can_be_opened_and_an_unknown_one_does_not_exist(marie: Browser) -> None:
    for block, part in service.PARTS.items():
        assert marie.go(f"/profil/{block.value}").heading == part.label
    assert set(service.PARTS) == set(Block)
    assert marie.go("/profil/nexiste").status == 404


def test_measures_have_their_latest_value_a_graph_and_its_table(marie: Browser) -> None:
    marie.go("/profil/").click("Mesures")
    latest = {text_of(card.h2): text_of(card.find(class_="figure")) for card in marie.page.select(".card")}
    assert latest["HbA1c"] == "6,8 %"
    assert latest["Tension artérielle"] == "132/78 mmHg"
    drawn = {svg["aria-label"].split(",")[0].split()[-1] for svg in marie.page.find_all("svg", class_="plot")}
    assert drawn == {"HbA1c", "Poids", "artérielle"}
    table = text_of(marie.page.find(id="hba1c").find_parent("section").table)
    for value in ("7,4 %", "7,1 %", "6,8 %"):
        assert value in table


def test_blood_pressure_has_two_curves_one_point_a_measure(room: Room) -> None:
    with room.inside():
        tension = next(one for one in service.series(room.record(1)) if one.slug == "tension")
        drawn = plot.plot(tension)
    assert drawn is not None
    assert [len(curve.points) for curve in drawn.curves] == [5, 5]
    assert all(high[1] < low[1] for high, low in zip(*(curve.points for curve in drawn.curves), strict=True))
    assert drawn.levels[0][0] <= 78
    assert drawn.levels[-1][0] >= 148


def test_measures_that_are_all_the_same_are_drawn_flat(room: Room) -> None:
    now = clock.now()
    same = [Measure(kind="poids", value="75", at=now + timedelta(days=n)) for n in range(3)]
    drawn = plot.plot(service.Series("poids", service.KINDS["poids"], same))
    assert drawn is not None
    assert len({y for _, y in drawn.curves[0].points}) == 1
    assert plot.plot(service.Series("poids", service.KINDS["poids"], same[:1])) is None


def test_one_sees_ones_own_profile_only(room: Room, marie: Browser, jean: Browser) -> None:
    with room.inside():
        db.session.add(ProfileEntry(record=room.record(2), block=Block.DISABILITIES, label="Surdité"))
    assert jean.go("/profil/handicaps").sees("Surdité")
    assert not marie.go("/profil/handicaps").sees("Surdité")
