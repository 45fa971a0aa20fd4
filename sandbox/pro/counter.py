"""The counter: a prescription is read by camera, by photo or typed; what cannot be read has a screen that says why."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import StringField

from sandbox.access import To, actor, require
from sandbox.account.models import Record
from sandbox.account.place import here
from sandbox.db import let_go
from sandbox.errors import Refused
from sandbox.forms import Form
from sandbox.prescriptions import code, problems
from sandbox.prescriptions.models import Prescription
from sandbox.prescriptions.problems import Unread
from sandbox.pro import in_front, reading, stopping
from sandbox.pro.portal import bp
from sandbox.security import receives

MOST_SENT, MOST_PARTS = code.MOST_PHOTO + 1024 * 1024, 20
ANOTHER = "{} : choisissez une autre photo."
AS_TYPED = {"autocapitalize": "characters", "spellcheck": "false", "autofocus": True}


class Shown(Form):
    """What is shown: a number, typed or read by the camera, or a photo. Nothing of it is stored, so that what looks real
    is not refused beside its field: it has a screen that explains.
    """

    guarded = False

    number = StringField("Numéro de l’ordonnance", render_kw=AS_TYPED)
    photo = FileField("Ou une photo du carré", render_kw={"accept": "image/*"})


@bp.route("/delivrance", methods=["GET", "POST"])
@receives(MOST_SENT, MOST_PARTS)
def counter() -> ResponseReturnValue:
    """A number typed, read by the camera, or found on a photo."""
    require(actor(), To.DISPENSE)
    form = Shown()
    try:
        if form.validate_on_submit() and (found := _read(form)):
            return redirect(url_for("pro.stopped" if stopping.stop(found) else "pro.dispense", ref=found.ref))
    except Unread as unread:
        return _unread(form, unread), 422
    return _page("pro/counter.html", form), 422 if form.errors else 200


def _read(form: Shown) -> Prescription | None:
    """The prescription shown. Raises Unread; what is missing is said beside its field."""
    photo, text = form.photo.data, form.number.data or ""
    field = form.photo if photo and not text.strip() else form.number
    try:
        if field is form.photo:
            content = photo.read(code.MOST_PHOTO + 1)
            let_go()
            text = code.read_photo(content)
        return code.find(text, here().workshop_id)
    except Unread:
        raise
    except Refused as refused:
        field.errors = (refused.phrase,)
        return None


def _unread(form: Shown, unread: Unread) -> str:
    """What was typed is still there, to be corrected, unless it must not be kept."""
    problem = problems.told(unread.slug, actor())
    form.number.data, form.photo.data = unread.typed, None
    form.number.render_kw = AS_TYPED | {"autofocus": problem.mend == "number"}
    if problem.mend:
        form[problem.mend].errors = (unread.hint or (problem.todo[0] if problem.mend == "number" else ANOTHER.format(problem.title)),)
    return _page(
        "pro/unread.html", form, problem=problem, hint=unread.hint, owner=_owner(unread),
        choices=[(said, code.number_in(said)) for said in unread.seen if code.number_in(said)],
    )


def _page(template: str, form: Shown, **about: object) -> str:
    person = in_front.noted()
    return render_template(
        template, form=form, words=problems.words_of(actor()), in_front=person, can_explain=stopping.may_explain(person), **about
    )


def _owner(unread: Unread) -> Record | None:
    """Whose identity card was read in the place of a prescription, when it is a patient's of here."""
    if unread.slug != "identity":
        return None
    try:
        return reading.patient_of(unread.seen[0])
    except Refused:
        return None
