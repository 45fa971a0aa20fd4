"""What the trainer makes of a service for one record: stopped, taken out, back, of a newer version (reference §1.9)."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account.models import Record, User
from sandbox.acts import ServiceHalted, ServiceRenewed, publish
from sandbox.agenda import own
from sandbox.catalogue import service
from sandbox.catalogue.models import Listing, Status, Synchronization
from sandbox.catalogue.service import Service
from sandbox.db import db
from sandbox.errors import Refused

BECAME = {  # how the history and the notification say it
    Status.ONLINE: "de nouveau disponible", Status.OFFLINE: "fermé pour l’instant par son éditeur",
    Status.SUSPENDED: "suspendu par « Mon espace santé »", Status.DELISTED: "retiré du catalogue",
}
UNKNOWN = "Ce service n’est pas dans le catalogue."
GONE = "« {} » est retiré du catalogue pour de bon : il n’y revient pas. Choisissez un autre service."
NO_SUCH_VERSION = "« {} » n’a pas de version {}. Choisissez un autre service."


def halt(agent: User, record: Record, slug: str, status: Status) -> None:
    """The service stops, leaves the catalogue or comes back, as this record sees it; whoever synchronised it is told.
    Raises Refused.
    """
    sheet, listing = _listing(record, slug)
    if service.services()[slug].status is Status.DELISTED:
        raise Refused(GONE.format(sheet.name))
    if status is sheet.status:
        return
    listing.status = status
    db.session.add(listing)
    if _is_tied(record, slug):
        publish(ServiceHalted(actor=agent, record=record, service=slug, name=sheet.name, state=BECAME[status]))


def renew(agent: User, record: Record, slug: str, version: int) -> None:
    """A new version of the service asks for something else; whoever synchronised it is told. Raises Refused."""
    sheet, listing = _listing(record, slug)
    if not 1 < version <= sheet.latest:
        raise Refused(NO_SUCH_VERSION.format(sheet.name, version))
    if version <= sheet.version:
        return
    listing.version = version
    db.session.add(listing)
    if _is_tied(record, slug):
        publish(ServiceRenewed(actor=agent, record=record, service=slug, name=sheet.name))


def _listing(record: Record, slug: str) -> tuple[Service, Listing]:
    """The service as the record sees it, and the row that says so, old or new. Raises Refused."""
    own.hold(record)
    sheet = service.find(slug, record)
    if sheet is None:
        raise Refused(UNKNOWN)
    query = sa.select(Listing).where(Listing.record_id == record.id, Listing.service == slug)
    return sheet, db.session.scalars(query).first() or Listing(record=record, service=slug, version=sheet.version)


def _is_tied(record: Record, slug: str) -> bool:
    query = sa.select(Synchronization.id).where(
        Synchronization.record_id == record.id, Synchronization.service == slug, Synchronization.ended_at.is_(None)
    )
    return db.session.scalar(query) is not None
