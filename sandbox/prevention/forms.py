"""The form with which a person says where they stand."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectChoice
from wtforms.validators import AnyOf, Optional

from sandbox.forms import Day, Form
from sandbox.prevention.models import State
from sandbox.prevention.recommended import Item

NO_SUCH_DAY = "Cette date n’existe pas. Écrivez le jour, le mois et l’année, par exemple 12/03/2026."
UNSAID = "Choisissez une des quatre réponses."
CHOICES = [
    SelectChoice(State.TO_PLAN.value, "À prévoir : je compte le faire"),
    SelectChoice(State.DONE.value, "Fait"),
    SelectChoice(State.NOT_DONE.value, "Non fait : je ne l’ai pas fait, ou je ne le ferai pas"),
    SelectChoice("", "Je ne précise pas"),
]


class Marking(Form):
    state = RadioField(
        "Où en êtes-vous ?", choices=CHOICES, validate_choice=False, validators=[AnyOf([one.value for one in CHOICES], message=UNSAID)],
    )
    done_on = Day("Quel jour ?", wrong=NO_SUCH_DAY, validators=[Optional()])

    def __init__(self, item: Item, child: str = "") -> None:
        super().__init__(data={"state": item.state.value if item.state else "", "done_on": item.done_on})
        if child:
            self.state.label.text = f"Où en est {child} ?"

    @property
    def said(self) -> State | None:
        return State(self.state.data) if self.state.data else None

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """A day is read only of what is done: otherwise the field is out of sight."""
        if self.state.data != State.DONE.value:
            self.done_on.data, self.done_on.raw_data, self.done_on.process_errors = None, [], []
        return super().validate(*args, **kwargs)
