"""The calendar: each age in one window at most, everything that is recommended is there, nothing of the other sex."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sandbox.account.models import Sex
from sandbox.clock import age_on
from sandbox.prevention import calendar, exams, recommended
from sandbox.prevention.calendar import Kind, Requirement, Window

BIRTHS = st.dates(date(1930, 1, 1), date(2026, 12, 31))
LIVES = st.integers(0, 95 * 366).map(lambda days: timedelta(days=days))
SEXES = st.sampled_from(Sex)
LEAP = date(2004, 2, 29)
WOMEN = {"depistage-sein", "depistage-uterus"}
TODAY = date(2026, 5, 4)
ADULTS = {  # code: completed ages at which a window is open, told again by hand from the reference and the calendar
    "depistage-sein": range(50, 75), "depistage-colorectal": range(50, 75), "depistage-uterus": range(25, 66),
    "mt-dents": range(3, 25), "bilan-prevention": [*range(18, 26), *range(45, 51), *range(60, 66), *range(70, 76)],
    "vaccin-hpv": range(11, 27), "vaccin-meningo-ado": range(11, 25), "vaccin-rappel-6-ans": range(6, 8),
    "vaccin-rappel-11-13-ans": range(11, 14), "vaccin-rappel-25-ans": range(25, 45), "vaccin-rappel-adulte": range(45, 120),
    "vaccin-pneumocoque-65-ans": range(65, 200), "vaccin-zona": range(65, 200), "vaccin-vrs": range(75, 200),
}


def open_on(born: date, sex: Sex, day: date) -> list[Window]:
    found = calendar.windows(born, sex)
    return [window for window in found if window.opens_on <= day and (window.closes_on is None or day <= window.closes_on)]


@given(BIRTHS, SEXES, LIVES)
@example(LEAP, Sex.FEMALE, timedelta(days=366))
def test_each_day_of_a_life_is_in_one_window_of_a_thing_at_most(born: date, sex: Sex, lived: timedelta) -> None:
    codes = [window.thing.code for window in open_on(born, sex, born + lived)]
    assert len(codes) == len(set(codes))


@given(BIRTHS, SEXES)
@example(LEAP, Sex.FEMALE)
@example(date(2024, 2, 29), Sex.MALE)
@example(date(2023, 8, 31), Sex.MALE)
def test_windows_follow_one_another_and_last_at_least_a_day(born: date, sex: Sex) -> None:
    by_code: dict[str, list[Window]] = {}
    for window in calendar.windows(born, sex):
        by_code.setdefault(window.thing.code, []).append(window)
    for own in by_code.values():
        for window in own:
            assert window.closes_on is None or born <= window.opens_on <= window.closes_on
        for former, following in zip(own, own[1:], strict=False):
            assert former.closes_on is not None
            assert former.closes_on < following.opens_on


@given(BIRTHS, SEXES, LIVES)
@example(LEAP, Sex.FEMALE, timedelta(days=50 * 365 + 12))
def test_all_that_is_recommended_at_an_age_is_there_and_nothing_of_another_age_or_sex(born: date, sex: Sex, lived: timedelta) -> None:
    day = born + lived
    age = age_on(born, day)
    if (born.month, born.day) == (2, 29) and (day.month, day.day) == (2, 28):
        age = age_on(born, day + timedelta(days=1))  # their birthday, three years out of four
    found = {window.thing.code for window in open_on(born, sex, day)}
    expected = {code for code, ages in ADULTS.items() if age in ages and (sex is Sex.FEMALE or code not in WOMEN)}
    assert found & ADULTS.keys() == expected
    in_season = (day.month, day.day) >= (10, 15) or day.month == 1
    assert {"vaccin-grippe", "vaccin-covid"} & found == ({"vaccin-grippe", "vaccin-covid"} if in_season and age >= 65 else set())


@given(BIRTHS, LIVES)
def test_the_twenty_exams_are_those_of_the_doctors(born: date, lived: timedelta) -> None:
    day = born + lived
    found = {window.thing.exam for window in open_on(born, Sex.FEMALE, day) if window.thing.exam}
    assert found == {exam.code for exam in exams.every().values() if exam.fits(born, day)}


def test_a_leap_day_birth_has_its_birthday_on_the_28th_of_february() -> None:
    dental = [window for window in calendar.windows(LEAP, Sex.MALE) if window.thing.code == "mt-dents"]
    assert [(one.opens_on, one.closes_on) for one in dental[:2]] == [
        (date(2007, 2, 28), date(2008, 2, 28)), (date(2008, 2, 29), date(2009, 2, 27)),
    ]
    assert dental[-1].closes_on == date(2029, 2, 27)


@pytest.mark.parametrize(("born", "compulsory"), [
    (date(2026, 1, 10), {"vaccin-hexavalent", "vaccin-pneumocoque", "vaccin-meningo-b"}),
    (date(2024, 1, 10), set()), (date(2015, 1, 10), set()),
])
def test_babies_have_their_compulsory_vaccines(born: date, compulsory: set[str]) -> None:
    found = open_on(born, Sex.MALE, TODAY)
    vaccines = {window.thing.code for window in found if window.thing.kind is Kind.VACCINE}
    assert {window.thing.code for window in found if window.thing.requirement is Requirement.COMPULSORY} & vaccines == compulsory


def test_a_vaccine_that_was_not_compulsory_at_birth_is_not_asked_back() -> None:
    codes = {window.thing.code for window in calendar.windows(date(2020, 1, 10), Sex.MALE)}
    assert "vaccin-ror" in codes
    assert not {"vaccin-meningo-b", "vaccin-meningo-acwy"} & codes


def test_the_screenings_of_two_years_are_cut_from_fifty_on() -> None:
    breast = [one for one in calendar.windows(date(1960, 3, 12), Sex.FEMALE) if one.thing.code == "depistage-sein"]
    assert (breast[0].opens_on, breast[0].closes_on) == (date(2010, 3, 12), date(2012, 3, 11))
    assert (breast[-1].opens_on, breast[-1].closes_on) == (date(2034, 3, 12), date(2035, 3, 11))


@given(BIRTHS, SEXES, LIVES)
def test_near_today_are_all_the_open_windows_and_few_others(born: date, sex: Sex, lived: timedelta) -> None:
    day = born + lived
    near = recommended._near(born, sex, day)
    assert {(one.thing.code, one.opens_on) for one in open_on(born, sex, day)} <= near
    assert len(near) < 60
    for code in ("mt-dents", "depistage-sein", "vaccin-grippe"):
        assert sum(1 for one, _ in near if one == code) <= 3
