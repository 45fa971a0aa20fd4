"""The forms of the settings."""

from __future__ import annotations

from typing import Any

from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, Length
from wtforms.widgets import PasswordInput

from sandbox.account import rules
from sandbox.account.forms import Proof
from sandbox.account.models import Record
from sandbox.forms import Form


class NewEmail(Form):
    new = StringField(
        "Votre nouvelle adresse e-mail",
        validators=[DataRequired("Écrivez la nouvelle adresse, par exemple marie.durand@courriel.example.")],
    )


class NewMobile(Form):
    new = StringField(
        "Votre nouveau numéro de mobile",
        validators=[DataRequired("Écrivez le nouveau numéro, par exemple 06 39 98 12 34.")],
    )


CONTACT_FORMS: dict[str, type[NewEmail | NewMobile]] = {"email": NewEmail, "mobile": NewMobile}


class ChangePassword(Proof):
    """`broken` are the rules that the new one does not follow."""

    current = PasswordField(
        "Votre mot de passe actuel", widget=PasswordInput(hide_value=False),
        validators=[DataRequired("Écrivez le mot de passe avec lequel vous êtes entré. Celui du départ est sur votre carte."), Length(max=100)],
    )
    new = PasswordField(
        "Votre nouveau mot de passe", widget=PasswordInput(hide_value=False),
        validators=[DataRequired("Écrivez le mot de passe que vous choisissez.")],
    )

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record, self.broken = record, list[rules.Rule]()

    def validate_new(self, field: PasswordField) -> None:
        typed = (field.data or "").strip()
        self.broken = rules.failing_password(typed, self.record)
        if self.broken:
            raise ValidationError(rules.explained(self.broken))
        if typed == (self.current.data or "").strip():
            raise ValidationError("C’est le même que l’actuel. Choisissez-en un autre.")
