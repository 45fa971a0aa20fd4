"""Texts with variables: the seat's identity and the day, put in when the text is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from sandbox import french
from sandbox.clock import real_now
from sandbox.distances import read_date, working_days

_BEGIN, _END = "\ue000", "\ue001"  # private use: no form lets them in
_MARK = re.compile(f"{_BEGIN}([ja])([+-]?\\d+){_END}")
_NEVER_TYPED = re.compile(f"[{_BEGIN}{_END}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Call, nodes.Const, nodes.Neg)
_NAME = nodes.Name("", "load")
_environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)  # noqa: S701 — Markdown, escaped when rendered


class BrokenText(ValueError):
    """A pack's text names a variable that does not exist or is not closed."""


def names(family: str, first: str, *, feminine: bool) -> dict[str, Any]:
    """What a stored text may say of the patient: nothing that changes with the day."""
    return {
        "patient": {
            "civilite": "Madame" if feminine else "Monsieur",
            "nom": family,
            "prenom": first,
            "nom_complet": f"{first} {family.upper()}",
        },
        "accord": lambda masculine, other: other if feminine else masculine,
        "jour": mark_day,
        "annee": mark_year,
    }


def mark_day(days: int) -> str:
    """A place in a stored text where the date `days` from the world's day will stand."""
    return f"{_BEGIN}j{days}{_END}"


def mark_year(years: int) -> str:
    return f"{_BEGIN}a{years}{_END}"


def dated(text: str, day: date) -> str:
    """The text with its marks replaced by dates told from that day."""

    def put(mark: re.Match[str]) -> str:
        offset = int(mark[2])
        if mark[1] == "a":
            return str(day.year + offset)
        return french.long_date(read_date(f"w{working_days(offset):+d}", day))

    return _MARK.sub(put, text)


def without_marks(text: str) -> str:
    """What a person typed, without date marks nor control signs: no keyboard makes them, and no page nor sheet can hold them."""
    return _NEVER_TYPED.sub("", text)


def render(text: str, values: Mapping[str, Any]) -> str:
    """Put the variables in; dates are left as marks for `dated`. Raises BrokenText."""
    try:
        return _environment.from_string(text).render(values)
    except TemplateError as error:
        raise BrokenText(str(error)) from error


SPECIMEN: dict[str, Any] = names("Nom", "Prénom", feminine=True)
SPECIMEN["patient"] |= {
    "naissance": "12 mars 1958", "age": 68, "nir": "2 58 03", "matricule": "25803", "adresse": "1 rue",
    "commune_naissance": "Laon", "telephone": "06 39 98 00 00",
}
SPECIMEN |= {
    "document": {"date": "3 mars 2026"},
    "auteur": {"nom": "Dr Nom", "lieu": "Cabinet", "adresse": "1 rue", "telephone": "01 99 00 00 00"},
}


def check(text: str) -> None:
    """Try a pack's text with every variable it may use. Raises BrokenText."""
    render(text, SPECIMEN)


def check_plain(text: str) -> None:
    """A text from outside only names variables and asks for dates: it neither counts, repeats nor decides. Raises BrokenText."""
    try:
        found = list(_environment.parse(text).find_all(nodes.Node))
        if not all(isinstance(node, _PLAIN) and isinstance(getattr(node, "node", _NAME), nodes.Name | nodes.Const) for node in found):
            raise BrokenText(text[:80])
        dated(render(text, SPECIMEN), real_now().date())
    except (TemplateError, RecursionError, OverflowError, TypeError, ValueError) as error:
        raise BrokenText(text[:80]) from error
