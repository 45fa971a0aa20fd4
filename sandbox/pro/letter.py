"""The words of a message to a patient, as they are typed: their form, and the mark that ends an exchange."""

from __future__ import annotations

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from sandbox.forms import Form
from sandbox.french import number
from sandbox.messaging.service import END_MARK, LONGEST
from sandbox.pro.forms import at_most
from sandbox.texts import without_marks

TOO_LONG = "Votre message a {} signes, {} au plus. Raccourcissez-le, ou joignez un document."
ONLY_MARK = "Écrivez l’objet après la marque [FIN], par exemple « [FIN] Vos résultats »."
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.txt,.rtf"


class NextMessage(Form):
    """One more message of an exchange."""

    greeting = 0  # signs that are added to what is typed
    text = TextAreaField("Votre message", [DataRequired("Écrivez votre message.")], render_kw={"rows": 8})
    file = MultipleFileField("Fichiers", render_kw={"accept": ACCEPTED})
    titled = StringField("Chercher un document du dossier par son titre")
    receipt = BooleanField("Demander un accusé de réception")

    def validate_text(self, field: TextAreaField) -> None:
        """Said rather than cut: a limit in the browser would drop the end of what is pasted."""
        signs = len(field.data.replace("\r\n", "\n").strip())
        if signs > LONGEST - self.greeting:
            raise ValidationError(TOO_LONG.format(number(signs), number(LONGEST - self.greeting)))


class OpeningMessage(NextMessage):
    """The one that opens an exchange, or one with each of several patients."""

    subject = StringField("Objet", [DataRequired("Dites en quelques mots de quoi il s’agit."), at_most(120)])
    no_reply = BooleanField("Ne pas permettre de réponse")

    def validate_subject(self, field: StringField) -> None:
        if not bare(field.data):
            raise ValidationError(ONLY_MARK)


class FirstMessage(OpeningMessage):
    """To one patient, with colleagues in copy if any."""

    colleague = StringField("Mettre un confrère en copie : son nom, sa profession ou son lieu")


class ManyMessage(OpeningMessage):
    """To several patients, each of whom gets their own."""

    greeting = 100
    civility = BooleanField("Commencer par « Bonjour Madame… » ou « Bonjour Monsieur… », avec le nom de chacun")


def is_marked(subject: str) -> bool:
    """Whether it begins with the mark that ends an exchange."""
    return subject.strip().upper().startswith(END_MARK)


def bare(subject: str) -> str:
    """The subject without the mark."""
    found = subject.strip()
    return found[len(END_MARK) :].strip() if is_marked(found) else found


def subject_of(form: OpeningMessage, *, closing: bool) -> str:
    """As it is sent: marked when the exchange ends with this message."""
    subject = without_marks(form.subject.data or "")
    return f"{END_MARK} {bare(subject)}" if closing or is_marked(subject) else bare(subject)
