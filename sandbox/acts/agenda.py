"""Acts about what stands in the agenda: appointments, reminders, recommended exams (reference §1.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.publishing import Act

if TYPE_CHECKING:
    from sandbox.agenda.models import Appointment, Reminder


@dataclass(frozen=True, kw_only=True)
class AppointmentAct(Act):
    about = "appointment"
    appointment: Appointment


@dataclass(frozen=True, kw_only=True)
class BookingAct(AppointmentAct):
    """What a person does at a booking service: the portal hears of it only through the service."""

    @property
    def is_elsewhere(self) -> bool:
        return True


@dataclass(frozen=True, kw_only=True)
class AppointmentBooked(BookingAct):
    phrase = "Rendez-vous pris : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentMoved(BookingAct):
    phrase = "Rendez-vous déplacé : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentAdded(AppointmentAct):
    phrase = "Rendez-vous ajouté à l’agenda : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentChanged(AppointmentAct):
    phrase = "Rendez-vous modifié dans l’agenda : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(BookingAct):
    phrase = "Rendez-vous annulé : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentRemoved(AppointmentAct):
    phrase = "Rendez-vous retiré de l’agenda : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentNear(AppointmentAct):
    """The portal reminds of it, the day before: `when` is « demain à 14 h 30 »."""

    phrase = "Rappel : {appointment.title}, {when}"
    notifies = "RAPPEL_RDV_USAGER"
    when: str


@dataclass(frozen=True, kw_only=True)
class AppointmentManaged(AppointmentAct):
    """What the professional says of an appointment; of one that the agenda does not know, the portal hears nothing."""

    notifies = "RDV_MODIFIE"

    @property
    def is_elsewhere(self) -> bool:
        return not self.appointment.in_agenda


@dataclass(frozen=True, kw_only=True)
class AppointmentConfirmed(AppointmentManaged):
    phrase = "{actor.name} confirme le rendez-vous : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentCalledOff(AppointmentManaged):
    phrase = "{actor.name} a annulé le rendez-vous : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentHonoured(AppointmentManaged):
    phrase = "{actor.name} a noté que vous êtes venu au rendez-vous : {appointment.title}"
    notifies = ""


@dataclass(frozen=True, kw_only=True)
class AppointmentMissed(AppointmentManaged):
    phrase = "{actor.name} a noté que vous n’êtes pas venu au rendez-vous : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentVoided(AppointmentManaged):
    phrase = "{actor.name} a retiré un rendez-vous saisi par erreur : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class AppointmentGiven(AppointmentManaged):
    """The professional writes an appointment for the patient."""

    phrase = "{actor.name} vous a donné un rendez-vous : {appointment.title}"


@dataclass(frozen=True, kw_only=True)
class ReminderAct(Act):
    about = "reminder"
    reminder: Reminder


@dataclass(frozen=True, kw_only=True)
class ReminderAdded(ReminderAct):
    phrase = "Rappel ajouté à l’agenda : {reminder.title}"


@dataclass(frozen=True, kw_only=True)
class ReminderChanged(ReminderAct):
    phrase = "Rappel modifié dans l’agenda : {reminder.title}"


@dataclass(frozen=True, kw_only=True)
class ReminderRemoved(ReminderAct):
    phrase = "Rappel retiré de l’agenda : {reminder.title}"


@dataclass(frozen=True, kw_only=True)
class ReminderNear(ReminderAct):
    """What the person asked to be told, the day before or the day itself: `when` is « demain » or « aujourd’hui »."""

    phrase = "Rappel : {reminder.title}, {when}"
    notifies = "RAPPEL_AGENDA"
    when: str


@dataclass(frozen=True, kw_only=True)
class ExamMarked(Act):
    """The person says what they do of a recommended exam, vaccine or screening."""

    about = "exams"
    phrase = "« {title} » : {state}"
    title: str
    state: str

    @property
    def subject_ref(self) -> str:
        return self.about


@dataclass(frozen=True, kw_only=True)
class CalendarShared(Act):
    phrase = "Création d’une adresse d’abonnement à l’agenda"


@dataclass(frozen=True, kw_only=True)
class CalendarRevoked(Act):
    phrase = "Fermeture d’une adresse d’abonnement à l’agenda"


@dataclass(frozen=True, kw_only=True)
class CalendarDownloaded(Act):
    phrase = "Téléchargement de l’agenda"
