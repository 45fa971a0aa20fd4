"""The trainer's forms."""

from __future__ import annotations

import re
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
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from sandbox.catalogue import service as catalogue
from sandbox.catalogue.models import Status
from sandbox.errors import Refused
from sandbox.forms import Day, Form, WholeNumber
from sandbox.partners import readings
from sandbox.workshops import packs
from sandbox.workshops.fixtures import common
from sandbox.workshops.fixtures import packs as installed
from sandbox.workshops.packs import Item
from sandbox.workshops.starts import STATES, Start, of_pack

MOST_SEATS = 60
SEATS_WRONG = f"Un atelier a de 1 à {MOST_SEATS} places. Écrivez un nombre, par exemple 12."
DATE_WRONG = "Choisissez la date de l’atelier, par exemple 12/03/2027."
TOO_LONG = "120 signes au plus. Raccourcissez ce texte."
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
    start = SelectField("Dans quel état commencent les espaces ?")

    @property
    def wanted(self) -> Start | None:
        """The state chosen; None: as the story says."""
        return Start(self.start.data) if self.start.data else None


def new_workshop(today: date) -> NewWorkshop:
    """The form with its choices and its usual answers."""
    form = NewWorkshop(seats=12, held_on=today)
    form.pack.choices = choices((slug, packs.load(slug).about["title"]) for slug in installed())
    form.start.choices = choices([("", _as_told()), *((start, STATES[start].label) for start in Start)])
    return form


def _as_told() -> str:
    """What the stories say, in full when they all say the same."""
    told = {STATES[of_pack(packs.load(slug).about)].label for slug in installed()}
    return "Comme l’histoire le prévoit" + (f"\u00a0: {told.pop().lower()}" if len(told) == 1 else "")


class RoomSettings(Form):
    quick_entry = BooleanField("Entrée facile : numéro de place et trois images")


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
        "Places", coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def validate_seats(self, field: Field) -> None:
        if self.who.data == SOME and not field.data:
            raise ValidationError("Cochez au moins une place, ou choisissez « Toutes les places ».")

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


class RunTrigger(ForSeats):
    slug = RadioField("Ce qui arrive", validate_choice=False, validators=[InputRequired("Choisissez ce qui arrive.")])


class Improvise(ForSeats):
    professional = SelectField("Qui agit ?")
    act = RadioField(
        "Que fait cette personne ?", default="message",
        choices=choices([
            ("message", "Elle écrit un message"), ("deposit", "Elle dépose un document"), ("consult", "Elle consulte le dossier"),
        ]),
    )
    title = StringField("Objet du message ou titre du document", validators=[Length(max=80, message="80 signes au plus : raccourcissez.")])
    category = SelectField("Rubrique du document", validators=[Optional()])
    text = TextAreaField("Texte", validators=[Length(max=3000, message="3 000 signes au plus : raccourcissez.")])

    def validate_title(self, field: Field) -> None:
        self._wanted(field, "Écrivez un objet ou un titre, par exemple « Votre prochain rendez-vous ».")

    def validate_text(self, field: Field) -> None:
        self._wanted(field, "Écrivez le texte : une ou deux phrases suffisent.")

    def _wanted(self, field: Field, phrase: str) -> None:
        if self.act.data != "consult" and not (field.data or "").strip():
            raise ValidationError(phrase)

    def deed(self) -> Item:
        """The same thing as a pack's trigger, its text typed: `ref` is empty."""
        words = {"ref": "", "text": (self.text.data or "").strip()}
        return {
            "act": self.act.data, "professional": self.professional.data,
            "document": words | {"title": self.title.data, "category": self.category.data, "type": ""},
            "conversation": words | {"subject": self.title.data},
        }


RENEW, PUSH = "renew", "push"


class ActOnService(ForSeats):
    service = SelectField("Quel service ?", default="glyco-suivi")
    act = RadioField(
        "Que lui arrive-t-il ?", validators=[InputRequired("Choisissez ce qui arrive au service.")],
        choices=choices([
            (Status.SUSPENDED.value, "Il est suspendu"), (Status.DELISTED.value, "Il est retiré du catalogue"),
            (Status.OFFLINE.value, "Son éditeur le ferme pour l’instant"), (Status.ONLINE.value, "Il est de nouveau disponible"),
            (RENEW, "Il a une nouvelle version : les accords sont à redonner"), (PUSH, "Son appareil envoie une mesure"),
        ]),
    )
    value = StringField("Mesure de glycémie, en g/L", default="1,42")

    def validate_act(self, field: Field) -> None:
        sheet = catalogue.services().get(self.service.data)
        if sheet is None:
            return
        if field.data == RENEW and sheet.latest == 1:
            raise ValidationError(f"« {sheet.name} » n’a pas d’autre version. Choisissez Glyco Suivi ou Rappel Vaccins.")
        if field.data == PUSH and sheet.slug != readings.SLUG:
            raise ValidationError(f"« {sheet.name} » n’a pas d’appareil. Choisissez Glyco Suivi.")

    def validate_value(self, field: Field) -> None:
        if self.act.data == PUSH and not re.fullmatch(r"[0-6][.,]\d{1,2}", field.data or ""):
            raise ValidationError("Écrivez la mesure avec une virgule, de 0,2 à 6,99 : par exemple 1,42.")

    def deed(self) -> Item:
        """The same thing as a pack's trigger."""
        slug = self.service.data
        if self.act.data == PUSH:
            return {"act": "push", "service": slug, "measures": f"{readings.GLUCOSE}={self.value.data}"}
        change = {"version": catalogue.services()[slug].latest} if self.act.data == RENEW else {"status": self.act.data}
        return {"act": "service", "service": slug} | change


def act_on_service(seats: Choices) -> ActOnService:
    form = ActOnService()
    known = [one for one in catalogue.services().values() if one.status is not Status.DELISTED]
    form.service.choices = choices((one.slug, one.name) for one in known)
    form.seats.choices = choices(seats)
    return form


def put_seats(seats: Choices, ticked: list[int]) -> PutSeats:
    form = PutSeats(who=SOME, seats=ticked)
    form.seats.choices = choices(seats)
    return form


def run_trigger(triggers: list[Item], seats: Choices, slug: str | None) -> RunTrigger:
    form = RunTrigger(slug=slug)
    form.slug.choices = choices((trigger["slug"], trigger["title"]) for trigger in triggers)
    form.seats.choices = choices(seats)
    return form


def improvise(professionals: Choices, seats: Choices) -> Improvise:
    form = Improvise(category="CPT_REND")
    form.professional.choices = choices(professionals)
    form.category.choices = choices((item["code"], item["label"]) for item in common("categories")["category"])
    form.seats.choices = choices(seats)
    return form
