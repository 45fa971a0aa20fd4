"""The types of document (LOINC and TRE_A05 codes, reference §3.2), as a professional chooses one of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sandbox.workshops.fixtures import common

Choice = tuple[str, str, dict[str, Any]]  # the code, its words, the category it falls into
PATIENTS_OWN = {"SYNTH_PML", "DIR_ANT", "VDP", "QUEST_SANTE", "REMB"}  # never written by a professional
PATIENTS = "patient"  # the group of the matrix for what the person adds
USUAL, TO_CHOOSE = "Les plus utilisés par votre profession", "À choisir"


@lru_cache(maxsize=32)
def choices(profession: str) -> dict[str, list[Choice]]:
    """What a professional deposits, under the label of its category, in the portal's order; the usual ones first."""
    usual = common("document_kinds")["usual"].get(profession, [])
    kinds = {code: kind for code, kind in _kinds().items() if _is_professionals(kind)}
    groups: dict[str, list[Choice]] = {TO_CHOOSE: [("", "Choisissez…", {})]}
    if usual:
        groups[USUAL] = [_choice(kinds[code], told=True) for code in usual]
    for category in common("categories")["category"]:
        of_it = [kind for code, kind in kinds.items() if kind["category"] == category["code"] and code not in usual]
        if of_it:
            groups[category["label"]] = [_choice(kind) for kind in of_it]
    return groups


def category_of(code: str) -> str:
    return str(_kinds()[code]["category"])


def label_of(code: str) -> str:
    """The words of a type; nothing for a document whose type nobody said."""
    return str(_kinds()[code]["label"]) if code in _kinds() else ""


def _is_professionals(kind: dict[str, str]) -> bool:
    return kind["category"] not in PATIENTS_OWN and kind["group"] != PATIENTS


def _choice(kind: dict[str, str], *, told: bool = False) -> Choice:
    """`told`: with its category, where no heading says it."""
    category = _categories()[kind["category"]]
    words = [kind["label"], kind["code"], *([category] if told else [])]
    return kind["code"], " · ".join(words), {"data-category": category}


@lru_cache(maxsize=1)
def _kinds() -> dict[str, dict[str, str]]:
    return {kind["code"]: kind for kind in common("document_kinds")["kind"]}


@lru_cache(maxsize=1)
def _categories() -> dict[str, str]:
    return {category["code"]: category["label"] for category in common("categories")["category"]}
