"""Getting in at a firm's: an address, the six digits sent to it, and the way back from the portal with what it agreed to.

The firm never asks the portal's password: it has its own accounts.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, ValidationError
from wtforms.validators import DataRequired

from sandbox.access import actor, opened_record
from sandbox.account import codes
from sandbox.account.contact import part_of_email, tidy_email
from sandbox.account.forms import OneTimeCodeForm
from sandbox.account.models import CodePurpose
from sandbox.account.settling import accepted
from sandbox.catalogue import errands, pairing
from sandbox.catalogue.errands import Errand
from sandbox.catalogue.models import Purpose, Synchronization
from sandbox.catalogue.service import Service
from sandbox.db import db, end_of_writing, writes
from sandbox.errors import Refused
from sandbox.forms import Form
from sandbox.partners import portal
from sandbox.partners.models import Customer
from sandbox.partners.portal import bp, customer_of, sheet_of

UNKNOWN = "{} ne connaît pas cette adresse. Écrivez celle de votre compte « Mon espace santé » : {}."
NO_ADDRESS = "Vous n’avez pas encore d’adresse e-mail. Ajoutez-en une dans les paramètres de « Mon espace santé », puis revenez ici."
FIRST = "Écrivez d’abord votre adresse e-mail : le code est envoyé à cette adresse."
AGAIN = "Un nouveau code est parti par e-mail. Le précédent ne marche plus."


class Address(Form):
    """Who one is, for a firm: an address that one can read."""

    email = StringField("Votre adresse e-mail", [DataRequired("Écrivez votre adresse e-mail, par exemple marie.durand@courriel.example.")])

    def __init__(self, *args: Any, firm: str, known: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.firm, self.known = firm, known

    def validate_email(self, field: StringField) -> None:
        try:
            typed = tidy_email(field.data or "")
        except Refused as refused:
            raise ValidationError(refused.phrase) from None
        if not self.known:
            raise ValidationError(NO_ADDRESS)
        if typed != self.known.lower():
            raise ValidationError(UNKNOWN.format(self.firm, part_of_email(self.known)))


@bp.route("/connexion/<slug>", methods=["GET", "POST"])
def sign_in(slug: str) -> ResponseReturnValue:
    """An address; the portal passes along the one that it knows."""
    sheet = sheet_of(slug)
    if _is_stale(slug):
        return _lost(sheet)
    if customer_of(slug):
        return _onwards(slug)
    form = Address(firm=sheet.name, known=_contact(), email=_contact() if _state() else "")
    if form.validate_on_submit():
        _send(sheet)
        db.session.commit()
        return redirect(url_for(".code", slug=slug, etat=_state() or None))
    return _page("sign_in", sheet, form=form), 422 if form.errors else 200


@bp.route("/code/<slug>", methods=["GET", "POST"])
def code(slug: str) -> ResponseReturnValue:
    """The six digits of the e-mail; then one is in, and goes on where one was going."""
    sheet, user, form = sheet_of(slug), actor(), OneTimeCodeForm()
    if customer_of(slug):
        return _onwards(slug)
    if not _is_awaited(slug):
        flash(FIRST, "info")
        return redirect(url_for(".sign_in", slug=slug, etat=_state() or None))
    if form.validate_on_submit() and accepted(form, user, CodePurpose.PARTNER):
        portal.sign_in(_account(slug))
        db.session.commit()
        return _onwards(slug)
    until = user.locked_until if user.is_locked else None
    return _page("code", sheet, form=form, until=until, address=part_of_email(_contact())), 422 if form.errors else 200


@bp.post("/code/<slug>/autre")
def another_code(slug: str) -> ResponseReturnValue:
    """Sent again; the former one dies."""
    sheet = sheet_of(slug)
    if not _is_awaited(slug):
        flash(FIRST, "info")
        return redirect(url_for(".sign_in", slug=slug, etat=_state() or None))
    _send(sheet)
    db.session.commit()
    flash(AGAIN, "done")
    return redirect(url_for(".code", slug=slug, etat=_state() or None))


@bp.get("/retour/<slug>")
@writes
def back(slug: str) -> ResponseReturnValue:
    """The portal's answer comes back: it serves once, for whoever asked, in the window where they asked."""
    sheet, errand, customer = sheet_of(slug), _errand(slug), customer_of(slug)
    if errand and not errand.answer:
        return redirect(url_for("catalogue.consent", slug=slug, etat=errand.nonce))
    if errand is None or customer is None or request.args.get("reponse") != errand.answer:
        return _lost(sheet)
    errands.end(errand.nonce)
    tie = _tie(errand)
    if errand.answer == errands.AGREED and tie is None:
        return _lost(sheet)
    customer.passkey = tie.passkey if tie else customer.passkey
    db.session.commit()
    return redirect(url_for(".synchronized", slug=slug)) if tie else _page("refused", sheet)


