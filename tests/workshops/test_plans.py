"""The plan of a session: its minutes add up, every exercise has its stage, and each problem is told with its cure."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sandbox.config import resources
from sandbox.workshops import checks, fixtures, packs, plans
from sandbox.workshops.planning_checks import minutes_of
from tests.workshops.test_packs import spoil


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resources("fixtures") / "decouverte", tmp_path / "essai"))


SPOILT = {
    "minutes that do not add up": ("minutes = 17", "minutes = 18", "1 h 31"),
    "no minutes": ("minutes = 17", "", "minutes"),
    "too long a stage": ("minutes = 17", "minutes = 500", "de 1 à 240"),
    "unknown exercise": ('"lire-un-document", ', '"lire", "lire-un-document", ', "« lire »"),
    "exercise of no stage": ('"lire-un-document", ', "", "0 étapes"),
    "exercise of two stages": ('exercises = ["reconnaitre-un-faux-message"]', 'exercises = ["reconnaitre-un-faux-message", "lire-un-document"]', "2 étapes"),
    "unknown trigger": ('trigger = "faux-email-compte-bloque"', 'trigger = "faux"', "triggers.toml"),
    "trigger without when": (', when = "s’il reste', ', quand = "s’il reste', "« when »"),
    "unknown key": ("goal = ", "but = ", "« but »"),
    "unknown key of a stage": ("materials = [\"Une imprimante", "objets = [\"Une imprimante", "« objets »"),
    "not a list": ('materials = ["Une imprimante, si l’on veut donner les attestations tout de suite"]', 'materials = "Une imprimante"', "crochets"),
    "no word": ("title = \"Souffler\"", "", "« title »"),
    "syntax": ("[[stage]]", "[[stage", "syntaxe"),
}


@pytest.mark.parametrize(("before", "after", "words"), SPOILT.values(), ids=SPOILT.keys())
def test_what_is_wrong_in_a_plan_is_told(pack: Path, before: str, after: str, words: str) -> None:
    assert checks.check("essai", pack) == []
    text = (pack / "plan.toml").read_text(encoding="utf-8").replace("\u00a0", " ").replace("\u202f", " ")
    (pack / "plan.toml").write_text(text, encoding="utf-8")
    spoil("plan.toml", before, after)(pack)
    problems = [problem.replace("\u00a0", " ") for problem in checks.check("essai", pack)]
    assert any("plan.toml" in problem and words in problem for problem in problems), problems
    assert all(problem.endswith(".") for problem in problems)


def test_what_comes_by_itself_after_the_end_is_told(pack: Path) -> None:
    spoil("timeline.toml", "after = 80", "after = 90")(pack)
    assert any("timeline.toml" in problem and "90 minutes" in problem for problem in checks.check("essai", pack))


def test_a_pack_needs_no_plan_and_inherits_none(pack: Path) -> None:
    (pack / "plan.toml").unlink()
    assert checks.check("essai", pack) == []
    (pack / "pack.toml").write_text('title = "Suite"\nextends = "decouverte"', encoding="utf-8")
    assert plans.of_pack(packs.load("essai", pack)) == {}


@pytest.mark.parametrize(("told", "minutes"), [
    ("45 min", 45), ("1 h 30", 90), ("2 h", 120), ("1\u00a0h\u00a030", 90), ("90", 90), ("une heure", 0), ("", 0),
])
def test_a_duration_is_read_as_it_is_written(told: str, minutes: int) -> None:
    assert minutes_of(told) == minutes


def test_every_installed_pack_has_its_plan() -> None:
    assert [slug for slug in fixtures.packs() if not plans.of_pack(packs.load(slug))] == []
