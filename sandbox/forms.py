"""Fields shared by forms: what was typed and cannot be read is refused in French, with the cure."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, IntegerField

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class Day(DateField):
    """A date, chosen or typed."""

    def __init__(self, *args: Any, wrong: str, **kwargs: Any) -> None:
        super().__init__(*args, format=DATE_FORMATS, **kwargs)
        self.wrong = wrong

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.wrong) from None


class WholeNumber(IntegerField):
    """A number without decimals."""

    def __init__(self, *args: Any, wrong: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wrong = wrong

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.wrong) from None
