"""« Mettre mon agenda dans un autre calendrier »: a copy to download, and the addresses that calendars read."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from sandbox import serving
from sandbox.access import To, actor, opened_record, require
from sandbox.account.place import here
from sandbox.agenda import calendar
from sandbox.agenda.models import CalendarLink
from sandbox.db import db
from sandbox.forms import Form
from sandbox.learner import portal

bp = portal("calendar", __name__, "/agenda/autre-calendrier")
FILE = "agenda-entrainement.ics"
TYPE = "text/calendar; charset=utf-8"
CLOSED = "L’adresse « {} » est fermée. Le calendrier qui la lisait ne recevra plus rien."


class NewAddress(Form):
    name = StringField("Où allez-vous vous en servir ?", validators=[
        DataRequired("Écrivez où vous allez vous en servir, par exemple « mon téléphone »."),
        Length(max=60, message="60 signes au plus. Raccourcissez ce nom."),
    ])


@bp.get("/")
def index() -> ResponseReturnValue:
    found = calendar.links(opened_record())
    return render_template("agenda/subscribe.html", links=found, is_full=len(found) >= calendar.MOST)


@bp.post("/telecharger")
def download() -> ResponseReturnValue:
    content = calendar.take(actor(), opened_record())
    db.session.commit()
    response = Response(content, content_type=TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename={FILE}"
    return response


@bp.route("/nouvelle", methods=["GET", "POST"])
def make() -> ResponseReturnValue:
    form = NewAddress()
    if form.validate_on_submit():
        link = calendar.share(actor(), opened_record(), form.name.data or "")
        db.session.commit()
        flash("L’adresse est prête. Il reste à la donner à votre autre calendrier.", "done")
        return redirect(url_for(".show", ref=link.ref))
    return render_template("agenda/subscribe_make.html", form=form), 422 if form.errors else 200


@bp.get("/<ref>")
def show(ref: str) -> ResponseReturnValue:
    link = _link(ref)
    address = serving.public(url_for("feed.read", code=here().code, secret=link.secret))
    return render_template("agenda/subscribe_show.html", link=link, address=address)


@bp.post("/<ref>/fermer")
def revoke(ref: str) -> ResponseReturnValue:
    link = _link(ref)
    calendar.revoke(actor(), link)
    db.session.commit()
    flash(CLOSED.format(link.name), "done")
    return redirect(url_for(".index"))


def _link(ref: str) -> CalendarLink:
    """The address of that name; 404 when it is not of the profile that is open."""
    link = calendar.find(ref) or abort(404)
    require(actor(), To.USE_CALENDAR_LINK, link)
    return link
