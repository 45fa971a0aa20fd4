"""Getting to the desk: signing in, the workshops, a new one."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from sandbox import clock
from sandbox.account import place
from sandbox.console import (
    catching_up,
    checking,
    differences,
    ending,
    forms,
    happenings,
    helping,
    hours,
    matrix,
    moving,
    pausing,
    points,
    printing,
    report,
    returns,
    room,
    scheduling,
    session_plan,
    sharing,
    sheets,
    speaking,
    states,
    territories,
    timekeeping,
    trainers,
    wall,
    watching,
)
from sandbox.console.desk import bp, trainer
from sandbox.db import db, writes_late
from sandbox.errors import Refused
from sandbox.workshops import colleagues, opening, service, upkeep
from sandbox.workshops.fixtures import BrokenPack
from sandbox.workshops.models import Trainer, Workshop

__all__ = ["bp"]
PAGES = (  # imported for the views they register
    catching_up,
    checking,
    differences,
    ending,
    happenings,
    helping,
    hours,
    matrix,
    moving,
    pausing,
    points,
    printing,
    report,
    returns,
    room,
    scheduling,
    session_plan,
    sharing,
    sheets,
    speaking,
    states,
    territories,
    timekeeping,
    trainers,
    wall,
    watching,
)


@bp.route("/connexion", methods=["GET", "POST"])
@writes_late
def sign_in() -> ResponseReturnValue:
    form = forms.TrainerSignIn()
    if form.validate_on_submit() and (known := _tried(form)):
        left = place.page_left()
        session.clear()
        login_user(known)
        session["_user_id"], session["entered_at"] = str(known.id), clock.real_now().timestamp()
        return redirect(left if left and left.startswith("/console") else url_for("console.index"))
    return render_template("console/sign_in.html", form=form), 422 if form.errors else 200


def _tried(form: forms.TrainerSignIn) -> Trainer | None:
    try:
        return service.trainer_signs_in(form.email.data or "", form.password.data or "")
    except Refused as refused:
        form.password.errors = [refused.phrase]
        return None
    finally:
        db.session.commit()  # the count of wrong tries stays


@bp.post("/deconnexion")
def sign_out() -> ResponseReturnValue:
    place.leave()
    flash("Vous êtes déconnecté.", "done")
    return redirect(url_for("console.sign_in"))


@bp.get("/")
def index() -> ResponseReturnValue:
    """The trainer's workshops, newest first."""
    upkeep.later_everywhere()
    return render_template("console/index.html", workshops=colleagues.workshops_of(trainer()), me=trainer())


@bp.route("/nouvel-atelier", methods=["GET", "POST"])
def create() -> ResponseReturnValue:
    form = forms.new_workshop(clock.today(), colleagues.usual_territory(trainer()))
    if form.validate_on_submit() and (workshop := _opened(form)):
        upkeep.later(workshop.id)
        flash(f"L’atelier est prêt : {workshop.seats} places. Imprimez les cartes, puis projetez le code.", "done")
        return redirect(url_for("console.show", code=workshop.code))
    return render_template("console/create.html", form=form), 422 if form.errors else 200


def _opened(form: forms.NewWorkshop) -> Workshop | None:
    plan = service.Plan(
        pack=form.pack.data, seats=form.seats.data, name=form.name.data or "", place=form.place.data or "",
        territory=form.territory.data or "", held_on=form.held_on.data, start=form.wanted,
    )
    try:
        return opening.open_workshop(plan, trainer())
    except BrokenPack as broken:
        db.session.rollback()
        form.pack.errors = [f"Cette histoire ne peut pas être jouée. {broken.problems[0]}"]
        return None
