"""What can go wrong when a prescription is shown: each problem with its own words, for who reads it and for the patient."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sandbox.account.models import Life, Record, User
from sandbox.errors import Refused
from sandbox.french import full_moment, long_date
from sandbox.prescriptions.models import Prescription, PrescriptionState
from sandbox.workshops.fixtures import common

CLOSED = {
    PrescriptionState.CANCELLED: "cancelled", PrescriptionState.EXHAUSTED: "exhausted", PrescriptionState.EXPIRED: "expired",
}
SHUT = {Life.CLOSED: "closed", Life.OPPOSED: "opposed"}
OTHER_PROFESSION, ANOTHER_PERSON = "other-profession", "another-person"
OF_A_PRESCRIPTION = {*CLOSED.values(), *SHUT.values(), OTHER_PROFESSION, ANOTHER_PERSON}  # the others: of what could not be read
LATE = (
    "Elle devait être présentée pour la première fois avant le {until} inclus, et elle ne l’a pas été.",
    "Elle a plus d’un an : depuis le {ends}, plus rien ne peut être fait avec elle.",
)
LATE_TOLD = ("il fallait la présenter au plus tard le {until}.", "elle a plus d’un an.")
NOBODY = "quelqu’un d’autre"


@dataclass(frozen=True)
class Problem:
    """One screen. `what` it is, `todo` for whoever reads, `say` to the patient; `mend`: the field to fill again."""

    slug: str
    title: str
    alt: str
    what: str
    todo: tuple[str, ...]
    say: str
    subject: str
    mend: str

    def told(self, words: dict[str, str]) -> Problem:
        """With the words of the profession and of the prescription put in."""
        put = {name: getattr(self, name).format_map(words) for name in ("title", "what", "say", "subject")}
        return replace(self, todo=tuple(_sentence(line.format_map(words)) for line in self.todo), **put)


class Unread(Refused):
    """What was shown is not a prescription that can be read here. `typed` is the number to correct, `hint` where to look;
    `seen` are the squares that something may still be done with.
    """

    def __init__(self, slug: str, *, typed: str = "", hint: str = "", seen: tuple[str, ...] = ()) -> None:
        super().__init__(every()[slug].what)
        self.slug, self.typed, self.hint, self.seen = slug, typed, hint, seen


@lru_cache(maxsize=1)
def every() -> dict[str, Problem]:
    """All of them, by their slug."""
    return {item["slug"]: Problem(**item | {"todo": tuple(item["todo"])}) for item in common("counter")["problem"]}


def words_of(user: User) -> dict[str, str]:
    """How the profession of whoever reads speaks of its own work."""
    professions = common("counter")["profession"]
    code = user.professional.profession if user.professional else ""
    return next((item for item in professions if item["code"] == code), professions[0])


def told(slug: str, user: User, prescription: Prescription | None = None, in_front: Record | None = None) -> Problem:
    """The problem in the words of this professional, about this prescription."""
    words = words_of(user) | {"in_front": in_front.name if in_front else NOBODY}
    return every()[slug].told(words | (_words_about(prescription) if prescription else {}))


def _words_about(signed: Prescription) -> dict[str, str]:
    begun = any(line.delivered for line in signed.lines)
    words: dict[str, Any] = {
        "patient": signed.record.name, "prescriber": signed.prescriber.name, "signed": long_date(signed.signed_on),
        "until": long_date(signed.valid_until), "ends": long_date(signed.ends_on), "kind": signed.kind.label,
        "executor": common("counter")["executor"][signed.kind.value],
        "cancelled": full_moment(signed.cancelled_at) if signed.cancelled_at else "",
    }
    return words | {"late": LATE[begun].format_map(words), "late_told": LATE_TOLD[begun].format_map(words)}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def stopping(prescription: Prescription, executes: bool, is_for_other: bool) -> str:
    """Why this prescription cannot be carried out here and now; nothing when it can. The first reason that matters."""
    if not executes:
        return OTHER_PROFESSION
    if is_for_other:
        return ANOTHER_PERSON
    return SHUT.get(prescription.record.life) or CLOSED.get(prescription.state) or ""
