"""The choices of the person about emergencies."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField


class EmergencyForm(FlaskForm):
    samu = BooleanField("Le SAMU (le 15) peut ouvrir mon dossier")
    glass = BooleanField("Les autres professionnels peuvent ouvrir mon dossier en urgence")
    masked = BooleanField("Mes documents masqués sont compris")
