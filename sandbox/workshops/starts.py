"""The states that a seat's space may start in: chosen by a pack, when a workshop is opened, or in a click of the trainer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sandbox.distances import working_days
from sandbox.workshops.fixtures import BrokenPack

HOUR = 9  # letters come in the morning


class Start(StrEnum):
    ACTIVE = "active"
    CREATED = "created"
    CODE_EXPIRED = "code_expired"
    CONTACT_UNKNOWN = "contact_unknown"
    OPPOSED = "opposed"
    CLOSED = "closed"


@dataclass(frozen=True)
class State:
    """What a start means, and what it is for in class. Days are distances from today, None where nothing is dated."""

    label: str
    explanation: str
    lesson: str
    life: str
    invited: int | None = None
    since: int | None = None
    reach: str = "sms email"


STATES = {
    Start.ACTIVE: State(
        "Activé", "La personne se connecte avec l’identifiant et le mot de passe de sa carte.",
        "Pour travailler dans l’espace : documents, messages, rendez-vous.", "active",
    ),
    Start.CREATED: State(
        "Créé, pas encore activé", "La personne a reçu son courrier il y a cinq jours : elle peut activer, ou s’opposer.",
        "Pour s’exercer à activer son espace, du courrier jusqu’à l’accueil.", "created", invited=-5,
    ),
    Start.CODE_EXPIRED: State(
        "Créé, code expiré", "Le courrier a plus de six semaines : le code imprimé ne sert plus, il faut en demander un autre.",
        "Pour rencontrer le message « code expiré », et s’en sortir.", "created", invited=-52,
    ),
    Start.CONTACT_UNKNOWN: State(
        "Créé, contact inconnu", "L’Assurance Maladie n’a ni son e-mail ni son mobile : il faut d’abord les lui donner.",
        "Pour comprendre pourquoi le code n’arrive pas, et où donner son adresse.", "created", invited=-5, reach="",
    ),
    Start.OPPOSED: State(
        "Opposition", "La personne a refusé la création de son espace : elle peut revenir sur ce choix.",
        "Pour voir ce qu’un refus change, et comment le retirer.", "opposed", invited=-20, since=-12,
    ),
    Start.CLOSED: State(
        "Clos", "La personne a fermé son espace : elle peut le rouvrir, ses documents l’attendent.",
        "Pour rouvrir un espace fermé et retrouver ses documents.", "closed", since=-30,
    ),
}


def of_pack(about: dict[str, Any]) -> Start:
    """How the spaces of a pack start. Raises BrokenPack."""
    told = about.get("start", Start.ACTIVE)
    if told not in set(Start):
        raise BrokenPack([f"pack.toml : l’état de départ « {told} » n’existe pas. Choisissez parmi {', '.join(Start)}."])
    return Start(told)


def state_of(life: str, reach: str, *, out_of_date: bool) -> Start:
    """The start that a space is in now, from what its record says; `out_of_date`: the letter's code is over."""
    if life != "created":
        return Start(life)
    if not reach:
        return Start.CONTACT_UNKNOWN
    return Start.CODE_EXPIRED if out_of_date else Start.CREATED


def told(start: Start) -> dict[str, str | None]:
    """The columns of a record that starts so, as a snapshot tells them."""
    state = STATES[start]
    return {
        "life": state.life, "reach": state.reach, "invited_at": _told(state.invited), "life_at": _told(state.since),
    }


def _told(days: int | None) -> str | None:
    return None if days is None else f"w{working_days(days):+d}T{HOUR:02d}:00:00"
