"""Where a request is: which workshop, which world, and who acts there. Read from the audience's signed cookie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from flask import Flask, flash, g, has_request_context, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy.orm import joinedload

from sandbox import audience, clock, tenancy
from sandbox.account import refusals
from sandbox.account.models import Role, User
from sandbox.account.typed import typed
from sandbox.addresses import of_this_site
from sandbox.audience import Audience
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.workshops import due, returning, service, upkeep
from sandbox.workshops.models import Trainer, Workshop, World

login = LoginManager()
HAND = "hand"  # in the session: the ref of the person whose simulated phone this browser holds, before they sign in
SWITCHED = "switched"  # in the session: another profile was opened, and the pages of the former one are out of date
CHANGED = "Le formateur a remis les dossiers à leur point de départ. Vous pouvez continuer."
NO_SUCH_WORKSHOP = "Aucun atelier ouvert n’a ce code. Vérifiez-le avec le formateur, puis réessayez."
WITHOUT_COOKIE = {"assets", "feed"}  # what is asked by no browser, or is the same for all
SHUT = "La salle est fermée pour le moment. Le formateur l’ouvre quand l’atelier commence ou reprend."
OVER = "Cet atelier est terminé. Merci d’être venu vous entraîner."


@dataclass(frozen=True, kw_only=True)
class Place(tenancy.Bound):
    """The workshop and the world of this request."""

    code: str
    name: str
    quick_entry: bool
    due_at: datetime | None
    open_until: datetime | None
    returns_at: datetime | None
    pause_until: datetime | None
    pause_words: str

    @property
    def is_open(self) -> bool:
        """Whether seats can enter now."""
        return self.open_until is not None and clock.real_now() < self.open_until

    @property
    def is_paused(self) -> bool:
        """Whether the trainer has stopped the room."""
        return self.pause_left > 0

    @property
    def pause_left(self) -> int:
        """For how many seconds more."""
        return clock.seconds_until(self.pause_until)


class RoomShut(Refused):
    """Seats enter between the moment when the trainer opens the room and the moment when it shuts by itself."""

    def __init__(self, code: str) -> None:
        super().__init__(SHUT)
        self.code = code


def here() -> Place:
    """Where we are. Only to be asked where somebody is signed in."""
    place: Place = g.place
    return place


def is_somewhere() -> bool:
    """Whether this browser is in a workshop, signed in or not yet."""
    return bool(g.get("place"))


def going_back() -> tuple[datetime, bool] | None:
    """When the records of this room go back to the start by themselves, told to open pages beforehand; whether it is near."""
    at: datetime | None = g.place.returns_at if is_somewhere() else None
    return (at, returning.is_near(at)) if at and returning.is_known(at) else None


def find_place(workshop_id: int) -> Place | None:
    """The present place of a workshop, None when it is closed or gone."""
    return _place(_by_number(), workshop_id)


def find_by_code(code: str) -> Place | None:
    """The present place of the workshop with this code, however it was typed."""
    return _place(_asked(Workshop.code == sa.bindparam("which")), service.tidy_code(code))


@lru_cache(maxsize=1)
def _by_number() -> sa.Executable:
    """Made once: every request asks it."""
    return _asked(Workshop.id == sa.bindparam("which"))


def _asked(which: sa.ColumnElement[bool]) -> sa.Executable:
    return sa.select(
        Workshop.id.label("workshop_id"), Workshop.code, Workshop.name, Workshop.quick_entry, Workshop.matrix,
        Workshop.open_until, Workshop.returns_at, Workshop.pause_until, Workshop.pause_words,
        World.id.label("world_id"), World.day, World.shift_seconds, World.due_at,
    ).join(World, World.id == Workshop.world_id).where(which, Workshop.closed_at.is_(None))


def _place(asked: sa.Executable, which: int | str) -> Place | None:
    """A workshop whose hour has come goes back to its start first."""
    row = db.session.execute(asked, {"which": which}).first()
    if row and returning.is_due(row.returns_at):
        returning.settle(row.workshop_id)
        if has_request_context():
            upkeep.later(row.workshop_id)
        row = db.session.execute(asked, {"which": which}).first()
    if row is None:
        return None
    known = row._asdict()
    return Place(shift=timedelta(seconds=known.pop("shift_seconds")), **known)


def go_to(place: Place) -> None:
    """Bind this request to a place."""
    g.place = place
    tenancy.bind(place)


def arrive(place: Place) -> None:
    """Somebody stands at the door of this workshop, signed in or not yet: this browser knows where it is."""
    session.permanent = False
    session["workshop"], session["world"] = place.workshop_id, place.world_id
    go_to(place)


def enter(user: User, place: Place) -> None:
    """Sign somebody in: a fresh session that remembers the workshop and the world it was opened in. Raises RoomShut."""
    if user.role is Role.LEARNER and not place.is_open:
        raise RoomShut(place.code)
    page_left = session.get("next") if session.get("next_of") in {None, user.ref} else None
    session.clear()
    arrive(place)
    session["next"], session["entered_at"] = page_left, clock.real_now().timestamp()
    login_user(user)
    session["_user_id"] = user.ref


def hold_phone_of(user: User) -> None:
    """From now on this browser shows this person's simulated phone, even before they sign in."""
    session[HAND] = user.ref


