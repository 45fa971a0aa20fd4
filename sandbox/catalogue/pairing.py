"""A person ties a service to a record, purpose by purpose, changes their mind, or unties it (reference §1.9)."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from sandbox import clock, french
from sandbox.account.models import Record, User
from sandbox.acts import (
    ConsentsChanged,
    ConsentsRefused,
    ServiceSynchronized,
    ServiceUnsynchronized,
    publish,
)
from sandbox.catalogue.calls import needs_renewal
from sandbox.catalogue.models import Consent, Purpose, Synchronization
from sandbox.catalogue.service import Service
from sandbox.db import db
from sandbox.errors import Refused

LIFE = timedelta(days=365)  # [ADV] no source says how long an agreement lives
NOT_NOW = "« {} » ne peut pas être synchronisé en ce moment : il est {}. Choisissez un autre service."
TO_RENEW = "Ces accords ne valent plus : choisissez « Redonner mes accords », ou « Ne plus synchroniser »."
UNTIED = "Ce service n’est plus synchronisé : il n’y a plus d’accord à changer."
NOTHING_LEFT = "Sans aucun accord, le service ne sert plus à rien. Pour tout retirer, choisissez « Ne plus synchroniser »."


def of(record: Record) -> list[Synchronization]:
    """What is synchronised with a record, oldest first."""
    return list(db.session.scalars(_live(record).order_by(Synchronization.since, Synchronization.id)))


def with_service(record: Record, slug: str) -> Synchronization | None:
    return db.session.scalars(_live(record).where(Synchronization.service == slug)).first()


def _live(record: Record) -> sa.Select[Synchronization]:
    query = sa.select(Synchronization).where(Synchronization.record_id == record.id, Synchronization.ended_at.is_(None))
    return query.options(selectinload(Synchronization.consents), joinedload(Synchronization.agreed_by))


def agree(user: User, record: Record, sheet: Service, granted: Collection[Purpose]) -> Synchronization | None:
    """Tie the service to the record, or tie it anew: a new key, the former one dies. When everything is refused: None, and
    what was tied no longer is. Raises Refused.
    """
    _hold(record)
    if not sheet.is_online:
        raise Refused(NOT_NOW.format(sheet.name, sheet.status.label.lower()))
    former, granted = with_service(record, sheet.slug), set(granted) & set(sheet.purposes)
    if not granted:
        _refuse(user, record, sheet, former)
        return None
    tie = former or Synchronization(record=record, agreed_by=user, service=sheet.slug)
    tie.agreed_by, tie.version, tie.passkey = user, sheet.version, secrets.token_urlsafe(24)
    tie.agreed_at, tie.until = clock.now(), clock.now() + LIFE
    db.session.add(tie)
    _decide(tie, sheet, granted)
    publish(ServiceSynchronized(actor=user, record=record, service=sheet.slug, name=sheet.name, purposes=in_words(granted)))
    return tie


def _hold(record: Record) -> None:
    """Two windows that agree at once do it one after the other."""
    db.session.scalars(sa.select(Record.id).where(Record.id == record.id).with_for_update(key_share=True)).first()


def _refuse(user: User, record: Record, sheet: Service, former: Synchronization | None) -> None:
    if former:
        end(user, former, sheet.name)
    else:
        publish(ConsentsRefused(actor=user, record=record, service=sheet.slug, name=sheet.name))


def change(user: User, tie: Synchronization, sheet: Service, granted: Collection[Purpose]) -> None:
    """Give or withdraw some of the agreements; the key stays, and opens what is granted now. Raises Refused."""
    if not tie.is_live:
        raise Refused(UNTIED)
    if is_stale(tie, sheet):
        raise Refused(TO_RENEW)
    granted = set(granted) & set(sheet.purposes)
    if not granted:
        raise Refused(NOTHING_LEFT)
    given, taken = granted - _granted(tie), _granted(tie) - granted
    _decide(tie, sheet, granted)
    told = [f"accord donné pour {in_words(given)}"] if given else []
    told += [f"accord retiré pour {in_words(taken)}"] if taken else []
    if told:
        changes = ", ".join(told)
        publish(ConsentsChanged(actor=user, record=tie.record, service=tie.service, name=sheet.name, changes=changes))


def end(user: User, tie: Synchronization, name: str) -> None:
    """Untie it: every agreement falls at once, what was written stays."""
    if tie.is_live:
        tie.ended_at = clock.now()
        publish(ServiceUnsynchronized(actor=user, record=tie.record, service=tie.service, name=name))


def is_stale(tie: Synchronization, sheet: Service) -> bool:
    """Whether it must be agreed to again before anything is exchanged."""
    return tie.is_over or needs_renewal(tie, sheet)


def in_words(purposes: Collection[Purpose]) -> str:
    """« lire votre agenda et ajouter des mesures », in the order of the reference."""
    return french.listed([one.label[0].lower() + one.label[1:] for one in Purpose if one in purposes])


def _granted(tie: Synchronization) -> set[Purpose]:
    return {one.purpose for one in tie.consents if one.granted}


def _decide(tie: Synchronization, sheet: Service, granted: Collection[Purpose]) -> None:
    """Write a yes or a no to each purpose that the service asks for."""
    known = {one.purpose: one for one in tie.consents}
    for purpose in sheet.purposes:
        consent = known.get(purpose) or Consent(synchronization=tie, purpose=purpose, granted=False)
        if consent.granted != (purpose in granted) or purpose not in known:
            consent.granted, consent.at = purpose in granted, clock.now()
            db.session.add(consent)
