"""Forms of messaging: answer, send a document, keep an attachment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from sandbox import clock
from sandbox.documents import shelf
from sandbox.documents.models import Folder
from sandbox.forms import Day, Form
from sandbox.messaging.models import Conversation
from sandbox.messaging.service import EMPTY, LONGEST, TOO_LONG

OLDEST = date(1900, 1, 1)
NOBODY = "Choisissez à qui vous envoyez ce document."


class Reply(Form):
    text = TextAreaField("Votre réponse", validators=[DataRequired(EMPTY)])

    def validate_text(self, field: TextAreaField) -> None:
        """Said rather than cut: a limit in the browser would drop the end of what is pasted."""
        if len((field.data or "").replace("\r\n", "\n").strip()) > LONGEST:
            raise ValidationError(TOO_LONG)


class SendDocument(Reply):
    """To one of the professionals whom the person may write to; a choice of one is made already."""

    to = RadioField("À qui ?", validate_choice=False)
    text = TextAreaField("Votre message", validators=[DataRequired(EMPTY)], render_kw={"rows": 8})

    def __init__(self, talks: Iterable[Conversation], **given: object) -> None:
        super().__init__(**given)
        self.talks = {talk.ref: talk for talk in talks}
        self.to.choices = [(ref, _called(talk)) for ref, talk in self.talks.items()]
        if len(self.talks) == 1 and not self.to.data:
            self.to.data = next(iter(self.talks))

    def validate_to(self, field: RadioField) -> None:
        if field.data not in self.talks:
            raise ValidationError(NOBODY)


class KeepAttachment(Form):
    title = StringField(
        "Nom du document",
        [DataRequired("Donnez un nom, par exemple « Fiche de mon infirmière »."),
         Length(max=80, message="Ce nom est trop long. Écrivez 80 signes au plus.")],
    )
    dated = Day("Date du document", [InputRequired("Choisissez la date du document, par exemple 12/03/2026.")])
    category = SelectField("Catégorie", validate_choice=False)
    folder = SelectField("Ranger dans un dossier", [Optional()], validate_choice=False)

    def __init__(self, folders: Iterable[Folder], **given: object) -> None:
        super().__init__(**given)
        self.folders = {folder.ref: folder for folder in folders}
        self.category.choices = [SelectChoice(c.code, c.label) for c in shelf.categories()]
        self.folder.choices = [SelectChoice("", "Aucun dossier"), *(SelectChoice(r, f.name) for r, f in self.folders.items())]

    def validate_dated(self, field: Day) -> None:
        if field.data and not OLDEST <= field.data <= clock.today():
            raise ValidationError("La date doit être passée ou d’aujourd’hui, par exemple 12/03/2026.")

    def validate_category(self, field: SelectField) -> None:
        if shelf.category(field.data or "") is None:
            raise ValidationError("Choisissez la catégorie qui convient le mieux. En cas de doute : Autres documents.")


def _called(talk: Conversation) -> str:
    """« Dr Claire Lemoine, médecine générale · Cabinet des Tilleuls »."""
    card = talk.professional.professional
    return f"{talk.professional.name}, {card.title}" if card else talk.professional.name
