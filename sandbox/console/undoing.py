"""What was done last and can be gone back on, said in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sandbox import clock, french
from sandbox.workshops import resets
from sandbox.workshops.models import Step, StepKind, Workshop

NAMES = {
    StepKind.WORKSHOP: ("cette remise à zéro", "La remise à zéro est annulée"),
    StepKind.SEAT: ("cette remise à zéro", "La remise à zéro est annulée"),
    StepKind.SCHEDULED: ("cette remise à zéro", "La remise à zéro est annulée"),
    StepKind.STATE: ("ce changement d’état", "Le changement d’état est annulé"),
    StepKind.CAUGHT_UP: ("ce rattrapage", "Le rattrapage est annulé"),
    StepKind.FREEZE: ("ce nouveau point de départ", "Le nouveau point de départ est annulé"),
    StepKind.RESTORE: ("ce retour", "Le retour est annulé"),
}


@dataclass(frozen=True)
class Undoable:
    """Something done, which can still be gone back on."""

    number: int
    kind: StepKind
    seats: list[int]  # none: all of them at once
    at: datetime
    label: str = ""

    @property
    def what(self) -> str:
        if self.kind is StepKind.FREEZE:
            return f"« {self.label} » est devenu le point de départ"
        if self.kind is StepKind.RESTORE:
            return f"Tous les dossiers sont revenus à « {self.label} »"
        if self.kind is StepKind.SCHEDULED:
            return "À l’heure prévue, tous les dossiers sont revenus au point de départ"
        if not self.seats:
            return "Tous les dossiers sont revenus au point de départ"
        one, who = len(self.seats) == 1, french.places(self.seats)
        if self.kind is StepKind.CAUGHT_UP:
            return f"{who} {'est rattrapée' if one else 'sont rattrapées'}"
        if self.kind is StepKind.STATE:
            return f"{who} {'a' if one else 'ont'} changé d’état"
        return f"{who} {'est revenue' if one else 'sont revenues'} au point de départ"

    @property
    def when(self) -> str:
        return f"Fait {french.at(self.at, clock.today())}"

    @property
    def name(self) -> str:
        return NAMES[self.kind][0]

    @property
    def undone(self) -> str:
        """Once it is gone back on."""
        gone = NAMES[self.kind][1]
        if self.kind is StepKind.FREEZE:
            return f"{gone}. Le point de départ d’avant est de retour ; les dossiers n’ont pas bougé."
        if not self.seats:
            return f"{gone}. Les dossiers sont revenus à l’état d’avant."
        back = "est revenue" if len(self.seats) == 1 else "sont revenues"
        return f"{gone}. {french.places(self.seats)} {back} à l’état d’avant."


def undoable(workshop: Workshop) -> list[Undoable]:
    """What the button « Annuler » would go back on, newest first: one press each."""
    return [] if workshop.is_closed else [told(steps) for steps in resets.done_lately(workshop)]


def told(steps: list[Step]) -> Undoable:
    """What was done in one press."""
    first = steps[0]
    return Undoable(first.id, first.kind, [step.seat for step in steps if step.seat], first.at, first.label)
