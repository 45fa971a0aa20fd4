"""The medical profile: what it holds, block by block, and the measures kind by kind (reference §1.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import sqlalchemy as sa

from sandbox import clock
from sandbox.account.models import Record, User
from sandbox.acts import EntryAdded, EntryChanged, EntryRemoved, NoneDeclared, publish
from sandbox.db import db
from sandbox.documents.uploads import clean
from sandbox.errors import Refused
from sandbox.measures import KINDS, Kind
from sandbox.profile.models import Block, Measure, ProfileEntry, Source


@dataclass(frozen=True)
class Part:
    """How a block is named, drawn, and explained when it is empty; `add` is its button, where one can add."""

    label: str
    icon: str
    teaches: str
    add: str = ""


PARTS = {
    Block.DISEASES: Part("Maladies et sujets de santé", "heart", "Les maladies d’aujourd’hui et d’autrefois, avec leurs dates.",
                         "Ajouter une maladie"),
    Block.TREATMENTS: Part("Traitements", "beaker", "Les médicaments pris, et comment.", "Ajouter un traitement"),
    Block.HOSPITAL_STAYS: Part("Hospitalisations", "building-office-2", "Les passages à l’hôpital et les opérations."),
    Block.DISABILITIES: Part("Handicaps", "hand-raised", "Un handicap, et l’aide qu’il demande."),
    Block.BLOOD_GROUP: Part("Groupe sanguin", "eye-dropper", "Le groupe, recopié d’une carte de groupe sanguin."),
    Block.ALLERGIES: Part("Allergies", "exclamation-triangle", "Ce que le corps ne supporte pas : un médicament, un aliment.",
                          "Ajouter une allergie"),
    Block.FAMILY_HISTORY: Part("Antécédents familiaux", "user-group", "Les maladies des parents, des frères et des sœurs."),
    Block.LIFESTYLE: Part("Habitudes de vie", "sun", "Alimentation, activité physique, sommeil, tabac, alcool."),
    Block.PROFESSIONALS: Part("Professionnels de santé", "briefcase", "Les soignants habituels."),
    Block.CONTACTS: Part("Entourage", "users", "Les personnes à prévenir, la personne de confiance.", "Ajouter une personne"),
    Block.WISHES: Part("Volontés", "pencil-square", "Don d’organes, directives anticipées.", "M’informer sur le don d’organes"),
}
@dataclass(frozen=True)
class Nothing:
    """How one says that there is nothing to write: of oneself, of somebody else, and what is kept."""

    own: str
    other: str
    kept: str


NOTHING = {
    Block.ALLERGIES: Nothing("Je n’ai pas d’allergie connue", "{} n’a pas d’allergie connue", "Pas d’allergie connue"),
    Block.DISEASES: Nothing("Je n’ai pas de maladie connue", "{} n’a pas de maladie connue", "Pas de maladie connue"),
    Block.TREATMENTS: Nothing("Je ne prends pas de traitement", "{} ne prend pas de traitement", "Pas de traitement"),
    Block.CONTACTS: Nothing("Je n’ai personne à indiquer", "Il n’y a personne à indiquer pour {}", "Aucune personne à prévenir"),
}
EMERGENCY = "Personne à prévenir en cas d’urgence"
DONATION, ACKNOWLEDGED = "Don d’organes", "J’ai pris connaissance de l’information sur le don d’organes."
CONTRADICTION = "Cette partie de votre profil n’est pas vide. Supprimez d’abord ce qui n’est plus vrai."
SOURCES = {
    Source.PATIENT: "Vous", Source.PROFESSIONAL: "Un professionnel",
    Source.DEVICE: "Un appareil", Source.DOCUMENT: "Un document reçu",
}


@dataclass(frozen=True)
class Series:
    """Every measure of one kind, oldest first."""

    slug: str
    kind: Kind
    measures: list[Measure]

    @property
    def latest(self) -> Measure:
        return self.measures[-1]


class Brief(NamedTuple):
    """What counting and asking need of an entry."""

    block: Block
    label: str
    detail: str
    is_none: bool

    @property
    def answers(self) -> bool:
        """Whether it answers what the portal asks of its block: a person of trust is not whom to call."""
        if self.is_none:
            return True
        if self.block is Block.CONTACTS:
            return self.detail.startswith(EMERGENCY)
        return self.block is not Block.WISHES or self.label == DONATION


@dataclass(frozen=True)
class Told:
    """What a person writes of one entry; the dates are partial: « 2014 », « 2014-03 » or « 2014-03-05 »."""

    label: str
    detail: str = ""
    started: str = ""
    ended: str = ""
    comment: str = ""


def briefs(record: Record) -> list[Brief]:
    """Every entry of the profile, in one question."""
    query = sa.select(ProfileEntry.block, ProfileEntry.label, ProfileEntry.detail, ProfileEntry.is_none)
    found = db.session.execute(query.where(ProfileEntry.record_id == record.id).order_by(ProfileEntry.id))
    return [Brief._make(line) for line in found]


def held(found: Iterable[Brief]) -> dict[Block, tuple[int, str]]:
    """For each block, how many entries it holds, and what was declared instead."""
    told = {block: (0, "") for block in PARTS}
    for one in found:
        count, none = told[one.block]
        told[one.block] = (count, one.label) if one.is_none else (count + 1, none)
    return told


def entries(record: Record, block: Block) -> list[ProfileEntry]:
    """A block's entries: those that last, then those that ended."""
    query = sa.select(ProfileEntry).where(ProfileEntry.record_id == record.id, ProfileEntry.block == block)
    return list(db.session.scalars(query.order_by(ProfileEntry.ended != "", ProfileEntry.id)))


