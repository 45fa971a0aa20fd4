"""The sections of each audience, in the words and the order of the real portal."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request, url_for


@dataclass(frozen=True)
class Section:
    label: str
    endpoint: str
    icon: str
    counted: str = ""  # name of the counter shown beside it
    live: str = ""  # endpoint of that counter alone, for the open page
    within: tuple[str, ...] = ()  # endpoints of the section's other pages


@dataclass(frozen=True)
class Item:
    label: str
    href: str
    icon: str
    current: bool
    count: int
    live: str = ""  # where its counter is asked again when the topic of its name moves
    counted: str = ""


LEARNER = (
    Section("Accueil", "home.index", "home"),
    Section("Documents", "documents.index", "document-text"),
    Section("Messages", "messaging.index", "chat-bubble-left-right", "messages", "messaging.waiting"),
    Section("Profil médical", "profile.index", "user-circle"),
)
LEARNER_MORE = (
    Section("Prévention", "prevention.index", "shield-check"),
    Section("Agenda", "agenda.index", "calendar-days", within=("calendar.index", "calendar.make", "calendar.show")),
    Section("Ordonnances", "prescriptions.index", "qr-code"),
    Section("Catalogue de services", "catalogue.index", "squares-2x2"),
    Section("Qui peut voir mon dossier", "privacy.index", "lock-closed"),
    Section("Historique d’activité", "journal.index", "clock"),
    Section("Mes données", "export.index", "archive-box-arrow-down"),
    Section("Paramètres", "settings.index", "cog-6-tooth", within=("closing.index", "closing.data", "closing.confirm", "synchronized.index", "synchronized.show", "synchronized.change")),
    Section("Aide", "help.index", "lifebuoy"),
)
PROFESSIONAL = (
    Section(
        "Patients", "pro.index", "users",
        within=(
            "pro.patient", "pro.emergency", "pro.traits", "pro.read_card", "pro.others", "pro.document", "pro.deposit", "pro.replace", "pro.withdraw", "pro.write_first", "pro.open_exchange", "pro.prescribe", "pro.sheet_sent",
            "pro.prescription", "pro.vaccinate", "pro.correct_vaccination", "pro.child_exams", "pro.examine",
        ),
    ),
    Section(
        "Messages", "pro.conversations", "chat-bubble-left-right", "messages", "pro.waiting",
        within=("pro.conversation", "pro.write", "pro.piece", "pro.choose_patients", "pro.write_many", "pro.send_many"),
    ),
    Section("Mes dépôts", "pro.my_deposits", "arrow-up-tray"),
    Section(
        "Rendez-vous", "pro.appointments", "calendar-days",
        within=("pro.week", "pro.appointment", "pro.settle", "pro.give_to", "pro.give", "pro.openings", "pro.change_opening"),
    ),
)
APPOINTMENTS = PROFESSIONAL[-1]
COUNTER = Section("Délivrance", "pro.counter", "qr-code", within=("pro.who", "pro.stopped", "pro.dispense", "pro.deliver"))
TRAINER = (
    Section("Ateliers", "console.index", "rectangle-group"),
    Section("Ce qui diffère du vrai site", "console.differences", "arrows-right-left"),
)
ADMINISTRATOR = (
    Section("Formateurs", "console.trainers", "users", within=("console.trainer_page", "console.new_password", "console.add_trainer")),
    Section("Territoires", "console.territories", "map"),
)


def of_professional(counter: str, *, appointments: bool) -> tuple[Section, ...]:
    """Their sections: with a counter, in the words of the profession, for whoever carries out prescriptions."""
    every = PROFESSIONAL if appointments else tuple(one for one in PROFESSIONAL if one is not APPOINTMENTS)
    return (every[0], replace(COUNTER, label=counter), *every[1:]) if counter else every


def items(sections: tuple[Section, ...], counts: dict[str, int] | None = None) -> list[Item]:
    """The sections as links, the one being looked at marked."""
    here = request.blueprint or ""
    return [
        Item(
            s.label, url_for(s.endpoint), s.icon, _is_current(s, here), (counts or {}).get(s.counted, 0),
            url_for(s.live) if s.live else "", s.counted,
        )
        for s in sections
    ]


def _is_current(section: Section, blueprint: str) -> bool:
    if request.endpoint == section.endpoint or request.endpoint in section.within:
        return True
    alone = section.endpoint.endswith(".index") and blueprint not in {"pro", "console"}
    return alone and section.endpoint.split(".")[0] == blueprint
