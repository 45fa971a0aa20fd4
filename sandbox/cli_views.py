"""What the command line says of workshops: an object for programs, a text for people."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

import sqlalchemy as sa
from flask import current_app

from sandbox import clock, french, serving, tenancy
from sandbox.account.place import find_place
from sandbox.console import planning
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.exercises import service as exercises
from sandbox.workshops import checks, due, fixtures, packs, returning, service, spares, vanishing, worlds
from sandbox.workshops.models import Credential, Workshop, World

Answer = tuple[dict[str, Any], str]


def workshop_of(code: str) -> Workshop:
    """Raises Refused."""
    if not (workshop := service.find(code)):
        raise Refused(f"Aucun atelier n’a le code {code}.")
    return workshop


def public_url() -> str:
    """The address printed on cards: the one set, the one served last, or this machine's on the local network."""
    settings = current_app.config["SETTINGS"]
    return str(settings.public_url) or serving.remembered_address(settings.data)


def described(workshop: Workshop) -> Answer:
    """Code, addresses, and what is printed on every card."""
    cards = service.credentials(workshop)
    found = {
        "code": workshop.code,
        "name": workshop.name,
        "pack": workshop.pack,
        "date": workshop.held_on.isoformat(),
        "closed": workshop.is_closed,
        "open_until": _open_until(workshop),
        "join_url": urljoin(public_url(), f"/rejoindre?code={workshop.code}"),
        "seats": [{"number": card.seat, **_card(card)} for card in cards if card.seat],
        "professionals": [_card(card) for card in cards if not card.seat],
    }
    return found, _text(found)


def _card(card: Credential) -> dict[str, Any]:
    path = f"/carte/{card.token}" if card.seat else f"/pro/carte/{card.token}"
    return {
        "ref": card.ref, "name": card.name, "identifier": card.identifier, "password": card.password,
        "url": urljoin(public_url(), path),
    }


def _text(found: dict[str, Any]) -> str:
    room = "ouverte" if found["open_until"] else f"fermée ; pour l’ouvrir : sandbox open {found['code']}"
    lines = [f"Atelier {found['code']} : {found['name']}", f"Rejoindre : {found['join_url']}", f"Salle {room}", ""]
    lines += [f"Place {s['number']:>2}  {s['identifier']:<28} {s['password']:<16} {s['url']}" for s in found["seats"]]
    lines += ["", *(f"{p['name']:<32} {p['identifier']:<18} {p['password']:<16} {p['url']}" for p in found["professionals"])]
    return "\n".join(lines)


def _open_until(workshop: Workshop) -> str | None:
    """When the room shuts by itself; None when it is shut."""
    return workshop.open_until.isoformat(timespec="seconds") if workshop.open_until and workshop.is_open else None


def opened(workshop: Workshop) -> Answer:
    """Whether people can enter, and until when."""
    found = {"code": workshop.code, "open_until": _open_until(workshop)}
    if workshop.open_until is None:
        return found, f"La salle de l’atelier {workshop.code} est fermée."
    return found, f"La salle de l’atelier {workshop.code} est ouverte {french.until(workshop.open_until, clock.today())}."


def listed() -> Answer:
    """Every workshop, newest first."""
    found = [
        {"code": w.code, "name": w.name, "pack": w.pack, "seats": w.seats, "date": w.held_on.isoformat(), "closed": w.is_closed}
        for w in db.session.scalars(sa.select(Workshop).order_by(Workshop.id.desc()))
    ]
    text = "\n".join(f"{w['code']}  {w['date']}  {w['seats']:>2} places  {w['name']}" for w in found)
    return {"workshops": found}, text or "Aucun atelier."


def digested(workshop: Workshop, seat: int | None) -> Answer:
    """The digest of the present world, or of one of its seats. Raises Refused."""
    if seat is not None and not 1 <= seat <= workshop.seats:
        raise Refused(f"L’atelier n’a pas de place {seat} : les places vont de 1 à {workshop.seats}.")
    world = db.session.get_one(World, workshop.world_id)
    seats = [seat] if seat is not None else range(workshop.seats + 1)
    found = worlds.digest(world, seats)
    return {"code": workshop.code, "digest": found}, found


def pack_problems() -> list[str]:
    """What is wrong in the packs: in their story, and in what their exercises ask."""
    asked = [
        f"{slug}/{problem}" for slug in fixtures.packs() for problem in exercises.problems(packs.load(slug).exercises)
    ] if not (told := checks.check_all()) else []
    return told + asked


def ticked() -> Answer:
    """What falls due in a server that sleeps: in each workshop, then its next spare world; and what must be erased."""
    open_ones = sa.select(Workshop.id, Workshop.code).where(Workshop.closed_at.is_(None))
    erased, codes = vanishing.erase_due(), []
    for number, code in db.session.execute(open_ones.order_by(Workshop.id)).all():
        returning.settle_code(code)
        planning.settle(code)
        if place := find_place(number):
            with tenancy.world(place):
                due.settle(place.world_id, place.due_at)
        spares.keep_ready(number)
        codes.append(code)
    return {"workshops": codes, "erased": erased}, f"{len(codes)} ateliers prêts, {len(erased)} effacés."
