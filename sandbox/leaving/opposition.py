"""Objecting to the creation of the space, within six weeks: who one is, the confirmation, the proof, and going back on it."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from sandbox.account import life, place, service
from sandbox.account.door import antechamber
from sandbox.account.models import Life, Record, Role, User
from sandbox.account.settling import pending
from sandbox.db import db
from sandbox.enrolment.service import identify
from sandbox.errors import Refused
from sandbox.leaving import proof, proving
from sandbox.leaving.forms import Holder

bp = antechamber("opposition", __name__, "/opposition")
KNOWN = "opposition"  # in the session: who gave the numbers of their card
NO_MATCH = "Ces numéros ne vont pas ensemble. Relisez-les sur votre carte Vitale, l’un après l’autre."
WITHDRAWN = "C’est fait : votre opposition est retirée. Votre espace est de nouveau créé. Vous pouvez l’activer, ou attendre."


@bp.get("/")
def index() -> ResponseReturnValue:
    """What objecting means, and until when."""
    known, holder = _known(), place.holder()
    if known and known.life is Life.OPPOSED:
        return redirect(url_for(".done"))
    record = known or (holder.record if holder else None)
    return render_template("leaving/opposition.html", record=record if record and record.may_object else None)


@bp.route("/identite", methods=["GET", "POST"])
def identity() -> ResponseReturnValue:
    """The social-security number and the serial number of the card."""
    form = Holder()
    if form.validate_on_submit() and (user := _identified(form)):
        session[KNOWN] = user.ref
        place.hold_phone_of(user)
        return redirect(url_for(".confirm"))
    return render_template("leaving/identity.html", form=form), 422 if form.errors else 200


@bp.route("/confirmer", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    """Whose space it is: the person says that they object, and it is done."""
    record = _named()
    if record.life is Life.OPPOSED:
        return redirect(url_for(".done"))
    if not record.may_object:
        return render_template("leaving/cannot_oppose.html", record=record)
    if request.method == "POST":
        life.oppose(record.owner, record)
        db.session.commit()
        flash("C’est fait : votre opposition est enregistrée.", "done")
        return redirect(url_for(".done"))
    return render_template("leaving/oppose.html", record=record)


@bp.get("/preuve")
def done() -> ResponseReturnValue:
    """The proof, to read, keep and print; and how to change one’s mind."""
    record = _opposed()
    return render_template("leaving/opposed.html", proof=proof.of(record), record=record)


@bp.get("/preuve/imprimer")
def sheet() -> ResponseReturnValue:
    return render_template("leaving/proof.html", proof=proof.of(_opposed()))


@bp.get("/preuve.pdf")
def pdf() -> Response:
    """The proof to keep."""
    response = make_response(proof.pdf(proof.of(_opposed())))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'attachment; filename="preuve-opposition-entrainement.pdf"'
    return response


@bp.post("/retirer")
def withdraw() -> ResponseReturnValue:
    """The person changes their mind: the space is theirs to activate."""
    record = _opposed()
    life.withdraw_opposition(record.owner, record)
    db.session.commit()
    session.pop(KNOWN, None)
    flash(WITHDRAWN, "done")
    return redirect(url_for("enrolment.index"))


def _identified(form: Holder) -> User | None:
    """Who has this card; what is wrong is told, and the tries are counted."""
    try:
        return identify(form.whole_nir, form.whole_serial, None)
    except Refused as refused:
        form.refuse(refused, NO_MATCH)
        return None
    finally:
        db.session.commit()


def _known() -> Record | None:
    """Whose space it is, once they have given the numbers of their card; or, having objected, shown who they are."""
    named, shown = service.user_of(session.get(KNOWN, "")), pending()
    if named and named.role is Role.LEARNER and proving.is_here(named):
        return named.record
    has_objected = shown and shown.record and shown.record.life is Life.OPPOSED and proving.is_here(shown)
    return shown.record if shown and has_objected else None


def _named() -> Record:
    """By `abort`, whoever has not said who they are goes and says it."""
    record = _known()
    if record is None:
        flash("Dites d’abord qui vous êtes, avec les deux numéros de votre carte Vitale.", "info")
        abort(redirect(url_for(".identity")))
    return record


def _opposed() -> Record:
    """By `abort`, whoever has not objected is led to where it can be done."""
    record = _named()
    if record.life is not Life.OPPOSED:
        abort(redirect(url_for(".confirm")))
    return record
