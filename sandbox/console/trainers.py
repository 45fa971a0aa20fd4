"""For an administrator: the trainers, one by one. A password is shown once, on the page that answers."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from sandbox.console import desk
from sandbox.console.desk import bp
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.forms import Form
from sandbox.workshops import trainers as known
from sandbox.workshops.models import Trainer

ADDRESS = "Écrivez l’adresse e-mail du nouveau formateur."
VERBS: dict[str, tuple[Callable[[Trainer, Trainer], None], str]] = {
    "bloquer": (known.block, "est bloqué : ses pages ouvertes se ferment, et ses ateliers restent."),
    "debloquer": (lambda admin, trainer: known.unblock(trainer), "peut de nouveau se connecter."),
    "nommer": (lambda admin, trainer: known.make_administrator(trainer), "est maintenant administrateur."),
    "retirer": (lambda admin, trainer: known.make_plain(trainer), "n’est plus administrateur."),
}


class AddTrainer(Form):
    guarded = False
    email = StringField("Adresse e-mail", validators=[DataRequired(ADDRESS), Length(max=254, message=ADDRESS)])


@bp.get("/formateurs")
def trainers() -> ResponseReturnValue:
    desk.administrator()
    return render_template("console/trainers.html", known=known.every(), form=AddTrainer())


@bp.post("/formateurs")
def add_trainer() -> ResponseReturnValue:
    desk.administrator()
    form = AddTrainer()
    if form.validate_on_submit():
        try:
            added, password = known.add(form.email.data or "")
            db.session.commit()
            return _shown_once(added, password)
        except Refused as refused:
            db.session.rollback()
            form.email.errors = [refused.phrase]
    return render_template("console/trainers.html", known=known.every(), form=form), 422


@bp.get("/formateurs/<int:number>")
def trainer_page(number: int) -> ResponseReturnValue:
    admin = desk.administrator()
    return render_template("console/trainer.html", one=_trainer(number), me=admin)


@bp.post("/formateurs/<int:number>/mot-de-passe")
def new_password(number: int) -> ResponseReturnValue:
    """Another password, told to the administrator alone, who tells it."""
    desk.administrator()
    one = _trainer(number)
    password = known.renew_password(one)
    db.session.commit()
    return _shown_once(one, password)


@bp.post("/formateurs/<int:number>/<any(bloquer, debloquer, nommer, retirer):what>")
def change_trainer(number: int, what: str) -> ResponseReturnValue:
    """Block, let in again, make administrator or no more."""
    admin, one = desk.administrator(), _trainer(number)
    verb, said = VERBS[what]
    try:
        verb(admin, one)
        db.session.commit()
        flash(f"{one.email} {said}", "done")
    except Refused as refused:
        db.session.rollback()
        flash(refused.phrase, "error")
    return redirect(url_for("console.trainer_page", number=number) if admin.is_admin else url_for("console.index"))


def _trainer(number: int) -> Trainer:
    found = db.session.get(Trainer, number) if number < desk.MOST_NUMBER else None
    return found or abort(404)


def _shown_once(trainer: Trainer, password: str) -> ResponseReturnValue:
    return render_template("console/password.html", one=trainer, password=password)
