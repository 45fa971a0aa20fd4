"""The trainer's forms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import request
from wtforms import (
    BooleanField,
    Field,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from sandbox.errors import Refused
from sandbox.forms import Day, Form, WholeNumber
from sandbox.workshops import packs
from sandbox.workshops.fixtures import packs as installed
from sandbox.workshops.packs import Item
from sandbox.workshops.starts import STATES, Start, of_pack

MOST_SEATS = 60
SEATS_WRONG = f"Un atelier a de 1 à {MOST_SEATS} places. Écrivez un nombre, par exemple 12."
DATE_WRONG = "Choisissez la date de l’atelier, par exemple 12/03/2027."
TOO_LONG = "120 signes au plus. Raccourcissez ce texte."
TERRITORY_LONG = "80 signes au plus. Par exemple « Loire-Atlantique (44) »."
Choices = list[tuple[Any, str]]  # value, label
EVERYONE, SOME = "all", "some"


def choices(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


class TrainerSignIn(Form):
    guarded = False
    email = StringField("Adresse e-mail", validators=[DataRequired("Écrivez votre adresse e-mail de formateur.")])
    password = PasswordField("Mot de passe", validators=[DataRequired("Écrivez votre mot de passe.")])


class NewWorkshop(Form):
    guarded = False
    pack = SelectField("Histoire à jouer")
    seats = WholeNumber(
        "Nombre de places", wrong=SEATS_WRONG,
        validators=[InputRequired(SEATS_WRONG), NumberRange(1, MOST_SEATS, SEATS_WRONG)],
    )
    name = StringField("Nom de l’atelier", validators=[Optional(), Length(max=120, message=TOO_LONG)])
    held_on = Day("Date", wrong=DATE_WRONG, validators=[InputRequired(DATE_WRONG)])
    place = StringField("Lieu", validators=[Optional(), Length(max=120, message=TOO_LONG)])
    territory = StringField("Territoire", validators=[Optional(), Length(max=80, message=TERRITORY_LONG)])
    start = SelectField("Dans quel état commencent les espaces ?")

    @property
    def wanted(self) -> Start | None:
        """The state chosen; None: as the story says."""
        return Start(self.start.data) if self.start.data else None


def new_workshop(today: date, territory: str) -> NewWorkshop:
    """The form with its choices and its usual answers."""
    form = NewWorkshop(seats=12, held_on=today, territory=territory)
    form.pack.choices = choices((slug, _story(packs.load(slug).about)) for slug in installed())
    form.start.choices = choices([("", _as_told()), *((start, STATES[start].label) for start in Start)])
    return form


def _story(about: Item) -> str:
    """« Découverte de « Mon espace santé » · 1 h 30 »."""
    return " · ".join(filter(None, (about["title"], about.get("duration"))))


def _as_told() -> str:
    """What the stories say, in full when they all say the same."""
    told = {STATES[of_pack(packs.load(slug).about)].label for slug in installed()}
    return "Comme l’histoire le prévoit" + (f"\u00a0: {told.pop().lower()}" if len(told) == 1 else "")


class RoomSettings(Form):
    guarded = False
    quick_entry = BooleanField("Entrée facile : numéro de place et trois images")
    territory = StringField("Territoire", validators=[Optional(), Length(max=80, message=TERRITORY_LONG)])


class NamePoint(Form):
    guarded = False
    label = StringField(
        "Nom de ce point", validators=[
            DataRequired("Donnez un nom, par exemple « Après l’exercice 4 »."), Length(max=120, message=TOO_LONG),
        ],
    )


class Press(Form):
    """A button alone."""

    guarded = False


class OpenRoom(Form):
    hours = SelectField(
        "Pour combien de temps ?", coerce=int, default=4, choices=choices((hours, f"{hours} heures") for hours in (2, 4, 8))
    )


class ForSeats(Form):
    """For whom something happens."""

    who = RadioField(
        "Pour qui ?", choices=choices([(EVERYONE, "Toutes les places"), (SOME, "Seulement les places cochées")]), default=EVERYONE
    )
    seats = SelectMultipleField(
        "Places", coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False), validate_choice=False
    )

    def validate_seats(self, field: Field) -> None:
        if self.who.data == SOME and not field.data:
            raise ValidationError("Cochez au moins une place, ou choisissez « Toutes les places ».")
        if set(field.data or ()) - {choice.value for choice in self.seats.choices}:
            raise ValidationError("Une de ces places n’est pas de cet atelier. Cochez celles de la liste.")

    @property
    def chosen(self) -> list[int]:
        """The numbers of the seats."""
        return [choice.value for choice in self.seats.choices] if self.who.data == EVERYONE else list(self.seats.data)


class PutSeats(ForSeats):
    """The button pressed says which state."""

    @property
    def start(self) -> Start:
        """Raises Refused."""
        if (named := request.form.get("start")) not in set(Start):
            raise Refused("Choisissez un état de départ, en appuyant sur son bouton.")
        return Start(named)


def put_seats(seats: Choices, ticked: list[int]) -> PutSeats:
    form = PutSeats(who=SOME, seats=ticked)
    form.seats.choices = choices(seats)
    return form