def series(record: Record) -> list[Series]:
    """The measures by kind, in the order of KINDS; a kind that is unknown comes last under its own name."""
    rank = {slug: number for number, slug in enumerate(KINDS)}
    query = sa.select(Measure).where(Measure.record_id == record.id).order_by(Measure.kind, Measure.at, Measure.id)
    grouped = {kind: list(found) for kind, found in groupby(db.session.scalars(query), key=lambda one: one.kind)}
    return [
        Series(slug, KINDS.get(slug, Kind(slug.capitalize(), "", "")), grouped[slug])
        for slug in sorted(grouped, key=lambda slug: rank.get(slug, len(rank)))
    ]


# --- what a person writes ----------------------------------------------------------------------------

def find(record: Record, block: Block, ref: str) -> ProfileEntry | None:
    """An entry of that block of that record, by its ref."""
    query = sa.select(ProfileEntry).where(ProfileEntry.ref == ref, ProfileEntry.block == block)
    return db.session.scalars(query.where(ProfileEntry.record_id == record.id)).first()


def add(user: User, record: Record, block: Block, told: Told) -> ProfileEntry:
    """Add to a block; what was declared to be nothing is withdrawn by itself."""
    present = entries(record, block)
    if told.label == DONATION and (read := [one for one in present if one.label == DONATION]):
        return read[0]
    entry = ProfileEntry(record=record, block=block, is_none=False)
    _fill(entry, told)
    for none in present:
        if none.is_none and _brief(entry).answers:
            db.session.delete(none)
    db.session.add(entry)
    publish(EntryAdded(actor=user, record=record, entry=entry))
    return entry


def change(user: User, entry: ProfileEntry, told: Told) -> None:
    _fill(entry, told)
    publish(EntryChanged(actor=user, record=entry.record, entry=entry))


def remove(user: User, entry: ProfileEntry) -> None:
    """Take an entry, or a declaration, out of the profile."""
    publish(EntryRemoved(actor=user, record=entry.record, entry=entry))
    db.session.delete(entry)


def declare_none(user: User, record: Record, block: Block) -> ProfileEntry:
    """« Je n’ai pas de … », dated. Said twice, it is one declaration. Raises Refused when the block says otherwise."""
    present = [entry for entry in entries(record, block) if _brief(entry).answers]
    if any(not entry.is_none for entry in present):
        raise Refused(CONTRADICTION)
    if present:
        return present[0]
    entry = ProfileEntry(
        record=record, block=block, label=NOTHING[block].kept, started=clock.today().isoformat(), is_none=True
    )
    db.session.add(entry)
    publish(NoneDeclared(actor=user, record=record, entry=entry))
    return entry


def answered(found: Iterable[ProfileEntry]) -> bool:
    """Whether these entries of a block answer what the portal asks of it."""
    return any(_brief(entry).answers for entry in found)


def _brief(entry: ProfileEntry) -> Brief:
    return Brief(entry.block, entry.label, entry.detail, entry.is_none)


def _fill(entry: ProfileEntry, told: Told) -> None:
    entry.label, entry.detail, entry.comment = clean(told.label), clean(told.detail), _lines(told.comment)
    entry.started, entry.ended = told.started, told.ended


def _lines(text: str) -> str:
    return "\n".join(clean(line) for line in text.splitlines()).strip()
