"""The activation begins: with an identity provider or by hand; what one needs; what ends it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.account import place
from sandbox.enrolment import journey
from sandbox.enrolment.forms import Needed
from sandbox.enrolment.section import bp
from sandbox.french import hour

FOR = {"enfant": journey.CHILD, "moi": journey.ME}
STEPS = {"needed", "identity", "twins", "guardian", "channel", "code", *journey.AFTER}


@bp.get("/")
def index() -> ResponseReturnValue:
    """Where everything begins: with FranceConnect+, or by hand. `?pour=enfant`: a parent comes for a child."""
    if request.args.get("pour") == "enfant":
        return redirect(url_for("enrolment.needed", pour="enfant"))
    way = journey.current()
    if way and way.proven and way.next_step():
        return way.onward()
    holder = place.holder()
    begun = way if way and way.next_step() else None
    own = holder.record if holder else None
    return render_template("enrolment/index.html", begun=begun, own=own, active=bool(own and own.is_active), inside=journey.signed_in())


@bp.route("/preparer", methods=["GET", "POST"])
def needed() -> ResponseReturnValue:
    """What to have at hand, for whom, and which card."""
    way = journey.arrive_at("needed")
    inside = journey.signed_in()
    asked = journey.CHILD if inside else FOR.get(request.args.get("pour", ""))
    if asked:
        way.start_again(asked, way.card)
    form = Needed(whom=way.whom or journey.ME, card=way.card)
    if inside:
        del form.whom
    if form.validate_on_submit():
        way.start_again(journey.CHILD if inside else form.whom.data, form.card.data)
        return redirect(url_for("enrolment.identity"))
    return render_template("enrolment/needed.html", form=form, inside=inside), 422 if form.errors else 200


@bp.post("/recommencer")
def restart() -> ResponseReturnValue:
    journey.forget()
    flash("Tout est effacé de cette activation. Vous pouvez recommencer.", "done")
    return redirect(url_for("enrolment.index"))


@bp.get("/session-expiree")
def expired() -> ResponseReturnValue:
    """Nothing was asked for during a quarter of an hour. A page of another tab may have kept it open."""
    way = journey.known()
    if way and not way.is_over:
        return way.onward()
    journey.forget()
    return render_template("enrolment/expired.html")


@bp.get("/prolonger")
def extend() -> ResponseReturnValue:
    """A quarter of an hour more: in place for a page with JavaScript, by a link for the others."""
    way = journey.current()
    if way is None:
        return redirect(url_for("enrolment.expired"))
    way.keep()
    if request.accept_mimetypes.best == "application/json":
        return {"until": hour(way.until)}
    flash("Votre session est prolongée de 15 minutes.", "done")
    step = request.args.get("etape", "")
    return redirect(url_for(f"enrolment.{step}" if step in STEPS else way.next_endpoint()))
