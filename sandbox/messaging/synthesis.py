"""The synthesis of the medical profile: a text made from what the profile holds now, for a message to carry.

Professionals do not see the profile: this is how one shows it to them (reference §1.4).
"""

from __future__ import annotations

import re

from sandbox import blobs, clock, french
from sandbox.account.models import Record, User
from sandbox.documents.models import Document
from sandbox.documents.rendering import MARKDOWN
from sandbox.measures import Kind
from sandbox.profile import service as profile
from sandbox.profile.models import Measure, ProfileEntry

TITLE = "Synthèse du profil médical"
CATEGORY, KIND = "SYNTH_PML", "DOCPAT01"  # « Synthèse du profil », deposited by the patient (reference §3.2)
MARKS = re.compile(r"([\\`*_\[\]<>#|~+!()-])")
UNTOLD = "Rien n’est écrit."


def text_of(record: Record) -> str:
    """Block by block, in the order of the profile, then the last measure of each kind."""
    head = f"État au {french.long_date(clock.today())}. Ce qui suit a été écrit par la personne, ou repris de ses documents."
    blocks = [f"## {part.label}\n\n{_lines(profile.entries(record, block))}" for block, part in profile.PARTS.items()]
    measured = [_measure(series.kind, series.latest) for series in profile.series(record)]
    return "\n\n".join([head, *blocks, f"## Mesures\n\n{_listed(measured)}"])


def made(author: User, record: Record) -> Document:
    """The same as a loose document."""
    content = text_of(record).encode()
    return Document(
        record=record, author=author, title=TITLE, category=CATEGORY, kind=KIND, dated=clock.today(),
        deposited_at=clock.now(), opened_at=clock.now(), loose=True, blob_hash=blobs.keep(content)[0],
        media_type=MARKDOWN, size=len(content),
    )


def _lines(found: list[ProfileEntry]) -> str:
    return _listed([_entry(one) for one in found])


def _listed(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines) or UNTOLD


def _entry(entry: ProfileEntry) -> str:
    """« **Asthme**, depuis 2014. Traitement de fond. Mieux l’été. »"""
    said = (f"**{_plain(entry.label)}**{_when(entry)}", _plain(entry.detail), _plain(entry.comment))
    return " ".join(words if words.endswith((".", "!", "?", "…")) else f"{words}." for words in said if words)


def _when(entry: ProfileEntry) -> str:
    if entry.is_none:
        return f", déclaré le {french.partial(entry.started)}" if entry.started else ""
    if not entry.ended:
        return f", depuis {french.partial(entry.started)}" if entry.started else ""
    begun = f", {french.partial(entry.started)}" if entry.started else ""
    return begun if entry.started == entry.ended else f"{begun}, jusqu’à {french.partial(entry.ended)}"


def _measure(kind: Kind, latest: Measure) -> str:
    """« **Poids**, le 3 mars 2026. 68,5 kg. »"""
    value = f"{_plain(latest.value.replace('.', ','))} {_plain(kind.unit)}".strip()
    return f"**{_plain(kind.label)}**, le {french.long_date(latest.at.date())}. {value}."


def _plain(words: str) -> str:
    """What a person typed, on one line, its signs shown as they are."""
    return MARKS.sub(r"\\\1", re.sub(r"[ \t\r\n]+", " ", words).strip())
