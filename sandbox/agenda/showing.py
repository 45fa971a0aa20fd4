"""An appointment by itself: what it says, who wrote it, and whether what it says is still true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload

from sandbox import clock
from sandbox.access import To, actor, may
from sandbox.agenda import reminding
from sandbox.agenda.models import Appointment, Status
from sandbox.agenda.section import appointment_of, bp
from sandbox.catalogue.calls import Call, Denial
from sandbox.catalogue.models import Purpose, Synchronization
from sandbox.catalogue.service import services
from sandbox.db import db
from sandbox.fragments import fragment


@dataclass(frozen=True)
class Source:
    """Where an appointment comes from; `name` is empty for what a service wrote that the catalogue does not know."""

    name: str
    slug: str = ""
    is_silent: bool = False  # what changes there is not told here any more
    since: datetime | None = None
    site: str = ""  # the page of the service where it is moved or cancelled


@bp.get("/<ref>")
def show(ref: str) -> ResponseReturnValue:
    return render_template("agenda/show.html", **_shown(appointment_of(ref, To.SEE_APPOINTMENT)))


@bp.get("/<ref>/etat")
def state(ref: str) -> ResponseReturnValue:
    """What it says alone, for the open page: the professional may change it meanwhile."""
    return fragment("agenda/_show.html", **_shown(appointment_of(ref, To.SEE_APPOINTMENT)))


def _shown(appointment: Appointment) -> dict[str, object]:
    return {
        "appointment": appointment, "can_change": may(actor(), To.CHANGE_APPOINTMENT, appointment),
        "source": _source(appointment), "told": _told(appointment),
    }


def _told(appointment: Appointment) -> datetime | None:
    """When one will be reminded of it, if that is still to come."""
    moment = reminding.moment_of(appointment)
    awaited = appointment.status is Status.CONFIRMED and not appointment.stale_of
    return moment if awaited and moment > clock.now() else None


def _source(appointment: Appointment) -> Source | None:
    """None for what the person wrote themselves."""
    if not appointment.is_read_only:
        return None
    sheet = services().get(appointment.service)
    if sheet is None:
        return Source(f"{appointment.with_name or 'le professionnel'}, par son logiciel")
    tie = _tie(appointment)
    denial = Call(tie, Purpose.WRITE_AGENDA).denial
    return Source(
        sheet.name, sheet.slug, bool(appointment.stale_of or denial), _since(tie, denial),
        url_for("partners.booked", ref=appointment.stale_of or appointment.ref),
    )


def _tie(appointment: Appointment) -> Synchronization | None:
    """The latest one of the service and this record, ended or not."""
    query = sa.select(Synchronization).where(
        Synchronization.record_id == appointment.record_id, Synchronization.service == appointment.service,
    ).order_by(Synchronization.id.desc()).limit(1)
    return db.session.scalars(query.options(selectinload(Synchronization.consents), joinedload(Synchronization.record))).first()


def _since(tie: Synchronization | None, denial: Denial | None) -> datetime | None:
    """Since when the service may not write here any more, where that is known."""
    if tie is None:
        return None
    if denial is Denial.REFUSED:
        return next((one.at for one in tie.consents if one.purpose is Purpose.WRITE_AGENDA), None)
    return {Denial.WITHDRAWN: tie.ended_at, Denial.EXPIRED: tie.until}.get(denial) if denial else None
