"""Finding a patient: a few words typed at once, or the identity traits of the INS one by one; and who looks like whom."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import load_only

from sandbox import french
from sandbox.account.models import Record
from sandbox.db import db
from sandbox.numbers import tidy_number

PARTICLES = {"d", "de", "des", "du", "l", "la", "le", "les", "van", "von"}
MONTHS = {french.folded(french.month(date(2000, number, 1)).split()[0]): number for number in range(1, 13)}
GAP = r"\s*[\s./-]\s*"
WHOLE_DAYS = (  # 12/03/1958, 12-3-58, 12 03 1958, 12031958, 1958-03-12
    re.compile(rf"(?<!\d)(?P<day>\d\d?){GAP}(?P<month>\d\d?){GAP}(?P<year>\d{{4}})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d\d?)[./-](?P<month>\d\d?)[./-](?P<year>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
)
IN_LETTERS = re.compile(rf"(?<!\d)(?P<day>\d\d?)(?:er)?\s+(?P<month>{'|'.join(MONTHS)})\s+(?P<year>\d{{4}})(?!\d)")
TWIN = ("Vérifiez le prénom", "Même nom et même date de naissance que {} : vérifiez le prénom.")
NAMESAKE = ("Vérifiez la date", "Un autre patient s’appelle aussi {} : vérifiez la date de naissance.")
CHECKS = {  # by the name of the trait
    "family": ("le nom de naissance", "relisez-le sur la pièce d’identité. Ce n’est pas toujours le nom d’usage."),
    "first": ("le prénom", "prenez le premier prénom de la pièce d’identité."),
    "born": ("la date de naissance", "vérifiez le jour, puis le mois, puis l’année."),
    "sex": ("le sexe", "prenez celui de la pièce d’identité."),
    "number": ("le matricule", "relisez-le sur la carte Vitale, par petits groupes."),
}
CLOSE, MOST_NEAR = 0.7, 5
NUMBER = re.compile(r"[12]\d{3,}[\dAB]*")
letters = lru_cache(maxsize=4096)(lambda name: tuple(re.findall(r"[a-z]+", french.folded(name))))


class Birth(NamedTuple):
    """A birth date as it was typed: the year may have two figures."""

    day: int
    month: int
    year: str

    @property
    def exists(self) -> bool:
        """(2000 has a 29 February.)"""
        try:
            date(int(self.year) if len(self.year) > 2 else 2000, self.month, self.day)
        except ValueError:
            return False
        return True

    def is_of(self, record: Record) -> bool:
        born = record.birth_date
        return (born.day, born.month) == (self.day, self.month) and f"{born:%Y}".endswith(self.year)


def day_in(text: str) -> tuple[Birth | None, str]:
    """The whole date that a text holds, and the rest of the text."""
    text = french.folded(text)
    for pattern in (IN_LETTERS, *WHOLE_DAYS):
        if found := pattern.search(text):
            month = MONTHS.get(found["month"]) or int(found["month"])
            return Birth(int(found["day"]), month, found["year"]), text[: found.start()] + " " + text[found.end() :]
    return None, text


@dataclass(frozen=True)
class Traits:
    """What is known of somebody's identity; what is empty is not asked."""

    family: str = ""
    first: str = ""
    born: Birth | None = None
    sex: str = ""
    number: str = ""

    def fits(self, record: Record) -> bool:
        return (
            _is_called(self.family, record.family_name) and _is_called(self.first, record.first_name)
            and (self.born is None or self.born.is_of(record)) and self.sex in {"", record.sex.value}
            and record.nir.startswith(tidy_number(self.number))
        )

    def without(self) -> Iterator[tuple[str, Traits]]:
        """The same without each of the traits that are told, and which."""
        for name, empty in vars(Traits()).items():
            if getattr(self, name):
                yield name, replace(self, **{name: empty})


