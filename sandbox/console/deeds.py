"""What each act of a professional, or of the portal, does to one record."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from sandbox import live, tenancy, texts
from sandbox.access import To, may
from sandbox.account import life
from sandbox.account.models import Record, Role, Sex, User
from sandbox.acts import LureArrived, publish
from sandbox.catalogue import exchanges, halting
from sandbox.catalogue.models import Purpose, Status
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
from sandbox.workshops.packs import Item

CANNOT_CONSULT = "Cet établissement dépose des documents, mais ne consulte pas les dossiers. Choisissez une personne."
CANNOT_PRESCRIBE = "{} ne prescrit pas. Choisissez un médecin ou un autre prescripteur."
NO_METER = "Le service n’y est pas synchronisé, ou n’a pas l’accord d’ajouter des mesures."


class NotReached(Exception):  # noqa: N818 — not an error: the trainer is told
    """Nothing could happen at this seat; why, in a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def need(actor: User, what: To, phrase: str, thing: object = None) -> None:
    """Raises Refused, naming who may not."""
    if not may(actor, what, thing):
        raise Refused(phrase.format(actor.name))


def deposit(actor: User, record: Record, deed: Item) -> None:
    sheet = deed["document"]
    deposit_text(
        actor, record, title=sheet["title"], category=sheet["category"], kind=sheet["type"], text=sheet["text"],
        slug=sheet["ref"], measures=sheet.get("measures", ""), kept_back=sheet.get("hidden", False),
    )


def write(actor: User, record: Record, deed: Item) -> None:
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


def consult(actor: User, record: Record, deed: Item) -> None:
    if actor.professional is None or actor.professional.is_establishment:
        raise Refused(CANNOT_CONSULT)
    privacy.consult(actor, record)


def sign(actor: User, record: Record, deed: Item) -> None:
    need(actor, To.PRESCRIBE, CANNOT_PRESCRIBE, record)
    sheet = deed["prescription"]
    lines = [NewLine(**line) for line in sheet["lines"]]
    prescribe(actor, record, lines, slug=sheet["ref"], kind=Kind(sheet.get("kind", Kind.PRODUCTS)))


def lure(actor: User, record: Record, deed: Item) -> None:
    publish(LureArrived(actor=actor, record=record, lure=lures.named(deed["lure"]).slug))


def expire(actor: User, record: Record, deed: Item) -> None:
    life.expire_sessions(record.owner)


def stop_or_renew(actor: User, record: Record, deed: Item) -> None:
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


def push(actor: User, record: Record, deed: Item) -> None:
    """The person's connected device measures, « glycemie=1,42 », and sends. Raises NotReached."""
    query = sa.select(Customer).where(Customer.record_id == record.id, Customer.service == deed["service"])
    customers = db.session.scalars(query.order_by(Customer.id.desc())).all()
    holder = next((one for one in customers if exchanges.allows(one.passkey, Purpose.WRITE_MEASURES)), None)
    if holder is None and not customers:
        raise NotReached(NO_METER)
    note = readings.take(holder or customers[0], deed["measures"].partition("=")[2].replace(",", "."))
    _tell_pages(record)
    if note.answer != notes.SENT:
        raise NotReached(NO_METER)


DEEDS: dict[str, Callable[[User, Record, Item], None]] = {
    "deposit": deposit, "message": write, "consult": consult, "prescribe": sign,
    "lure": lure, "expire": expire, "service": stop_or_renew, "push": push,
}
