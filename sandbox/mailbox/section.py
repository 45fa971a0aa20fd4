"""The simulated phone belongs to whoever is signed in, or to whom this browser holds it for before that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from sandbox import live
from sandbox.account import place
from sandbox.account.models import User
from sandbox.audience import Audience, of_request
from sandbox.mailbox import service
from sandbox.mailbox.models import Channel, Mail
from sandbox.mailbox.service import Box

bp = Blueprint("mailbox", __name__, url_prefix="/telephone")
ALONE = "phone_alone"  # in the session: this browser is a phone and nothing else
LABELS = {Channel.SMS: "SMS", Channel.EMAIL: "E-mails", Channel.POST: "Courrier"}


@dataclass(frozen=True)
class Shown:
    """One box as the phone shows it; `new` are the messages that were not read before it was shown."""

    box: Box
    boxes: list[Box]
    mails: list[Mail]
    page: int
    pages: int
    new: set[str]

    @property
    def label(self) -> str:
        return LABELS[self.box.channel]

    @property
    def tabs(self) -> list[tuple[str, str, bool, int]]:
        """The three boxes: label, address, whether it is this one, how many are still to be read."""
        read_here = sum(mail.ref in self.new for mail in self.mails if mail.is_short)
        return [
            (LABELS[box.channel], url_for("mailbox.index", boite=box.channel.value), box is self.box,
             box.unread - (read_here if box is self.box else 0))
            for box in self.boxes
        ]

    def url(self, page: int) -> str:
        return url_for("mailbox.index", boite=self.box.channel.value, page=page)

    @property
    def live_url(self) -> str:
        return url_for("mailbox.messages", boite=self.box.channel.value, page=self.page)


@dataclass
class Held:
    """The simulated phone in somebody's hand."""

    user: User
    url: str = field(default_factory=lambda: url_for("mailbox.index"))
    stream_url: str = field(default_factory=lambda: url_for("mailbox.stream", depuis=live.latest()))

    @property
    def count(self) -> int:
        return service.unread_count(self.user)

    def shown(self, channel: Channel | None = None, page: int = 1) -> Shown:
        """The box that is asked for, or the one where something waits."""
        boxes = service.boxes(self.user)
        box = boxes[channel or service.first_box(boxes.values())]
        mails, page, pages = service.page_of(self.user, box, page)
        return Shown(box, list(boxes.values()), mails, page, pages, {mail.ref for mail in mails if mail.read_at is None})


@bp.before_request
def _guard() -> ResponseReturnValue | None:
    """Nobody needs to be signed in to read a phone; one only needs to hold it, in a workshop whose room is open."""
    if request.endpoint == "mailbox.take":
        return None
    if not place.is_somewhere():
        return redirect(url_for("account.join"))
    if not current_user.is_authenticated and not place.here().is_open:
        raise place.RoomShut(place.here().code)
    if place.holder() is None:
        flash("Dites d’abord de qui est ce téléphone.", "info")
        return redirect(url_for("account.phone"))
    return None


@bp.before_app_request
def _only_a_phone() -> ResponseReturnValue | None:
    """A device that became the phone shows nothing else, until somebody goes in with it: then it is like any other."""
    if request.blueprint in {"assets", "mailbox", None} or ALONE not in session:
        return None
    if request.endpoint == "account.card" or (request.blueprint == "account" and request.method == "POST"):
        session.pop(ALONE)
        session.pop(place.HAND, None)
    if request.blueprint == "account":
        return None
    flash("Cet appareil sert seulement de téléphone. Continuez sur l’autre appareil.", "info")
    return redirect(url_for("mailbox.index"))


@bp.context_processor
def _frame() -> dict[str, Any]:
    holder = place.holder() if place.is_somewhere() else None
    return {"alone": is_alone(), "holder": holder, "back_url": _back_url()}


def _back_url() -> str:
    """Out of the phone, to the site."""
    if current_user.is_authenticated or not place.is_somewhere():
        return "/"
    return url_for("account.sign_in", code=place.here().code)


@bp.app_template_global()
def phone_in_hand() -> Held | None:
    """For any page of the learner's part, before the sign-in too: whose phone lies beside it, if anybody's."""
    if "held" not in g:
        g.held = _in_hand()
    found: Held | None = g.held
    return found


def _in_hand() -> Held | None:
    if not request or of_request() is not Audience.LEARNER or not g.get("place"):
        return None
    try:
        user = place.holder()
        return Held(user) if user else None
    except SQLAlchemyError:  # the page of an error must not fail in its turn
        return None


def owner() -> User:
    """Whose phone it is. Only to be asked behind the guard."""
    found = place.holder()
    assert found is not None  # noqa: S101
    return found


def is_alone() -> bool:
    """Whether this browser is only the phone: the portal is open on another device."""
    return ALONE in session and not current_user.is_authenticated
