"""The prescription being written: its lines as typed, added, copied, moved, removed; nothing is kept between two pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Any

from flask import request
from wtforms import Field

from sandbox import clock, french, tenancy
from sandbox.account.models import Record
from sandbox.prescriptions import formulary
from sandbox.prescriptions.models import Kind, Line, Prescription
from sandbox.prescriptions.service import NO_LINE, NewLine
from sandbox.pro.lines import AS_TYPED, AT_HOME, REASONS, LineForm, blank, prefix

FIRST_ROWS, MOST_ROWS = 2, 15
NAME = re.compile(r"^ligne(\d{1,3})-(\w+)$")
REF = re.compile(f"[{tenancy.REF_ALPHABET}]{{{tenancy.REF_LENGTH}}}")
SPLIT_DOSE = re.compile(r"^((?:\d[\d/,.]*|½|une?)\s[^\W\d]+)\s(.+)$")
PER_WEEK = re.compile(r"(\d+) fois par semaine")
Row = dict[str, str]


class Sheet:
    """Behaves as a form for the error summary. `ref`: of the prescription to be, so that a sheet sent twice is signed once."""

    def __init__(self, kind: Kind, record: Record, rows: list[Row], ref: str = "") -> None:
        self.kind, self.record = kind, record
        self.ref = ref if REF.fullmatch(ref) else tenancy.new_ref()
        self.lines: list[LineForm] = []
        self.form_errors: list[str] = []
        self.fill(rows or [{} for _ in range(FIRST_ROWS)])

    @classmethod
    def sent(cls, kind: Kind, record: Record) -> Sheet:
        """As it comes from the page."""
        rows: dict[int, Row] = {}
        for name, value in request.form.items():
            if found := NAME.match(name):
                rows.setdefault(int(found[1]), {})[found[2]] = value
        return cls(kind, record, [rows[at] for at in sorted(rows)], request.form.get("feuille", ""))

    @classmethod
    def like(cls, signed: Prescription) -> Sheet:
        """One more of a prescription that was signed."""
        return cls(signed.kind, signed.record, [_again(line, signed.kind) for line in signed.lines])

    def fill(self, rows: list[Row], focus: int = 0) -> None:
        """Lay these lines, and put the cursor in the line of this number, from 0."""
        self.lines = [blank(self.kind, at, row, self.record.age) for at, row in enumerate(rows[:MOST_ROWS], 1)]
        self.lines[min(focus, len(self.lines) - 1)].drug.render_kw |= {"autofocus": True}

    def rearrange(self, what: str) -> None:
        """« plus », « copier-2 », « retirer-2 », « monter-2 », « descendre-2 »."""
        rows = [line.written for line in self.lines]
        verb, _, number = what.partition("-")
        at = int(number) - 1 if re.fullmatch(r"\d{1,3}", number) else 0
        if verb == "plus":
            self.fill([*rows, {}], len(rows))
        elif not 0 <= at < len(rows):
            self.fill(rows)
        elif verb == "copier":
            self.fill([*rows[: at + 1], rows[at], *rows[at + 1 :]], at + 1)
        elif verb == "retirer":
            self.fill([*rows[:at], *rows[at + 1 :]] or [{}], at)
        else:
            to = min(max(0, at + (-1 if verb == "monter" else 1)), len(rows) - 1)
            rows.insert(to, rows.pop(at))
            self.fill(rows, to)

    @property
    def is_full(self) -> bool:
        return len(self.lines) >= MOST_ROWS

    @property
    def begun(self) -> list[LineForm]:
        return [line for line in self.lines if line.is_begun]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What the next page sends again: the lines that say something."""
        return [(f"{prefix(at)}{name}", value) for at, line in enumerate(self.begun, 1) for name, value in line.written.items()]

    @property
    def errors(self) -> dict[str, Any]:
        return {field.id: field.errors for field in self if field.errors} | dict.fromkeys(self.form_errors)

    def __iter__(self) -> Iterator[Field]:
        return chain.from_iterable([line[name] for name in line.order] for line in self.lines)

    def validate(self) -> bool:
        self.form_errors = [] if self.begun else [NO_LINE]
        return bool(self.begun) and all([line.validate() for line in self.begun])

    def told(self) -> list[NewLine]:
        return [line.told() for line in self.begun]

    def warnings(self, mine: list[Prescription]) -> list[str]:
        """What deserves a second look before signing; nothing here prevents it. `mine`: what I prescribed to this patient."""
        told = self.told()
        twice = [name for name, count in Counter(line.drug for line in told).items() if count > 1]
        return [
            *(f"« {line.drug} » est hors liste : relisez le nom lettre à lettre." for line in told if not line.code),
            *(f"« {name} » est écrit sur plusieurs lignes." for name in twice),
            *(_miscounted(form) for form in self.begun if form.quantity.data and form.proposed not in (None, form.quantity.data)),
            *(f"« {line.drug} » est déjà sur votre ordonnance du {french.long_date(old.signed_on)}, encore en cours."
              for line in told for old in mine if _still(old, line.drug)),
        ]


def _miscounted(form: LineForm) -> str:
    return f"« {form.drug.data} » : vous avez écrit {form.quantity.data}, le calcul donne {form.proposed}."


def _still(old: Prescription, drug: str) -> bool:
    """Whether that treatment goes on, by its dates alone: what was delivered is not always the prescriber's to know."""
    lasts = [line.duration_days * (1 + line.renewals) for line in old.lines if formulary.same(line.drug, drug)]
    return not old.cancelled_at and any(old.signed_on + timedelta(days) > clock.today() for days in lasts)


def _again(line: Line, kind: Kind) -> Row:
    """A line that was signed, as it would be typed to be prescribed again."""
    shared = {
        "drug": line.drug, "pick": "" if formulary.named(kind, line.drug) else AS_TYPED, "duration_days": str(line.duration_days),
        "renewals": str(line.renewals), "quantity": str(line.quantity), **({"ald": "y"} if line.ald else {}),
    }
    row = shared | (_drug_again if kind is Kind.PRODUCTS else _care_again)(line)
    return {name: " ".join(value.split()) for name, value in row.items()}  # spaces as a keyboard types them


def _drug_again(line: Line) -> Row:
    dose, frequency = line.dose, line.frequency or line.posology
    if not line.frequency and (found := SPLIT_DOSE.match(line.posology)):
        dose, frequency = found.groups()
    code = next((code for code in REASONS if f"({code})" in line.reason), "")
    return {"dose": dose, "frequency": frequency, "exclusive": "" if line.substitution else code}


def _care_again(line: Line) -> Row:
    often = PER_WEEK.search(line.frequency)
    told = {"precision": line.dose if line.frequency or line.dose else line.posology, "per_week": often[1] if often else ""}
    return told | ({"home": "y"} if AT_HOME in line.frequency else {})
