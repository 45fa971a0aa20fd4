"""The simulated sites of other firms: one frame, and their own accounts, apart from the portal's sign-in."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort, redirect, request, session, url_for

from sandbox import tenancy
from sandbox.access import To, actor, may, opened_record
from sandbox.catalogue import service
from sandbox.catalogue.service import Service
from sandbox.db import db
from sandbox.learner import portal
from sandbox.partners.models import Customer

SIGNED_IN = "customers"  # in the session: who is signed in at which firm
BOUND_FOR = "bound_for"  # in the session: the page of a firm that one was going to before signing in there
LONGEST = 200  # signs of its address: a browser throws away a session that is too long
HOMES = {  # the first page of each firm
    "rdv-valbrune": "partners.booking", "glyco-suivi": "partners.meter", "rappel-vaccins": "partners.vaccines",
    "pre-admission-valbrune": "partners.admission",
}

bp = portal("partners", __name__, "/partenaires")


def sheet_of(slug: str) -> Service:
    """The catalogue's sheet of a firm whose site is simulated; 404 otherwise."""
    sheet = service.find(slug, opened_record())
    return sheet if sheet is not None and sheet.site else abort(404)


def customer_of(slug: str) -> Customer | None:
    """Who is signed in at that firm, for the record that is open."""
    ref = session.get(SIGNED_IN, {}).get(slug, "")
    found = db.session.scalars(sa.select(Customer).where(Customer.ref == ref)).first()
    is_mine = found is not None and found.record_id == opened_record().id and may(actor(), To.USE_CUSTOMER, found)
    return found if is_mine else None


def need_customer(slug: str) -> Customer:
    """The same, or the way to sign in there and come back."""
    customer = customer_of(slug)
    if customer is None:
        page = request.full_path.rstrip("?")
        wanted = {_of_now(slug): page} if request.method == "GET" and len(page) <= LONGEST else {}
        session[BOUND_FOR] = session.get(BOUND_FOR, {}) | wanted
        abort(redirect(url_for("partners.sign_in", slug=slug)))
    return customer


def bound_for(slug: str) -> str:
    """Where one was going, asked once; the firm's first page otherwise."""
    known, now = session.get(BOUND_FOR, {}), _of_now(slug)
    session[BOUND_FOR] = {name: path for name, path in known.items() if name.split()[0] != slug}
    path: str = known.get(now) or url_for("partners.home", slug=slug)
    return path


def _of_now(slug: str) -> str:
    """A page of another profile, or of the world before a reset, is not gone back to."""
    where = tenancy.bound()
    return f"{slug} {opened_record().ref} {where.world_id if where else 0}"


def sign_in(customer: Customer) -> None:
    session[SIGNED_IN] = session.get(SIGNED_IN, {}) | {customer.service: customer.ref}


def sign_out(slug: str) -> None:
    session[SIGNED_IN] = {name: ref for name, ref in session.get(SIGNED_IN, {}).items() if name != slug}
