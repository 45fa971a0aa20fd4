"""The six digits that confirm a change: typed, sent again, given up. One page for every change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.account import codes
from sandbox.account.contact import CONTACTS, Contact
from sandbox.account.forms import OneTimeCodeForm
from sandbox.account.models import CodePurpose, User
from sandbox.account.settling import stay
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.settings import service
from sandbox.settings.section import bp, until

SENT = {
    "sms": "Nous venons d’envoyer un SMS au {}. Il contient un code à 6 chiffres.",
    "email": "Nous venons d’envoyer un e-mail à {}. Il contient un code à 6 chiffres.",
}


@dataclass(frozen=True)
class Step:
    """One change that waits for its code: `change` makes it and tells it. `contact` is what is being changed, if it is one."""

    purpose: CodePurpose
    change: Callable[[User, str], str]
    kept: str  # said when one gives up
    start: str  # the endpoint to begin again from
    done: str
    contact: Contact | None = None

    @property
    def start_url(self) -> str:
        return url_for(self.start, which=self.contact.slug if self.contact else None)

    def channel(self, user: User) -> str:
        return self.contact.channel if self.contact else codes.way_of(user)

    def sent(self, user: User, target: str) -> str:
        """Where the code went: to what is being proven, or to the person as they are known."""
        channel, record = self.channel(user), user.record
        known = CONTACTS["mobile" if channel == "sms" else "email"]
        return SENT[channel].format(target if self.contact else known.partly(known.of(record)) if record else "")


def _email(user: User, typed: str) -> str:
    return f"Votre adresse e-mail est maintenant {service.change_contact(user, CONTACTS['email'], typed)}."


def _mobile(user: User, typed: str) -> str:
    return f"Votre numéro de mobile est maintenant le {service.change_contact(user, CONTACTS['mobile'], typed)}."


def _password(user: User, typed: str) -> str:
    service.change_password(user, typed)
    return "Votre mot de passe est changé. À la prochaine connexion, écrivez le nouveau : celui de votre carte ne marche plus."


def _device(user: User, typed: str) -> str:
    return f"L’appareil « {service.pair(user, typed).name} » est associé à votre compte."


STEPS = {
    "email": Step(
        CodePurpose.EMAIL, _email, "Rien n’est changé : vous gardez votre adresse e-mail.", ".contact", ".personal", CONTACTS["email"],
    ),
    "mobile": Step(
        CodePurpose.MOBILE, _mobile, "Rien n’est changé : vous gardez votre numéro de mobile.", ".contact", ".personal", CONTACTS["mobile"],
    ),
    "mot-de-passe": Step(
        CodePurpose.PASSWORD, _password, "Rien n’est changé : vous gardez votre mot de passe.", ".password", ".index",
    ),
    "appareil": Step(CodePurpose.DEVICE, _device, "Rien n’est changé : aucun appareil n’est ajouté.", ".devices", ".devices"),
}


@bp.route("/code/<step>", methods=["GET", "POST"])
def confirm(step: str) -> ResponseReturnValue:
    """The code, read on the simulated phone. Nothing is changed before it is right."""
    asked, user, form = _step(step), actor(), OneTimeCodeForm()
    waiting = codes.awaited(user, asked.purpose)
    if waiting is None:
        flash(service.NOTHING_ASKED, "info")
        return redirect(asked.start_url)
    if form.validate_on_submit() and (told := _tried(asked, user, form)):
        flash(told, "done")
        return redirect(url_for(asked.done))
    return render_template(
        "settings/code.html", form=form, name=step, step=asked, sent=asked.sent(user, waiting.target),
        is_over=waiting.is_over, until=until(form, user),
    ), 422 if form.errors else 200


@bp.post("/code/<step>/autre")
def another_code(step: str) -> ResponseReturnValue:
    asked = _step(step)
    service.send_again(actor(), asked.purpose, asked.channel(actor()))
    db.session.commit()
    flash("Un nouveau code est parti. Le précédent ne marche plus.", "done")
    return redirect(url_for(".confirm", step=step))


@bp.post("/code/<step>/abandonner")
def give_up(step: str) -> ResponseReturnValue:
    asked = _step(step)
    codes.give_up(actor(), asked.purpose)
    db.session.commit()
    flash(asked.kept, "info")
    return redirect(url_for(asked.done))


def _step(name: str) -> Step:
    return STEPS.get(name) or abort(404)


def _tried(step: Step, user: User, form: OneTimeCodeForm) -> str:
    """What was changed, or nothing: then it is told beside the field. The count of tries is kept."""
    try:
        told = step.change(user, form.code.data or "")
        stay()
    except Refused as refused:
        form.refusal, form.code.errors = refused, [refused.phrase]
        return ""
    finally:
        db.session.commit()
    return told
