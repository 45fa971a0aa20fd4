"""What is asked of somebody who has forgotten their identifier or password."""

from __future__ import annotations

import re
from dataclasses import replace

from wtforms import PasswordField, RadioField, SelectChoice, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import PasswordInput

from sandbox.account import rules
from sandbox.account.models import Record
from sandbox.forms import BirthDay, Form
from sandbox.numbers import tidy_number

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST = 120
MOBILE = re.compile(r"(0|33)[67]\d{8}")


class ForgottenIdentifier(Form):
    contact = StringField(
        "Adresse e-mail ou numéro de mobile",
        validators=[DataRequired("Écrivez votre adresse e-mail ou votre numéro de mobile."), Length(max=LONGEST)],
    )
    born = BirthDay(
        "Date de naissance", wrong="Cette date n’existe pas. Écrivez le jour, le mois et l’année, par exemple 12/03/1958.",
        validators=[InputRequired("Écrivez votre date de naissance : le jour, le mois et l’année.")],
    )

    def validate_contact(self, field: StringField) -> None:
        typed = (field.data or "").strip()[:LONGEST]  # beyond, one is told so; and a hostile text stays short
        if not EMAIL.fullmatch(typed) and not MOBILE.fullmatch(tidy_number(typed)):
            raise ValidationError(
                "Ce n’est ni une adresse e-mail ni un numéro de mobile. Une adresse contient le signe @. "
                "Un mobile a 10 chiffres et commence par 06 ou 07."
            )


class ForgottenPassword(Form):
    identifier = StringField("Identifiant", validators=[DataRequired("Écrivez votre identifiant."), Length(max=60)])
    channel = RadioField(
        "Comment recevoir le code ?",
        choices=[SelectChoice("sms", "Par SMS, sur mon mobile"), SelectChoice("email", "Par e-mail")], default="sms",
        validators=[InputRequired("Choisissez comment recevoir le code.")],
    )


class NewPassword(Form):
    password = PasswordField(
        "Nouveau mot de passe", widget=PasswordInput(hide_value=False),
        validators=[InputRequired("Écrivez un nouveau mot de passe.")],
    )
    again = PasswordField(
        "Le même mot de passe, encore une fois", widget=PasswordInput(hide_value=False),
        validators=[InputRequired("Écrivez une deuxième fois le même mot de passe.")],
    )

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record, self.broken = record, list[rules.Rule]()

    def validate_password(self, field: PasswordField) -> None:
        self.broken = rules.failing_password(field.data or "", self.record)
        if self.broken:
            raise ValidationError(rules.explained(self.broken))

    def validate_again(self, field: PasswordField) -> None:
        if (self.password.data or "").strip() != (field.data or "").strip():
            raise ValidationError("Les deux mots de passe ne sont pas pareils. Affichez-les pour les comparer, et corrigez.")

    def marks(self) -> list[rules.Mark]:
        """Each rule under the field. The identifier is in no field of this page: it is refused as any other word."""
        listed = [replace(rule, unlike="") for rule in rules.of_password(self.record, self.record.owner.identifier)]
        return rules.marks(listed, self.password.data, self.broken)
