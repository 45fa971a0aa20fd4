"""The choices of the person about emergencies."""

from __future__ import annotations

from wtforms import BooleanField

from sandbox.forms import Form


class EmergencyForm(Form):
    samu = BooleanField("Le SAMU (le 15) peut ouvrir mon dossier")
    glass = BooleanField("Les autres professionnels peuvent ouvrir mon dossier en urgence")
    masked = BooleanField("Mes documents masqués sont compris")
