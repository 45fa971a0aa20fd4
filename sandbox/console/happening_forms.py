"""What a trainer makes happen, for whom and when: the forms."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from wtforms import Field, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from sandbox import clock
from sandbox.catalogue import service as catalogue
from sandbox.catalogue.models import Status
from sandbox.console.forms import Choices, ForSeats, choices
from sandbox.forms import Hour, WholeNumber
from sandbox.partners import readings
from sandbox.workshops import planned
from sandbox.workshops.packs import Item

NOW, IN, AT = "now", "in", "at"
MOST_MINUTES = 24 * 60
MINUTES_WRONG = f"Écrivez un nombre de minutes, de 1 à {MOST_MINUTES} : par exemple 15."
MEASURE = r"(0[.,][2-9]|[1-6][.,][0-9])[0-9]?"  # 0,2 to 6,99
HOUR_WRONG = "Écrivez l’heure ainsi : 14:30."


class WhenUsed(Optional):
    """It may be empty: it only serves with one of the answers."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}


class ForSeatsSometime(ForSeats):
    """For whom something happens, and when."""

    when = RadioField(
        "Quand ?", default=NOW,
        choices=choices([(NOW, "Maintenant"), (IN, "Dans quelques minutes"), (AT, "À une heure précise")]),
    )
    minutes = WholeNumber("Dans combien de minutes ?", wrong=MINUTES_WRONG, default=10, validators=[WhenUsed()])
    at = Hour("À quelle heure ?", wrong=HOUR_WRONG, validators=[WhenUsed()])

    def validate_when(self, field: Field) -> None:
        if field.data == IN and not 1 <= (self.minutes.data or 0) <= MOST_MINUTES:
            raise ValidationError(MINUTES_WRONG)
        if field.data == AT and self.at.data is None:
            raise ValidationError(HOUR_WRONG)

    @property
    def moment(self) -> datetime | None:
        """None: now. An hour that is past is tomorrow's."""
        if self.when.data == NOW:
            return None
        if self.when.data == IN:
            return planned.later(self.minutes.data)
        now, at = clock.real_now(), self.at.data
        today = clock.at(now.date(), at.hour, at.minute)
        return today if today > now else clock.at(now.date() + timedelta(days=1), at.hour, at.minute)


class RunTrigger(ForSeatsSometime):
    slug = RadioField("Ce qui arrive", validate_choice=False, validators=[InputRequired("Choisissez ce qui arrive.")])


def chosen(field: Field) -> str:
    """The words of the choice that was made."""
    return next(str(choice.label) for choice in field.choices if choice.value == field.data)


RENEW, PUSH = "renew", "push"


class ActOnService(ForSeatsSometime):
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
        if self.act.data == PUSH and not re.fullmatch(MEASURE, (field.data or "").strip()):
            raise ValidationError("Écrivez la mesure avec une virgule, de 0,2 à 6,99 : par exemple 1,42.")

    def deed(self) -> Item:
        """The same thing as a pack's trigger."""
        slug = self.service.data
        if self.act.data == PUSH:
            return {"act": "push", "service": slug, "measures": f"{readings.GLUCOSE}={self.value.data.strip()}"}
        change = {"version": catalogue.services()[slug].latest} if self.act.data == RENEW else {"status": self.act.data}
        return {"act": "service", "service": slug} | change

    @property
    def label(self) -> str:
        """What the trainers read of it."""
        what = chosen(self.act)
        return f"{chosen(self.service)} : {what[0].lower()}{what[1:]}"


def act_on_service(seats: Choices) -> ActOnService:
    form = ActOnService()
    known = [one for one in catalogue.services().values() if one.status is not Status.DELISTED]
    form.service.choices = choices((one.slug, one.name) for one in known)
    form.seats.choices = choices(seats)
    return form


def run_trigger(triggers: list[Item], seats: Choices, slug: str | None) -> RunTrigger:
    form = RunTrigger(slug=slug)
    form.slug.choices = choices((trigger["slug"], trigger["title"]) for trigger in triggers)
    form.seats.choices = choices(seats)
    return form
