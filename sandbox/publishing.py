"""An act, who follows from it, and who looks once it is settled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from blinker import ANY, Signal

from sandbox.db import db

if TYPE_CHECKING:
    from sandbox.account.models import Record, User


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something an actor did to a record. `phrase` is its line in the activity history.

    `about` names the field the act is about: the history and the notifications lead to it.
    `notifies` is the code (reference §1.10) of the notification that the record's owner receives.
    """

    phrase: ClassVar[str]
    about: ClassVar[str] = ""
    notifies: ClassVar[str] = ""
    actor: User
    record: Record

    def __str__(self) -> str:
        return self.phrase.format(**{f.name: getattr(self, f.name) for f in fields(self)})

    @property
    def subject_ref(self) -> str:
        return getattr(self, self.about).ref if self.about else ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it happened at another firm's: the portal knows nothing of it, its history and its notices neither."""
        return False


A = TypeVar("A", bound=Act)
_consequences = Signal("writes what follows from an act")
_observers = Signal("looks at the settled state")


def _connect(signal: Signal, kind: type[A], function: Callable[[A], None]) -> None:
    def receive(sender: type[Act], act: Any) -> None:
        function(act)

    signal.connect(receive, sender=ANY if kind is Act else kind, weak=False)


def on(*kinds: type[A]) -> Callable[[Callable[[A], None]], Callable[[A], None]]:
    """Subscribe: the function writes what follows from these kinds of act (`Act`: from every one)."""

    def subscribe(function: Callable[[A], None]) -> Callable[[A], None]:
        for kind in kinds:
            _connect(_consequences, kind, function)
        return function

    return subscribe


def after(function: Callable[[Act], None]) -> Callable[[Act], None]:
    """Subscribe: the function looks at the state once every consequence is written."""
    _connect(_observers, Act, function)
    return function


def publish(act: Act) -> None:
    """Tell what happened: consequences write, then observers look, all in the caller's transaction."""
    db.session.flush()
    _consequences.send(type(act), act=act)
    db.session.flush()
    _observers.send(type(act), act=act)


def every_act() -> list[type[Act]]:
    """The closed list of what can happen."""
    return [kind for kind in _descendants(Act) if hasattr(kind, "phrase")]


def _descendants(kind: type[Act]) -> list[type[Act]]:
    return [found for child in kind.__subclasses__() for found in (child, *_descendants(child))]
