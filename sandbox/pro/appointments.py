"""The professional's appointments: the day, the week, one of them, and what is done with each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Optional

from sandbox import clock, french
from sandbox.access import To, actor, may, require
from sandbox.account.models import User
from sandbox.agenda import managing, slots
from sandbox.agenda.managing import Verb
from sandbox.agenda.models import Appointment, Origin
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.forms import Form
from sandbox.fragments import fragment
from sandbox.partners import telling
from sandbox.pro.forms import at_most, tidy
from sandbox.pro.portal import bp, need_open

WEEK = timedelta(days=7)
YEARS = 10
SAID = {
    Verb.CONFIRM: "Le rendez-vous de {} est confirmé : le patient en est averti.",
    Verb.HONOUR: "Rendez-vous de {} : honoré, c’est noté.",
    Verb.MISS: "Rendez-vous de {} : non honoré, c’est noté. Le patient en est averti.",
    Verb.CALL_OFF: "Le rendez-vous de {} est annulé : le patient en est averti, et l’heure est libre.",
    Verb.VOID: "Le rendez-vous de {} est marqué « saisi par erreur » : le patient en est averti, et l’heure est libre.",
}
USUAL = (Verb.CONFIRM, Verb.HONOUR, Verb.MISS)  # pressed in the list itself; the others are thought over on the page


@dataclass(frozen=True)
class Line:
    """One line of a day: an appointment with what is usually done, or an hour that is free."""

    starts_at: datetime
    appointment: Appointment | None = None
    verbs: tuple[Verb, ...] = ()


class CallOff(Form):
    reason = StringField("Motif, pour le patient", [Optional(), at_most(200)], filters=[tidy])


def today(professional: User) -> list[Line]:
    """The day's appointments, each with what may usually be done with it now."""
    return _lines(managing.between(professional, clock.today(), clock.today()))


def origin_of(appointment: Appointment) -> str:
    """Where it comes from, in words."""
    if appointment.origin is Origin.GIVEN:
        return "Donné par vous"
    return "Pris en ligne" if appointment.is_booked else "Synchronisé"


@bp.get("/rendez-vous/")
def appointments() -> str:
    """One day: `?jour=2026-03-12`, the present one otherwise."""
    require(actor(), To.HOLD_APPOINTMENTS)
    day = _asked_day()
    return render_template("pro/appointments.html", **_day(day), may_publish=may(actor(), To.PUBLISH_OPENINGS))


@bp.get("/rendez-vous/jour")
def day_lines() -> Response:
    """The lines of a day alone, for the open page."""
    return fragment("pro/_day.html", **_day(_asked_day()))


@bp.get("/rendez-vous/aujourdhui")
def today_lines() -> Response:
    """The present day's appointments alone, for the page of patients."""
    return fragment("pro/_today_lines.html", today=today(actor()))


@bp.get("/rendez-vous/semaine")
def week() -> str:
    """Seven days beside each other; Sunday only when somebody comes."""
    require(actor(), To.HOLD_APPOINTMENTS)
    day = _asked_day()
    monday = day - timedelta(days=day.weekday())
    found = managing.between(actor(), monday, monday + WEEK - timedelta(days=1))
    days = [(one, [a for a in found if a.day == one]) for one in (monday + timedelta(days=n) for n in range(7))]
    return render_template(
        "pro/week.html", monday=monday,
        days=[(one, _short(one), its) for one, its in days if its or one.isoweekday() != slots.SUNDAY],
        before=monday - WEEK, after=monday + WEEK, today=clock.today(), origin_of=origin_of,
    )


@bp.get("/rendez-vous/<ref>")
def appointment(ref: str) -> str:
    """One appointment, and all that may be done with it."""
    return _page(_mine(ref), CallOff(formdata=None))


@bp.get("/rendez-vous/<ref>/etat")
def appointment_state(ref: str) -> Response:
    """What it says alone, for the open page."""
    return fragment("pro/_appointment.html", appointment=_mine(ref), origin_of=origin_of)


@bp.post("/rendez-vous/<ref>/<any(confirmer, venu, absent, annuler, erreur):told>")
def settle(ref: str, told: str) -> ResponseReturnValue:
    """Confirm, note who came, call off; a refusal says how the appointment stands now."""
    found, verb, form = _mine(ref), Verb(told), CallOff()
    need_open(found.record)
    if not form.validate():
        return _page(found, form), 422
    try:
        reason = (form.reason.data or "") if verb is Verb.CALL_OFF else ""
        managing.settle(actor(), found, verb, reason, is_told=telling.follows(found))
    except Refused as refused:
        flash(refused.phrase, "error")
    else:
        db.session.commit()
        flash(SAID[verb].format(found.record.name), "done")
    return redirect(_back(found))


def _back(found: Appointment) -> str:
    """Where the button was pressed: the patients' page, the day, or the appointment's own page."""
    where = request.args.get("depuis")
    if where == "patients":
        return url_for("pro.index")
    return url_for("pro.appointments", jour=found.day.isoformat()) if where == "jour" else url_for("pro.appointment", ref=found.ref)


def _page(found: Appointment, form: CallOff) -> str:
    return render_template(
        "pro/appointment.html", appointment=found, form=form, verbs=managing.possible(found), origin_of=origin_of
    )


def _day(day: date) -> dict[str, object]:
    """A day's lines: who comes, and the hours still free."""
    lines = _lines(managing.between(actor(), day, day))
    free = [Line(slot) for slot in slots.free_slots(actor(), day, timedelta())]
    return {
        "day": day, "lines": sorted(lines + free, key=lambda line: line.starts_at), "count": len(lines), "origin_of": origin_of,
        "before": day - timedelta(days=1), "after": day + timedelta(days=1), "today": clock.today(),
    }


def _lines(found: list[Appointment]) -> list[Line]:
    """(Nothing is asked again for those that are settled: their page corrects them.)"""
    return [
        Line(one.starts_at, one, tuple(v for v in USUAL if one.status == "confirmed" and v in managing.possible(one))) for one in found
    ]


def _short(day: date) -> str:
    """« Lundi 23 »."""
    return f"{french.weekday(day).capitalize()} {day.day}"


def _asked_day() -> date:
    """The day of the address; the present one when it is nonsense or far away."""
    try:
        asked = date.fromisoformat(request.args.get("jour", ""))
    except ValueError:
        return clock.today()
    return asked if abs(asked.year - clock.today().year) <= YEARS else clock.today()


def _mine(ref: str) -> Appointment:
    """The appointment of that name; 404 when it is somebody else's."""
    found = managing.find(ref) or abort(404)
    require(actor(), To.MANAGE_APPOINTMENT, found)
    return found
