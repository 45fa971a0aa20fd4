"""Making things happen: any professional's act, or the portal's, for one seat, several or all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from sandbox import french, live, tenancy, texts
from sandbox.account import life
from sandbox.account.models import Record, Role, Sex, User
from sandbox.account.service import institution
from sandbox.acts import LureArrived, publish
from sandbox.catalogue import exchanges, halting
from sandbox.catalogue.models import Purpose, Status
from sandbox.console.overview import bound_of
from sandbox.db import db
from sandbox.documents.service import deposit_text
from sandbox.errors import Refused
from sandbox.mailbox import lures
from sandbox.messaging.service import open_conversation
from sandbox.partners import notes, readings
from sandbox.partners.models import Customer
from sandbox.prescriptions.models import Kind
from sandbox.prescriptions.service import NewLine, prescribe
from sandbox.privacy import service as privacy
from sandbox.workshops import worlds
from sandbox.workshops.models import Snapshot, Workshop
from sandbox.workshops.packs import Item

NEEDS_OPEN = {"deposit", "message", "consult", "prescribe"}  # what a record that is shut cannot receive
CANNOT_CONSULT = "Cet établissement dépose des documents, mais ne consulte pas les dossiers. Choisissez une personne."


class NotReached(Exception):  # noqa: N818 — not an error: the trainer is told
    """What a service sent did not arrive."""


@dataclass(frozen=True)
class Outcome:
    """The people it happened to, by seat, and those whom it did not reach: their service may not."""

    done: dict[int, str] = field(default_factory=dict)
    missed: dict[int, str] = field(default_factory=dict)


def prepared(workshop: Workshop) -> list[Item]:
    """What the pack's author prepared, in order."""
    start = db.session.get_one(Snapshot, workshop.start_id)
    head: Item = worlds.unpack(start.head)
    return list(head["triggers"])


def named(workshop: Workshop, slug: str) -> Item:
    """A prepared thing. Raises Refused."""
    trigger = next((item for item in prepared(workshop) if item["slug"] == slug), None)
    if trigger is None:
        raise Refused("Ce déclencheur n’existe pas dans cet atelier.")
    return trigger


def run(workshop: Workshop, slug: str, seats: Iterable[int]) -> Outcome:
    """Make a prepared thing happen. Raises Refused."""
    return happen(workshop, named(workshop, slug), seats)


def happen(workshop: Workshop, deed: Item, seats: Iterable[int]) -> Outcome:
    """The professional (the portal, when none is named) does it at each seat: all of them, or none when one is refused; what
    a service may not do at one seat stops no other. Raises Refused.
    """
    with tenancy.world(bound_of(workshop)):
        return do(deed, seats)


def do(deed: Item, seats: Iterable[int]) -> Outcome:
    """The same in the world one is in. Raises Refused."""
    outcome = Outcome()
    actor = _professional(deed["professional"]) if "professional" in deed else institution()
    records = _records(set(seats))
    if deed["act"] in NEEDS_OPEN:
        _need_open(records)
    for record in records:
        try:
            DEEDS[deed["act"]](actor, record, deed)
            outcome.done[record.seat] = record.name
        except NotReached:
            outcome.missed[record.seat] = record.name
    return outcome


def _professional(slug: str) -> User:
    query = sa.select(User).where(User.slug == slug, User.role == Role.PROFESSIONAL)
    found = db.session.scalars(query.options(joinedload(User.professional))).first()
    if found is None:
        raise Refused(f"Personne ne s’appelle « {slug} » dans cet atelier.")
    return found


def _records(seats: set[int]) -> list[Record]:
    query = sa.select(Record).join(Record.owner).where(Record.seat.in_(seats), User.role == Role.LEARNER)
    query = query.options(contains_eager(Record.owner)).order_by(Record.seat)
    found = list(db.session.scalars(query))
    if not found:
        raise Refused("Choisissez au moins une place de cet atelier.")
    return found


