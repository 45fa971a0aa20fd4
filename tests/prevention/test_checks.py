"""A broken calendar: each problem names its line and its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.config import resources
from sandbox.prevention import checks

CALENDAR = resources("fixtures") / "common" / "prevention.toml"
SPOILT = {
    "syntax": ('code = "mt-dents"', 'code = "mt-dents', "syntaxe"),
    "same code": ('code = "vaccin-zona"', 'code = "vaccin-covid"', "deux fois"),
    "missing words": ('why = "Une carie vue tôt se soigne vite et sans douleur."\n', "", "« why » manque"),
    "unknown kind": ('kind = "depistage"', 'kind = "visite"', "examen ou vaccin ou depistage"),
    "unknown requirement": ('requirement = "recommande"', 'requirement = "utile"', "obligatoire ou recommande"),
    "unknown sex": ('sex = "F"', 'sex = "femme"', "F ou M"),
    "unknown name": ('sex = "F"', 'sexe = "F"', "« sexe » n’est pas connu"),
    "reserved code": ('code = "mt-dents"', 'code = "examen-dents"', "examen-"),
    "not an age": ('from = "50y", until = "75y"', 'from = "cinquante", until = "75y"', "n’est pas un âge"),
    "ends first": ('from = "50y", until = "75y"', 'from = "75y", until = "50y"', "finit avant de commencer"),
    "overlap": ('from = "45y", until = "51y"', 'from = "20y", until = "51y"', "empiète"),
    "no label": (', label = "entre 18 et 25 ans"', "", "n’a pas de « label »"),
    "rhythm": ('every = "1y"', 'every = "souvent"', "« every » est un nombre"),
    "rhythm in days": ('from = "3y", until = "25y"', 'from = "900d", until = "25y"', "pas en jours"),
    "season": ('from = "10-15"', 'from = "02-30"', "« season » va"),
    "both": ('season = { from', 'every = "1y"\nseason = { from', "ne vont pas ensemble"),
    "since": ("since = 2018-01-01", 'since = "2018"', "« since » est une date"),
    "unknown vaccine": ('vaccines = ["ZONA"]', 'vaccines = ["ZOONA"]', "vaccines.toml"),
    "vaccine of nothing": ('vaccines = ["ZONA"]\n', "", "« vaccines » se dit d’un vaccin"),
    "doses": ("doses = 2", 'doses = "deux"', "de 1 à 5"),
    "long title": ('title = "Mon bilan', f'title = "{"Mon " * 30}bilan', "dépasse 80 signes"),
    "child exam": ('certificate = "', 'certificat = "', "[child_exam]"),
}


def test_the_calendar_is_right() -> None:
    assert checks.problems() == []


@pytest.mark.parametrize(("before", "after", "words"), SPOILT.values(), ids=SPOILT.keys())
def test_a_problem_is_told_with_its_line_and_its_cure(tmp_path: Path, before: str, after: str, words: str) -> None:
    text = CALENDAR.read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "prevention.toml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    problems = [problem.replace("\u00a0", " ") for problem in checks.problems(file)]
    assert any(words in problem and "prevention.toml" in problem for problem in problems), problems
    assert all(problem.endswith(".") for problem in problems)
