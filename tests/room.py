"""A workshop under test: who is in it, and how to look behind the screens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from flask import Flask

from sandbox import clock
from sandbox.account.models import Record, Role, User
from sandbox.account.place import HAND
from sandbox.audience import Audience, cookie
from sandbox.db import db, writing
from sandbox.tenancy import world
from sandbox.workshops import points, service, spares, worlds
from sandbox.workshops.doorstep import Noted
from sandbox.workshops.models import Credential, Step, Trainer, Workshop, World, WorldState
from sandbox.workshops.returning import ReturnHour
from tests.browser import Browser

TRAINER = ("samira@formation.example", "Bac-a-sable-1")


def open_room(app: Flask, *, seats: int, seed: str, pack: str = "decouverte") -> Room:
    """A workshop with its first world, and its trainer."""
    with app.app_context(), writing():
        trainer = db.session.scalars(sa.select(Trainer)).first() or service.add_trainer(*TRAINER)
        workshop = service.create(service.Plan(pack=pack, seats=seats, seed=seed), trainer)
        db.session.commit()
        room = Room(app, workshop.id, workshop.code)
    room.renew()
    return room


@dataclass
class Room:
    app: Flask
    workshop_id: int
    code: str

    def renew(self) -> None:
        """A fresh world; the former ones are dropped, and the spares that other tests left."""
        with self.app.app_context(), writing():
            workshop = db.session.get_one(Workshop, self.workshop_id)
            first, *frozen = points.of_workshop(workshop)
            workshop.start_id = first.id
            for point in frozen:
                point.removed_at = clock.real_now()
            world_id = spares.fill_one(self.workshop_id)
            workshop.world_id = world_id
            workshop.closed_at, workshop.quick_entry, workshop.matrix = None, False, ""
            workshop.erase_on = workshop.pause_until = None
            workshop.returns_at, workshop.open_until, workshop.refusals = None, clock.real_now() + timedelta(days=1), 0
            db.session.get_one(World, world_id).state = WorldState.USED
            db.session.execute(sa.delete(Step).where(Step.workshop_id == self.workshop_id))
            for kind in (ReturnHour, Noted):
                db.session.execute(sa.delete(kind).where(kind.workshop_id == self.workshop_id))
            spare = sa.update(World).where(World.workshop_id == self.workshop_id, World.state == WorldState.READY)
            db.session.execute(spare.values(day=date(2000, 1, 1)))
            db.session.commit()
            spares.sweep(self.workshop_id)
            db.session.remove()

    @contextmanager
    def inside(self) -> Iterator[None]:
        """In the room's present world, with a session, as a service would be; commits at the end."""
        with self.app.app_context(), writing():
            where = self.world().bound
            with world(where):
                yield
                db.session.commit()
            db.session.remove()

    def world(self) -> World:
        workshop = db.session.get_one(Workshop, self.workshop_id, populate_existing=True)
        return db.session.get_one(World, workshop.world_id, populate_existing=True)

    def digest(self) -> str:
        with self.app.app_context():
            seats = db.session.get_one(Workshop, self.workshop_id).seats
            found = worlds.digest(self.world(), range(seats + 1))
            db.session.remove()
            return found

    def record(self, seat: int) -> Record:
        """Only inside: the record of a seat."""
        own = sa.select(Record).join(Record.owner).where(Record.seat == seat, User.role == Role.LEARNER)
        return db.session.scalars(own).one()

    def user(self, slug: str) -> User:
        """Only inside: somebody by the pack's name."""
        return db.session.scalars(sa.select(User).where(User.slug == slug)).one()

    def card(self, seat: int = 0, identifier: str = "") -> Credential:
        with self.app.app_context():
            query = sa.select(Credential).where(Credential.workshop_id == self.workshop_id, Credential.seat == seat)
            if identifier:
                query = query.where(Credential.identifier == identifier)
            card = db.session.scalars(query).first()
            db.session.remove()
            assert card is not None
            return card

    # --- people ---

    def learner(self, seat: int) -> Browser:
        browser = Browser(self.app, f"place {seat}")
        card = self.card(seat)
        self._sign_in(browser, "/", card.ref)
        return browser

    def professional(self, identifier: str) -> Browser:
        browser = Browser(self.app, identifier)
        self._sign_in(browser, "/pro", self.card(0, identifier).ref)
        return browser

    def trainer(self) -> Browser:
        browser = Browser(self.app, "Samira")
        with self.app.app_context():
            trainer = db.session.scalars(sa.select(Trainer)).first()
            assert trainer is not None
            db.session.remove()
        with browser.client.session_transaction("/console/") as session:
            session["_user_id"] = str(trainer.id)
        return browser

    def session_of(self, audience: Audience, ref: str) -> dict[str, str]:
        """The cookie of somebody who has signed in, for a real browser."""
        with self.app.test_request_context():
            content = {"workshop": self.workshop_id, "world": self.world().id, "_user_id": ref, "entered_at": clock.real_now().timestamp()}
            name, _, value = cookie(audience, content | ({HAND: ref} if audience is Audience.LEARNER else {})).partition("=")
            db.session.remove()
        return {"name": name, "value": value}

    def _sign_in(self, browser: Browser, path: str, ref: str) -> None:
        with self.app.app_context():
            world_id = self.world().id
            db.session.remove()
        with browser.client.session_transaction(f"{path.rstrip('/')}/") as session:
            session["workshop"], session["world"], session["_user_id"] = self.workshop_id, world_id, ref
            session["entered_at"] = clock.real_now().timestamp()
