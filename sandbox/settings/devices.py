"""The devices paired with the account: seen, revoked, put back during the same visit; the simulated phone paired again."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, require
from sandbox.account.models import Device
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.settings import service
from sandbox.settings.section import bp

REVOKED = "revoked"  # in the session: refs of the devices revoked during this visit, to be put back


@bp.get("/appareils")
def devices() -> ResponseReturnValue:
    user = actor()
    found = service.devices(user)
    mine = Device.user_id == user.id, Device.revoked_at.is_not(None), Device.ref.in_(session.get(REVOKED, []))
    revoked = db.session.scalars(sa.select(Device).where(*mine).order_by(Device.revoked_at.desc())).all()
    return render_template("settings/devices.html", devices=found, revoked=revoked, may_pair=not service.has_phone(user))


@bp.post("/appareils/<ref>/retirer")
def revoke(ref: str) -> ResponseReturnValue:
    device = _device(ref)
    service.revoke(actor(), device)
    db.session.commit()
    session[REVOKED] = [*(known for known in session.get(REVOKED, []) if known != ref), ref]
    flash(f"L’appareil « {device.name} » est retiré. Il ne peut plus servir à entrer dans votre espace.", "done")
    return redirect(url_for(".devices"))


@bp.post("/appareils/<ref>/remettre")
def put_back(ref: str) -> ResponseReturnValue:
    """It was a mistake: no code is asked in the visit that revoked it."""
    device = _device(ref)
    if ref not in session.get(REVOKED, []):
        raise Refused(service.NOT_BACK)
    service.put_back(actor(), device)
    db.session.commit()
    session[REVOKED] = [known for known in session[REVOKED] if known != ref]
    flash(f"L’appareil « {device.name} » est remis, comme avant.", "done")
    return redirect(url_for(".devices"))


@bp.post("/appareils/associer")
def pair() -> ResponseReturnValue:
    """The simulated phone: the code it receives proves that it is at hand."""
    service.ask_pairing(actor())
    db.session.commit()
    return redirect(url_for(".confirm", step="appareil"))


def _device(ref: str) -> Device:
    device = db.session.scalars(sa.select(Device).where(Device.ref == ref)).first() or abort(404)
    require(actor(), To.MANAGE_DEVICE, device)
    return device
