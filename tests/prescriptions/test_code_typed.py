"""A number typed with a slip of the finger: where to look again, without ever giving the answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import numbers
from sandbox.prescriptions import code
from sandbox.prescriptions.problems import Unread
from tests.prescriptions.test_code import MANY
from tests.pro.people import number_of
from tests.room import Room


def mistake(room: Room, typed: str) -> Unread:
    with room.inside(), pytest.raises(Unread) as caught:
        code.read(typed, room.workshop_id)
    return caught.value


def other_than(sign: str) -> str:
    return next(one for one in numbers.UNAMBIGUOUS if one != sign)


def test_one_wrong_sign_is_located_in_its_group_and_not_corrected(room: Room) -> None:
    right = number_of(room, "traitement-de-fond")
    for at, group in ((5, "2e"), (10, "3e"), (13, "4e"), (17, "5e")):
        wrong = right[:at] + other_than(right[at]) + right[at + 1 :]
        found = mistake(room, numbers.grouped(wrong))
        assert (found.slug, found.hint) == ("mistyped-check", f"Une seule lettre est à corriger, dans le {group} groupe.")
        assert found.typed == numbers.grouped(wrong)


def test_two_neighbours_exchanged_are_located(room: Room) -> None:
    right = number_of(room, "traitement-de-fond")
    at = next(at for at in range(4, 17) if right[at] != right[at + 1])
    wrong = right[:at] + right[at + 1] + right[at] + right[at + 2 :]
    found = mistake(room, wrong)
    assert found.slug == "mistyped-check"
    assert found.hint.startswith("Deux signes voisins sont inversés")
    assert right not in found.hint


def test_a_number_that_no_single_slip_explains_says_nothing_of_where(room: Room) -> None:
    nowhere = numbers.prescription_number(bytes(range(50, 70)))
    assert mistake(room, nowhere[:8] + other_than(nowhere[8]) + nowhere[9:]).hint == ""


@MANY
@given(at=st.integers(0, 17), sign=st.sampled_from(numbers.UNAMBIGUOUS))
def test_no_hint_ever_holds_the_number(room: Room, at: int, sign: str) -> None:
    right = number_of(room, "traitement-de-fond")
    if sign != right[at]:
        found = mistake(room, right[:at] + sign + right[at + 1 :])
        assert right[4:] not in f"{found.hint} {found.phrase}"


@pytest.mark.parametrize(
    ("typed", "slug", "hint"),
    [
        ("TEST 7K3M ABC0 2345 6J", "mistyped-sign", "Regardez le 3e groupe : vous y avez écrit « 0 »"),
        ("TEST 7K3M ABCD 234I 6J", "mistyped-sign", "Regardez le 4e groupe : vous y avez écrit « I »"),
        ("TEST 7K3M ABC 2345 6J", "mistyped-length", "Regardez le 3e groupe : il a 3 signes au lieu de 4."),
        ("TEST-7K3M-ABCD-2345-6", "mistyped-length", "Regardez le 5e groupe : il a 1 signe au lieu de 2."),
        ("TEST7K3MABCD23456", "mistyped-length", "Vous en avez écrit 17."),
        ("7K3M ABCD 2345 6J", "mistyped-length", "Le premier groupe est toujours TEST"),
        ("TSET 7K3M ABCD 2345 6J", "mistyped-check", ""),
    ],
)
def test_what_is_wrong_is_said_group_by_group_and_what_was_typed_is_kept(room: Room, typed: str, slug: str, hint: str) -> None:
    found = mistake(room, typed)
    assert (found.slug, found.typed) == (slug, typed)
    assert " ".join(found.hint.split()).startswith(hint)


def test_a_number_that_may_be_real_is_not_kept(room: Room) -> None:
    for real in ("01S2TBPZ2JCNZZYGHZ", "2 58 03 75 114 123 42"):
        found = mistake(room, real)
        assert found.slug == "not-training"
        assert (found.typed, found.hint) == ("", "")
