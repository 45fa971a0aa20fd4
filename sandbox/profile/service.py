"""The medical profile: what it holds, block by block, and the measures kind by kind (reference §1.4)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa

from sandbox.account.models import Record
from sandbox.db import db
from sandbox.profile.models import Block, Measure, ProfileEntry, Source


@dataclass(frozen=True)
class Part:
    """How a block is named, drawn, and explained when it is empty."""

    label: str
    icon: str
    teaches: str


PARTS = {
    Block.DISEASES: Part("Maladies et sujets de santé", "heart", "Les maladies que vous avez, ou avez eues, avec leurs dates."),
    Block.TREATMENTS: Part("Traitements", "beaker", "Les médicaments que vous prenez, et comment."),
    Block.HOSPITAL_STAYS: Part("Hospitalisations", "building-office-2", "Vos passages à l’hôpital et vos opérations."),
    Block.DISABILITIES: Part("Handicaps", "hand-raised", "Un handicap, et l’aide dont vous avez besoin."),
    Block.BLOOD_GROUP: Part("Groupe sanguin", "eye-dropper", "Votre groupe, recopié d’une carte de groupe sanguin."),
    Block.ALLERGIES: Part("Allergies", "exclamation-triangle", "Ce que votre corps ne supporte pas : un médicament, un aliment."),
    Block.FAMILY_HISTORY: Part("Antécédents familiaux", "user-group", "Les maladies de vos parents, frères et sœurs."),
    Block.LIFESTYLE: Part("Habitudes de vie", "sun", "Alimentation, activité physique, sommeil, tabac, alcool."),
    Block.PROFESSIONALS: Part("Professionnels de santé", "briefcase", "Les soignants qui vous suivent."),
    Block.CONTACTS: Part("Entourage", "users", "Les personnes à prévenir, votre personne de confiance."),
    Block.WISHES: Part("Volontés", "pencil-square", "Don d’organes, directives anticipées."),
}
SOURCES = {
    Source.PATIENT: "Vous", Source.PROFESSIONAL: "Un professionnel",
    Source.DEVICE: "Un appareil", Source.DOCUMENT: "Un document reçu",
}


@dataclass(frozen=True)
class Kind:
    """One kind of measure; `parts` names the numbers of « 132/78 »."""

    label: str
    unit: str
    plain: str
    parts: tuple[str, ...] = ("",)
    plotted: bool = False


KINDS = {
    "tension": Kind("Tension artérielle", "mmHg", "La force du sang dans les artères, en deux chiffres.",
                    ("Premier chiffre", "Second chiffre"), plotted=True),
    "hba1c": Kind("HbA1c", "%", "Le taux de sucre moyen des trois derniers mois.", plotted=True),
    "poids": Kind("Poids", "kg", "Votre poids.", plotted=True),
    "glycemie": Kind("Glycémie", "g/L", "Le sucre dans le sang, au moment de la mesure."),
    "taille": Kind("Taille", "cm", "Votre taille."),
    "temperature": Kind("Température", "°C", "La chaleur du corps."),
    "frequence": Kind("Fréquence cardiaque", "battements par minute", "La vitesse du cœur."),
    "douleur": Kind("Douleur", "sur 10", "De 0, aucune douleur, à 10, la pire."),
    "pas": Kind("Nombre de pas", "pas", "Les pas d’une journée."),
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


def counts(record: Record) -> dict[Block, int]:
    """How many entries each block holds."""
    query = sa.select(ProfileEntry.block, sa.func.count(ProfileEntry.id)).where(ProfileEntry.record_id == record.id)
    found = {block: count for block, count in db.session.execute(query.group_by(ProfileEntry.block))}
    return {block: found.get(block, 0) for block in PARTS}


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
