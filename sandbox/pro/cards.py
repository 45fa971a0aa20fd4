"""Reading a patient's card: the number typed, the square by the camera or on a photo; then straight to the record."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import Field
from wtforms.widgets import TextInput

from sandbox.access import To, actor, require
from sandbox.account.models import Record
from sandbox.db import let_go
from sandbox.errors import Refused
from sandbox.forms import Form
from sandbox.pro import reading
from sandbox.pro.portal import bp
from sandbox.security import receives

MOST_SENT, MOST_PARTS = reading.MOST_PHOTO + 1024 * 1024, 20


class OnTheCard(Field):
    """A serial number or what a square says, never kept: eight free figures would often look like a telephone number."""

    widget = TextInput()

    def _value(self) -> str:
        return str(self.data or "")


class Card(Form):
    told = OnTheCard("Numéro de série de la carte Vitale, ou carré lu par la caméra", render_kw={"autofocus": True})
    photo = FileField("Ou une photo du carré", render_kw={"accept": "image/*"})


@bp.route("/lire-une-carte", methods=["GET", "POST"])
@receives(MOST_SENT, MOST_PARTS)
def read_card() -> ResponseReturnValue:
    form = Card()
    if form.validate_on_submit() and (found := _read(form)):
        require(actor(), To.FIND_PATIENT, found)
        return redirect(url_for("pro.patient", ref=found.ref, lue="carte"))
    return render_template("pro/read_card.html", form=form), 422 if form.errors else 200


def _read(form: Card) -> Record | None:
    """Whose card it is; what is wrong is said beside the field it came by."""
    photo, told = form.photo.data, str(form.told.data or "")
    field = form.photo if photo and not told.strip() else form.told
    try:
        if field is form.photo:
            content = photo.read(reading.MOST_PHOTO + 1)
            photo.close()
            let_go()
            told = reading.square_of(content)
        return reading.patient_of(told)
    except Refused as refused:
        field.errors = (refused.phrase,)
        return None
