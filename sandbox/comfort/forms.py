"""The form of the reading comfort."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectChoice

from sandbox.comfort.choices import Contrast, Spacing, Text
from sandbox.forms import Form


class Choose(Form):
    text = RadioField("Taille du texte", validate_choice=False, choices=[
        SelectChoice(Text.NORMAL.value, "Normale"), SelectChoice(Text.LARGE.value, "Grande"), SelectChoice(Text.LARGER.value, "Très grande"),
        SelectChoice(Text.LARGEST.value, "La plus grande"),
    ])
    contrast = RadioField("Contraste", validate_choice=False, choices=[
        SelectChoice(Contrast.NORMAL.value, "Normal"), SelectChoice(Contrast.STRONG.value, "Fort : textes et bords plus marqués"),
    ])
    spacing = RadioField("Espace entre les lettres et les lignes", validate_choice=False, choices=[
        SelectChoice(Spacing.NORMAL.value, "Normal"), SelectChoice(Spacing.WIDE.value, "Plus large"),
    ])
    back = HiddenField()
