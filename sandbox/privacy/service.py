"""Who may look: consent, blocks, administrators, the three emergency choices, the broken glass (reference §1.11)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from sandbox.account.models import Record, User
from sandbox.acts import (
    AdministratorNamed,
    AdministratorRemoved,
    BlockedByAdministrator,
    ConsentRefused,
    EmergencyChosen,
    EmergencyConsulted,
    GlassBroken,
    ProfessionalBlocked,
    ProfessionalUnblocked,
    RecordConsulted,
    RecordFirstConsulted,
    SamuConsulted,
    publish,
)
from sandbox.clock import now
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.privacy.models import Standing, State
from sandbox.texts import without_marks

GLASS = timedelta(hours=12)  # ours: how long an emergency access lasts
REASON, LONGEST_REASON = 10, 200
NO_REASON = "Écrivez en quelques mots pourquoi c’est une urgence, par exemple « Personne inconsciente, traitement à connaître »."
NOT_AUTHORISED = (
    "Seul un professionnel autorisé peut devenir administrateur. Il doit d’abord ouvrir votre dossier avec votre accord."
)
BLOCKED = "Cette personne a bloqué l’accès à son dossier pour vous. Vous pouvez encore y déposer un document."


def standing_of(record: Record, professional: User) -> Standing | None:
    """What this professional is to this record; None: nothing yet."""
    return next((found for found in record.standings if found.professional_id == professional.id), None)


def authorised(record: Record) -> list[Standing]:
    """The professionals who may read, by name."""
    return sorted((s for s in record.standings if s.is_authorised), key=lambda s: s.professional.name)


def blocked(record: Record) -> list[Standing]:
    return sorted((s for s in record.standings if s.is_blocked), key=lambda s: s.professional.name)


def consult(professional: User, record: Record) -> None:
    """Open a record, whatever opens it: consent given before, an emergency, or consent asked now. Raises Refused."""
    standing = standing_of(record, professional)
    card = professional.professional
    if standing and standing.is_blocked:
        raise Refused(BLOCKED)
    if standing and standing.is_authorised:
        publish(RecordConsulted(actor=professional, record=record))
    elif standing and standing.glass_is_broken:
        publish(EmergencyConsulted(actor=professional, record=record))
    elif card and card.is_samu and record.samu:
        publish(SamuConsulted(actor=professional, record=record))
    else:
        agree(professional, record)


def agree(professional: User, record: Record) -> None:
    """The person has just been asked, and agrees: authorised from now on. Raises Refused when blocked."""
    standing = _standing(record, professional)
    if standing.is_blocked:
        raise Refused(BLOCKED)
    standing.state, standing.since, standing.glass_until = State.AUTHORISED, now(), None
    publish(RecordFirstConsulted(actor=professional, record=record))


def refuse(professional: User, record: Record) -> None:
    """The person has just been asked, and says no: nothing opens, and an emergency access that was open ends."""
    standing = standing_of(record, professional)
    if standing:
        standing.glass_until = None
    publish(ConsentRefused(actor=professional, record=record))


def break_glass(professional: User, record: Record, reason: str) -> None:
    """Open in an emergency, without asking, until `GLASS` is over. Raises Refused without a real reason."""
    reason = " ".join(without_marks(reason).split())[:LONGEST_REASON]
    if len(reason) < REASON:
        raise Refused(NO_REASON)
    _standing(record, professional).glass_until = now() + GLASS
    publish(GlassBroken(actor=professional, record=record, reason=reason))


def block(user: User, record: Record, professional: User) -> None:
    """No reading any more, in an emergency neither; depositing stays possible. Also before any first access."""
    standing = _standing(record, professional)
    if not standing.is_blocked:
        standing.state, standing.since = State.BLOCKED, now()
        standing.is_administrator, standing.glass_until = False, None
        act = BlockedByAdministrator if user.professional else ProfessionalBlocked
        publish(act(actor=user, record=record, professional=professional))


def unblock(user: User, record: Record, professional: User) -> None:
    """The professional must ask for consent again before reading."""
    standing = standing_of(record, professional)
    if standing and standing.is_blocked:
        standing.state, standing.since = State.NEITHER, now()
        publish(ProfessionalUnblocked(actor=user, record=record, professional=professional))


def name_administrator(user: User, record: Record, professional: User) -> None:
    """Sees masked documents too. Raises Refused for whoever is not authorised."""
    standing = standing_of(record, professional)
    if standing is None or not standing.is_authorised:
        raise Refused(NOT_AUTHORISED)
    if not standing.is_administrator:
        standing.is_administrator = True
        publish(AdministratorNamed(actor=user, record=record, professional=professional))


def remove_administrator(user: User, record: Record, professional: User) -> None:
    standing = standing_of(record, professional)
    if standing and standing.is_administrator:
        standing.is_administrator = False
        publish(AdministratorRemoved(actor=user, record=record, professional=professional))


def choose_emergency(user: User, record: Record, *, samu: bool, glass: bool, masked: bool) -> None:
    """The three switches: SAMU, other professionals (broken glass), masked documents included; obeyed at once."""
    if (record.samu, record.glass, record.masked_in_emergency) != (samu, glass, masked):
        record.samu, record.glass, record.masked_in_emergency = samu, glass, masked
        for standing in record.standings if not glass else ():
            standing.glass_until = None  # an emergency access that was open ends
        told = (("SAMU", samu), ("autres professionnels", glass), ("documents masqués", masked))
        choices = ", ".join(f"{name} {'oui' if yes else 'non'}" for name, yes in told)
        publish(EmergencyChosen(actor=user, record=record, choices=choices))


def _standing(record: Record, professional: User) -> Standing:
    standing = standing_of(record, professional)
    if standing is None:
        try:
            with db.session.begin_nested():
                standing = Standing(record=record, professional=professional, state=State.NEITHER, since=now())
                db.session.add(standing)
        except IntegrityError:  # pressed twice: the other request has just written it
            db.session.refresh(record, ["standings"])
            standing = standing_of(record, professional)
            assert standing is not None  # noqa: S101
    return standing
