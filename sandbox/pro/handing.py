"""What is written at the counter: one sheet for the whole prescription, a quantity or a reason for each line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from flask import request
from wtforms import Field, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from sandbox.account.models import User
from sandbox.errors import Refused
from sandbox.forms import Day, Form, WholeNumber
from sandbox.french import NBSP
from sandbox.prescriptions import delivering
from sandbox.prescriptions.models import Delivery, Kind, Line, Prescription
from sandbox.pro.forms import at_most, tidy

OTHER = "autre"
WHYS = ("Générique ou autre marque", "Rupture de stock", "À la demande du patient", "Intolérance à un composant")
AT_A_VISIT = ("Patient absent", "Le patient ne veut pas aujourd’hui", "Son état ne le permet pas aujourd’hui", "À vérifier avec le prescripteur")
REASONS = {
    Kind.PRODUCTS: (
        "Rupture de stock", "Le patient en a encore", "Interaction à vérifier avec le prescripteur", "Non remboursé, refusé par le patient",
    ),
    Kind.NURSING: AT_A_VISIT,
    Kind.PHYSIOTHERAPY: AT_A_VISIT,
    Kind.BIOLOGY: (
        "Patient pas à jeun", "Prélèvement impossible aujourd’hui", "Le patient ne veut pas aujourd’hui", "À vérifier avec le prescripteur",
    ),
}
NOTHING = "Rien n’est noté. Pour une ligne au moins, écrivez une quantité, ou choisissez pourquoi elle n’est pas faite."
HOW_MANY = "Vous avez noté autre chose sur cette ligne : écrivez aussi la quantité."
BOTH = "Un motif dit que rien n’est fait sur cette ligne. Effacez le motif, ou ce que vous avez noté d’autre."
WHICH = "Écrivez le motif en quelques mots."


class CareLine(Form):
    """One line: how much is done today, or why nothing is. A quantity of 0 leaves it for later."""

    quantity = WholeNumber("Fait aujourd’hui", [InputRequired("Écrivez combien, en chiffres ; 0 pour ne rien noter sur cette ligne.")])
    note = StringField("Remarque", [Optional(), at_most(300)], filters=[tidy])
    reason = SelectField("Motif", default="")
    other = StringField("Précision, ou autre motif", [Optional(), at_most(150)], filters=[tidy])

    def __init__(self, line: Line, **values: Any) -> None:
        super().__init__(prefix=f"{line.ref}-", **values)
        self.line = line
        ready = REASONS[line.prescription.kind]
        for field in self:
            field.flags.optional = None  # all that unfolds is: no need to say it of each
        self.reason.choices = [("", "Choisissez"), *((one, one) for one in ready), (OTHER, "Autre motif")]

    @property
    def why_not(self) -> str:
        """The reason, when nothing is done: one of the list, one's own words, or both."""
        chosen = "" if self.reason.data == OTHER else self.reason.data
        return f"{NBSP}: ".join(part for part in (chosen, self.other.data) if part)

    @property
    def changes(self) -> dict[str, Any]:
        """What else is noted of what is done."""
        return {"note": self.note.data}

    @property
    def is_refined(self) -> bool:
        """Whether more than a quantity was written, or is wrong."""
        return any(self.changes.values()) or any(self[name].errors for name in self.changes)

    @property
    def is_refused(self) -> bool:
        return bool(self.why_not or self.reason.data or self.other.errors or self.reason.errors)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        return self._agrees() and valid

    def _agrees(self) -> bool:
        """What was written on the line does not say two things."""
        if self.reason.data == OTHER and not self.other.data:
            self.other.errors = (WHICH,)
        elif self.why_not and any(self.changes.values()):
            self.reason.errors = (BOTH,)
        elif not self.quantity.data and not self.quantity.errors and not self.why_not and any(self.changes.values()):
            self.quantity.errors = (HOW_MANY,)
        return not self.errors

    def carry_out(self, user: User) -> Delivery | None:
        """Do what is written. Raises Refused, once it is said beside the quantity."""
        try:
            if self.why_not:
                return delivering.refuse(user, self.line, self.why_not)
            return delivering.deliver(user, self.line, self.quantity.data, **self.changes) if self.quantity.data else None
        except Refused as refused:
            self.quantity.errors = (refused.phrase,)
            raise


class ProductLine(CareLine):
    """At the pharmacy, another product may be handed over, or the posology changed."""

    substituted = StringField("Remplacé par", [Optional(), at_most(120)], filters=[tidy])
    why = SelectField("Pourquoi ce remplacement", choices=list(WHYS), default=WHYS[0])
    posology = StringField("Nouvelle posologie", [Optional(), at_most(300)], filters=[tidy])
    agreed_on = Day("Accord du prescripteur, le", [Optional()])

    def __init__(self, line: Line, **values: Any) -> None:
        super().__init__(line, **values)
        self.quantity.label.text = "Quantité remise"

    @property
    def changes(self) -> dict[str, Any]:
        other = {"substituted": self.substituted.data, "why": self.why.data if self.substituted.data else ""}
        return {**other, "posology": self.posology.data, "agreed_on": self.agreed_on.data, "note": self.note.data}

    def _agrees(self) -> bool:
        _ask(self.substituted, delivering.refuse_substitution, self.line, self.substituted.data)
        _ask(self.agreed_on, delivering.refuse_posology, self.line, self.posology.data, self.agreed_on.data)
        return super()._agrees()


def _ask(field: Field, check: Callable[..., None], *told: Any) -> None:
    """Say beside the field what the domain has against it."""
    try:
        check(*told)
    except Refused as refused:
        field.errors = field.errors or (refused.phrase,)


class Sheet:
    """The lines that something may be done of. Behaves as a form for the error summary: iterates over their fields."""

    def __init__(self, signed: Prescription, *, sent: bool = False) -> None:
        kind = ProductLine if signed.kind is Kind.PRODUCTS else CareLine
        self.form_errors: list[str] = []
        if sent:
            self.lines = [kind(line) for line in signed.lines if f"{line.ref}-quantity" in request.form]
        else:
            self.lines = [kind(line, formdata=None, quantity=delivering.usual(line)) for line in signed.lines if line.available]

    @property
    def errors(self) -> dict[str, Any]:
        return {field.id: field.errors for field in self if field.errors} | dict.fromkeys(self.form_errors)

    def __iter__(self) -> Iterator[Field]:
        return chain.from_iterable(self.lines)

    def validate(self) -> bool:
        return all([line.validate() for line in self.lines])

    def carry_out(self, user: User) -> list[Delivery]:
        """Every line that something is written on. Raises Refused when there is none, or at the first that cannot be."""
        done = [delivery for line in self.lines if (delivery := line.carry_out(user))]
        if not done:
            self.form_errors = [NOTHING]
            raise Refused(NOTHING)
        return done