def everyone() -> list[Record]:
    """The workshop's patients, by name."""
    columns = load_only(
        Record.ref, Record.seat, Record.world_id, Record.family_name, Record.first_name, Record.sex, Record.birth_date,
        Record.birth_code, Record.life,
    )
    query = sa.select(Record).order_by(Record.family_name, Record.first_name, Record.id)
    return list(db.session.scalars(query.options(columns)))


def by_words(words: str, patients: list[Record]) -> list[Record]:
    """Those whose name, birth date or number has these words, in any order."""
    number = tidy_number(words)
    if NUMBER.fullmatch(number) and (found := [record for record in patients if record.nir.startswith(number)]):
        return found
    born, rest = day_in(words)
    return [record for record in patients if (born is None or born.is_of(record)) and _fits(rest.split(), record)]


def _fits(words: list[str], record: Record) -> bool:
    """Each word is of the name, or a part of the birth date (« 12/03 », « 1958 »)."""
    figures = [word for word in words if any(sign.isdigit() for sign in word)]
    name = " ".join(word for word in words if word not in figures)
    born = french.short_date(record.birth_date)
    return all(re.sub(r"[.-]", "/", word) in born for word in figures) and _is_called(
        name, record.family_name, record.first_name
    )


def _is_called(typed: str, *names: str) -> bool:
    """Whether each word typed begins a name: accents, hyphens and particles do not count, « legoff » is « Le Goff »."""
    words = letters(typed)
    held = {start for name in names for start in _starts(letters(name))}
    kept = [word for word in words if word not in PARTICLES] or list(words)
    return _begins("".join(words), held) or all(_begins(word, held) for word in kept)


def _starts(words: tuple[str, ...]) -> Iterator[str]:
    """« de La Tour » begins at « delatour », « latour » and « tour »."""
    return ("".join(words[at:]) for at in range(len(words)))


def _begins(word: str, held: set[str]) -> bool:
    return not word or any(start.startswith(word) for start in held)


def near(words: str, patients: list[Record]) -> list[Record]:
    """Those whose family name is nearly one of these words: what a slip of the finger hid."""
    families = {"".join(letters(record.family_name)) for record in patients}
    close = {name for word in letters(words) for name in difflib.get_close_matches(word, families, n=3, cutoff=CLOSE)}
    return [record for record in patients if "".join(letters(record.family_name)) in close][:MOST_NEAR]


def missed(traits: Traits, patients: list[Record]) -> list[str]:
    """Why nobody was found: each trait without which somebody would be, and what to check in it."""
    counts = ((CHECKS[name], sum(less.fits(record) for record in patients)) for name, less in traits.without())
    return [f"Sans {what}, on trouve {french.several(count, 'patient')} : {check}" for (what, check), count in counts if 0 < count < len(patients)]


class Alike(NamedTuple):
    """What to check before taking one for another: in a list, and in a sentence."""

    short: str
    sentence: str


def look_alikes(patients: list[Record]) -> dict[int, Alike]:
    """What to check before taking one for another, by the id of the record: people of the same name, and twins."""
    found = {}
    for (short, sentence), key in ((NAMESAKE, _name), (TWIN, _birth)):
        together = defaultdict(list)
        for record in patients:
            together[key(record)].append(record)
        for group in together.values():
            for record in group if len(group) > 1 else ():
                others = ", ".join(one.first_name for one in group if one is not record)
                found[record.id] = Alike(short, sentence.format(others))
    return found


def alike(record: Record) -> str:
    """What to check before taking this one patient for another; nothing when nobody is like them."""
    same = sa.select(Record).where(Record.family_name == record.family_name)
    found = list(db.session.scalars(same.where(
        sa.or_(Record.first_name == record.first_name, Record.birth_date == record.birth_date)
    ).order_by(Record.first_name)))
    told = look_alikes(found).get(record.id)
    return told.sentence if told else ""


def _name(record: Record) -> tuple[str, object]:
    return "".join(letters(record.family_name)), "".join(letters(record.first_name))


def _birth(record: Record) -> tuple[str, object]:
    return "".join(letters(record.family_name)), record.birth_date
