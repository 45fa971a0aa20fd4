"""Who reads a document now, who would read it once masked, and what an emergency changes: all of it asked of `sight`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from sandbox import sight
from sandbox.account.models import Role, User
from sandbox.account.professions import DOCTOR
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.french import several
from sandbox.sight import Why

Known = tuple[User, Why]


@dataclass(frozen=True)
class Readers:
    """The professionals of the workshop, those who read the document and those who do not, each with the reason."""

    seeing: list[Known]
    others: list[Known]
    emergency: str

    @property
    def summary(self) -> str:
        """One plain sentence."""
        count = len(self.seeing)
        if not count:
            return "Aucun professionnel ne peut lire ce document."
        if count == 1:
            return f"1 professionnel peut lire ce document : {self.seeing[0][0].name}."
        return f"{count} professionnels peuvent lire ce document{_of_whom(self.seeing)}."

    @property
    def alone(self) -> str:
        """The same for a masked document: who still reads it besides the person."""
        if not self.seeing:
            return "Vous seul le voyez."
        names = [user.name for user, _ in self.seeing]
        return f"Seuls vous et {names[0]} le voyez." if len(names) == 1 else f"Seuls vous, {', '.join(names[:-1])} et {names[-1]} le voyez."


def professionals() -> Sequence[User]:
    """Everybody of the workshop who may meet a record, with their card, by name."""
    query = sa.select(User).join(User.professional).where(User.role == Role.PROFESSIONAL)
    return db.session.scalars(query.options(contains_eager(User.professional)).order_by(User.name)).all()


def of(document: Document, people: Iterable[User] | None = None) -> Readers:
    """Who reads it now."""
    found = sight.readers(document, professionals() if people is None else people)
    return Readers(
        [one for one in found if one[1].sees], [one for one in found if not one[1].sees], _in_emergency(document)
    )


def if_masked(document: Document, people: Iterable[User] | None = None, *, masked: bool = True) -> Readers:
    """Who would read it if it were masked, or visible."""
    return of(cast(Document, _AsIf(document, masked)), people)


class _AsIf:
    """A document as it is, but for its mask: what is only thought of is never written."""

    def __init__(self, document: Document, masked: bool) -> None:
        self._document, self.is_masked = document, masked

    def __getattr__(self, name: str) -> Any:
        return getattr(self._document, name)


def _of_whom(seeing: list[Known]) -> str:
    urgent = sum(why is Why.EMERGENCY for _, why in seeing)
    return f", dont {urgent} seulement en urgence" if urgent else ""


def _in_emergency(document: Document) -> str:
    """What the three choices of the record let happen to this document."""
    record, why = document.record, sight.why_in_emergency(DOCTOR, document)
    samu, glass = why.sees and record.samu, why.sees and record.glass
    if samu and glass:
        return "En urgence, le SAMU pourrait le lire, et tout médecin qui écrit pourquoi il en a besoin."
    if samu:
        return "En urgence, le SAMU pourrait le lire, mais aucun autre médecin sans votre accord."
    if glass:
        return "En urgence, un médecin qui écrit pourquoi il en a besoin pourrait le lire, mais pas le SAMU."
    if why is Why.MASKED:
        return "En urgence non plus, personne d’autre ne pourrait le lire : vos choix gardent cachés les documents masqués."
    reason = "la règle par profession l’écarte" if why is Why.MATRIX else "ce sont vos choix"
    return f"En urgence non plus, personne d’autre ne pourrait le lire : {reason}."


def by_person(documents: Iterable[Document]) -> list[tuple[User, Why, str]]:
    """Who would still read some of these documents if all were masked: why, and how many."""
    people, counted = professionals(), dict[tuple[User, Why], int]()
    for document in documents:
        for user, why in sight.readers(cast(Document, _AsIf(document, masked=True)), people):
            if why.sees:
                counted[user, why] = counted.get((user, why), 0) + 1
    return [(user, why, several(count, "document")) for (user, why), count in sorted(counted.items(), key=lambda one: one[0][0].name)]
