"""What the stories of partners share: somebody signed in at a firm, a service synchronised by its pages or from inside."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account.models import User
from sandbox.catalogue import pairing, service
from sandbox.catalogue.forms import NO, YES, name_of
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.mailbox.models import Channel
from sandbox.mailbox.service import inbox
from sandbox.partners.models import Customer
from tests.browser import Browser
from tests.room import Room


def room_of(browser: Browser) -> tuple[Room, str]:
    """Where this person is, and the ref of who they are."""
    with browser.client.session_transaction() as session:
        return Room(browser.client.application, session["workshop"], ""), session["_user_id"]


def contact_of(browser: Browser) -> str:
    """The e-mail address on the person's card."""
    room, ref = room_of(browser)
    with room.inside():
        user = db.session.scalars(sa.select(User).where(User.ref == ref)).one()
        assert user.record is not None
        return user.record.email


def code_of(browser: Browser) -> str:
    """The six digits of the newest e-mail."""
    room, ref = room_of(browser)
    with room.inside():
        user = db.session.scalars(sa.select(User).where(User.ref == ref)).one()
        return next(mail.code for mail in inbox(user, channel=Channel.EMAIL) if mail.code)


def gives_code(browser: Browser) -> Browser:
    """At the firm's: the address, then the six digits."""
    browser.submit("Recevoir mon code", email=contact_of(browser))
    return browser.submit("Valider", code=code_of(browser))


def signed_in_at(browser: Browser, slug: str) -> Browser:
    """Signed in at a firm without passing by the portal: on its first page."""
    return gives_code(browser.go(f"/partenaires/connexion/{slug}"))


def asked(browser: Browser, slug: str) -> Browser:
    """Before the questions of the consent page, the service synchronised already or not."""
    page = browser.go(f"/catalogue/{slug}").page
    token = page.select_one("input[name=csrf_token]")
    assert token is not None
    answer = browser.client.post(f"/catalogue/{slug}/synchroniser", data={"csrf_token": token["value"]})
    browser.go(browser._absolute(answer.headers["Location"]))
    return gives_code(browser) if "/partenaires/connexion/" in browser.path else browser


def answered(browser: Browser, *refused: Purpose) -> Browser:
    """Every question answered: yes, but to these."""
    names = [str(radio["name"]) for radio in browser.page.select("input[type=radio]")]
    no = {name_of(purpose) for purpose in refused}
    return browser.submit("Valider mes réponses", **{name: NO if name in no else YES for name in names})


def paired(browser: Browser, slug: str, *refused: Purpose) -> Browser:
    """The service is synchronised, all granted but these; the person is back at the firm."""
    return answered(asked(browser, slug), *refused)


def tied(room: Room, seat: int, slug: str, *purposes: Purpose) -> str:
    """The ref of the customer of a service tied from inside; all that it asks is granted unless purposes are named."""
    with room.inside():
        record = room.record(seat)
        sheet = service.find(slug, record)
        assert sheet is not None
        tie = pairing.agree(record.owner, record, sheet, purposes or tuple(sheet.purposes))
        assert tie is not None
        mine = Customer.record_id == record.id, Customer.user_id == record.owner_id, Customer.service == slug
        customer = db.session.scalars(sa.select(Customer).where(*mine)).first()
        customer = customer or Customer(record=record, user=record.owner, service=slug)
        customer.passkey = tie.passkey
        db.session.add(customer)
        db.session.flush()
        return customer.ref
