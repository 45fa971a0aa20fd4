"""The form of one's own appointment."""

from __future__ import annotations

from datetime import timedelta

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from sandbox import clock
from sandbox.agenda.models import Appointment
from sandbox.agenda.service import Details
from sandbox.forms import Day, Form, Hour

YEARS_AHEAD = 5
NO_SUCH_DAY = "Cette date n’existe pas. Écrivez le jour, le mois et l’année, par exemple 12/03/2027."
NO_SUCH_HOUR = "Cette heure n’existe pas. Écrivez une heure entre 00:00 et 23:59, par exemple 14:30."
PAST = "Ce moment est déjà passé. Choisissez une date à venir."
FAR = "Cette date est trop loin : cinq ans au plus. Vérifiez l’année."


class OwnAppointment(Form):
    title = StringField("Avec qui, ou pour quoi", validators=[
        DataRequired("Écrivez avec qui ou pourquoi, par exemple « Dentiste »."),
        Length(max=100, message="100 signes au plus. Raccourcissez ce titre."),
    ])
    day = Day("Date", wrong=NO_SUCH_DAY, validators=[InputRequired("Choisissez la date du rendez-vous.")])
    hour = Hour("Heure", wrong=NO_SUCH_HOUR, validators=[InputRequired("Choisissez l’heure du rendez-vous.")])
    place = StringField("Lieu", validators=[Optional(), Length(max=200, message="200 signes au plus.")])
    note = TextAreaField("Note", validators=[Optional(), Length(max=1000, message="1 000 signes au plus. Raccourcissez la note.")])

    def validate_day(self, field: Day) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError(PAST)
        if field.data and field.data > clock.today() + timedelta(days=366 * YEARS_AHEAD):
            raise ValidationError(FAR)

    def validate_hour(self, field: Hour) -> None:
        if field.data and self.day.data == clock.today() and field.data <= clock.now().time():
            raise ValidationError(PAST)

    def details(self) -> Details:
        """What was typed, once it is valid."""
        day, hour = self.day.data, self.hour.data
        return Details(
            self.title.data or "", clock.at(day, hour.hour, hour.minute), self.place.data or "", self.note.data or ""
        )

    @classmethod
    def of(cls, appointment: Appointment) -> OwnAppointment:
        """The form filled with an appointment as it is; what is sent replaces it."""
        return cls(data={
            "title": appointment.title, "day": appointment.day, "hour": appointment.starts_at.time(),
            "place": appointment.place, "note": appointment.note,
        })
