"""The period of the history that one looks at."""

from __future__ import annotations

from wtforms.validators import Optional, ValidationError

from sandbox.forms import Day, Form

OLDEST, NEWEST = 1900, 2200
FAR = "Vérifiez l’année de cette date : écrivez-la ainsi, 12/03/2026."
BACKWARDS = "La fin de la période est avant son début. Échangez les deux dates."


def _plausible(form: Form, field: Day) -> None:
    if field.data and not OLDEST <= field.data.year <= NEWEST:
        raise ValidationError(FAR)


class Period(Form):
    """Read from the address: either date alone is enough."""

    class Meta:
        csrf = False

    du = Day("Du", [Optional(), _plausible])
    au = Day("Au", [Optional(), _plausible])

    def validate_au(self, field: Day) -> None:
        if self.du.data and field.data and field.data < self.du.data:
            raise ValidationError(BACKWARDS)
