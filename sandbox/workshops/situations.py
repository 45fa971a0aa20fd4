"""A situation of a pack: somebody is there and says something, one answers. Completed as it is read, and proof-read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Item = dict[str, Any]
WRITTEN = ("told", "asks", "explanation", "say", "learned")  # what an author writes of each, besides its slug and title
OPTIONAL = {"source", "answer"}
COMPLETED = {"instruction", "why", "hints", "question", "params"}  # what other exercises write
ANSWER = {"text", "right", "reply"}
FEWEST, MOST = 3, 6  # answers
SLUG = 36  # signs: an answer is remembered as slug and number, in a column of 40
TELLING = 1.5  # how much longer than all others the right answers may be before it gives them away


def is_one(item: Item) -> bool:
    return not item.keys().isdisjoint({*WRITTEN, *OPTIONAL} - {"learned"})  # any exercise may say what one learns


def whole(item: Item) -> Item:
    """An exercise like the others: what it asks of the database follows from its name."""
    if not is_one(item):
        return item
    asked = {"instruction": item.get("asks", ""), "why": "", "hints": [], "question": "situation_answered"}
    return {**asked, "params": {"situation": item.get("slug", "")}, **item}


def problems(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """What is wrong with the situations among these exercises: the slug, and a sentence with its cure."""
    for item in filter(is_one, items):
        slug = str(item.get("slug", "?"))
        for problem in (*_shape(item), *_answers(item.get("answer", []))):
            yield slug, f"la situation « {slug} » {problem}"


def _shape(item: Item) -> Iterator[str]:
    for key in WRITTEN:
        if not str(item.get(key, "")).strip():
            yield f"n’a pas de « {key} ». Ajoutez-le."
    for key in sorted(item.keys() - {"slug", "title", *WRITTEN, *OPTIONAL, *COMPLETED}):
        yield f"a une clé inconnue, « {key} ». Corrigez son nom ou retirez-la."
    if len(str(item.get("slug", ""))) > SLUG:
        yield f"a un nom de plus de {SLUG} signes. Raccourcissez « slug »."


def _answers(answers: Any) -> Iterator[str]:
    if not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
        yield "écrit mal ses réponses. Écrivez un [[exercise.answer]] par réponse."
        return
    if not FEWEST <= len(answers) <= MOST:
        yield f"doit avoir de {FEWEST} à {MOST} réponses, et en a {len(answers)}. Complétez les [[exercise.answer]]."
    for number, one in enumerate(answers, 1):
        yield from _answer(number, one)
    yield from _balance(answers)


def _answer(number: int, answer: Item) -> Iterator[str]:
    for key in ("text", "reply"):
        if not str(answer.get(key, "")).strip():
            yield f"a une réponse {number} sans « {key} ». Ajoutez-le."
    if not isinstance(answer.get("right"), bool):
        yield f"a une réponse {number} dont « right » n’est ni true ni false. Écrivez l’un des deux."
    for key in sorted(answer.keys() - ANSWER):
        yield f"a dans sa réponse {number} une clé inconnue, « {key} ». Corrigez son nom ou retirez-la."


def _balance(answers: list[Item]) -> Iterator[str]:
    """At least one of each, and a right one that its length does not give away."""
    right, wrong = ([len(str(one.get("text"))) for one in answers if one.get("right") is is_right] for is_right in (True, False))
    if not right:
        yield "n’a aucune bonne réponse. Écrivez right = true à l’une d’elles."
    elif not wrong:
        yield "n’a que de bonnes réponses. Écrivez-en une où l’on se trompe."
    elif min(right) > TELLING * max(wrong) or max(right) * TELLING < min(wrong):
        yield "se devine à la longueur de ses réponses. Écrivez-les de longueurs voisines."
