"""The booking site's own e-mails: the day, the hour, with whom. Neither why nor the speciality: a mail may be read over a shoulder."""

from __future__ import annotations

from sandbox import french
from sandbox.account.models import Role, User
from sandbox.acts import (
    AppointmentAct,
    AppointmentBooked,
    AppointmentCalledOff,
    AppointmentCancelled,
    AppointmentConfirmed,
    AppointmentMissed,
    AppointmentMoved,
    AppointmentVoided,
    on,
)
from sandbox.agenda.models import Appointment
from sandbox.catalogue.service import services
from sandbox.mailbox.models import Channel
from sandbox.mailbox.service import send

PAGE = "/partenaires/rdv-valbrune/mes-rendez-vous/{}"  # (written whatever asks: a page, or the trainer's command)
SUBJECTS: dict[type[AppointmentAct], str] = {
    AppointmentBooked: "Votre rendez-vous est réservé", AppointmentMoved: "Votre rendez-vous est déplacé",
    AppointmentCancelled: "Votre rendez-vous est annulé", AppointmentConfirmed: "Votre rendez-vous est confirmé",
    AppointmentCalledOff: "Votre rendez-vous est annulé par le professionnel",
    AppointmentMissed: "Vous n’êtes pas venu à votre rendez-vous", AppointmentVoided: "Un rendez-vous est retiré",
}
WHAT: dict[type[AppointmentAct], str] = {
    AppointmentBooked: "{yours} est réservé : {when}, avec {whom}.",
    AppointmentMoved: "{yours} avec {whom} est déplacé. Il est maintenant {when}.",
    AppointmentCancelled: "Vous avez annulé le rendez-vous prévu {when}, avec {whom}. Personne ne vous attend à cette heure-là.",
    AppointmentConfirmed: "{whom} confirme {your} : {when}.",
    AppointmentCalledOff: "{whom} a annulé {your} prévu {when}. Vous pouvez en prendre un autre sur notre site.",
    AppointmentMissed: "{whom} a noté que personne n’est venu au rendez-vous prévu {when}. Si c’est une erreur, téléphonez.",
    AppointmentVoided: "{whom} a retiré un rendez-vous saisi par erreur, prévu {when}. Personne ne vous attend à cette heure-là.",
}
BODY = "Bonjour,\n\n{what}\n\nMessage d’entraînement : ce n’est pas un vrai e-mail."


@on(*WHAT)
def write(act: AppointmentAct) -> None:
    """To whoever booked, or keeps the record."""
    one = act.appointment
    if not one.is_booked:
        return
    for reader in _readers(act):
        send(
            reader, Channel.EMAIL, BODY.format(what=_what(act, one, reader)), SUBJECTS[type(act)],
            link=PAGE.format(one.ref), link_label="Voir ce rendez-vous", sender=f"{services()[one.service].name} (simulé)",
        )


def _readers(act: AppointmentAct) -> list[User]:
    return [act.actor] if act.actor.role is Role.LEARNER else act.record.keepers


def _what(act: AppointmentAct, one: Appointment, reader: User) -> str:
    of = "" if reader.id == act.record.owner_id else f" de {act.record.first_name}"
    said = WHAT[type(act)].format(
        yours=f"Le rendez-vous{of}" if of else "Votre rendez-vous", your=f"le rendez-vous{of}" if of else "votre rendez-vous",
        whom=one.with_name, when=french.full_moment(one.starts_at),
    )
    return said[0].upper() + said[1:]
