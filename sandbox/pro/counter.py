"""The counter: read a code, by camera, by photo or typed."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, require
from sandbox.account.place import here
from sandbox.db import writes_late
from sandbox.errors import Refused
from sandbox.prescriptions import code
from sandbox.prescriptions import service as prescriptions
from sandbox.prescriptions.models import Prescription
from sandbox.pro.forms import Scan
from sandbox.pro.portal import bp


@bp.route("/delivrance", methods=["GET", "POST"])
@writes_late
def counter() -> ResponseReturnValue:
    """A number typed, read by the camera, or found on a photo."""
    require(actor(), To.DISPENSE)
    form = Scan()
    if form.validate_on_submit() and (found := _scanned(form)):
        return redirect(url_for("pro.dispense", ref=found.ref))
    return render_template("pro/counter.html", form=form), 422 if form.errors else 200


def _scanned(form: Scan) -> Prescription | None:
    """The prescription shown; what is wrong is said beside the field it came by."""
    photo, typed = form.photo.data, form.number.data or ""
    try:
        text = code.read_photo(photo.read()) if photo and not typed.strip() else typed
        return prescriptions.find_by_number(code.read(text, here().workshop_id))
    except Refused as refused:
        field = form.photo if photo and not typed.strip() else form.number
        field.errors = (refused.phrase,)
        return None
