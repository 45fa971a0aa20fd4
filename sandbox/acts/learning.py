"""Acts of the training itself: what a learner answers to a situation. The portal knows nothing of it."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.publishing import Act


@dataclass(frozen=True, kw_only=True)
class SituationAct(Act):
    """An answer given to a situation, by the pack's names: `answer` is its number there, from 1."""

    situation: str
    answer: int

    @property
    def subject_ref(self) -> str:
        return f"{self.situation}#{self.answer}"

    @property
    def is_elsewhere(self) -> bool:
        return True


@dataclass(frozen=True, kw_only=True)
class SituationTried(SituationAct):
    """It was not a right one: one may try again."""

    phrase = "Situation « {situation} » : réponse {answer}, à revoir"


@dataclass(frozen=True, kw_only=True)
class SituationAnswered(SituationAct):
    phrase = "Situation « {situation} » : réponse {answer}, comprise"
