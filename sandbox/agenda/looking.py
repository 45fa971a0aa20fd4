"""Looking at the agenda: as a list, a week or a month; everything or one kind; in each profile that one holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import clock, french
from sandbox.access import actor, opened_record
from sandbox.account.models import Record
from sandbox.agenda import planner
from sandbox.agenda.planner import WEEK, Item, Kind
from sandbox.agenda.section import bp, just_removed
from sandbox.db import writes
from sandbox.family import service as family
from sandbox.fragments import fragment
from sandbox.learner import trace_section


class View(StrEnum):
    """The ways to look at it, under the name of their endpoint."""

    LIST = "index"
    WEEK = "week"
    MONTH = "month"


VIEWS = {View.LIST: "Liste", View.WEEK: "Semaine", View.MONTH: "Mois"}


@dataclass(frozen=True)
class Look:
    """One way to look at the agenda, as its address says it; `first` is the first day shown."""

    view: View
    kind: Kind | None
    first: date

    @classmethod
    def asked(cls, view: View) -> Look:
        """What is nonsense in the address falls back to everything, and to the present."""
        told = request.args.get
        kind = next((one for one in Kind if one == told("genre")), None)
        if view is View.WEEK:
            return cls(view, kind, planner.week_of(told("semaine", "")))
        return cls(view, kind, planner.month_of(told("mois", "")) if view is View.MONTH else clock.today())

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.first + WEEK - timedelta(days=1) if self.view is View.WEEK else self.after.first - timedelta(days=1)

    @property
    def address(self) -> str:
        return url_for(f"agenda.{self.view}", **self._told)

    @property
    def content(self) -> str:
        """The address of what it shows, alone."""
        return url_for("agenda.content", view=self.view.value, **self._told)

    @property
    def _told(self) -> dict[str, Any]:
        told = {"genre": self.kind.value} if self.kind else {}
        if self.view is View.WEEK:
            told["semaine"] = planner.week_name(self.first)
        elif self.view is View.MONTH:
            told["mois"] = self.first.isoformat()[:7]
        return told

    @property
    def title(self) -> str:
        """« Semaine du 2 au 8 mars 2026 », « Mars 2026 »."""
        if self.view is View.MONTH:
            return french.month(self.first).capitalize()
        begins, ends = french.long_date(self.first), french.long_date(self.last)
        shared = [begins.endswith(f" {part}") and ends.endswith(f" {part}") for part in (french.month(self.last), f"{self.last.year}")]
        cut = french.month(self.last) if shared[0] else f"{self.last.year}" if shared[1] else ""
        return f"Semaine du {begins.removesuffix(cut).strip()} au {ends}"

    def of(self, kind: Kind | None) -> Look:
        return Look(self.view, kind, self.first)

    def through(self, view: View) -> Look:
        """The same days in another view; the present one when they hold today."""
        day = clock.today() if self.is_now else self.first
        first = {View.LIST: day, View.WEEK: day - timedelta(days=day.weekday()), View.MONTH: day.replace(day=1)}[view]
        return Look(view, self.kind, first)

    @property
    def before(self) -> Look:
        return self._at(self.first - WEEK if self.view is View.WEEK else planner.beside(self.first)[0])

    @property
    def after(self) -> Look:
        return self._at(self.first + WEEK if self.view is View.WEEK else planner.beside(self.first)[1])

    @property
    def now(self) -> Look:
        """The present week or month."""
        return Look(View.LIST, self.kind, clock.today()).through(self.view)

    @property
    def is_now(self) -> bool:
        """Whether what it shows holds today; the list always does."""
        return self.view is View.LIST or self.first <= clock.today() <= self.last

    def _at(self, first: date) -> Look:
        return Look(self.view, self.kind, first)


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    if not request.args:
        trace_section("agenda", "Agenda")
    return _page(View.LIST)


@bp.get("/semaine")
def week() -> ResponseReturnValue:
    """`?semaine=2026-W09`, or any day of it."""
    return _page(View.WEEK)


@bp.get("/mois")
def month() -> ResponseReturnValue:
    """`?mois=2026-03`."""
    return _page(View.MONTH)


@bp.get("/contenu/<view>")
def content(view: str) -> ResponseReturnValue:
    """What a view shows, alone, for the open page."""
    if view not in VIEWS:
        abort(404)
    look = Look.asked(View(view))
    return fragment("agenda/_content.html", look=look, **_content(look))


def _page(view: View) -> ResponseReturnValue:
    look = Look.asked(view)
    removed = just_removed() if request.args.get("retire") else None
    views = [(label, look.through(one).address, one is view) for one, label in VIEWS.items()]
    return render_template(
        "agenda/index.html", look=look, views=views, kinds=Kind, profiles=_profiles(), removed=removed, **_content(look)
    )


def _profiles() -> list[tuple[Record, bool]]:
    """The records whose agenda this person may open, their own first; which one is open."""
    user, opened = actor(), opened_record()
    held = [user.record, *(one.record for one in family.attached(user) if one.record.is_active)]
    return [(record, record.id == opened.id) for record in held if record]


def _content(look: Look) -> dict[str, object]:
    found = planner.items(opened_record(), look.kind)
    if look.view is View.LIST:
        coming, past = planner.split(found)
        return {"coming": coming, "past": past, "open_now": [item for item in found if item.is_open]}
    weeks = [planner.days(found, look.first)] if look.view is View.WEEK else planner.weeks(found, look.first)
    return {
        "weeks": weeks, "is_empty": not any(cell.items for week in weeks for cell in week),
        "open_now": planner.going_on(found, look.first, look.last), "following": _following(found, look),
    }


def _following(found: list[Item], look: Look) -> Item | None:
    """What comes next after the days shown."""
    return next((item for item in found if item.day > look.last), None)
