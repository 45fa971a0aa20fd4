"""One line of the prescription being written: a medicine or a product, or an act of care. A line left empty asks for nothing."""

from __future__ import annotations

import math

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, SelectChoice, SelectField, StringField
from wtforms.validators import NumberRange, Optional, StopValidation

from sandbox.errors import Refused
from sandbox.forms import Form, WholeNumber
from sandbox.prescriptions import formulary
from sandbox.prescriptions.boxes import boxes
from sandbox.prescriptions.formulary import Item
from sandbox.prescriptions.models import Kind
from sandbox.prescriptions.service import NewLine, refuse_too_long
from sandbox.pro.forms import at_most, tidy

AS_TYPED = "libre"  # the prescriber keeps a name that is not in the list
AT_HOME = "à domicile"
REASONS = {
    "MTE": "marge thérapeutique étroite", "EFG": "enfant de moins de six ans, sans forme adaptée",
    "CIF": "contre-indication formelle à un excipient",
}
YOUNG = 6
CHOOSE = "La liste a des noms qui ressemblent à celui-ci. Choisissez le vôtre, ou gardez ce que vous avez écrit."
NO_BOXES = "Écrivez le nombre de boîtes : il ne se calcule pas pour cette ligne."
NO_VISITS = "Écrivez combien de fois par semaine, ou le nombre en tout."


