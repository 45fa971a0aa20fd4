"""Numbers that people type: what a slip does to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sandbox import numbers

ids = st.binary(min_size=13, max_size=13).map(numbers.prescription_number)
signs = st.sampled_from(numbers.UNAMBIGUOUS)


@given(ids)
def test_a_prescription_number_says_that_it_is_fictional_and_is_valid(number: str) -> None:
    assert number.startswith("TEST")
    assert len(number) == 18
    assert numbers.is_prescription_number(number)


@given(ids, st.integers(4, 17), signs)
def test_any_one_wrong_sign_is_found(number: str, at: int, sign: str) -> None:
    wrong = number[:at] + sign + number[at + 1 :]
    assert numbers.is_prescription_number(wrong) == (wrong == number)


@given(ids, st.integers(4, 16))
def test_two_neighbours_exchanged_are_found(number: str, at: int) -> None:
    wrong = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert numbers.is_prescription_number(wrong) == (wrong == number)


@given(ids)
def test_a_number_is_the_same_however_it_is_typed(number: str) -> None:
    assert numbers.tidy_number(numbers.grouped(number).lower()) == number
    assert numbers.tidy_number("-".join(number)) == number


def test_no_sign_can_be_taken_for_another() -> None:
    assert not set("01OIL") & set(numbers.UNAMBIGUOUS)


def test_the_key_of_a_social_security_number_knows_corsica() -> None:
    assert numbers.key("1850392012345") == f"{97 - 1850392012345 % 97:02d}"
    assert numbers.key("185032A012345") == f"{97 - 1850319012345 % 97:02d}"
    assert numbers.key("185032B012345") == f"{97 - 1850318012345 % 97:02d}"
