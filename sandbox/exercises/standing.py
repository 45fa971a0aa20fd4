"""Where one seat stands in its exercises: to do, begun, done, in the words of its pages."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.exercises import again, attempts, service
from sandbox.exercises.models import Attempt
from sandbox.exercises.service import Exercise
from sandbox.tenancy import Bound


@dataclass(frozen=True)
class Item:
    """One exercise, its number in the list, and how far the seat is with it."""

    number: int
    exercise: Exercise
    attempt: Attempt | None
    is_done: bool

    @property
    def is_begun(self) -> bool:
        return self.attempt is not None and self.attempt.begun_at is not None

    @property
    def puts_back(self) -> str:
        """What doing it again puts back, told beforehand."""
        return again.TOLD.get(self.exercise.question, "Rien d’autre ne change dans votre dossier.")

    @property
    def tour_at(self) -> int:
        """The step where a tour was left; 0 when it was not begun, or is over."""
        step = self.attempt.step if self.attempt and self.attempt.path_at else 0
        return step if step < len(self.exercise.steps) else 0

    @property
    def hints_read(self) -> list[str]:
        return self.exercise.hints[: self.attempt.hints if self.attempt else 0]


@dataclass(frozen=True)
class Standing:
    items: list[Item]

    @property
    def done(self) -> list[Item]:
        return [item for item in self.items if item.is_done]

    @property
    def situations(self) -> Standing:
        """The same, of the situations alone."""
        return Standing([item for item in self.items if item.exercise.is_situation])

    @property
    def to_do_now(self) -> Item | None:
        """The one begun last and not done, else the first that is not done."""
        left = [item for item in self.items if not item.is_done]
        begun = [(item.attempt.begun_at, item.number, item) for item in left if item.attempt and item.attempt.begun_at]
        return max(begun)[-1] if begun else next(iter(left), None)

    @property
    def is_over(self) -> bool:
        return bool(self.items) and len(self.done) == len(self.items)

    def item(self, slug: str) -> Item:
        return next(item for item in self.items if item.exercise.slug == slug)

    def after(self, item: Item) -> Item | None:
        """What one may do next: the first not done below it, or above it."""
        below = [*self.items[item.number :], *self.items[: item.number - 1]]
        return next((one for one in below if not one.is_done), None)


def of_seat(where: Bound, seat: int) -> Standing:
    """Asked of the database, each exercise by its question."""
    exercises, goes = service.of_workshop(where.workshop_id), attempts.present(where, seat)
    done = service.done_at(exercises, seat)
    return Standing([
        Item(number, one, goes.get(one.slug), one.slug in done) for number, one in enumerate(exercises, 1)
    ])
