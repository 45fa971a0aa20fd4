"""The e-mail address, then the mobile: each is proven by a code that is sent to it. The space is activated after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, StringField, ValidationError
from wtforms.validators import InputRequired

from sandbox.account import codes, life, place, service
from sandbox.account.contact import CONTACTS, Contact, tidy_email, tidy_mobile
from sandbox.account.forms import OneTimeCodeForm
from sandbox.account.models import Record
from sandbox.account.settling import accepted
from sandbox.db import db
from sandbox.enrolment import journey
from sandbox.enrolment.section import bp
from sandbox.errors import Refused
from sandbox.forms import Form


class _Contact(Form):
    """One address or number; `tidy` says what is wrong with it, in a sentence."""

    tidy: Callable[[str], str]

    def validate_contact(self, field: Field) -> None:
        try:
            field.data = type(self).tidy(field.data)
        except Refused as refused:
            raise ValidationError(refused.phrase) from None


class EmailAddress(_Contact):
    tidy = staticmethod(tidy_email)
    contact = StringField("Votre adresse e-mail", validators=[InputRequired("Écrivez votre adresse e-mail, par exemple marie.durand@courriel.example.")])


class MobileNumber(_Contact):
    tidy = staticmethod(tidy_mobile)
    contact = StringField("Votre numéro de mobile", validators=[InputRequired("Écrivez votre numéro de mobile, par exemple 06 39 98 12 34.")])


@dataclass(frozen=True)
class Step:
    """One of the two contacts: how it is asked for, and said to have been asked for again."""

    contact: Contact
    form: type[_Contact]
    again: str

    @property
    def name(self) -> str:
        return self.contact.slug

    def known(self, record: Record) -> str:
        """What the Assurance Maladie knows of it, if anything."""
        return self.contact.of(record) if self.contact.channel in record.reach.split() else ""


EMAIL = Step(CONTACTS["email"], EmailAddress, "Un autre code est parti par e-mail.")
MOBILE = Step(CONTACTS["mobile"], MobileNumber, "Un autre code est parti par SMS.")
STEPS = {step.name: step for step in (EMAIL, MOBILE)}


@bp.route("/email", methods=["GET", "POST"])
def email() -> ResponseReturnValue:
    return _ask(EMAIL)


@bp.route("/mobile", methods=["GET", "POST"])
def mobile() -> ResponseReturnValue:
    return _ask(MOBILE)


@bp.route("/<any(email, mobile):name>/code", methods=["GET", "POST"])
def contact_code(name: str) -> ResponseReturnValue:
    """The six digits that came to the address or the number."""
    step, way = STEPS[name], journey.arrive_at(name)
    waiting = codes.awaited(way.user, step.contact.purpose)
    if waiting is None:
        return redirect(url_for(f".{name}"))
    form = OneTimeCodeForm()
    if form.validate_on_submit() and accepted(form, way.user, step.contact.purpose):
        return _onward(way, step, waiting.target)
    shown: dict[str, Any] = {"form": form, "target": waiting.target, "user": way.user}
    return render_template(f"enrolment/{name}_code.html", **shown), 422 if form.errors else 200


@bp.post("/<any(email, mobile):name>/nouveau-code")
def another_code(name: str) -> ResponseReturnValue:
    step, way = STEPS[name], journey.arrive_at(name)
    if waiting := codes.awaited(way.user, step.contact.purpose):
        _send(way, step, waiting.target)
        flash(step.again, "done")
    return redirect(url_for(".contact_code", name=name))


@bp.post("/mobile/sans")
def no_mobile() -> ResponseReturnValue:
    """Sign-in codes will come by e-mail."""
    way = journey.arrive_at("mobile")
    return _onward(way, MOBILE, "")


def _ask(step: Step) -> ResponseReturnValue:
    way = journey.arrive_at(step.name)
    form = step.form(contact=step.known(way.record))
    if form.validate_on_submit():
        _send(way, step, form.contact.data)
        return redirect(url_for(".contact_code", name=step.name))
    waiting = codes.awaited(way.user, step.contact.purpose)
    shown: dict[str, Any] = {"form": form, "waiting": waiting and waiting.target}
    return render_template(f"enrolment/{step.name}.html", **shown), 422 if form.errors else 200


def _send(way: journey.Journey, step: Step, target: str) -> None:
    codes.send(way.user, step.contact.purpose, channel=step.contact.channel, target=target)
    db.session.commit()


def _onward(way: journey.Journey, step: Step, proven: str) -> ResponseReturnValue:
    """What is proven is the person's; to the next step. After the last one, the space is active and they are in it."""
    setattr(way.record, step.contact.column, proven)
    db.session.commit()
    way.note(**{f"{step.name}_ok": True})
    if step is EMAIL:
        flash("Votre adresse e-mail est vérifiée.", "done")
        return way.onward()
    user, where = way.user, place.here()
    life.activate(user, way.record)
    place.enter(user, where)
    service.signed_in(user)
    db.session.commit()
    flash("Votre espace est activé.", "done")
    return redirect(url_for("onboarding.welcome"))
