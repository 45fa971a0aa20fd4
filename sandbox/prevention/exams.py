"""The twenty compulsory exams of a child, and the age at which each is made (reference §1.12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sandbox.french import several
from sandbox.workshops.fixtures import common


@dataclass(frozen=True)
class Exam:
    """One of the twenty: `opens` included, `shuts` excluded, both told in completed age (« 8d », « 23m », « 6y »)."""

    code: str
    label: str
    opens: str
    shuts: str
    certificate: bool

    @property
    def title(self) -> str:
        return f"Examen de l’enfant – {self.label}"

    def window(self, born: date) -> tuple[date, date]:
        """The first and the last day at which it is made in time."""
        return birthday(born, self.opens), birthday(born, self.shuts) - timedelta(days=1)

    def fits(self, born: date, day: date) -> bool:
        first, last = self.window(born)
        return first <= day <= last


@lru_cache(maxsize=1)
def every() -> dict[str, Exam]:
    """The twenty, by their code, in the order of age."""
    told = common("child_exams")["exam"]
    return {one["code"]: Exam(one["code"], one["label"], one["from"], one["until"], one["certificate"]) for one in told}


def birthday(born: date, age: str) -> date:
    """The day on which somebody completes that age; the last day of February stands for the 29th."""
    count, unit = int(age[:-1]), age[-1]
    if unit == "d":
        return born + timedelta(days=count)
    months = born.month - 1 + count * (12 if unit == "y" else 1)
    year, month = born.year + months // 12, months % 12 + 1
    next_month = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(born.day, (next_month - timedelta(days=1)).day))


def age_on(born: date, day: date) -> str:
    """« 5 jours », « 7 mois », « 6 ans »: the completed age, as one says it of a child."""
    months = (day.year - born.year) * 12 + day.month - born.month - (birthday(born, f"{_months(born, day)}m") > day)
    if months < 1:
        return several((day - born).days, "jour")
    return f"{months} mois" if months < 24 else several(months // 12, "an")


def _months(born: date, day: date) -> int:
    return (day.year - born.year) * 12 + day.month - born.month
