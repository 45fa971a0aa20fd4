"""The address that a device opens before the doors do, to see whether it reaches the workshop; it asks nothing and enters nowhere."""

from __future__ import annotations

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from sandbox import clock, live, network
from sandbox.account.section import bp
from sandbox.db import db, end_of_writing, writes
from sandbox.workshops import doorstep, service
from sandbox.workshops.models import Workshop

LONGEST = 15  # figures of a moment in milliseconds


@bp.get("/essai/<code>")
@writes
def trial(code: str) -> ResponseReturnValue:
    """« Cet appareil voit l’atelier » : the arrival is told to the trainer's page, nothing else is kept."""
    workshop = _workshop(code)
    doorstep.device_came(workshop, _device(), request.host, by_sheet="feuille" in request.args)
    _tell(workshop)
    return render_template("account/trial.html", workshop=workshop, now=clock.real_now())


@bp.get("/essai/<code>/heure")
@writes
def trial_clock(code: str) -> ResponseReturnValue:
    """What time it is on the device, in milliseconds since 1970."""
    workshop, told = _workshop(code), request.args.get("au", "")
    if told.isdecimal() and len(told) <= LONGEST:
        doorstep.clock_told(workshop, _device(), int(told) / 1000 - clock.real_now().timestamp())
        _tell(workshop)
    return "", 204


def _workshop(code: str) -> Workshop:
    found = service.find(code)
    if found is None or found.is_closed:
        abort(404)
    return found


def _device() -> str:
    """Behind a public address every device comes from the same neighbour: who asks cannot be this machine."""
    address = request.remote_addr or ""
    if not current_app.config["SETTINGS"].public_url and network.owns(address):
        return doorstep.OUR_OWN
    return doorstep.mark(address, request.user_agent.string)


def _tell(workshop: Workshop) -> None:
    live.tell(live.audience_of_room(workshop.id), "arrivals")
    db.session.commit()
    end_of_writing()
