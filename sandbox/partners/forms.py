"""What the booking site asks."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length, Optional


class Booking(FlaskForm):
    slot = HiddenField(validators=[DataRequired("Choisissez une heure dans la liste.")])
    reason = StringField(
        "Motif du rendez-vous",
        validators=[Optional(), Length(max=200, message="200 signes au plus. Écrivez le motif en quelques mots.")],
    )
