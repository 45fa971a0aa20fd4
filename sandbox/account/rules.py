"""What an identifier and a password must be (reference §1.1): each rule has its name, its words, and one pattern.

The page checks the same patterns as one types (static/js/rules.js): they keep to what Python and JavaScript both read alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app

from sandbox import tenancy
from sandbox.account.models import Record, User
from sandbox.db import begin_writing, db, let_go
from sandbox.workshops.models import Credential, World
from sandbox.workshops.service import hash_password

MARKS = re.compile("[\u0300-\u036f]")  # what NFKD takes off a letter
ACCENTS = r"\u00aa\u00b5\u00ba\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff"
SPECIAL = re.compile(r"[.*+?^${}()|\[\]\\/]")  # what both languages let one escape
GAP = "[ ._-]*"
SHORTEST_WORD = 3  # a name of two letters is in too many words
MOST_BYTES = 72  # of a password: bcrypt reads nothing beyond


@dataclass(frozen=True)
class Rule:
    """`sentence` is read in the list, `cure` in the error. Without any pattern, only the server can tell."""

    name: str
    sentence: str
    cure: str
    requires: str = ""  # a pattern that must be found
    refuses: str = ""  # one that must not
    folds: bool = False  # whether capitals and accents are first taken off
    unlike: str = ""  # the field whose text `refuses` is

    @property
    def is_seen_as_one_types(self) -> bool:
        return bool(self.requires or self.refuses)

    def holds(self, typed: str) -> bool:
        text = folded(typed) if self.folds else typed
        if self.requires:
            return re.search(self.requires, text) is not None
        return not self.refuses or re.search(self.refuses, text) is None


class Mark(NamedTuple):
    """A rule, and how what was typed stands with it."""

    rule: Rule
    word: str


MET, TO_DO, LATER = "respecté", "à faire", "vérifié ensuite"
LONGEST = Rule("longest", "60 signes ou moins", "écrivez 60 signes au plus", requires=r"^[\s\S]{0,60}$")
TAKEN = Rule("taken", "Pas déjà pris", "quelqu’un l’a déjà : ajoutez un chiffre à la fin")
IDENTIFIER = (
    Rule("length", "8 signes ou plus", "écrivez au moins 8 signes", requires=r"^[\s\S]{8,}$"),
    Rule("accents", "Ni accent, ni cédille", "écrivez les lettres sans accent ni cédille", refuses=f"[{ACCENTS}]"),
    Rule(
        "signs", "Lettres, chiffres et . _ -",
        "enlevez les espaces et les signes autres que le point, le tiret et _", refuses=rf"[^A-Za-z0-9._@\-{ACCENTS}]",
    ),
    Rule("email", "Pas une adresse e-mail", "n’écrivez pas une adresse e-mail, ni le signe @", refuses="@"),
    Rule(
        "nir", "Pas un numéro de sécurité sociale", "n’écrivez pas un numéro de sécurité sociale",
        refuses=rf"^{GAP}[12](?:{GAP}[0-9]){{4}}(?:(?:{GAP}[0-9]){{2}}|{GAP}2{GAP}[ABab])(?:{GAP}[0-9]){{6}}(?:(?:{GAP}[0-9]){{2}})?{GAP}$",
    ),
    Rule(
        "iban", "Pas un numéro de compte (IBAN)", "n’écrivez pas un numéro de compte en banque",
        refuses=rf"^(?=(?:[^0-9]*[0-9]){{10}}){GAP}[A-Za-z]{GAP}[A-Za-z](?:{GAP}[0-9]){{2}}(?:{GAP}[A-Za-z0-9]){{11,30}}{GAP}$",
    ),
    TAKEN,
)
PASSWORD = (
    Rule("length", "9 signes ou plus", "écrivez au moins 9 signes", requires=r"^[\s\S]{9,}$"),
    Rule("upper", "Une majuscule", "ajoutez une lettre majuscule", requires=r"[A-Z\u00c0-\u00d6\u00d8-\u00de]"),
    Rule("lower", "Une minuscule", "ajoutez une lettre minuscule", requires=r"[a-z\u00df-\u00f6\u00f8-\u00ff]"),
    Rule("digit", "Un chiffre", "ajoutez un chiffre", requires="[0-9]"),
    Rule(
        "special", "Un signe, comme @ + * -", "ajoutez un signe spécial, par exemple un tiret",
        requires=r"[\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007e\u00a3\u00a7\u00ab\u00b0\u00bb\u2019\u20ac]",
    ),
)
PERSONAL = Rule(
    "personal", "Ni vos nom et prénom, ni votre naissance",
    "enlevez votre nom, votre prénom ou votre date de naissance", folds=True,
)
UNLIKE = Rule("identifier", "Pas votre identifiant", "enlevez votre identifiant", folds=True, unlike="identifier")
NEVER = "(?!)"  # found in no text


def of_password(record: Record, identifier: str = "") -> tuple[Rule, ...]:
    """The rules of this person's password, beside this identifier."""
    unlike = folded(identifier.strip())
    refused = SPECIAL.sub(r"\\\g<0>", unlike) if len(unlike) >= SHORTEST_WORD else NEVER
    return *PASSWORD, replace(PERSONAL, refuses="|".join(_personal(record))), replace(UNLIKE, refuses=refused)


