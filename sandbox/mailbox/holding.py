"""Putting the phone on a second device: a square to scan makes another browser hold it, and nothing more than it."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from sandbox import serving
from sandbox.account import place, service
from sandbox.account.models import Role, User
from sandbox.comfort import choices as comfort
from sandbox.fragments import fragment
from sandbox.mailbox.section import ALONE, bp, is_alone, owner
from sandbox.qr import square

UNREADABLE = "Ce carré ne sert plus. Affichez-le de nouveau sur l’autre appareil, puis scannez-le."
GIVEN_BACK = "Cet appareil n’est plus un téléphone de l’exercice. Rien n’y reste."


@bp.get("/autre-appareil")
def other_device() -> ResponseReturnValue:
    """The square that another device scans to become this phone."""
    address = serving.public(url_for(".take", token=_signer().dumps([place.here().workshop_id, owner().ref])))
    values = {"square": square(address), "address": address}
    if "volet" in request.args:
        return fragment("mailbox/_other_device.html", **values)
    return render_template("mailbox/page.html", screen="mailbox/_other_device.html", title="Téléphone simulé", **values)


@bp.route("/prendre/<token>", methods=["GET", "POST"])
def take(token: str) -> ResponseReturnValue:
    """This browser becomes the phone; whoever is signed in here is asked first."""
    found, ref = _read(token)
    if found is None:
        flash(UNREADABLE, "error")
        return redirect(url_for("account.join"))
    if current_user.is_authenticated and request.method == "GET":
        mine = current_user.ref == ref
        return redirect(url_for(".index")) if mine else render_template("mailbox/taken.html", token=token, name=current_user.name)
    if not found.is_open:
        raise place.RoomShut(found.code)
    return _hold(found, ref)


@bp.post("/rendre")
def give_back() -> ResponseReturnValue:
    """A borrowed tablet is given back: it holds nothing of the person any more."""
    if is_alone():
        place.leave()
        comfort.put_back()
        flash(GIVEN_BACK, "done")
        return redirect(url_for("account.join"))
    return redirect(url_for(".index"))


def _hold(found: place.Place, ref: str) -> ResponseReturnValue:
    place.leave()  # nothing that this browser had begun elsewhere goes along
    place.arrive(found)
    user: User | None = service.user_of(ref)
    if user is None or user.role is not Role.LEARNER:
        flash(UNREADABLE, "error")
        return redirect(url_for("account.join"))
    place.hold_phone_of(user)
    session[ALONE] = True
    flash(f"Cet appareil est maintenant le téléphone de {user.name}.", "done")
    return redirect(url_for(".index"))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="phone")


def _read(token: str) -> tuple[place.Place | None, str]:
    """The workshop, while there is one, and whose phone."""
    try:
        workshop, ref = _signer().loads(token)
    except (BadSignature, ValueError):
        return None, ""
    return place.find_place(workshop), ref
