"""Recording a child's exam (reference §1.12): what was measured, the report, and the certificate where one is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from sandbox import clock, french
from sandbox.access import To, may
from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents import versions
from sandbox.documents.models import Document
from sandbox.documents.service import EXAM_REPORT
from sandbox.errors import Refused
from sandbox.measures import KINDS
from sandbox.prevention import exams
from sandbox.prevention.exams import Exam, age_on
from sandbox.prevention.models import ChildExam
from sandbox.profile.models import Measure, Source
from sandbox.texts import without_marks

SCREENING, CERTIFICATES, CERTIFICATE = "DEPISTAG", "CERT_MED", "89601-9"
LONGEST = 1000
MEASURED = ("poids", "taille", "perimetre_cranien")  # kinds of measures
DONE = "L’examen « {} » est déjà noté : fait le {}, par {}. Un examen ne se note qu’une fois."
DONE_UNREAD = "L’examen « {} » est déjà noté. Un examen ne se note qu’une fois."
BY_MISTAKE = "Examen saisi par erreur"


@dataclass(frozen=True)
class Told:
    """What the doctor writes; `measures` by kind, as written (« 20.5 »)."""

    made_on: date
    conclusion: str
    measures: Mapping[str, str] = field(default_factory=dict)


def made(record: Record) -> dict[str, ChildExam]:
    """What was made, by the code of the exam; what was withdrawn with its report may be made again."""
    query = sa.select(ChildExam).where(ChildExam.record_id == record.id).options(
        joinedload(ChildExam.author), joinedload(ChildExam.document)
    )
    return {one.exam: one for one in db.session.scalars(query) if not _is_withdrawn(one)}


def add(professional: User, record: Record, exam: Exam, told: Told) -> ChildExam:
    """Record it once: the report is deposited, which tells the parents, and the measures are kept. Raises Refused."""
    one = _row(professional, record, exam)
    one.author, one.made_on, one.note = professional, told.made_on, without_marks(told.conclusion).strip()
    _hold(one, exam)
    one.document = documents.deposit_text(
        professional, record, title=exam.title, category=SCREENING, kind=EXAM_REPORT, dated=told.made_on, text=_report(one, exam, told)
    )
    if exam.certificate:
        documents.deposit_text(
            professional, record, title=_certificate(exam), category=CERTIFICATES, kind=CERTIFICATE, dated=told.made_on,
            text=f"Je certifie avoir examiné {record.name}, {_aged(one)}. L’examen obligatoire « {exam.label} » a été fait.\n\n{professional.name}",
        )
    db.session.add_all(
        Measure(record=record, kind=kind, value=value, at=_at(told.made_on), source=Source.PROFESSIONAL, comment=exam.title)
        for kind, value in told.measures.items()
    )
    db.session.flush()
    return one


def withdraw(professional: User, one: ChildExam, exam: Exam) -> None:
    """Recorded by mistake: the report, the certificate and the measures leave the record. Raises Refused."""
    if one.document is None:
        raise Refused(versions.NOT_HERE)
    versions.withdraw(professional, one.document, BY_MISTAKE)
    for paper in _certificates(one, exam):
        versions.withdraw(professional, paper, BY_MISTAKE)
    taken = sa.select(Measure).where(
        Measure.record_id == one.record_id, Measure.source == Source.PROFESSIONAL, Measure.comment == exam.title, Measure.kind.in_(MEASURED)
    )
    for measure in db.session.scalars(taken):
        db.session.delete(measure)


def of_paper(document: Document) -> ChildExam | None:
    """The exam that this document is the report, or the certificate, of."""
    query = sa.select(ChildExam).where(
        ChildExam.record_id == document.record_id, ChildExam.author_id == document.author_id, ChildExam.made_on == document.dated
    )
    return next((one for one in db.session.scalars(query) if _is_paper(one, document)), None)


def _is_paper(one: ChildExam, document: Document) -> bool:
    is_certificate = document.kind == CERTIFICATE and document.title == _certificate(exams.every()[one.exam])
    return one.document_id == document.id or is_certificate


def _row(professional: User, record: Record, exam: Exam) -> ChildExam:
    """A new row, or the one of what was withdrawn. Raises Refused when the exam is recorded already."""
    query = sa.select(ChildExam).where(ChildExam.record_id == record.id, ChildExam.exam == exam.code)
    one = db.session.scalars(query.with_for_update(of=ChildExam)).first()
    if one is None:
        return ChildExam(record=record, exam=exam.code)
    if not _is_withdrawn(one):
        raise Refused(_done(professional, one, exam))
    return one


def _hold(one: ChildExam, exam: Exam) -> None:
    """Write it before anything else is: the store decides between two who record it at once. Raises Refused."""
    try:
        with db.session.begin_nested():
            db.session.add(one)
    except IntegrityError:
        other = made(one.record)[exam.code]
        raise Refused(_done(one.author, other, exam)) from None


def _done(professional: User, one: ChildExam, exam: Exam) -> str:
    """By whom and when it was made is told to whoever may read its report."""
    reads = one.document is not None and may(professional, To.READ, one.document)
    return DONE.format(exam.label, french.long_date(one.made_on), one.author.name) if reads else DONE_UNREAD.format(exam.label)


def _is_withdrawn(one: ChildExam) -> bool:
    return one.document is not None and one.document.is_withdrawn


def _certificates(one: ChildExam, exam: Exam) -> list[Document]:
    query = sa.select(Document).where(
        Document.record_id == one.record_id, Document.author_id == one.author_id, Document.kind == CERTIFICATE,
        Document.title == _certificate(exam), Document.dated == one.made_on, ~Document.loose,
    )
    return list(db.session.scalars(query))


def _certificate(exam: Exam) -> str:
    return f"Certificat de santé – {exam.label}"


def _report(one: ChildExam, exam: Exam, told: Told) -> str:
    """What the report says."""
    taken = [(KINDS[kind].label, f"{value.replace('.', ',')} {KINDS[kind].unit}") for kind, value in told.measures.items()]
    lines = [
        ("Examen", f"{exam.label}, {_aged(one)}"), ("Date", french.long_date(told.made_on)), *taken, ("Médecin", one.author.name),
    ]
    facts = "\n".join(f"- **{label}** : {words}" for label, words in lines)
    return f"{facts}\n\n## Conclusion\n\n{one.note}" if one.note else facts


def _aged(one: ChildExam) -> str:
    return f"à l’âge de {age_on(one.record.birth_date, one.made_on)}"


def _at(day: date) -> datetime:
    """The moment of what was measured that day: now, or noon of a day that is past."""
    return clock.now() if day == clock.today() else clock.at(day, 12)
