"""The states that a seat's space may start in: chosen by a pack, when a workshop is opened, or in a click of the trainer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sandbox.distances import working_days

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
    """What a start means. Days are distances from today, None where there is nothing to date."""

    label: str
    explanation: str
    life: str
    invited: int | None = None
    since: int | None = None
    reach: str = "sms email"


STATES = {
    Start.ACTIVE: State("Activé", "La personne se connecte avec l’identifiant et le mot de passe de sa carte.", "active"),
    Start.CREATED: State(
        "Créé, pas encore activé", "La personne a reçu son courrier il y a cinq jours : elle peut activer, ou s’opposer.",
        "created", invited=-5,
    ),
    Start.CODE_EXPIRED: State(
        "Créé, code expiré", "Le courrier a plus de six semaines : le code imprimé ne sert plus, il faut en demander un autre.",
        "created", invited=-52,
    ),
    Start.CONTACT_UNKNOWN: State(
        "Créé, contact inconnu", "L’Assurance Maladie n’a ni son e-mail ni son mobile : il faut d’abord les lui donner.",
        "created", invited=-5, reach="",
    ),
    Start.OPPOSED: State(
        "Opposition", "La personne a refusé la création de son espace : elle peut revenir sur ce choix.",
        "opposed", invited=-20, since=-12,
    ),
    Start.CLOSED: State("Clos", "La personne a fermé son espace : elle peut le rouvrir, ses documents l’attendent.", "closed", since=-30),
}


def told(start: Start) -> dict[str, str | None]:
    """The columns of a record that starts so, as a snapshot tells them."""
    state = STATES[start]
    return {
        "life": state.life, "reach": state.reach, "invited_at": _told(state.invited), "life_at": _told(state.since),
    }


def _told(days: int | None) -> str | None:
    return None if days is None else f"w{working_days(days):+d}T{HOUR:02d}:00:00"
