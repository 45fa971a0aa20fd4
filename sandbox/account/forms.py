"""The forms of getting in."""

from __future__ import annotations

from datetime import datetime

from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import PasswordInput

from sandbox.account.codes import ExpiredCode, Locked, UsedCode
from sandbox.errors import Refused
from sandbox.forms import Form, WholeNumber


class Proof(Form):
    """A form that proves who one is: what refused it, and what to do then."""

    refusal: Refused | None = None

    @property
    def until(self) -> datetime | None:
        """When one may try again, after too many tries."""
        return self.refusal.until if isinstance(self.refusal, Locked) else None

    @property
    def needs_another(self) -> bool:
        """Whether the typed code will never serve again."""
        return isinstance(self.refusal, ExpiredCode | UsedCode)


class WorkshopCode(Form):
    code = StringField(
        "Code de l’atelier",
        validators=[DataRequired("Écrivez le code affiché par le formateur, par exemple K7MP42.")],
    )


class SignIn(Proof):
    identifier = StringField(
        "Identifiant", validators=[DataRequired("Écrivez l’identifiant imprimé sur votre carte."), Length(max=60)]
    )
    password = PasswordField(
        "Mot de passe", widget=PasswordInput(hide_value=False), validators=[DataRequired("Écrivez le mot de passe imprimé sur votre carte."), Length(max=100)]
    )


class SeatNumber(Form):
    """Which seat: the easy way in, and whose simulated phone."""

    seat = WholeNumber(
        "Numéro de place",
        validators=[InputRequired("Écrivez le numéro de place imprimé sur votre carte, par exemple 7.")],
    )


class OneTimeCodeForm(Proof):
    code = StringField(
        "Code à 6 chiffres",
        validators=[DataRequired("Recopiez les six chiffres du message reçu sur le téléphone simulé.")],
    )
