"""The forms of writing to the support and of reporting."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from sandbox import french
from sandbox.documents.uploads import clean
from sandbox.forms import Form
from sandbox.help.reports import OTHER, Report
from sandbox.texts import without_marks

SUBJECT, TEXT, DETAIL = 100, 3000, 2000


def line(text: str | None) -> str:
    """What is typed in one line, without signs that cannot be seen."""
    return clean(without_marks(text or ""))


def lines(text: str | None) -> str:
    """The same, line by line; never more than one empty line."""
    kept = [line(each) for each in (text or "").splitlines()]
    while "\n\n\n" in (joined := "\n".join(kept)):
        kept = joined.replace("\n\n\n", "\n\n").split("\n")
    return joined.strip()


class WriteToSupport(Form):
    subject = StringField(
        "Sujet", filters=[line], validators=[
            DataRequired("Écrivez le sujet en quelques mots, par exemple « Je ne trouve pas mon ordonnance »."),
            Length(max=SUBJECT, message=f"Ce sujet est trop long. Écrivez {SUBJECT} signes au plus, et le reste dans le message."),
        ],
    )
    text = TextAreaField(
        "Votre message", filters=[lines], validators=[
            DataRequired("Écrivez votre message : ce que vous vouliez faire, et ce qui s’est passé."),
            Length(max=TEXT, message=f"Ce message est trop long. Écrivez {french.number(TEXT)} signes au plus."),
        ],
    )
    files = MultipleFileField(
        "Fichiers joints", validators=[Optional()], render_kw={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.txt,.rtf"}
    )


class SendReport(Form):
    reason = RadioField("Raison", validate_choice=False)
    text = TextAreaField(
        "Expliquez en quelques mots", filters=[lines],
        validators=[Optional(), Length(max=DETAIL, message=f"Ce texte est trop long. Écrivez {french.number(DETAIL)} signes au plus.")],
    )

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.reason.label.text, self.reason.choices = report.legend, list(report.reasons.items())
        self.known = set(report.reasons)

    def validate_reason(self, field: RadioField) -> None:
        if field.data not in self.known:
            raise ValidationError("Choisissez la raison qui convient le mieux. En cas de doute : Autre raison.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Another reason has to be told."""
        right: bool = super().validate(extra_validators)
        if self.reason.data == OTHER and not self.text.data:
            self.text.errors = ["Vous avez choisi « Autre raison » : expliquez-la en quelques mots."]
            return False
        return right
