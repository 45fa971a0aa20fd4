"""Fields shared by forms: what was typed and cannot be read is refused in French, with the cure."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, PasswordField, StringField, TimeField
from wtforms.widgets import TextInput

from sandbox import guard

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
TYPED_FORMATS = ["%d/%m/%Y", "%d %m %Y", "%d.%m.%Y", "%d-%m-%Y", "%d%m%Y", "%Y-%m-%d"]
HOUR_FORMATS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M"]


class Form(FlaskForm):
    """Every form of the site. What looks like somebody's real data is refused, beside the field that holds it."""

    guarded = True  # False: a trainer's own words (name of a workshop, place, address to sign in with)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid: bool = super().validate(*args, **kwargs)
        return self._holds_nothing_real() and valid

    def _holds_nothing_real(self) -> bool:
        found = {
            field: real
            for field in self
            if self.guarded and isinstance(field, StringField) and not isinstance(field, PasswordField)
            and (real := guard.seen_in(str(field.data or "")))
        }
        for field, real in found.items():
            field.errors = [real.value]
            guard.note()
        return not found


class Explained(Field):
    """Mixin: `wrong` is the sentence for what cannot be read."""

    wrong: str

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.wrong) from None


class Day(Explained, DateField):
    """A date, chosen in the browser's calendar or typed the French way."""

    def __init__(
        self, *args: Any, wrong: str = "Cette date n’existe pas. Écrivez-la ainsi : 12/03/2026.", **kwargs: Any
    ) -> None:
        super().__init__(*args, format=DATE_FORMATS, **kwargs)
        self.wrong = wrong


class BirthDay(Day):
    """A date known by heart: typed, the French way. A calendar is long to turn back seventy years, and may speak English."""

    widget = TextInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.format, self.strptime_format = TYPED_FORMATS, TYPED_FORMATS


class Hour(Explained, TimeField):
    """A time of day, typed or chosen."""

    def __init__(self, *args: Any, wrong: str, **kwargs: Any) -> None:
        super().__init__(*args, format=HOUR_FORMATS, **kwargs)
        self.wrong = wrong


class WholeNumber(Explained, IntegerField):
    """A number without decimals. One that no form allows is kept as the largest that can be counted with, and refused as such."""

    LARGEST = 10**9
    data: Any

    def __init__(
        self, *args: Any, wrong: str = "Écrivez un nombre entier, en chiffres.", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wrong = wrong

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = max(-self.LARGEST, min(self.LARGEST, self.data))
