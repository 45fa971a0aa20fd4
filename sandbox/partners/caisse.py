"""The account of the health-insurance fund, simulated: where a contact that it does not know is given."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, ValidationError
from wtforms.validators import Optional

from sandbox.account import place
from sandbox.account.contact import tidy_email, tidy_mobile
from sandbox.account.door import antechamber
from sandbox.account.models import Record
from sandbox.db import db
from sandbox.enrolment import journey, service
from sandbox.errors import Refused
from sandbox.forms import Form

bp = antechamber("caisse", __name__, "/compte-caisse-simule")
NOT_YOURS = "Ce n’est pas {} de votre carte d’exercice. Recopiez exactement ce qui y est imprimé."


class Contacts(Form):
    """Those of the card: in real life a code sent to another address would be lost."""

    mobile = StringField("Votre numéro de mobile", validators=[Optional()])
    email = StringField("Votre adresse e-mail", validators=[Optional()])

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record

    def validate_mobile(self, field: StringField) -> None:
        if _tidy(tidy_mobile, field) != self.record.phone:
            raise ValidationError(NOT_YOURS.format("le numéro"))

    def validate_email(self, field: StringField) -> None:
        if _tidy(tidy_email, field) != self.record.email:
            raise ValidationError(NOT_YOURS.format("l’adresse"))


def _tidy(tidy: Any, field: StringField) -> str:
    try:
        return str(tidy(field.data or ""))
    except Refused as refused:
        raise ValidationError(refused.phrase) from None


@bp.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """What the fund knows of the person, and the way back to the activation."""
    holder = place.holder()
    if holder is None or holder.record is None:
        return render_template("partners/caisse/nobody.html")
    form = Contacts(record=holder.record)
    if form.validate_on_submit():
        if service.give_contacts(holder.record, mobile=bool(form.mobile.data), email=bool(form.email.data)):
            db.session.commit()
            flash("C’est enregistré : l’Assurance Maladie peut maintenant vous envoyer un code.", "done")
            return redirect(url_for("caisse.index"))
        form.form_errors.append("Écrivez au moins votre mobile ou votre adresse e-mail.")
    page = render_template("partners/caisse/index.html", form=form, record=holder.record, way=journey.known())
    return page, 422 if form.errors else 200
