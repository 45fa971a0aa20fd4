"""The forms of getting in."""

from __future__ import annotations

from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import PasswordInput

from sandbox.forms import Form, WholeNumber


class WorkshopCode(Form):
    code = StringField(
        "Code de l’atelier",
        validators=[DataRequired("Écrivez le code affiché par le formateur, par exemple K7MP42.")],
    )


class SignIn(Form):
    identifier = StringField(
        "Identifiant", validators=[DataRequired("Écrivez l’identifiant imprimé sur votre carte."), Length(max=60)]
    )
    password = PasswordField(
        "Mot de passe", widget=PasswordInput(hide_value=False), validators=[DataRequired("Écrivez le mot de passe imprimé sur votre carte."), Length(max=100)]
    )


class SeatNumber(Form):
    """The quick way in, while the trainer keeps it open."""

    seat = WholeNumber(
        "Numéro de place",
        validators=[InputRequired("Écrivez le numéro de place imprimé sur votre carte, par exemple 7.")],
    )


class OneTimeCodeForm(Form):
    code = StringField(
        "Code à 6 chiffres",
        validators=[DataRequired("Recopiez les six chiffres du message reçu sur le téléphone simulé.")],
    )
