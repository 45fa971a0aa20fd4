"""The form of adding a document."""

from __future__ import annotations

from datetime import date

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from sandbox import clock
from sandbox.documents import shelf

OLDEST = date(1900, 1, 1)


class AddDocument(FlaskForm):
    file = FileField(
        "Fichier à ajouter",
        validators=[FileRequired("Choisissez un fichier : appuyez sur le bouton du champ.")],
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.txt"},
    )
    title = StringField(
        "Nom du document",
        validators=[Optional(), Length(max=80, message="Ce nom est trop long. Écrivez 80 signes au plus.")],
    )
    dated = DateField(
        "Date du document",
        validators=[InputRequired("Choisissez la date écrite sur le document, par exemple 12/03/2026.")],
    )
    category = SelectField(
        "Catégorie",
        validators=[InputRequired("Choisissez la catégorie qui convient le mieux. En cas de doute : Autres documents.")],
    )
    masked = BooleanField("Masquer ce document aux professionnels de santé")

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.category.choices = [
            SelectChoice("", "Choisir une catégorie"), *(SelectChoice(c.code, c.label) for c in shelf.categories())
        ]

    def validate_dated(self, field: DateField) -> None:
        if field.data and not OLDEST <= field.data <= clock.today():
            raise ValidationError("La date doit être passée ou d’aujourd’hui, par exemple 12/03/2026.")
