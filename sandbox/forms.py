"""Fields shared by forms: what was typed and cannot be read is refused in French, with the cure."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, Field, IntegerField, TimeField

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
HOUR_FORMATS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M"]


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


class Hour(Explained, TimeField):
    """A time of day, typed or chosen."""

    def __init__(self, *args: Any, wrong: str, **kwargs: Any) -> None:
        super().__init__(*args, format=HOUR_FORMATS, **kwargs)
        self.wrong = wrong


class WholeNumber(Explained, IntegerField):
    """A number without decimals."""

    def __init__(
        self, *args: Any, wrong: str = "Écrivez un nombre entier, en chiffres.", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wrong = wrong
