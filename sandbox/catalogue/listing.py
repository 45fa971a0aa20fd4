"""Every ninety days, an e-mail lists the services that are synchronised: nobody forgets what they allowed (reference §1.9)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox import clock, french
from sandbox.account.models import Record
from sandbox.account.service import institution
from sandbox.acts import ServicesListed, ServiceSynchronized, SpaceReopened, on, publish
from sandbox.catalogue import service
from sandbox.catalogue.models import Synchronization
from sandbox.db import db
from sandbox.workshops import due

EVERY = timedelta(days=90)


@on(ServiceSynchronized)
def expect(act: ServiceSynchronized) -> None:
    due.expect(clock.now() + EVERY)


@on(SpaceReopened)
def catch_up(act: SpaceReopened) -> None:
    """What was not told while the space was shut."""
    due.expect(clock.now())


@due.on_time
def on_time() -> datetime | None:
    """List what is synchronised with each record whose oldest line of the last list is ninety days old, once."""
    return min((_listed(record, ties) for record, ties in _tied().items()), default=None)


def _tied() -> dict[Record, list[Synchronization]]:
    """What is synchronised with each record, oldest first."""
    query = sa.select(Synchronization).where(Synchronization.ended_at.is_(None)).options(joinedload(Synchronization.record))
    found: dict[Record, list[Synchronization]] = defaultdict(list)
    for tie in db.session.scalars(query.order_by(Synchronization.since, Synchronization.id)):
        found[tie.record].append(tie)
    return found


def _listed(record: Record, ties: list[Synchronization]) -> datetime:
    """When to look again at this record; its services are listed if it is time. (A space that is shut is told nothing.)"""
    last = min(tie.listed_at or tie.since for tie in ties)
    if last + EVERY > clock.now():
        return last + EVERY
    if record.is_active:
        publish(ServicesListed(actor=institution(), record=record, names=french.listed([_name(tie) for tie in ties])))
        for tie in ties:
            tie.listed_at = clock.now()
    return clock.now() + EVERY


def _name(tie: Synchronization) -> str:
    sheet = service.services().get(tie.service)
    return sheet.name if sheet else tie.service
