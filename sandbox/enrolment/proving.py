"""The temporary code: by which way it comes, and typing it; for a child, what it opens."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from sandbox.account import codes
from sandbox.account.contact import part_of_email, part_of_mobile
from sandbox.account.models import CodePurpose, Record
from sandbox.account.service import count_afresh
from sandbox.db import db
from sandbox.enrolment import journey, service
from sandbox.enrolment.forms import ChannelChoice, TemporaryCode
from sandbox.enrolment.journey import LETTER, Journey
from sandbox.enrolment.section import bp
from sandbox.errors import Refused

SENT = {
    "sms": "Le code vient de partir par SMS. Il arrive sur votre téléphone simulé.",
    "email": "Le code vient de partir par e-mail. Il arrive dans votre boîte simulée.",
    "post": "Le courrier est parti. Dans l’exercice, il arrive tout de suite dans votre boîte aux lettres simulée.",
}


@bp.route("/canal", methods=["GET", "POST"])
def channel() -> ResponseReturnValue:
    """By SMS or e-mail when the Assurance Maladie knows them, by post, or already in hand."""
    way = journey.arrive_at("channel")
    known = way.user.record
    form = ChannelChoice(channel=way.channel if way.channel in SENT else None)
    form.channel.choices = _choices(known) if known else []
    if form.validate_on_submit():
        return _send(way, form.channel.data)
    page = render_template("enrolment/channel.html", form=form, reach=known.reach.split() if known else [], known=known)
    return page, 422 if form.errors else 200


def _choices(record: Record) -> list[SelectChoice]:
    told = {
        "sms": f"Par SMS, au {part_of_mobile(record.phone)}",
        "email": f"Par e-mail, à {part_of_email(record.email)}",
    }
    return [SelectChoice(kind, words) for kind, words in told.items() if kind in record.reach.split()] + [
        SelectChoice("post", "Par courrier, à mon adresse postale")
    ]


def _send(way: Journey, by: str) -> ResponseReturnValue:
    codes.send(way.user, CodePurpose.ACTIVATION, channel=by, record=way.record)
    way.note(channel=by)
    db.session.commit()
    flash(SENT[by], "done")
    return redirect(url_for("enrolment.code"))


@bp.post("/canal/courrier-recu")
def letter() -> ResponseReturnValue:
    """The code is on the letter that said that the space was created."""
    way = journey.arrive_at("channel")
    way.note(channel=LETTER)
    return redirect(url_for("enrolment.code"))


@bp.route("/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The twelve signs."""
    way = journey.arrive_at("code")
    form, until = TemporaryCode(), way.user.locked_until if way.user.is_locked else None
    if form.validate_on_submit():
        try:
            return _proven(way, form.code.data or "")
        except codes.Locked as locked:
            until = locked.until
        except (codes.ExpiredCode, codes.UsedCode) as over:
            return redirect(url_for("enrolment.code_used" if isinstance(over, codes.UsedCode) else "enrolment.code_expired"))
        except Refused:
            form.code.errors = [WRONG[way.channel == LETTER]]
        finally:
            db.session.commit()  # what was tried counts, and what was used is used
    return render_template("enrolment/code.html", form=form, until=until), 422 if form.errors or until else 200


WRONG = {
    False: "Ce code n’est pas le bon. Lisez le dernier message reçu, et recopiez les douze signes.",
    True: "Ce code n’est pas le bon. Relisez-le sur votre courrier, groupe par groupe.",
}


def _proven(way: Journey, typed: str) -> ResponseReturnValue:
    """The right code: the person goes on; a child's profile is activated."""
    count_afresh(way.user)
    codes.check(way.user, CodePurpose.ACTIVATION, typed)
    if way.is_for_child:
        service.activate_child(way.user, way.record)
    way.note(proven=True)
    return way.onward()


@bp.post("/code/nouveau")
def new_code() -> ResponseReturnValue:
    """Another one by the same way; one that was on the letter is asked for otherwise."""
    way = journey.arrive_at("code")
    if way.channel not in SENT:
        return redirect(url_for("enrolment.channel"))
    return _send(way, way.channel)


@bp.get("/code/expire")
def code_expired() -> ResponseReturnValue:
    way = journey.arrive_at("code")
    return render_template("enrolment/code_expired.html", can_send=way.channel in SENT)


@bp.get("/code/deja-utilise")
def code_used() -> ResponseReturnValue:
    way = journey.arrive_at("code")
    return render_template("enrolment/code_used.html", can_send=way.channel in SENT)


@bp.get("/profil-active")
def activated() -> ResponseReturnValue:
    """The child's profile is active: where to find it."""
    way = journey.settled()
    if not (way.is_for_child and way.proven):
        return way.onward()
    return render_template("enrolment/activated.html", child=way.record, inside=journey.signed_in())