def _need_open(records: list[Record]) -> None:
    """Nobody reads a shut record, nobody adds to it. Raises Refused, naming the seats."""
    if shut := [record.seat for record in records if record.is_shut]:
        verb = "a un espace clos ou refusé" if len(shut) == 1 else "ont un espace clos ou refusé"
        raise Refused(f"{french.places(shut)} {verb} : rien ne peut y arriver. Décochez, ou changez d’abord l’état.")


def _deposit(actor: User, record: Record, deed: Item) -> None:
    sheet = deed["document"]
    deposit_text(
        actor, record, title=sheet["title"], category=sheet["category"], kind=sheet["type"], text=sheet["text"],
        slug=sheet["ref"], measures=sheet.get("measures", ""), kept_back=sheet.get("hidden", False),
    )


def _write(actor: User, record: Record, deed: Item) -> None:
    talk = deed["conversation"]
    copies = db.session.scalars(sa.select(User).where(User.slug.in_(talk.get("copies", [])), User.role == Role.PROFESSIONAL))
    open_conversation(
        actor, record, talk["subject"], _words(record, talk), slug=talk["ref"], copies=copies,
        no_reply=talk.get("no_reply", False), receipt=talk.get("receipt", False),
    )


def _words(record: Record, told: Item) -> str:
    """A pack's text says the person's name; what a trainer typed is left as typed."""
    if not told["ref"]:
        return texts.without_marks(told["text"])
    names = texts.names(record.family_name, record.first_name, feminine=record.sex is Sex.FEMALE)
    return texts.render(told["text"].strip(), names)


def _consult(actor: User, record: Record, deed: Item) -> None:
    if actor.professional is None or actor.professional.is_establishment:
        raise Refused(CANNOT_CONSULT)
    privacy.consult(actor, record)


def _prescribe(actor: User, record: Record, deed: Item) -> None:
    sheet = deed["prescription"]
    lines = [NewLine(**line) for line in sheet["lines"]]
    prescribe(actor, record, lines, slug=sheet["ref"], kind=Kind(sheet.get("kind", Kind.PRODUCTS)))


def _lure(actor: User, record: Record, deed: Item) -> None:
    publish(LureArrived(actor=actor, record=record, lure=lures.named(deed["lure"]).slug))


def _expire(actor: User, record: Record, deed: Item) -> None:
    life.expire_sessions(record.owner)


def _stop_or_renew(actor: User, record: Record, deed: Item) -> None:
    """A service is the same for every profile of the seat: the person's own, and their child's."""
    for profile in db.session.scalars(sa.select(Record).where(Record.seat == record.seat)).all():
        if "status" in deed:
            halting.halt(actor, profile, deed["service"], Status(deed["status"]))
        if "version" in deed:
            halting.renew(actor, profile, deed["service"], deed["version"])
    _tell_pages(record)


def _tell_pages(record: Record) -> None:
    """Those of whom nothing else tells: nobody synchronised the service, or it was refused."""
    if where := tenancy.bound():
        live.tell(live.audience_of_seat(where.workshop_id, record.seat), "services")


def _push(actor: User, record: Record, deed: Item) -> None:
    """The person's connected device measures, « glycemie=1,42 », and sends. Raises NotReached."""
    query = sa.select(Customer).where(Customer.record_id == record.id, Customer.service == deed["service"])
    customers = db.session.scalars(query.order_by(Customer.id.desc())).all()
    holder = next((one for one in customers if exchanges.allows(one.passkey, Purpose.WRITE_MEASURES)), None)
    if holder is None and not customers:
        raise NotReached
    note = readings.take(holder or customers[0], deed["measures"].partition("=")[2].replace(",", "."))
    _tell_pages(record)
    if note.answer != notes.SENT:
        raise NotReached


DEEDS: dict[str, Callable[[User, Record, Item], None]] = {
    "deposit": _deposit, "message": _write, "consult": _consult, "prescribe": _prescribe,
    "lure": _lure, "expire": _expire, "service": _stop_or_renew, "push": _push,
}
