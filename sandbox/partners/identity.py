"""FranceConnect, simulated: a choice of identity providers, one's sign-in and consent, and the way back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from sandbox.account import place
from sandbox.account.door import antechamber
from sandbox.account.models import User
from sandbox.account.service import user_of
from sandbox.account.settling import settle_in
from sandbox.acts import SignedInElsewhere
from sandbox.db import db, writes, writes_late
from sandbox.enrolment import journey
from sandbox.errors import Refused
from sandbox.partners import inquiries, providers
from sandbox.partners.forms import AtProvider
from sandbox.partners.inquiries import Inquiry, Wish, wish_of

bp = antechamber("identity", __name__, "/franceconnect-simule")


@bp.get("/")
def index() -> ResponseReturnValue:
    """Which account says who one is; each try is a new one."""
    wish = wish_of(request.args.get("pour"))
    return _already_in(wish) or _page("index", wish, providers=providers.providers())


@bp.post("/")
def choose() -> ResponseReturnValue:
    wish, provider = wish_of(request.args.get("pour")), providers.find(request.form.get("compte", ""))
    if provider is None:
        flash("Ce compte n’est pas disponible aujourd’hui. Choisissez-en un autre : il dira la même chose de vous.", "error")
        return redirect(url_for(".index", pour=wish.value))
    return redirect(url_for(".sign_in", nonce=inquiries.begin(wish, provider.slug).nonce))


@bp.route("/<nonce>/compte", methods=["GET", "POST"])
@writes_late
def sign_in(nonce: str) -> ResponseReturnValue:
    """At the provider's: the identifier and password of the printed card."""
    inquiry = inquiries.find(nonce)
    if inquiry is None or inquiry.is_over:
        return _lost(inquiry)
    form = AtProvider()
    if form.validate_on_submit() and (user := _recognised(form)):
        inquiry.who, inquiry.agreed = user.ref, False  # what another one had agreed to is not theirs
        inquiries.keep(inquiry)
        return redirect(url_for(".consent", nonce=nonce))
    return _page("sign_in", wish_of(inquiry.wish), inquiry=inquiry, form=form), 422 if form.errors else 200


@bp.get("/<nonce>/accord")
def consent(nonce: str) -> ResponseReturnValue:
    """What would be sent, and to whom."""
    inquiry = inquiries.find(nonce)
    if inquiry is None or inquiry.is_over:
        return _lost(inquiry)
    user = user_of(inquiry.who)
    if user is None or user.record is None:
        return redirect(url_for(".sign_in", nonce=nonce))
    return _page("consent", wish_of(inquiry.wish), inquiry=inquiry, record=user.record)


@bp.post("/<nonce>/accord")
def agree(nonce: str) -> ResponseReturnValue:
    """Yes, or no: after a no the question is dead, and nothing was sent."""
    inquiry = inquiries.find(nonce)
    if inquiry is None or inquiry.is_over or not inquiry.who:
        return _lost(inquiry)
    if request.form.get("reponse") != "oui":
        inquiries.end(nonce)
        return redirect(url_for(".refused", pour=inquiry.wish))
    inquiry.agreed = True
    inquiries.keep(inquiry)
    return redirect(url_for(".back", etat=nonce))


@bp.post("/<nonce>/annuler")
def give_up(nonce: str) -> ResponseReturnValue:
    inquiry = inquiries.find(nonce)
    inquiries.end(nonce)
    return redirect(url_for(".interrupted", pour=inquiry.wish if inquiry else Wish.SIGN_IN.value))


@bp.get("/retour")
@writes
def back() -> ResponseReturnValue:
    """The way back to the portal: an answer serves once, in the browser that asked."""
    inquiry = inquiries.find(request.args.get("etat", ""))
    if inquiry and not inquiry.is_over and not inquiry.agreed:
        return redirect(url_for(".consent", nonce=inquiry.nonce))
    user = user_of(inquiry.who) if inquiry and not inquiry.is_over else None
    if inquiry is None or user is None:
        return redirect(url_for(".interrupted", pour=inquiry.wish if inquiry else None))
    inquiries.end(inquiry.nonce)
    return _settled(user, wish_of(inquiry.wish))


@bp.get("/refus")
def refused() -> ResponseReturnValue:
    wish = wish_of(request.args.get("pour"))
    return _already_in(wish) or _page("refused", wish)


@bp.get("/interruption")
def interrupted() -> ResponseReturnValue:
    """Given up, too late, or an answer that has served: begin again, or another way."""
    wish = wish_of(request.args.get("pour"))
    return _already_in(wish) or _page("interrupted", wish)


def _settled(user: User, wish: Wish) -> ResponseReturnValue:
    """Their identity is proven: in, or on with the activation."""
    if wish is Wish.SIGN_IN:
        return settle_in(user, place.here(), SignedInElsewhere)
    journey.prove(user)
    db.session.commit()
    return redirect(url_for("enrolment.index"))


def _page(name: str, wish: Wish, **about: Any) -> str:
    if inquiry := about.get("inquiry"):
        about["provider"] = providers.find(inquiry.provider)
    return render_template(f"partners/identity/{name}.html", wish=wish, **about)


def _already_in(wish: Wish) -> ResponseReturnValue | None:
    """Somebody is signed in: another window was quicker, or it is somebody else's. The door's page says who it is."""
    if wish is not Wish.SIGN_IN or not current_user.is_authenticated:
        return None
    return redirect(url_for("account.sign_in", code=place.here().code))


def _lost(inquiry: Inquiry | None) -> ResponseReturnValue:
    """A page in the middle, without a live question: too late, or not begun."""
    if inquiry is None:
        flash("Cette page ne sert qu’une fois. Choisissez d’abord un compte.", "info")
        return redirect(url_for(".index"))
    inquiries.end(inquiry.nonce)
    return redirect(url_for(".interrupted", pour=inquiry.wish))


def _recognised(form: AtProvider) -> User | None:
    try:
        return providers.recognise(form.identifier.data or "", form.password.data or "")
    except Refused as refused:
        form.password.errors = [refused.phrase]
        form.until = getattr(refused, "until", None)
        return None
    finally:
        db.session.commit()  # the count of wrong tries stays
