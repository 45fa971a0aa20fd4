"""The forms of one's own appointment and of a reminder."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation, ValidationError

from sandbox import clock
from sandbox.agenda.models import Appointment, Reminder
from sandbox.agenda.own import USUAL, Details
from sandbox.agenda.reminders import Wish
from sandbox.forms import Day, Form, Hour

YEARS_AHEAD = 5
NO_SUCH_DAY = "Cette date n’existe pas. Écrivez le jour, le mois et l’année, par exemple 12/03/2027."
NO_SUCH_HOUR = "Cette heure n’existe pas. Écrivez une heure entre 00:00 et 23:59, par exemple 14:30."
SKIPPED = "Cette heure n’existe pas ce jour-là : on passe à l’heure d’été, les horloges sautent de 2 h à 3 h. Choisissez une autre heure."
PAST = "Ce moment est déjà passé. Choisissez une date à venir."
FAR = "Cette date est trop loin : cinq ans au plus. Vérifiez l’année."
WITH_WHOM = "Écrivez avec qui est ce rendez-vous, par exemple « Dr Petit »."
LENGTHS = {
    10: "10 minutes", 15: "15 minutes", 20: "20 minutes", 30: "30 minutes", 45: "45 minutes", 60: "1 heure", 90: "1 heure et demie",
    120: "2 heures", 180: "3 heures", 240: "4 heures", 480: "La journée",
}
PROFESSIONAL, ESTABLISHMENT = "professionnel", "etablissement"
EVE, DAY = "veille", "jour"


def check_day(day: date | None) -> None:
    """Neither past nor too far. Raises ValidationError."""
    if day and day < clock.today():
        raise ValidationError(PAST)
    if day and day > clock.today() + timedelta(days=366 * YEARS_AHEAD):
        raise ValidationError(FAR)


def exists(moment: datetime) -> bool:
    """Whether the clocks show that hour: one night a year they skip some."""
    return moment.astimezone(UTC).astimezone(clock.PARIS).replace(tzinfo=None) == moment.replace(tzinfo=None)


def _lengths(present: int) -> list[SelectChoice]:
    """The usual ones, and the present one."""
    known = {present: f"{present} minutes"} | LENGTHS
    return [SelectChoice(count, known[count]) for count in sorted(known)]


class OwnAppointment(Form):
    kind = RadioField("Ce rendez-vous est avec", default=PROFESSIONAL, choices=[
        SelectChoice(PROFESSIONAL, "Un professionnel (médecin, dentiste, infirmière…)"),
        SelectChoice(ESTABLISHMENT, "Un établissement (hôpital, laboratoire, centre…)"),
    ])
    with_name = StringField("Son nom", validators=[Length(max=120, message="120 signes au plus. Raccourcissez ce nom.")])
    day = Day("Date", wrong=NO_SUCH_DAY, validators=[InputRequired("Choisissez la date du rendez-vous.")])
    hour = Hour("Heure", wrong=NO_SUCH_HOUR, validators=[InputRequired("Choisissez l’heure du rendez-vous.")])
    minutes = SelectField("Durée prévue", coerce=int, default=USUAL, choices=_lengths(USUAL))
    place = StringField("Adresse", validators=[Optional(), Length(max=200, message="200 signes au plus. Raccourcissez l’adresse.")])
    title = StringField("Titre", validators=[Optional(), Length(max=100, message="100 signes au plus. Raccourcissez ce titre.")])
    note = TextAreaField("Note", validators=[Optional(), Length(max=1000, message="1 000 signes au plus. Raccourcissez la note.")])

    was: datetime | None = None  # when it was, before it is changed

    def validate_with_name(self, field: StringField) -> None:
        """A title says it as well."""
        if not (field.data or "").strip() and not (self.title.data or "").strip():
            raise StopValidation(WITH_WHOM)

    def validate_day(self, field: Day) -> None:
        """What is past keeps its hour, and may still be told otherwise."""
        if not self._is_unmoved():
            check_day(field.data)

    def validate_hour(self, field: Hour) -> None:
        if not field.data or not self.day.data or self.day.errors or self._is_unmoved():
            return
        if not exists(self._moment()):
            raise ValidationError(SKIPPED)
        if self.day.data == clock.today() and self._moment() <= clock.now():
            raise ValidationError(PAST)

    def _moment(self) -> datetime:
        return clock.at(self.day.data, self.hour.data.hour, self.hour.data.minute)

    def _is_unmoved(self) -> bool:
        return bool(self.day.data and self.hour.data) and self._moment() == self.was

    def details(self) -> Details:
        """What was typed, once it is valid."""
        return Details(
            self.title.data or "", self._moment(), self.place.data or "", self.note.data or "", self.with_name.data or "",
            self.kind.data == ESTABLISHMENT, self.minutes.data,
        )

    @classmethod
    def of(cls, appointment: Appointment) -> OwnAppointment:
        """The form filled with an appointment as it is; what is sent replaces it."""
        starts_at = appointment.starts_at.astimezone(clock.PARIS)
        form = cls(data={
            "kind": ESTABLISHMENT if appointment.at_establishment else PROFESSIONAL, "with_name": appointment.with_name,
            "day": appointment.day, "hour": starts_at.time(), "minutes": appointment.minutes,
            "title": appointment.title, "place": appointment.place, "note": appointment.note,
        })
        form.was = starts_at
        form.minutes.choices = _lengths(appointment.minutes)
        return form


class ReminderForm(Form):
    title = StringField("Ce que vous voulez vous rappeler", validators=[
        DataRequired("Écrivez ce que vous voulez vous rappeler, par exemple « Passer à la pharmacie »."),
        Length(max=100, message="100 signes au plus. Raccourcissez ce titre : la note peut dire le reste."),
    ])
    day = Day("Pour quel jour", wrong=NO_SUCH_DAY, validators=[InputRequired("Choisissez le jour du rappel.")])
    eve = RadioField("Quand vous prévenir", default=EVE, choices=[
        SelectChoice(EVE, "La veille, à 9 h"), SelectChoice(DAY, "Le jour même, à 8 h"),
    ])
    note = TextAreaField("Note", validators=[Optional(), Length(max=1000, message="1 000 signes au plus. Raccourcissez la note.")])

    was: date | None = None  # for which day it was, before it is changed

    def validate_day(self, field: Day) -> None:
        if field.data != self.was:
            check_day(field.data)

    def wish(self) -> Wish:
        """What was typed, once it is valid."""
        return Wish(self.title.data or "", self.day.data, self.note.data or "", self.eve.data == EVE)

    @classmethod
    def of(cls, reminder: Reminder) -> ReminderForm:
        """The form filled with a reminder as it is; what is sent replaces it."""
        form = cls(data={
            "title": reminder.title, "day": reminder.due_on, "eve": EVE if reminder.eve else DAY, "note": reminder.note,
        })
        form.was = reminder.due_on
        return form
