"""Measures that a received document holds: proposed to the person, taken over or refused (reference §1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sandbox import clock, french
from sandbox.account.models import Record, User
from sandbox.acts import (
    DocumentAct,
    DocumentDeposited,
    DocumentReleased,
    DocumentReplaced,
    MeasuresExtracted,
    MeasuresFound,
    MeasuresRefused,
    on,
    publish,
)
from sandbox.db import db
from sandbox.documents.models import Document, Extraction
from sandbox.measures import KINDS, Kind
from sandbox.profile.models import Measure, Source

NOON = 12


@dataclass(frozen=True)
class Found:
    """One measure of a document; `value` as the profile keeps it (« 6.8 », « 132/78 »)."""

    slug: str
    kind: Kind
    value: str

    @property
    def told(self) -> str:
        """« 6,8 % », « 132/78 mmHg »."""
        return f"{self.value.replace('.', ',')}{french.NBSP}{self.kind.unit}"


def found(document: Document) -> list[Found]:
    """The measures of a document, as « poids=68,5 tension=132/78 » says them."""
    told = (one.partition("=") for one in document.measures.split())
    return [Found(slug, KINDS[slug], value.replace(",", ".")) for slug, _, value in told if slug in KINDS]


@on(DocumentDeposited, DocumentReleased, DocumentReplaced)
def propose(act: DocumentAct) -> None:
    """Somebody else deposits measures, corrects them, or shows them at last: the person is asked, unless they chose not to be."""
    document = act.document
    if document.extraction is None and not document.is_hidden and act.record.proposes_measures and found(document):
        document.extraction = Extraction.PENDING
        publish(MeasuresFound(actor=act.actor, record=act.record, document=document))


def take_over(user: User, document: Document) -> None:
    """Write the measures in the profile, under the document's date; those that it holds already stay one."""
    if document.extraction is Extraction.ACCEPTED:
        return
    at, known = _moment(document), {(measure.kind, measure.value) for measure in _written(document)}
    for one in found(document):
        if (one.slug, one.value) not in known:
            comment = f"Document « {document.title} »"
            db.session.add(Measure(
                record=document.record, kind=one.slug, value=one.value, at=at, source=Source.DOCUMENT, comment=comment
            ))
    document.extraction = Extraction.ACCEPTED
    publish(MeasuresExtracted(actor=user, record=document.record, document=document))


def refuse(user: User, document: Document) -> None:
    """Leave the measures in the document; those taken over before are taken back."""
    if document.extraction is Extraction.REFUSED:
        return
    if document.extraction is Extraction.ACCEPTED:
        for measure in _written(document):
            if measure.source is Source.DOCUMENT:
                db.session.delete(measure)
    document.extraction = Extraction.REFUSED
    publish(MeasuresRefused(actor=user, record=document.record, document=document))


def choose(user: User, record: Record, *, proposes: bool) -> None:
    """Whether the measures of the documents to come are proposed."""
    record.proposes_measures = proposes


def _moment(document: Document) -> datetime:
    """A document that came on its own day says when; otherwise its day, at noon."""
    same_day = document.deposited_at.astimezone(clock.PARIS).date() == document.dated
    return document.deposited_at if same_day else clock.at(document.dated, NOON)


def _written(document: Document) -> list[Measure]:
    """What the profile already says, of the document's day, in the document's figures."""
    day, told = document.dated, {(one.slug, one.value) for one in found(document)}
    query = sa.select(Measure).where(
        Measure.record_id == document.record_id, Measure.at >= clock.at(day), Measure.at <= clock.at(day, 23, 59, 59)
    )
    return [measure for measure in db.session.scalars(query) if (measure.kind, measure.value) in told]
