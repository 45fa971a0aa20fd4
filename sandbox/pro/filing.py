"""The paper that a professional files: its type, its date, a text or a file. What was typed and chosen stays through refusals."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from sandbox import blobs
from sandbox.access import actor
from sandbox.account.models import Record
from sandbox.clock import today
from sandbox.db import begin_writing, db, let_go
from sandbox.documents import nomenclature, tray, uploads
from sandbox.documents.models import Sheet
from sandbox.documents.rendering import MARKDOWN
from sandbox.documents.uploads import File
from sandbox.errors import Refused
from sandbox.forms import Day, Form
from sandbox.pro.forms import at_most
from sandbox.pro.letter import ACCEPTED
from sandbox.pro.portal import need_open
from sandbox.texts import without_marks

LONGEST, OLDEST = 20_000, date(1900, 1, 1)
MOST_SENT, MOST_PARTS = 32 * 1024 * 1024, 40  # a file far too heavy is refused with its form, not instead of it
EITHER = "Écrivez un texte ou choisissez un fichier : l’un des deux, pas les deux."
TITLE, KIND = "Donnez un titre, par exemple « Compte rendu de consultation ».", "Choisissez le type de document dans la liste."


class Paper(Form):
    kind = SelectField("Type de document", [InputRequired(KIND)])
    title = StringField("Titre", [DataRequired(TITLE), at_most(80)])
    dated = Day("Date de l’événement", [InputRequired("Écrivez une date, par exemple 12/03/2026.")])
    text = TextAreaField("Texte", [at_most(LONGEST)], render_kw={"rows": 10})
    file = FileField("Fichier", render_kw={"accept": ACCEPTED})
    kept = HiddenField()
    drop = BooleanField("Ne plus joindre ce fichier", [Optional()])

    def __init__(self, record: Record, **given: Any) -> None:
        super().__init__(**given)
        card = actor().professional
        self.kind.choices = nomenclature.choices(card.profession if card else "")
        self.record, self.wrong = record, ""
        self.chosen: File | None = None
        self.waiting: Sheet | None = None
        if self.kept.data and not self.drop.data:
            self.waiting = tray.find(actor(), record, self.kept.data)

    @property
    def content(self) -> tuple[bytes, str] | None:
        """What is to be filed and what it is: the file, or the text typed."""
        if self.chosen:
            return self.chosen.content, self.chosen.media_type
        if self.waiting:
            return blobs.read(self.waiting.blob_hash), self.waiting.media_type
        return (without_marks(self.typed).encode(), MARKDOWN) if self.typed else None

    @property
    def typed(self) -> str:
        return str(self.text.data or "").strip()

    @property
    def has_file(self) -> bool:
        return bool(self.chosen or self.waiting)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """The file is looked at first, so that a good one is kept whatever else is wrong."""
        if self.file.data:
            self._look_at_file()
        return super().validate(*args, **kwargs)

    def validate_dated(self, field: Day) -> None:
        if field.data and not OLDEST <= field.data <= today():
            raise ValidationError("La date de l’événement est aujourd’hui ou dans le passé, depuis 1900.")

    def validate_file(self, field: FileField) -> None:
        if self.wrong:
            raise ValidationError(self.wrong)
        if self.has_file is bool(self.typed):
            raise ValidationError(EITHER)

    def begin(self) -> None:
        """Write from here on, knowing what the person chose while the file was read. Raises Shut."""
        begin_writing()
        db.session.refresh(self.record)
        need_open(self.record)

    def filed(self) -> None:
        """It is in the record: its file waits no more."""
        for sheet in tray.of(actor(), self.record):
            tray.remove(actor(), sheet)

    def keep(self) -> None:
        """The form is refused, its file is not: it waits, and is not to be chosen again."""
        if self.chosen:
            self.begin()
            self.filed()
            tray.add(actor(), self.record, self.chosen)
            self.waiting = tray.of(actor(), self.record)[-1]
            db.session.commit()
        self.kept.data = self.waiting.ref if self.waiting else ""

    def _look_at_file(self) -> None:
        """Nobody waits meanwhile."""
        let_go()
        with self.file.data.stream as sent:
            content = sent.read(uploads.MOST + 1)
        try:
            self.chosen = uploads.checked(self.file.data.filename, content)
        except Refused as refused:
            self.wrong = refused.phrase
