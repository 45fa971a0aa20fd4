"""What the stories of the booking site share: its pages, what is held, and what was written to whom."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from sandbox import clock
from sandbox.agenda.models import Appointment
from sandbox.agenda.slots import free_slots
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.journal.models import Entry
from sandbox.mailbox.models import Mail
from sandbox.partners.models import Customer
from tests.browser import Browser
from tests.partners.pairing import tied
from tests.room import Room

SLUG = "rdv-valbrune"
SITE, MINE = "/partenaires/rdv-valbrune", "/partenaires/rdv-valbrune/mes-rendez-vous"
FIRM = "Rendez-vous Valbrune (simulé)"


def slots_of(room: Room, slug: str = "dr-lemoine") -> list[datetime]:
    with room.inside():
        return free_slots(room.user(slug), clock.today())


def known_at(room: Room, browser: Browser, *purposes: Purpose, seat: int = 1) -> Browser:
    """Signed in at the firm; tied for these purposes, or not at all."""
    with room.inside():
        ref = account(room, seat)
    if purposes:
        tied(room, seat, SLUG, *purposes)
    with browser.client.session_transaction("/") as session:
        session["customers"] = {SLUG: ref}
    return browser


def account(room: Room, seat: int) -> str:
    """Only inside: the ref of the person's account at the firm, opened when there is none."""
    record = room.record(seat)
    found = db.session.scalars(sa.select(Customer).where(Customer.record_id == record.id, Customer.service == SLUG)).first()
    if found is None:
        found = Customer(record=record, user=record.owner, service=SLUG)
        db.session.add(found)
        db.session.flush()
    return found.ref


def page_of(room: Room, slot: datetime, slug: str = "dr-lemoine") -> str:
    """The address of the page that confirms."""
    with room.inside():
        ref = room.user(slug).ref
    return f"{SITE}/{ref}/confirmer?a={slot:%Y-%m-%dT%H:%M}"


def takes(room: Room, browser: Browser, slot: datetime, **fields: str) -> str:
    """The ref of what the person books, by the pages."""
    browser.go(page_of(room, slot)).submit("Confirmer le rendez-vous", **fields)
    assert browser.heading == "Votre rendez-vous est confirmé"
    return browser.path.split("?")[0].rsplit("/", 1)[1]


def held(slot: datetime) -> int:
    """Only inside: how many hold that slot."""
    query = sa.select(sa.func.count(Appointment.id)).where(Appointment.starts_at == slot, Appointment.held)
    return db.session.scalar(query) or 0


def one(ref: str) -> Appointment:
    """Only inside."""
    return db.session.scalars(sa.select(Appointment).where(Appointment.ref == ref)).one()


def letters(room: Room, seat: int = 1) -> list[Mail]:
    """What the firm wrote, but codes; newest last."""
    with room.inside():
        query = sa.select(Mail).where(Mail.user_id == room.record(seat).owner_id, Mail.sender == FIRM).order_by(Mail.id)
        return [mail for mail in db.session.scalars(query) if not mail.code]


def lines(room: Room, seat: int = 1, *, elsewhere: bool = False) -> list[str]:
    """The acts about appointments and services that the history shows, or those that it does not."""
    with room.inside():
        query = sa.select(Entry.act).where(Entry.seat == seat, ~Entry.from_pack, Entry.elsewhere == elsewhere).order_by(Entry.id)
        return [act for act in db.session.scalars(query) if act.startswith(("Appointment", "Service", "Agenda"))]
