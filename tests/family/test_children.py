"""The children that a pack tells: what an author gets wrong is said with its cure."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from sandbox.workshops import children, packs

SPOILT: dict[str, tuple[tuple[Any, ...], Any, str]] = {
    "a vowel": (("girls",), ["Inès"], "consonne"),
    "a stranger": (("document", 1, "author"), "dr-rien", "people.toml"),
    "a category": (("document", 1, "category"), "RIEN", "categories.toml"),
    "a text": (("document", 1, "ref"), "enfant-rien", "enfant-rien.md"),
}


def spoilt(path: tuple[Any, ...], value: Any) -> packs.Pack:
    pack = packs.load("decouverte")
    told = deepcopy(pack.children)
    place: Any = told[0]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return replace(pack, children=told)


@pytest.mark.parametrize(("path", "value", "words"), SPOILT.values(), ids=SPOILT.keys())
def test_a_problem_is_told_with_its_cure(path: tuple[Any, ...], value: Any, words: str) -> None:
    problems = list(children.problems(spoilt(path, value)))
    assert len(problems) == 1
    assert words in problems[0]
    assert problems[0].endswith(".")


def test_what_is_missing_is_named() -> None:
    pack = spoilt(("at",), "10:00")
    del pack.children[0]["document"][0]["title"]
    del pack.children[0]["ages"]
    problems = " ".join(children.problems(pack))
    assert "« title »" in problems.replace("\xa0", " ")
    assert "« ages »" in problems.replace("\xa0", " ")