class Needed:
    """Not to be left empty; said by the legend of the line, since an empty line is no mistake."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        if not (field.data or "").strip():
            raise StopValidation(self.message)


class LineForm(Form):
    """What the lines of every kind have in common. `age`: of the patient."""

    kind = Kind.PRODUCTS
    age = 0
    order: tuple[str, ...] = ()
    drug: StringField
    pick = SelectField("Dans la liste", choices=[], validate_choice=False)
    duration_days = WholeNumber("Durée, en jours", [NumberRange(1, 365, "Écrivez une durée entre 1 et 365 jours.")])
    renewals = WholeNumber(
        "Renouvellements", [NumberRange(0, 12, "Écrivez un nombre entre 0 et 12.")], default=0, filters=[lambda number: number or 0],
    )
    ald = BooleanField("En rapport avec une ALD")
    quantity: WholeNumber

    class Meta:
        csrf = False  # the page's form has its own

    @property
    def item(self) -> Item | None:
        """The one of the list that is meant, typed in full or picked among those that were proposed."""
        typed = self.drug.data or ""
        picked = next((one for one in self.alike if one.code == self.pick.data), None)
        return formulary.named(self.kind, typed) or picked

    @property
    def alike(self) -> list[Item]:
        typed = self.drug.data or ""
        return [] if formulary.named(self.kind, typed) else formulary.like(self.kind, typed)

    @property
    def is_unsettled(self) -> bool:
        """The list has names like this one, and none was chosen yet."""
        return self.item is None and bool(self.alike) and self.pick.data != AS_TYPED

    @property
    def is_off_list(self) -> bool:
        return self.is_begun and self.item is None

    @property
    def proposed(self) -> int | None:
        """The quantity that the words of the line make, if they do."""
        raise NotImplementedError

    @property
    def is_begun(self) -> bool:
        return any(isinstance(field, StringField) and (field.data or "").strip() for field in self)

    @property
    def count(self) -> int:
        return int(self.quantity.data or self.proposed or 0)

    def offer(self) -> None:
        """Give the list of those alike to choose from."""
        self.pick.choices = [
            SelectChoice("", "Choisissez…"), *(SelectChoice(one.code, one.name) for one in self.alike),
            SelectChoice(AS_TYPED, "Garder ce nom tel quel (hors liste)"),
        ]

    def validate_pick(self, field: Field) -> None:
        if self.is_unsettled:
            raise StopValidation(CHOOSE)

    def validate_renewals(self, field: Field) -> None:
        if not self.duration_days.data or field.data is None or self.duration_days.data < 1:
            return
        try:
            refuse_too_long(self.duration_days.data, field.data)
        except Refused as refused:
            raise StopValidation(refused.phrase) from None

    def validate_quantity(self, field: Field) -> None:
        if field.process_errors or self.is_unsettled:
            return  # said already
        if field.data is None and self.proposed is None:
            raise StopValidation(self.no_quantity)
        if not 1 <= self.count <= self.most:
            raise StopValidation(f"Écrivez un nombre entre 1 et {self.most}.")

    no_quantity, most = NO_BOXES, 50

    def told(self) -> NewLine:
        raise NotImplementedError

    @property
    def written(self) -> dict[str, str]:
        """The line as typed, to be sent again; a name picked in the list has taken the place of what was typed."""
        values = {field.short_name: str(field._value()) for field in self if isinstance(field, StringField | WholeNumber)}
        values |= {field.short_name: "y" for field in self if isinstance(field, BooleanField) and field.data}
        values |= {field.short_name: field.data for field in self if isinstance(field, SelectField) and field.data}
        return values | {"drug": self.item.name, "pick": ""} if self.item else values


class DrugLine(LineForm):
    order = ("drug", "pick", "dose", "frequency", "duration_days", "quantity", "renewals", "exclusive", "ald")
    drug = StringField(
        "Médicament ou produit", [Needed("Choisissez un médicament, par exemple « amoxicilline 1 g, comprimé »."), at_most(120)], filters=[tidy]
    )
    dose = StringField("Dose", [at_most(60)], filters=[tidy])
    frequency = StringField("Quand le prendre", [Needed("Écrivez quand, par exemple « matin et soir »."), at_most(120)], filters=[tidy])
    quantity = WholeNumber("Boîtes")
    exclusive = SelectField(
        "Substitution", choices=[SelectChoice("", "Permise"), *(SelectChoice(code, f"Non : {why} ({code})") for code, why in REASONS.items())], default="",
        validate_choice=False,
    )

    @property
    def proposed(self) -> int | None:
        return boxes(self.item, self.dose.data or "", self.frequency.data or "", self.duration_days.data or 0)

    def validate_frequency(self, field: Field) -> None:
        if self.item and self.item.counts and not (self.dose.data or "").strip():
            raise StopValidation(f"Écrivez aussi la dose, par exemple « 1 {self.item.counts} ».")

    def validate_exclusive(self, field: Field) -> None:
        if field.data == "EFG" and self.age >= YOUNG:
            raise StopValidation(f"Ce motif est réservé aux enfants de moins de six ans : ce patient a {self.age} ans. Choisissez-en un autre.")

    def told(self) -> NewLine:
        item, why = self.item, self.exclusive.data if self.exclusive.data in REASONS else ""
        dose, frequency = self.dose.data or "", self.frequency.data.rstrip(". ")
        return NewLine(
            drug=item.name if item else self.drug.data, code=item.code if item else "", unit=item.unit if item else "boîte",
            dose=dose, frequency=frequency, posology=f"{dose} {frequency}".strip(), duration_days=self.duration_days.data,
            quantity=self.count, renewals=self.renewals.data, ald=self.ald.data, substitution=not why,
            reason=f"{REASONS[why]} ({why})" if why else "",
        )


class CareLine(LineForm):
    order = ("drug", "pick", "precision", "per_week", "duration_days", "quantity", "renewals", "home", "ald")
    drug = StringField("Soin", [Needed("Choisissez un soin dans la liste, ou écrivez-le."), at_most(120)], filters=[tidy])
    precision = StringField("Précision", [Optional(), at_most(60)], filters=[tidy])
    per_week = WholeNumber("Fois par semaine", [Optional(), NumberRange(1, 28, "Écrivez un nombre entre 1 et 28.")])
    quantity = WholeNumber("Nombre total")
    home = BooleanField("À domicile")
    no_quantity, most = NO_VISITS, 99

    @property
    def proposed(self) -> int | None:
        if self.per_week.data and self.duration_days.data:
            return int(max(1, math.ceil(self.per_week.data * self.duration_days.data / 7)))
        return 1 if self.kind is Kind.BIOLOGY else None

    def told(self) -> NewLine:
        item, precision = self.item, self.precision.data or ""
        often = f"{self.per_week.data} fois par semaine" if self.per_week.data else ""
        frequency = ", ".join(part for part in (often, AT_HOME if self.home.data else "") if part)
        unit = next(iter(formulary.items(self.kind).values())).unit
        return NewLine(
            drug=item.name if item else self.drug.data, code=item.code if item else "", unit=unit, dose=precision, frequency=frequency,
            posology=", ".join(part for part in (precision, frequency) if part) or ("une fois" if self.count == 1 else "à répartir"),
            duration_days=self.duration_days.data, quantity=self.count, renewals=self.renewals.data, ald=self.ald.data,
        )


def blank(kind: Kind, at: int, typed: dict[str, str], age: int) -> LineForm:
    """The form of the line of this number, with what was typed of it."""
    form = (DrugLine if kind is Kind.PRODUCTS else CareLine)(
        MultiDict({f"{prefix(at)}{name}": value for name, value in typed.items() if value.strip()}), prefix=prefix(at),
    )
    form.kind, form.age = kind, age
    form.drug.render_kw = {"list": "choix"}
    if kind is Kind.BIOLOGY:
        form.drug.label.text = "Analyse"
    form.offer()
    return form


def prefix(at: int) -> str:
    return f"ligne{at}-"
