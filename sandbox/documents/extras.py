"""What the page of a document adds for some of them: measures to take over, what to do with a sick-leave notice."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.documents.models import Document


@dataclass(frozen=True)
class Extras:
    """What `documents/_extras.html` shows."""

    sick_leave: bool = False


def of(document: Document) -> Extras:
    return Extras()
