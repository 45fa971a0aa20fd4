"""The reply's form."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, ValidationError

from sandbox.messaging.service import EMPTY, LONGEST, TOO_LONG


class Reply(FlaskForm):
    text = TextAreaField("Votre réponse", validators=[DataRequired(EMPTY)])

    def validate_text(self, field: TextAreaField) -> None:
        """Said rather than cut: a limit in the browser would drop the end of what is pasted."""
        if len((field.data or "").replace("\r\n", "\n").strip()) > LONGEST:
            raise ValidationError(TOO_LONG)
