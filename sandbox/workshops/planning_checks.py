"""Reading a session's plan as a proof-reader does: its minutes add up, every exercise has its stage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.workshops.fixtures import BrokenPack, line_of
from sandbox.workshops.packs import Item, Pack
from sandbox.workshops.plans import FILE, clock_of, of_pack

DURATION = re.compile(r"(?:(\d+)\s?h)?\s?(?:(\d+)(?:\s?min)?)?")
WHOLE = {"goal", "prepare", "stage", "after"}
STAGE = {"title": str, "minutes": int, "says": str, "does": str}
LISTS = ("exercises", "fires", "materials", "pitfalls")
MOST_MINUTES, MOST_SIGNS = 240, 1200


def problems(pack: Pack) -> Iterator[str]:
    """What is wrong in the plan, each with its cure; nothing for a pack that has none."""
    try:
        told = of_pack(pack)
    except BrokenPack as broken:
        yield from broken.problems
        return
    if told:
        yield from _problems(pack, told)


def _problems(pack: Pack, told: Item) -> Iterator[str]:
    for key in sorted(told.keys() - WHOLE):
        yield f"{FILE}, ligne {line_of(pack.folder / FILE, key)} : « {key} » n’a pas de sens dans un plan. Écrivez {', '.join(sorted(WHOLE))}."
    stages = told.get("stage")
    if not isinstance(stages, list) or not stages:
        yield f"{FILE} : un plan a au moins une étape. Écrivez un [[stage]]."
        return
    wrong = [problem for stage in stages for problem in _stage(pack, stage)]
    yield from wrong
    if not wrong:
        yield from _minutes(pack, stages)
        yield from _exercises(pack, stages)


def minutes_of(duration: str) -> int:
    """« 1 h 30 », « 45 min », « 2 h »; 0 for what cannot be read."""
    found = DURATION.fullmatch(duration.strip())
    return int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0


def _stage(pack: Pack, stage: Item) -> Iterator[str]:
    where = _at(pack, stage)
    for key, kind in STAGE.items():
        if not isinstance(stage.get(key), kind) or not stage[key]:
            yield f"{where} : l’étape n’a pas de « {key} ». Ajoutez-le."
        elif kind is str and len(stage[key]) > MOST_SIGNS:
            yield f"{where} : « {key} » dépasse {MOST_SIGNS} signes. Raccourcissez-le."
    if isinstance(minutes := stage.get("minutes"), int) and not 1 <= minutes <= MOST_MINUTES:
        yield f"{where} : « minutes » va de 1 à {MOST_MINUTES}."
    for key in sorted(stage.keys() - {*STAGE, *LISTS}):
        yield f"{where} : « {key} » n’a pas de sens dans une étape. Corrigez son nom ou retirez-le."
    for key in LISTS:
        told = stage.get(key, [])
        if not isinstance(told, list) or (key != "fires" and not all(isinstance(one, str) for one in told)):
            yield f"{where} : « {key} » est une liste. Écrivez-la entre crochets."
    yield from _fires(pack, where, stage.get("fires", []))


def _fires(pack: Pack, where: str, fires: Any) -> Iterator[str]:
    known = {trigger.get("slug") for trigger in pack.triggers}
    for one in fires if isinstance(fires, list) else ():
        if not isinstance(one, dict) or {"trigger", "when"} != one.keys():
            yield f"{where} : dites de chaque déclencheur « trigger » et « when », par exemple {{ trigger = \"…\", when = \"au début\" }}."
        elif one["trigger"] not in known:
            yield f"{where} : le déclencheur « {one['trigger']} » n’est pas dans triggers.toml. Corrigez son nom."


def _minutes(pack: Pack, stages: list[Item]) -> Iterator[str]:
    duration, total = str(pack.about.get("duration", "")), sum(stage["minutes"] for stage in stages)
    if minutes_of(duration) != total:
        yield (
            f"{FILE} : les étapes durent {clock_of(total)} en tout, et pack.toml dit « {duration} ». "
            "Changez des minutes, ou la durée, écrite comme « 45 min » ou « 1 h 30 »."
        )
    for moment in pack.moments:
        if isinstance(after := moment.get("after"), int) and after >= total:
            yield f"timeline.toml : « {moment.get('trigger')} » arrive à {after} minutes, après la fin du plan. Avancez-le."


def _exercises(pack: Pack, stages: list[Item]) -> Iterator[str]:
    """Each is of one stage, and of one alone."""
    planned = Counter(slug for stage in stages for slug in stage.get("exercises", []))
    known = [exercise.get("slug") for exercise in pack.exercises]
    for slug in planned:
        if slug not in known:
            yield f"{FILE}, ligne {line_of(pack.folder / FILE, slug)} : l’exercice « {slug} » n’est pas dans exercises.toml. Corrigez son nom."
    for slug in known:
        if planned[slug] != 1:
            yield f"{FILE} : l’exercice « {slug} » est dans {planned[slug]} étapes. Mettez-le dans une seule."


def _at(pack: Pack, stage: Item) -> str:
    return f"{FILE}, ligne {line_of(pack.folder / FILE, str(stage.get('title', '[[stage]]')))}"
