"""What the trainer prints before the room opens: the seats' cards, and the letters of the invitation."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from sandbox import clock, french, numbers, serving, tenancy
from sandbox.account.models import TO_OBJECT, Life, Professional, Record, Role, Sex, User
from sandbox.console.desk import bp, ready_workshop_of
from sandbox.console.overview import bound_of
from sandbox.db import db, end_of_writing, writes
from sandbox.workshops import cards as printed_cards
from sandbox.workshops import doorstep, invitations, printed, service
from sandbox.workshops.cards import TO_ACTIVATE, Card, Child
from sandbox.workshops.invitations import Invitation
from sandbox.workshops.models import Credential, Workshop
from sandbox.workshops.starts import STATES, Start


@bp.get("/<code>/cartes")
@writes
def cards(code: str) -> ResponseReturnValue:
    """The cards as a page to print."""
    workshop = ready_workshop_of(code)
    note_paper(workshop, doorstep.CARDS)
    sheets = printed_cards.pages(cards_of(workshop))
    return render_template("console/cards.html", workshop=workshop, sheets=sheets, stamp=printed_cards.STAMP)


@bp.get("/<code>/cartes.pdf")
@writes
def cards_pdf(code: str) -> Response:
    """The same as a PDF."""
    workshop = ready_workshop_of(code)
    note_paper(workshop, doorstep.CARDS)
    return as_pdf(printed_cards.pdf(f"Cartes de l’atelier {workshop.code}", cards_of(workshop)), f"cartes-{workshop.code}")


@bp.get("/<code>/courriers")
def letters(code: str) -> ResponseReturnValue:
    """The letters as a page to print, one sheet a seat."""
    workshop = ready_workshop_of(code)
    return render_template(
        "console/letters.html", workshop=workshop, letters=letters_of(workshop), stamp=printed_cards.STAMP,
        sender=invitations.SENDER, prepare=invitations.PREPARE,
    )


@bp.get("/<code>/courriers.pdf")
def letters_pdf(code: str) -> Response:
    """The same as a PDF."""
    workshop = ready_workshop_of(code)
    content = invitations.pdf(f"Courriers de l’atelier {workshop.code}", letters_of(workshop))
    return as_pdf(content, f"courriers-{workshop.code}")


def note_paper(workshop: Workshop, paper: str) -> None:
    """It was opened to be printed: the page that checks the room says so. Commits, and nobody waits while it is drawn."""
    doorstep.paper_opened(workshop, paper, urlsplit(serving.public("/")).netloc)
    db.session.commit()
    end_of_writing()


def as_pdf(content: bytes, name: str) -> Response:
    """A file to keep, with its name."""
    response = make_response(content)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


# --- what is on them ---------------------------------------------------------------------------------

def cards_of(workshop: Workshop) -> list[Card]:
    """Everything that the screens ask, seats first."""
    credentials = service.credentials(workshop)
    with tenancy.world(bound_of(workshop)):
        told = {ref: _identity(record) for ref, record in _records().items()} | _trades()
        children = _children()
    return [
        Card(
            seat=card.seat, name=card.name, identifier=card.identifier, password=card.password, url=_address(card),
            pictures=printed.pictures(card.token) if card.seat else (), children=tuple(children[card.seat]), **told.get(card.ref, {}),
        )
        for card in credentials
    ]


def letters_of(workshop: Workshop) -> list[Invitation]:
    """One a seat, dated as its record says; a seat that no letter was sent to has the one that it would be sent."""
    credentials = [card for card in service.credentials(workshop) if card.seat]
    with tenancy.world(bound_of(workshop)):
        records, children = _records(), _children()
        return [_letter(card, records[card.ref], children[card.seat]) for card in credentials if card.ref in records]


def _letter(card: Credential, record: Record, children: list[Child]) -> Invitation:
    sent = record.invited_at.date() if record.invited_at else _usual_day()
    return Invitation(
        seat=card.seat, title=record.title, first_name=record.first_name, name=record.name, address=record.address,
        sent=sent, last_day=record.last_day_to_object or sent + TO_OBJECT, code=printed.letter_code(card.token),
        url=_address(card), children=tuple(children),
    )


def _usual_day() -> date:
    return clock.today() + timedelta(days=STATES[Start.CREATED].invited or 0)


def _address(card: Credential) -> str:
    """Where the QR code leads."""
    return serving.public(f"/{'carte' if card.seat else 'pro/carte'}/{card.token}")


def _records() -> dict[str, Record]:
    """The learners' own records, by the ref of their owner."""
    query = sa.select(User.ref, Record).join(User, User.id == Record.owner_id).where(User.role == Role.LEARNER)
    return {ref: record for ref, record in db.session.execute(query)}


def _children() -> defaultdict[int, list[Child]]:
    """The children of each seat, the eldest first."""
    query = sa.select(Record).join(Record.owner).where(User.role == Role.DEPENDANT)
    found = defaultdict[int, list[Child]](list)
    for child in db.session.scalars(query.order_by(Record.birth_date, Record.first_name)):
        found[child.seat].append(Child(child.first_name, _born(child).lower(), french.short_date(child.birth_date)))
    return found


def _born(record: Record) -> str:
    return "Née le" if record.sex is Sex.FEMALE else "Né le"


def _identity(record: Record) -> dict[str, str]:
    return {
        "nir": numbers.spaced_nir(record.nir), "serial": record.vitale_serial, "email": record.email, "phone": record.phone,
        "born": _born(record), "birth": french.short_date(record.birth_date),
        "todo": TO_ACTIVATE if record.life is Life.CREATED else "",
    }


def _trades() -> dict[str, dict[str, str]]:
    query = sa.select(User.ref, Professional.specialty, Professional.place).join(Professional, Professional.user_id == User.id)
    return {ref: {"trade": specialty, "place": place} for ref, specialty, place in db.session.execute(query)}
