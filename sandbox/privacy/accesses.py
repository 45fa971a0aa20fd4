"""The accesses of professionals to a record, and what each kind means for the person who discovers it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from sandbox import acts
from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.journal.models import Entry

LATEST = 200  # lines of one professional's page


class Meaning(NamedTuple):
    """One kind of access in plain words."""

    title: str
    plain: str
    normal: str
    odd: str


class Access(NamedTuple):
    """One line of a professional's own history."""

    at: datetime
    phrase: str
    act: str

    @property
    def meaning(self) -> Meaning | None:
        return MEANINGS.get(self.act)


BY_GLASS = Meaning(
    "Un accès en urgence, sans votre accord",
    "Le professionnel a ouvert votre dossier sans pouvoir vous demander votre accord. Il a dû écrire pourquoi. Cet accès s’arrête tout seul.",
    "vous étiez aux urgences, sans pouvoir répondre.",
    "vous n’avez eu aucun problème de santé ce jour-là, ou le motif écrit ne correspond pas à ce qui s’est passé.",
)
MEANINGS = {
    acts.RecordConsulted.__name__: Meaning(
        "Une consultation de votre dossier",
        "Ce professionnel avait déjà votre accord. Il a ouvert votre dossier pour lire les documents utiles à vos soins.",
        "vous l’avez vu ces jours-ci, vous allez bientôt le voir, ou il suit vos résultats.",
        "vous ne le voyez plus, ou vous ne comprenez pas pourquoi il a ouvert votre dossier.",
    ),
    acts.RecordFirstConsulted.__name__: Meaning(
        "Un premier accès à votre dossier",
        "Ce professionnel a ouvert votre dossier pour la première fois. Il a dit vous avoir demandé votre accord. Depuis, il fait partie de vos professionnels autorisés.",
        "vous venez de le rencontrer et vous lui avez dit oui, même à l’oral.",
        "vous ne le connaissez pas, ou il ne vous a rien demandé.",
    ),
    acts.SamuConsulted.__name__: Meaning(
        "Un accès du SAMU (le 15)",
        "Un médecin du SAMU a ouvert votre dossier pour décider vite. Vos choix pour les urgences le permettent.",
        "vous, ou quelqu’un près de vous, avez appelé le 15 ou le 112.",
        "personne n’a appelé les secours pour vous ce jour-là.",
    ),
    acts.GlassBroken.__name__: BY_GLASS,
    acts.EmergencyConsulted.__name__: BY_GLASS,
}


def of_professional(record: Record, professional: User) -> list[Access]:
    """What this professional did in the record, newest first."""
    query = sa.select(Entry.at, Entry.phrase, Entry.act).where(
        Entry.record_id == record.id, Entry.actor_id == professional.id, ~Entry.elsewhere
    ).order_by(Entry.at.desc(), Entry.id.desc()).limit(LATEST)
    return [Access._make(found) for found in db.session.execute(query)]


def to_explain(lines: list[Access]) -> list[Access]:
    """The latest opening of the record, and the latest broken glass where it is another: each calls for its words."""
    openings = [line for line in lines if line.meaning]
    broken = [line for line in openings if line.act == acts.GlassBroken.__name__]
    return list(dict.fromkeys([*openings[:1], *broken[:1]]))
