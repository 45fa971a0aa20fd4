"""The prescription being written: lines on a sheet, those left empty ask for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from flask import request
from wtforms import BooleanField, Field, StringField
from wtforms.validators import NumberRange, Optional, StopValidation

from sandbox.forms import Form, WholeNumber
from sandbox.prescriptions.service import NO_LINE, NewLine
from sandbox.pro.forms import at_most
from sandbox.workshops.fixtures import common

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 3, 2, 15


class Needed:
    """Not to be left empty; said by the legend of the line, since an empty line is no mistake."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        if not (field.data or "").strip():
            raise StopValidation(self.message)


class LineForm(Form):
    drug = StringField(
        "Médicament ou produit", [Needed("Choisissez un médicament, par exemple « amoxicilline 1 g, comprimé »."), at_most(120)]
    )
    posology = StringField(
        "Posologie", [Needed("Écrivez la posologie, par exemple « 1 comprimé matin et soir »."), at_most(300)]
    )
    duration_days = WholeNumber("Durée, en jours", [NumberRange(1, 365, "Écrivez une durée entre 1 et 365 jours.")], default=7)
    quantity = WholeNumber("Boîtes", [NumberRange(1, 50, "Écrivez un nombre de boîtes entre 1 et 50.")], default=1)
    renewals = WholeNumber("Renouvellements", [NumberRange(0, 12, "Écrivez un nombre entre 0 et 12.")], default=0)
    exclusive = BooleanField("Non substituable")
    reason = StringField("Motif de non-substitution", [Optional(), at_most(120)])

    @property
    def is_begun(self) -> bool:
        return any((field.data or "").strip() for field in (self.drug, self.posology))

    def validate_exclusive(self, field: Field) -> None:
        if field.data and not (self.reason.data or "").strip():
            raise StopValidation("Dites dans « Motif » pourquoi ce produit n’est pas substituable.")

    def told(self) -> NewLine:
        units = {drug["name"]: drug["unit"] for drug in common("drugs")["drug"]}
        drug = self.drug.data.strip()
        return NewLine(
            drug=drug, posology=self.posology.data.strip().rstrip("."), duration_days=self.duration_days.data,
            quantity=self.quantity.data, unit=units.get(drug, "boîte"), renewals=self.renewals.data,
            substitution=not self.exclusive.data, reason=(self.reason.data or "").strip() if self.exclusive.data else "",
        )


class Sheet:
    """Behaves as a form for the error summary: iterates over the fields of its lines."""

    def __init__(self) -> None:
        sent = sum(name.endswith("-drug") for name in request.form)
        rows = sent + (MORE_ROWS if self.wants_more else 0) if sent else FIRST_ROWS
        self.lines = [LineForm(prefix=f"ligne{at}-") for at in range(1, min(rows, MOST_ROWS) + 1)]
        self.form_errors: list[str] = []

    @property
    def wants_more(self) -> bool:
        return "more" in request.form

    @property
    def errors(self) -> dict[str, Any]:
        return {field.id: field.errors for field in self if field.errors} | dict.fromkeys(self.form_errors)

    def __iter__(self) -> Iterator[Field]:
        return chain.from_iterable(self.lines)

    def validate(self) -> bool:
        begun = [line for line in self.lines if line.is_begun]
        self.form_errors = [] if begun else [NO_LINE]
        return bool(begun) and all([line.validate() for line in begun])

    def told(self) -> list[NewLine]:
        return [line.told() for line in self.lines if line.is_begun]
