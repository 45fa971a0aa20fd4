"""Papers written from what was noted elsewhere: a vaccination's note, a child's exam's report and certificate.

They are mended where they were noted, so that the booklet and the paper never say different things.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import url_for

from sandbox.access import To
from sandbox.documents.models import Document
from sandbox.prevention import service as prevention
from sandbox.vaccination import service as vaccinations

NOTE = "Cette note suit la vaccination : corrigez la vaccination, et la note aura une nouvelle version."
REPORT = "Ce document suit l’examen de l’enfant : si l’examen est noté par erreur, retirez-le ici et notez-le de nouveau."


class Noted(NamedTuple):
    """Where it was noted, what is mended there and not on the document, and why."""

    href: str
    label: str
    why: str
    mended: frozenset[To]


def source(document: Document) -> Noted | None:
    """What this paper was written from; None for what was deposited as it is."""
    paper = document.current
    if vaccination := vaccinations.of_note(paper):
        href = url_for("pro.correct_vaccination", ref=paper.record.ref, vaccination_ref=vaccination.ref)
        return Noted(href, "Corriger la vaccination", NOTE, frozenset({To.REPLACE}))
    if prevention.of_paper(paper):
        href = url_for("pro.child_exams", ref=paper.record.ref)
        return Noted(href, "Examens de l’enfant", REPORT, frozenset({To.REPLACE, To.WITHDRAW, To.PUT_BACK}))
    return None
