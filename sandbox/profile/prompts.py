"""The portal's questions to complete the profile (reference §1.2): in its order, one at a time, each may wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.account.models import Record, User
from sandbox.profile.models import Block
from sandbox.profile.service import PARTS, Brief

ADULT = 18


@dataclass(frozen=True)
class Prompt:
    """One question: asked of oneself, asked about somebody else, and why; `none` answers that there is nothing."""

    block: Block
    own: str
    other: str
    why: str
    none: str = ""
    none_other: str = ""

    @property
    def label(self) -> str:
        return PARTS[self.block].label

    @property
    def icon(self) -> str:
        return PARTS[self.block].icon


PROMPTS = (
    Prompt(
        Block.ALLERGIES, "Avez-vous des allergies ?", "Est-ce que {} a des allergies ?",
        "Un médicament, un aliment, un pansement. On vous le demandera à chaque soin : la réponse sera prête.",
        "Je n’en ai pas", "{} n’en a pas",
    ),
    Prompt(
        Block.DISEASES, "Avez-vous, ou avez-vous eu, des maladies ?", "Est-ce que {} a, ou a eu, des maladies ?",
        "Notez les plus importantes, même avec une date approximative : l’année suffit.",
        "Je n’en ai pas", "{} n’en a pas",
    ),
    Prompt(
        Block.TREATMENTS, "Prenez-vous des médicaments ?", "Est-ce que {} prend des médicaments ?",
        "Ceux de tous les jours, et ceux que l’on prend de temps en temps.", "Je n’en prends pas", "{} n’en prend pas",
    ),
    Prompt(
        Block.CONTACTS, "Qui faut-il prévenir en cas d’urgence ?", "Qui faut-il prévenir en cas d’urgence pour {} ?",
        "Une personne de la famille, un voisin, une amie : son nom et son téléphone.",
        "Je n’ai personne à indiquer", "Il n’y a personne",
    ),
    Prompt(
        Block.WISHES, "Avez-vous lu l’information sur le don d’organes ?", "L’information sur le don d’organes",
        "Elle tient en quelques lignes. Vous direz seulement que vous l’avez lue, sans rien choisir.",
    ),
)


@dataclass(frozen=True)
class Progress:
    """How far the profile is told; `left` is in the order of asking, what was put off comes last."""

    total: int
    left: list[Prompt]
    later: list[Prompt]

    @property
    def done(self) -> int:
        return self.total - len(self.left)

    @property
    def asked(self) -> Prompt | None:
        """The one question of the home page, none when all are answered or put off."""
        return next((prompt for prompt in self.left if prompt not in self.later), None)


def asked_of(record: Record) -> list[Prompt]:
    """The questions that concern this person: organ donation is not asked of a child."""
    return [prompt for prompt in PROMPTS if prompt.block is not Block.WISHES or record.age >= ADULT]


def progress(record: Record, found: Iterable[Brief]) -> Progress:
    """What is answered, and what remains to be asked."""
    answered = {one.block for one in found if one.answers}
    prompts = asked_of(record)
    left = [prompt for prompt in prompts if prompt.block not in answered]
    waiting = record.postponed.split()
    later = sorted((p for p in left if p.block in waiting), key=lambda p: waiting.index(p.block))
    return Progress(len(prompts), [p for p in left if p not in later] + later, later)


def postpone(user: User, record: Record, block: Block) -> None:
    """« Plus tard »: the question goes to the end of the list."""
    record.postponed = " ".join([*(word for word in record.postponed.split() if word != block), block])


def resume(record: Record, told: Progress) -> None:
    """At a new visit, when only questions put off are left, they are asked again."""
    if told.left and told.asked is None:
        record.postponed = ""