def holder() -> User | None:
    """Whose simulated phone this browser shows: who is signed in, or who is known to be about to."""
    if current_user.is_authenticated and current_user.role is Role.LEARNER:
        user: User = current_user._get_current_object()
        return user
    if HAND not in session or not g.get("place"):
        return None
    return db.session.scalars(_somebody(), {"ref": session[HAND], "role": Role.LEARNER}).first()


def leave() -> None:
    """Sign out: nothing of the person stays in the browser."""
    logout_user()
    session.clear()


def page_left() -> str | None:
    """Where an expired session stopped the person, asked once."""
    return of_this_site(session.pop("next", None))


@login.user_loader
def _load(ref: str) -> User | Trainer | None:
    if audience.of_request() is Audience.TRAINER:
        trainer = db.session.get(Trainer, int(ref))
        return None if trainer is None or trainer.blocked_at or _is_over(trainer) else trainer
    role = Role.PROFESSIONAL if audience.of_request() is Audience.PROFESSIONAL else Role.LEARNER
    user = db.session.scalars(_somebody(), {"ref": ref, "role": role}).first() if tenancy.bound() else None
    return None if user is None or _is_over(user) else user


def _is_over(user: User | Trainer) -> bool:
    """Whether this session was opened before all those of this person were ended."""
    return user.expired_at is not None and session.get("entered_at", 0.0) < user.expired_at.timestamp()


@lru_cache(maxsize=1)
def _somebody() -> sa.Select[Any]:
    """Made once: every request asks it."""
    mine = User.ref == sa.bindparam("ref"), User.role == sa.bindparam("role", type_=User.role.type)
    return sa.select(User).options(joinedload(User.record)).where(*mine)


def _find_out() -> ResponseReturnValue | None:
    """Before each request: enter the world of the cookie's workshop, and notice that it has changed."""
    g.place = None
    tenancy.bind(None)
    if request.blueprint in WITHOUT_COOKIE or "workshop" not in session:
        return None
    place = find_place(session["workshop"])
    if place is None:
        leave()
        flash(OVER, "info")
        return redirect(url_for("account.join"))
    go_to(place)
    due.settle(place.world_id, place.due_at)
    if session.get("world") != place.world_id:
        return _world_has_changed(place)
    return None


def _world_has_changed(place: Place) -> ResponseReturnValue | None:
    """A page of the former world is still open: say so kindly; whatever it sent is not done."""
    session["world"] = place.world_id
    session.pop("csrf_token", None)
    session.pop(SWITCHED, None)
    if request.method in {"GET", "HEAD"}:
        if request.accept_mimetypes.best == "text/html" and "Sec-Fetch-Dest" not in request.headers or (
            request.headers.get("Sec-Fetch-Dest") == "document"
        ):
            flash(CHANGED, "info")
        return None
    return render_template("errors/world_changed.html", kept=typed()), 409


def init_app(app: Flask) -> None:
    app.before_request(_find_out)
    app.jinja_env.globals["going_back"] = going_back
    refusals.init_app(app)
    app.teardown_request(_forget)
    login.init_app(app)


def _forget(error: Any) -> None:
    tenancy.bind(None)
