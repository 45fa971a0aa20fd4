"""What the page of a document adds for some of them: measures to take over, what to do with a sick-leave notice or a
prescription that the person photographed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.access import To, actor, may
from sandbox.account.models import Role
from sandbox.documents.models import Document, Extraction
from sandbox.documents.sick_leave import Leave, leave_of
from sandbox.profile.extraction import found

PRESCRIPTIONS = "ORD_SOIN"


@dataclass(frozen=True)
class Extras:
    """What `documents/_extras.html` shows."""

    measures: list[tuple[str, str]]  # label, value with its unit
    extraction: str  # pending, accepted, refused; off: the person does not want to be asked
    leave: Leave | None
    paper: bool  # a prescription on paper, most likely, that the person added


def of(document: Document) -> Extras:
    mine = may(actor(), To.FILE, document)
    received = mine and document.author_id != document.record.owner_id
    return Extras(
        measures=[(one.kind.label, one.told) for one in found(document)] if received else [],
        extraction=_state(document), leave=leave_of(document) if mine else None,
        paper=mine and is_paper_prescription(document),
    )


def is_paper_prescription(document: Document) -> bool:
    """Filed among prescriptions by the person or their carer: no pharmacy takes it (reference §2.3)."""
    return document.category == PRESCRIPTIONS and document.author.role is Role.LEARNER


def _state(document: Document) -> str:
    """What is decided stays said; what is not is asked, unless the person chose not to be."""
    decided = document.extraction in {Extraction.ACCEPTED, Extraction.REFUSED}
    if not decided and not document.record.proposes_measures:
        return "off"
    return document.extraction or Extraction.PENDING
