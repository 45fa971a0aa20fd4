"""What the booking site asks."""

from __future__ import annotations

from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length, Optional

from sandbox.forms import Form


class Booking(Form):
    slot = HiddenField(validators=[DataRequired("Choisissez une heure dans la liste.")])
    reason = StringField(
        "Motif du rendez-vous",
        validators=[Optional(), Length(max=200, message="200 signes au plus. Écrivez le motif en quelques mots.")],
    )