@bp.get("/synchronise/<slug>")
def synchronized(slug: str) -> ResponseReturnValue:
    """What the firm may do from now on, and what it may not."""
    sheet, customer = sheet_of(slug), portal.need_customer(slug)
    tie = pairing.with_service(opened_record(), slug)
    if tie is None or tie.passkey != customer.passkey:
        return redirect(url_for(".home", slug=slug))
    granted = [one for one in sheet.purposes if tie.grants(one)]
    return _page("back", sheet, granted=granted, refused=[one for one in sheet.purposes if one not in granted])


@bp.get("/accueil/<slug>")
def home(slug: str) -> ResponseReturnValue:
    """The firm's first page."""
    return redirect(url_for(portal.HOMES[sheet_of(slug).slug]))


@bp.post("/deconnexion/<slug>")
def sign_out(slug: str) -> ResponseReturnValue:
    sheet = sheet_of(slug)
    portal.sign_out(slug)
    flash(f"Vous êtes déconnecté de {sheet.name}. Vous restez connecté à « Mon espace santé ».", "done")
    return redirect(url_for(".sign_in", slug=slug))


# --- on the way ----------------------------------------------------------------------------------------

def _state() -> str:
    return request.args.get("etat", "")


def _errand(slug: str) -> Errand | None:
    """The errand that this person is on, if they were sent by the portal and are not late."""
    return errands.live(_state(), actor(), opened_record(), slug)


def _is_stale(slug: str) -> bool:
    return bool(_state()) and _errand(slug) is None


def _onwards(slug: str) -> ResponseReturnValue:
    """Signed in at the firm: back to the portal to decide, or where one was going."""
    if not _state():
        return redirect(portal.bound_for(slug))
    errand = _errand(slug)
    if errand is None:
        return _lost(sheet_of(slug))
    errand.is_known = True
    errands.keep(errand)
    return redirect(url_for("catalogue.consent", slug=slug, etat=errand.nonce))


def _lost(sheet: Service) -> ResponseReturnValue:
    """A way back that leads nowhere: forged, too late, or it has served. Nothing is written."""
    end_of_writing()
    tie, customer = pairing.with_service(opened_record(), sheet.slug), customer_of(sheet.slug)
    holds_key = tie is not None and customer is not None and customer.passkey == tie.passkey
    return _page("back_lost", sheet, tie=tie, holds_key=holds_key), 409 if request.method == "POST" else 200


def _tie(errand: Errand) -> Synchronization | None:
    """What was agreed to, if it still stands."""
    tie = pairing.with_service(opened_record(), errand.service)
    return tie if tie and tie.ref == errand.tie else None


# --- the account at the firm ---------------------------------------------------------------------------

def _contact() -> str:
    """The address of who acts: for a child's record, the parent's."""
    own = actor().record or abort(404)
    return own.email


def _send(sheet: Service) -> None:
    codes.send(
        actor(), CodePurpose.PARTNER, channel="email", target=_target(sheet.slug), record=opened_record(), sender=f"{sheet.name} (simulé)",
    )


def _target(slug: str) -> str:
    """A code of one firm opens no other, and only the account of the profile that is open."""
    return f"{slug} {opened_record().ref}"


def _is_awaited(slug: str) -> bool:
    waiting = codes.awaited(actor(), CodePurpose.PARTNER)
    return waiting is not None and waiting.target == _target(slug)


def _account(slug: str) -> Customer:
    """The account of this person for this record, opened at the first visit."""
    user, record = actor(), opened_record()
    mine = Customer.user_id == user.id, Customer.record_id == record.id, Customer.service == slug
    customer = db.session.scalars(sa.select(Customer).where(*mine)).first()
    if customer is None:
        customer = Customer(record=record, user=user, service=slug)
        db.session.add(customer)
        db.session.flush()
    return customer


def _page(name: str, sheet: Service, **about: Any) -> str:
    about |= {"sheet": sheet, "customer": customer_of(sheet.slug), "state": _state(), "purposes": Purpose}
    return render_template(f"partners/{name}.html", **about)
