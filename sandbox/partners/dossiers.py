"""A pre-admission file: what the hospital knows of an entry, filled step by step, kept at the firm whatever the portal says."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa

from sandbox import clock, french
from sandbox.account.models import Professional, User
from sandbox.agenda.models import Appointment, Status
from sandbox.catalogue import exchanges
from sandbox.catalogue.calls import Denied
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.partners import notes
from sandbox.partners.models import Customer, Note

SLUG, ENTRY, PAPER, DATE = "pre-admission-valbrune", "entry", "instructions", "entry-date"  # the firm, and kinds of notes
HOSPITAL = "hopital"
USUAL = "Une journée à l’hôpital, pour des examens"
IN = timedelta(days=14)
PAPERS = ("ORD_SOIN", "BIOLOGIE", "CPT_REND", "RADIO_SC", "SYNTHESE", "DOC_ADM")  # what a hospital asks for
OFFERED, MOST = 12, 5  # documents shown, and sent at most
WHERE = "Centre hospitalier de Valbrune, accueil des entrées, à 7 h 30. Inscrit par Pré-admission Valbrune."
ON_PAPER = "à apporter en papier"


@dataclass
class Dossier:
    """`papers`: the ref and title of what was chosen; `outcome`: by ref, why a paper did not leave, or nothing."""

    enters_on: str
    reason: str
    name: str = ""
    born: str = ""
    papers: dict[str, str] = field(default_factory=dict)
    papers_seen: bool = False  # whether that step was passed
    contact: str = ""
    link: str = ""
    phone: str = ""
    outcome: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.enters_on)

    @property
    def birth_date(self) -> date:
        return date.fromisoformat(self.born)

    @property
    def next_step(self) -> str:
        """The first step that is not done yet."""
        left = (("identity", not self.name), ("papers", not self.papers_seen), ("contact", not self.contact))
        return next((step for step, is_left in left if is_left), "recap")


def present(customer: Customer) -> Note | None:
    """The file of the entry to come; after the entry, nothing is left to prepare."""
    note = next(iter(notes.of(customer, ENTRY, most=1)), None)
    return note if note and read(note).day >= clock.today() else None


def begin(customer: Customer) -> Note:
    """The hospital says when and why: its own next appointment with this person, or in two weeks."""
    if there := present(customer):
        return there
    expected = _expected(customer)
    day = expected.day if expected else clock.today() + IN
    note = notes.keep(customer, ENTRY, expected.title if expected else USUAL)
    write(note, Dossier(enters_on=day.isoformat(), reason=note.label))
    return note


def _expected(customer: Customer) -> Appointment | None:
    query = sa.select(Appointment).join(Appointment.professional).join(User.professional).where(
        Appointment.record_id == customer.record_id, Professional.profession == HOSPITAL,
        Appointment.status == Status.CONFIRMED, Appointment.starts_at > clock.at(clock.today() + timedelta(days=1)),
    )
    return db.session.scalars(query.order_by(Appointment.starts_at).limit(1)).first()


def read(note: Note) -> Dossier:
    return Dossier(**json.loads(note.detail))


def write(note: Note, dossier: Dossier) -> None:
    """Keep what is known so far."""
    note.detail = json.dumps(asdict(dossier), ensure_ascii=False)


def offered(customer: Customer) -> list[Document]:
    """The newest papers that a hospital asks for. Raises Denied."""
    return exchanges.shelf(customer.passkey, PAPERS)[:OFFERED]


def send(customer: Customer, note: Note) -> None:
    """The file leaves for the hospital with the papers that the portal gives; then the hospital answers. Sent twice, it left once."""
    db.session.refresh(note, with_for_update=True)
    if note.answer == notes.SENT:
        return
    dossier = read(note)
    for ref in dossier.papers:
        dossier.outcome[ref] = _fetch(customer, ref)
    write(note, dossier)
    note.answer = notes.SENT
    notes.keep(customer, PAPER, f"Consignes avant l’entrée du {french.long_date(dossier.day)}", dossier.enters_on)
    notes.keep(customer, DATE, f"Entrée à l’hôpital : {dossier.reason}", dossier.enters_on)
    answer(customer)


def _fetch(customer: Customer, ref: str) -> str:
    try:
        exchanges.read_document(customer.passkey, ref)
    except Denied as denied:
        return f"{ON_PAPER} ({denied.denial.label})"
    except Refused:
        return f"{ON_PAPER} (il n’est plus disponible)"
    return ""


def answers(customer: Customer, dossier: Dossier) -> list[Note]:
    """What the hospital wants to put in the portal for this entry: the instructions, then the date."""
    found = [*notes.of(customer, PAPER, most=1), *notes.of(customer, DATE, most=1)]
    return [one for one in found if one.detail == dossier.enters_on]


def left(customer: Customer) -> list[Note]:
    """What of it the portal has not taken yet."""
    note = present(customer)
    return [one for one in answers(customer, read(note)) if one.answer != notes.SENT] if note else []


def answer(customer: Customer) -> list[str]:
    """The hospital gives the portal what it has not taken yet; why not, each refusal once."""
    give = {PAPER: _instruct, DATE: _announce}
    why = [notes.hand_over(one, partial(give[one.kind], customer, one)) for one in left(customer)]
    return list(dict.fromkeys(phrase for phrase in why if phrase))


def _instruct(customer: Customer, note: Note) -> None:
    entry = present(customer)
    if entry:
        exchanges.deposit(customer.passkey, note.label, "DOC_ADM", instructions(read(entry)))


def _announce(customer: Customer, note: Note) -> None:
    exchanges.write_reminder(customer.passkey, note.label, date.fromisoformat(note.detail), WHERE)


def instructions(dossier: Dossier) -> str:
    """What to do before the entry, as a text."""
    on_paper = [f"- Apportez en papier : {title}." for ref, title in dossier.papers.items() if dossier.outcome.get(ref)]
    return "\n".join([
        f"Entrée de {dossier.name} : {french.full_date(dossier.day)}, à 7 h 30. Motif : {dossier.reason}.", "", "## La veille", "",
        "- Prenez une douche avec votre savon habituel.", "- Ne mangez plus et ne fumez plus après minuit.", "", "## Le jour même", "",
        "- Venez avec votre carte Vitale, votre carte de mutuelle et une pièce d’identité.",
        "- Apportez la liste de vos médicaments. Ne changez rien à votre traitement sans l’avis d’un médecin.",
        *(on_paper or ["- Vos papiers sont arrivés : rien à apporter de plus."] if dossier.papers else []), "",
        f"Personne à prévenir : {dossier.contact} ({dossier.link}).", "",
        "Centre hospitalier de Valbrune (établissement inventé pour l’entraînement).",
    ])
