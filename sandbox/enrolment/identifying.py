"""Who it is: three pieces of information, which twin, certified by whom; and the spaces that cannot be activated."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from sandbox.account import codes, place
from sandbox.account.models import User
from sandbox.db import db
from sandbox.enrolment import journey, service
from sandbox.enrolment.forms import Identity, Twin
from sandbox.enrolment.journey import Journey
from sandbox.enrolment.section import bp
from sandbox.errors import Refused
from sandbox.forms import Form


@bp.route("/identite", methods=["GET", "POST"])
def identity() -> ResponseReturnValue:
    """Birth date, social-security number, serial number of the card."""
    way = journey.arrive_at("identity")
    form = Identity(card=way.card, for_child=way.is_for_child)
    if form.validate_on_submit() and (onward := _tried(way, form)):
        return onward
    return render_template("enrolment/identity.html", form=form), 422 if form.errors or form.locked_until else 200


def _tried(way: Journey, form: Identity) -> ResponseReturnValue | None:
    """On with who was found; what is wrong is told by the form, and the count of wrong tries stays."""
    try:
        return _go_on_as(_found(form), way, form)
    except codes.Locked as locked:
        form.locked_until = locked.until
    except Refused as refused:
        form.trouble = form.trouble or "no_match"
        form.form_errors.append(refused.phrase)
    finally:
        db.session.commit()
    return None


def _found(form: Identity) -> User:
    user = service.identify(form.whole_nir, form.whole_serial, None if form.for_child else form.birth.data)
    if journey.signed_in() not in {None, user}:
        raise Refused(service.NO_MATCH)
    return user


def _go_on_as(user: User, way: Journey, form: Identity) -> ResponseReturnValue:
    """It is known who it is; for a child, which one remains to be found."""
    children = [child.ref for child in service.children_of(user, form.birth.data)] if form.for_child else []
    one, several = (children[0], []) if len(children) == 1 else ("", children)
    place.hold_phone_of(user)
    way.note(person=user.ref, child=one, among=several, certified=False, channel="")
    if form.for_child and user.record and not user.record.is_active:
        return redirect(url_for("enrolment.impossible"))
    if form.for_child and not children:
        form.trouble = "child_unknown"
        raise Refused(service.NO_SUCH_CHILD)
    return way.onward()


@bp.route("/jumeaux", methods=["GET", "POST"])
def twins() -> ResponseReturnValue:
    """Several children born that day: which one."""
    way = journey.arrive_at("twins")
    form = Twin()
    form.child.choices = [SelectChoice(child.ref, child.first_name) for child in service.records(way.among)]
    if form.validate_on_submit():
        way.note(child=form.child.data, certified=False, channel="")
        return way.onward()
    return render_template("enrolment/twins.html", form=form), 422 if form.errors else 200


@bp.route("/representant", methods=["GET", "POST"])
def guardian() -> ResponseReturnValue:
    """The parent certifies that they represent the child by law, or stops there."""
    way = journey.arrive_at("guardian")
    form = Form()
    if form.validate_on_submit():
        if request.form.get("answer") != "certify":
            journey.forget()
            return redirect(url_for("enrolment.declined"))
        way.note(certified=True)
        return way.onward()
    return render_template("enrolment/guardian.html", form=form, child=way.record)


@bp.get("/non-representant")
def declined() -> ResponseReturnValue:
    """Nothing was done; who can."""
    return render_template("enrolment/declined.html", inside=journey.signed_in())


@bp.get("/deja-activee")
def exists() -> ResponseReturnValue:
    """The space exists and is active: one signs in."""
    way = journey.settled()
    if not way.record.is_active:
        return way.onward()
    return render_template("enrolment/exists.html", record=way.record, inside=journey.signed_in())


@bp.get("/impossible")
def impossible() -> ResponseReturnValue:
    """The space cannot be activated: why, and what can be done."""
    way = journey.settled()
    if way.is_for_child and not (way.user.record and way.user.record.is_active):
        return render_template("enrolment/parent_first.html")
    if not way.record.is_shut:
        return way.onward()
    return render_template("enrolment/impossible.html", record=way.record, inside=journey.signed_in())
