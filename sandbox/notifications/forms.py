"""What the person wants to be told."""

from __future__ import annotations

from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from sandbox.forms import Form
from sandbox.notifications.preferences import OFFERED

UNKNOWN = "Cochez les cases de la liste, puis enregistrez de nouveau."


class Preferences(Form):
    """The boxes of a table: kinds in lines, channels in columns; a box that is not ticked is not sent."""

    told = SelectMultipleField("Ce dont vous voulez être prévenu", choices=list(OFFERED), validate_choice=False)

    def validate_told(self, field: SelectMultipleField) -> None:
        if set(field.data or []) - set(OFFERED):
            raise ValidationError(UNKNOWN)
