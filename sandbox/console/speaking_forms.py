"""What a trainer says to seats: the form."""

from __future__ import annotations

from wtforms import Field, SelectField, TextAreaField
from wtforms.validators import Length, ValidationError

from sandbox.classroom import words
from sandbox.classroom.showing import SHOWN
from sandbox.classroom.words import Said
from sandbox.console.forms import SOME, Choices, ForSeats, choices
from sandbox.exercises.service import Exercise

ONE_TEXT = "Écrivez un message ou choisissez un indice : l’un des deux."


class Speak(ForSeats):
    text = TextAreaField(
        "Votre message", validators=[Length(max=words.LONGEST, message=f"{words.LONGEST} signes au plus : raccourcissez.")]
    )
    hint = SelectField("Ou un indice déjà écrit")
    landmark = SelectField(
        "Et montrer un endroit de la page",
        choices=choices([("", "Ne rien montrer"), *((name, place.told) for name, place in SHOWN.items())]),
    )

    def validate_text(self, field: Field) -> None:
        is_written = bool((field.data or "").strip())
        if is_written and self.hint.data:
            raise ValidationError(ONE_TEXT)
        if not (is_written or self.hint.data or self.landmark.data):
            raise ValidationError(words.NOTHING)

    def said(self) -> Said:
        hint = next((choice.label for choice in self.hint.choices if choice.value and choice.value == self.hint.data), "")
        return Said(hint.partition(" ")[2] or self.text.data or "", self.landmark.data or "", bool(hint))


def speak(seats: Choices, ticked: list[int], exercises: list[Exercise]) -> Speak:
    """The form with its choices; seats may be ticked beforehand."""
    form = Speak(who=SOME, seats=ticked) if ticked else Speak()
    form.seats.choices = choices(seats)
    form.hint.choices = choices([("", "Aucun indice"), *_hints(exercises)])
    return form


def _hints(exercises: list[Exercise]) -> Choices:
    """Each by its exercise's number, as the board says it."""
    return [
        (f"{number}-{rank}", f"{number}. {hint}")
        for number, exercise in enumerate(exercises, 1) for rank, hint in enumerate(exercise.hints, 1)
    ]
