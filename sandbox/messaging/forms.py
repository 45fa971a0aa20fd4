"""Forms of messaging: answer, write anew, send a document, attach a file, keep an attachment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from sandbox import clock
from sandbox.documents import shelf
from sandbox.documents.models import Folder
from sandbox.forms import Day, Form
from sandbox.messaging.drafts import LONGEST_SUBJECT
from sandbox.messaging.models import Answer, Conversation
from sandbox.messaging.service import EMPTY, NO_SUBJECT, too_long

OLDEST = date(1900, 1, 1)
ALL, ALONE = "tous", "seul"
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.txt,.rtf"
LONG_SUBJECT = "Cet objet est trop long : 120 signes au plus. Gardez quelques mots, et écrivez le reste dans le message."
NOBODY = "Choisissez à qui vous envoyez ce document."


class Reply(Form):
    """An answer. `aside`: to the opener alone; asked only where colleagues are in copy."""

    text = TextAreaField("Votre réponse", [DataRequired(EMPTY)], render_kw={"rows": 8})
    aside = RadioField("À qui répondre ?", validate_choice=False)
    receipt = BooleanField("Me prévenir quand ce message est reçu")

    def __init__(self, talk: Conversation | None = None, **given: Any) -> None:
        super().__init__(**given)
        if talk and talk.answer is Answer.NEW_MESSAGE:
            self.text.label.text = "La suite de votre message"
        copies = [copy.user.name for copy in talk.copies] if talk else []
        if talk is None or not copies:
            del self.aside
            return
        name = talk.professional.name
        self.aside.choices = [(ALL, f"Répondre à tous : {name}, {', '.join(copies)}"), (ALONE, f"Répondre seulement à {name}")]
        self.aside.data = ALONE if self.aside.data == ALONE else ALL

    @property
    def is_aside(self) -> bool:
        return "aside" in self and self["aside"].data == ALONE

    @property
    def about(self) -> str | None:
        """The subject that is typed, where there is one."""
        return None

    def may_be_kept(self) -> bool:
        """Whether it holds nothing that looks like somebody's real data; otherwise its fields say so."""
        return self._holds_nothing_real()

    def validate_text(self, field: TextAreaField) -> None:
        """Said rather than cut: a limit in the browser would drop the end of what is pasted."""
        if refusal := too_long(field.data or ""):
            raise ValidationError(refusal)


class NewMessage(Reply):
    """Another subject, to a professional who has already written."""

    subject = StringField(
        "Objet", [DataRequired(NO_SUBJECT), Length(max=LONGEST_SUBJECT, message=LONG_SUBJECT)],
    )
    text = TextAreaField("Votre message", [DataRequired(EMPTY)], render_kw={"rows": 8})

    @property
    def about(self) -> str | None:
        return self.subject.data or ""


class SendDocument(Form):
    """To one of the professionals whom the person may answer; a choice of one is made already."""

    to = RadioField("À qui ?", validate_choice=False)

    def __init__(self, talks: Iterable[Conversation], **given: Any) -> None:
        super().__init__(**given)
        self.talks = {talk.ref: talk for talk in talks}
        self.to.choices = [(ref, _called(talk)) for ref, talk in self.talks.items()]
        if len(self.talks) == 1 and not self.to.data:
            self.to.data = next(iter(self.talks))

    def validate_to(self, field: RadioField) -> None:
        if field.data not in self.talks:
            raise ValidationError(NOBODY)


class AttachFile(Form):
    """Files of this device, or a photo taken now."""

    files = MultipleFileField("Choisir un fichier", render_kw={"accept": ACCEPTED})
    photo = MultipleFileField("Prendre une photo", render_kw={"accept": "image/*", "capture": "environment"})


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
