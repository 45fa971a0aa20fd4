"""The form of adding a document."""

from __future__ import annotations

from datetime import date

from flask_wtf.file import FileField, MultipleFileField
from wtforms import BooleanField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from sandbox import clock
from sandbox.account.models import Record
from sandbox.documents import folders, shelf
from sandbox.documents.models import Folder
from sandbox.documents.uploads import clean
from sandbox.forms import Day, Form
from sandbox.french import folded

OLDEST = date(1900, 1, 1)
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.txt,.rtf,image/jpeg,image/png"


class AddDocument(Form):
    files = MultipleFileField("Choisir un fichier", render_kw={"accept": ACCEPTED})
    photo = FileField("Prendre une photo", render_kw={"accept": "image/*", "capture": "environment"})
    title = StringField(
        "Nom du document",
        validators=[Optional(), Length(max=80, message="Ce nom est trop long. Écrivez 80 signes au plus.")],
    )
    dated = Day(
        "Date du document",
        validators=[InputRequired("Choisissez la date écrite sur le document, par exemple 12/03/2026.")],
    )
    category = SelectField(
        "Catégorie",
        validators=[InputRequired("Choisissez la catégorie qui convient le mieux. En cas de doute : Autres documents.")],
    )
    masked = BooleanField("Masquer ce document aux professionnels de santé")
    folder = SelectField("Ranger dans un dossier", validators=[Optional()])
    new_folder = StringField(
        "Ou dans un nouveau dossier",
        validators=[Optional(), Length(max=folders.LONGEST, message=folders.TOO_LONG)],
    )

    def __init__(self, record: Record, **given: object) -> None:
        super().__init__(**given)
        self.folders = folders.of_record(record)
        self.category.choices = [
            SelectChoice("", "Choisir une catégorie"), *(SelectChoice(c.code, c.label) for c in shelf.categories())
        ]
        self.folder.choices = [SelectChoice("", "Aucun dossier"), *(SelectChoice(f.ref, f.name) for f in self.folders)]

    def validate_dated(self, field: Day) -> None:
        if field.data and not OLDEST <= field.data <= clock.today():
            raise ValidationError("La date doit être passée ou d’aujourd’hui, par exemple 12/03/2026.")

    @property
    def chosen_folder(self) -> Folder | str | None:
        """The folder to use, or the name of the one to make: a name that exists already is that folder."""
        name = clean(self.new_folder.data or "")
        for folder in self.folders:
            if folded(folder.name) == folded(name) or (not name and folder.ref == self.folder.data):
                return folder
        return name or None

    @property
    def has_extras(self) -> bool:
        """Whether the folded part of the form holds something to be seen."""
        extras = self.masked, self.folder, self.new_folder
        return any(field.data or field.errors for field in extras)
