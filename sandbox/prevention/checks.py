"""Reading the calendar as a proof-reader does: each problem is a sentence with its line and its cure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sandbox.account.models import Sex
from sandbox.config import resources
from sandbox.prevention.calendar import Kind, Requirement
from sandbox.vaccination import service as vaccination
from sandbox.workshops import fixtures
from sandbox.workshops.fixtures import BrokenPack

Told = dict[str, Any]
WORDS = ("audience", "what", "why", "how", "by", "cost", "source")
REQUIRED = ("code", "title", "kind", "requirement", "windows", *WORDS)
KNOWN = {*REQUIRED, "sex", "every", "season", "vaccines", "doses", "since"}
LONGEST = {"code": 40, "title": 80}
AGE, CODE, RHYTHM = re.compile(r"\d{1,3}[dmy]"), re.compile(r"[a-z0-9-]+"), re.compile(r"[1-9]\d?[my]")


def problems(path: Path | None = None) -> list[str]:
    """What is wrong in the calendar, nothing when all is well."""
    path = path or resources("fixtures") / "common" / "prevention.toml"
    try:
        told = fixtures.read(path)
    except BrokenPack as broken:
        return broken.problems
    words = [f"« {name} » manque à [child_exam]" for name in (*WORDS, "certificate") if not told.get("child_exam", {}).get(name)]
    found = [*(f"{path.name} : {one}. Écrivez-le." for one in words)]
    items = told.get("item", [])
    for code, times in Counter(str(item.get("code")) for item in items).items():
        if times > 1:
            found.append(f"{_line(path, code)} : « {code} » est écrit deux fois. Donnez un autre nom à l’un des deux.")
    return found + [f"{_line(path, item.get('code', ''))} : {problem}" for item in items for problem in _of(item)]


def _line(path: Path, code: str) -> str:
    told = f'"{code}"' if code else ""
    return f"{path.name}, ligne {fixtures.line_of(path, told)}"


def _of(item: Told) -> Iterator[str]:
    yield from (f"« {name} » manque. Écrivez-le." for name in REQUIRED if not item.get(name))
    yield from (f"« {name} » n’est pas connu. Corrigez ce nom." for name in item.keys() - KNOWN)
    for name, most in LONGEST.items():
        if len(str(item.get(name, ""))) > most:
            yield f"« {name} » dépasse {most} signes. Raccourcissez-le."
    if all(item.get(name) for name in REQUIRED):
        for check in CHECKS:
            yield from check(item)


def _choices(item: Told) -> Iterator[str]:
    for name, kind in (("kind", Kind), ("requirement", Requirement), ("sex", Sex)):
        allowed = [one.value for one in kind]
        if name in item and item[name] not in allowed:
            yield f"« {name} » vaut « {item[name]} ». Écrivez {' ou '.join(allowed)}."
    if not CODE.fullmatch(str(item["code"])) or str(item["code"]).startswith("examen-"):
        yield "« code » s’écrit en minuscules, chiffres et tirets, sans commencer par « examen- »."


def _ages(item: Told) -> Iterator[str]:
    """Each window ends after it begins, and after the one before."""
    before = 0
    for window in item["windows"]:
        told = [window.get("from", ""), window.get("until", "120y")]
        if not all(AGE.fullmatch(str(age)) for age in told):
            yield f"la période {window} n’est pas un âge. Écrivez from = \"2m\", until = \"4m\" (jours d, mois m, années y)."
            return
        first, last = map(_days, told)
        if not before <= first < last:
            yield f"la période {told[0]} – {told[1]} finit avant de commencer, ou empiète sur la précédente. Corrigez les âges."
        if "label" not in window and len(item["windows"]) > 1:
            yield f"la période {told[0]} – {told[1]} n’a pas de « label ». Nommez-la, puisqu’il y en a plusieurs."
        before = last


def _rhythm(item: Told) -> Iterator[str]:
    if "every" in item and not RHYTHM.fullmatch(str(item["every"])):
        yield "« every » est un nombre de mois ou d’années, par exemple \"2y\"."
    if "every" in item and any(str(window.get(edge, "1y"))[-1:] == "d" for window in item["windows"] for edge in ("from", "until")):
        yield "« every » se compte depuis un âge en mois ou en années, pas en jours."
    if "season" in item and not all(_is_day(item["season"].get(edge)) for edge in ("from", "until")):
        yield "« season » va d’un jour à un autre. Écrivez { from = \"10-15\", until = \"01-31\" }."
    if "season" in item and "every" in item:
        yield "« season » et « every » ne vont pas ensemble. Gardez l’un des deux."
    if "since" in item and type(item["since"]) is not date:
        yield "« since » est une date. Écrivez since = 2018-01-01, sans guillemets."


def _vaccines(item: Told) -> Iterator[str]:
    yield from (
        f"le vaccin « {code} » n’est pas dans vaccines.toml. Corrigez son code." for code in item.get("vaccines", []) if code not in vaccination.vaccines()
    )
    if (item["kind"] == Kind.VACCINE) != bool(item.get("vaccines")):
        yield "« vaccines » se dit d’un vaccin, et de lui seul. Ajoutez-le ou retirez-le."
    if not (isinstance(item.get("doses", 1), int) and 1 <= item.get("doses", 1) <= 5):
        yield "« doses » est un nombre de 1 à 5."


CHECKS: tuple[Callable[[Told], Iterator[str]], ...] = (_choices, _ages, _rhythm, _vaccines)


def _days(age: str) -> int:
    """Roughly, for comparing."""
    return int(age[:-1]) * {"d": 2, "m": 61, "y": 732}[age[-1]]


def _is_day(told: Any) -> bool:
    try:
        return bool(date.fromisoformat(f"2001-{told}"))
    except ValueError:
        return False
