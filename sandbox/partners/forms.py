"""What the partners’ sites ask."""

from __future__ import annotations

from datetime import datetime

from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, Optional

from sandbox.forms import Form


class Booking(Form):
    slot = HiddenField(validators=[DataRequired("Choisissez une heure dans la liste.")])
    reason = StringField(
        "Motif du rendez-vous",
        validators=[Optional(), Length(max=200, message="200 signes au plus. Écrivez le motif en quelques mots.")],
    )


class AtProvider(Form):
    """At an identity provider's: the card's keys, whatever was chosen on the portal."""

    until: datetime | None = None  # too many tries: when one may try again

    identifier = StringField(
        "Identifiant", validators=[DataRequired("Écrivez l’identifiant imprimé sur votre carte."), Length(max=60)]
    )
    password = PasswordField(
        "Mot de passe", validators=[DataRequired("Écrivez le mot de passe imprimé sur votre carte."), Length(max=100)]
    )
