"""Which vaccines come next for somebody of that age: a very simple calendar, and what the papers that were read say of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from sandbox import clock, french
from sandbox.account.models import Record
from sandbox.catalogue import exchanges
from sandbox.documents import rendering
from sandbox.documents.models import Document
from sandbox.partners import notes
from sandbox.partners.models import Customer, Note

SLUG = "rappel-vaccins"
BOOKLET, REMINDER = "booklet", "recall"  # kinds of notes
SHELF = ("CAR_VAC",)
MOST_READ = 5  # papers, the newest
MOST_SHOWN = 3
AUTUMN, WINTER = (10, 15), (1, 31)  # from when, and until when, one is vaccinated against flu
OLD = 65
HOW = "Prenez rendez-vous avec un médecin, un pharmacien ou une infirmière. Rappel proposé par Rappel Vaccins, selon votre âge."


@dataclass(frozen=True)
class Vaccine:
    """`ages` in years; `yearly_from`: every autumn from that age on; `word` is what papers call it."""

    code: str
    label: str
    word: str
    ages: tuple[int, ...] = ()
    yearly_from: int = 0

    @property
    def heading(self) -> str:
        return self.label[0].upper() + self.label[1:]


VACCINES = (  # simplified, for training: the official calendar says more
    Vaccine("dtp", "diphtérie, tétanos, polio", "tetanos", (6, 12, 25, 45, 65, 75, 85, 95, 105)),
    Vaccine("hpv", "papillomavirus", "papillomavirus", (11,)),
    Vaccine("menacwy", "méningocoques A, C, W, Y", "meningocoque", (12,)),
    Vaccine("grippe", "grippe", "grippe", yearly_from=OLD),
    Vaccine("zona", "zona", "zona", (65,)),
)


@dataclass(frozen=True)
class Recall:
    """One vaccine to come, and the newest paper that speaks of it."""

    vaccine: Vaccine
    due_on: date
    seen: str = ""

    @property
    def is_running(self) -> bool:
        """Whether this is the season: `due_on` is its end."""
        return self.vaccine.yearly_from > 0 and (self.due_on.month, self.due_on.day) == WINTER

    @property
    def title(self) -> str:
        return f"Rappel de vaccin : {self.vaccine.label}"


def coming(record: Record, seen: dict[str, str]) -> list[Recall]:
    """The next ones, soonest first."""
    dated = [(vaccine, _next(vaccine, record.birth_date)) for vaccine in VACCINES]
    found = [Recall(vaccine, day, seen.get(vaccine.code, "")) for vaccine, day in dated if day]
    return sorted(found, key=lambda recall: (recall.due_on, recall.vaccine.code))[:MOST_SHOWN]


def read(customer: Customer) -> Note:
    """Read the vaccination papers that the portal gives, and remember which vaccines they speak of. Raises Denied."""
    papers = exchanges.shelf(customer.passkey, SHELF)[:MOST_READ]
    given = [exchanges.read_document(customer.passkey, paper.ref) for paper in papers]
    seen = {vaccine.code: paper for paper in reversed(given) for vaccine in VACCINES if vaccine.word in _words(paper)}
    told = {code: f"« {paper.title} », {french.long_date(paper.dated)}" for code, paper in seen.items()}
    label = french.several(len(given), "document lu", "documents lus")
    return notes.keep(customer, BOOKLET, label, json.dumps(told, ensure_ascii=False))


def known(customer: Customer) -> tuple[Note | None, dict[str, str]]:
    """When the papers were read, and what they spoke of."""
    note = next(iter(notes.of(customer, BOOKLET, most=1)), None)
    return note, json.loads(note.detail) if note else {}


def written(recalls: list[Recall], kept: list[Note]) -> set[str]:
    """The titles of the recalls that the agenda has already taken."""
    taken = {(note.label, note.detail) for note in kept if note.answer == notes.SENT}
    return {recall.title for recall in recalls if (recall.title, recall.due_on.isoformat()) in taken}


def remind(customer: Customer, recall: Recall) -> tuple[Note, str]:
    """Keep the reminder, and write it in the agenda if the portal lets it; why not, or nothing. Asked twice, it is one."""
    day = recall.due_on.isoformat()
    held = next((one for one in notes.of(customer, REMINDER) if (one.label, one.detail) == (recall.title, day)), None)
    note = held or notes.keep(customer, REMINDER, recall.title, day)
    return note, send(note)


def send(note: Note) -> str:
    """Write a reminder in the agenda; why not, or nothing."""
    day = date.fromisoformat(note.detail)
    return notes.hand_over(note, lambda: exchanges.write_reminder(note.customer.passkey, note.label, day, HOW))


def send_waiting(customer: Customer) -> tuple[int, str]:
    """Write all that waits; how many were taken, and why the rest was not. The first refusal ends it."""
    taken = 0
    for note in notes.waiting(customer, REMINDER):
        if (why := send(note)) and note.answer != notes.UNFIT:
            return taken, why
        taken += note.answer == notes.SENT
    return taken, ""


def _next(vaccine: Vaccine, born: date) -> date | None:
    """The next day it is due, after today."""
    today = clock.today()
    days = [_on(born, age) for age in vaccine.ages]
    if vaccine.yearly_from:
        first = _on(born, vaccine.yearly_from)
        seasons = [(date(year, *AUTUMN), date(year + 1, *WINTER)) for year in range(today.year - 1, today.year + 2)]
        days += [ends if begins <= today else begins for begins, ends in seasons if begins >= first]
    return min((day for day in days if day > today), default=None)


def _on(born: date, age: int) -> date:
    """The birthday; of the 29th of February, the 1st of March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return born.replace(year=born.year + age, day=28) + timedelta(days=1)


def _words(paper: Document) -> str:
    """Everything that a paper says, as one searches it; a picture says nothing."""
    if rendering.is_text(paper):
        return french.folded(f"{paper.title} {rendering.text_of(paper)}")
    says = rendering.words_of(paper) if paper.media_type in {rendering.PDF, rendering.PLAIN} else ""
    return french.folded(f"{paper.title} {says}")