def failing_identifier(typed: str, user: User) -> list[Rule]:
    """The rules that this identifier breaks, for this person, in this world."""
    typed = typed.strip()
    broken = [rule for rule in (*IDENTIFIER, LONGEST) if not rule.holds(typed)]
    return [*broken, TAKEN] if is_taken(typed, user) else broken


def failing_password(typed: str, record: Record, identifier: str | None = None) -> list[Rule]:
    """The rules that this password breaks, beside this identifier: the owner's own by default."""
    beside = record.owner.identifier if identifier is None else identifier
    broken = [rule for rule in of_password(record, beside) if not rule.holds(typed.strip())]
    return [*broken, LONGEST] if len(typed.strip().encode()) > MOST_BYTES else broken


def explained(broken: Iterable[Rule]) -> str:
    """The error beside the field: for each rule that fails, what to do. Empty when none does."""
    cures = " ; ".join(rule.cure for rule in broken)
    return f"{cures[0].upper()}{cures[1:]}." if cures else ""


def marks(rules: Iterable[Rule], typed: str | None, broken: Iterable[Rule] = ()) -> list[Mark]:
    """How the page shows each rule before anything more is typed; `broken` is what the server found."""
    text, named = (typed or "").strip(), {rule.name for rule in broken}
    return [Mark(rule, _word(rule, text, named)) for rule in rules]


def _word(rule: Rule, text: str, broken: set[str]) -> str:
    if not text or rule.name in broken or not rule.holds(text):
        return TO_DO if rule is not TAKEN or text else LATER
    return MET


def is_taken(identifier: str, user: User) -> bool:
    """Whether somebody else of this world has it, or will have it again: the one printed on their card stays theirs."""
    wanted, where = identifier.strip().lower(), tenancy.bound()
    other = User.identifier == wanted, User.id != user.id
    printed = (
        Credential.workshop_id == (where.workshop_id if where else 0), Credential.identifier == wanted,
        Credential.ref != user.ref,
    )
    found = sa.select(User.id).where(*other), sa.select(Credential.id).where(*printed)
    return any(db.session.scalars(query.limit(1)).first() is not None for query in found)


def hashed(password: str) -> str:
    """The hash of a password, computed while nobody is kept waiting; from then on the request writes."""
    let_go()
    found = hash_password(password.strip(), current_app.config["SETTINGS"].seat_cost)
    begin_writing()
    return found


def one_at_a_time() -> None:
    """Two people who choose the same identifier at the same moment are taken one after the other."""
    where = tenancy.bound()
    here = World.id == (where.world_id if where else 0)
    db.session.execute(sa.select(World.id).where(here).with_for_update())


def folded(text: str) -> str:
    """Small letters without accents, as static/js/rules.js does it."""
    return MARKS.sub("", unicodedata.normalize("NFKD", text.lower()))


def _personal(record: Record) -> list[str]:
    """Patterns of what everybody may know of a person: names, and the date of birth however it is written."""
    words = re.findall(r"[a-z0-9]+", folded(f"{record.first_name} {record.family_name}"))
    born = record.birth_date
    return [
        *(word for word in words if len(word) >= SHORTEST_WORD),
        f"{born:%Y}", f"{born:%d}[^0-9]*{born:%m}[^0-9]*{born:%y}", f"{born:%y}[^0-9]*{born:%m}[^0-9]*{born:%d}",
    ]
