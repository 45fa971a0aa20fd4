"""What the partners’ sites ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import PasswordField, RadioField, StringField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from sandbox.forms import Form


class Booking(Form):
    """Why one comes: a usual reason of the speciality, one's own words, or both."""

    usual = RadioField("Pourquoi venez-vous ?", [Optional()], validate_choice=False)
    reason = StringField(
        "Dites-le avec vos mots", [Optional(), Length(max=200, message="200 signes au plus. Écrivez le motif en quelques mots.")],
    )

    def __init__(self, *args: Any, reasons: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual.choices = [(one, one) for one in reasons]

    def validate_usual(self, field: RadioField) -> None:
        if field.data not in {one for one, _ in field.choices}:
            raise ValidationError("Choisissez l’un des motifs de la liste, ou écrivez le vôtre au-dessous.")

    @property
    def note(self) -> str:
        """What the professional reads."""
        return "\u00a0: ".join(said for said in (self.usual.data or "", (self.reason.data or "").strip()) if said)


class AtProvider(Form):
    """At an identity provider's: the card's keys, whatever was chosen on the portal."""

    until: datetime | None = None  # too many tries: when one may try again

    identifier = StringField(
        "Identifiant", validators=[DataRequired("Écrivez l’identifiant imprimé sur votre carte."), Length(max=60)]
    )
    password = PasswordField(
        "Mot de passe", validators=[DataRequired("Écrivez le mot de passe imprimé sur votre carte."), Length(max=100)]
    )
