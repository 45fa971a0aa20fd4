"""Reading the fixtures: the common nomenclatures, and a pack's files with the line of what is wrong."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from sandbox.config import resources


class BrokenPack(ValueError):
    """A pack cannot be used. Each problem is one sentence with its file, its line and its cure."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@lru_cache(maxsize=32)
def common(name: str) -> dict[str, Any]:
    """One nomenclature of `fixtures/common/`."""
    return read(resources("fixtures") / "common" / f"{name}.toml")


def read(path: Path) -> dict[str, Any]:
    """A TOML file. Raises BrokenPack with the line that TOML refuses."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BrokenPack([f"{path.name} : ce fichier manque dans {path.parent}. Ajoutez-le."]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenPack([f"{path.name} : {error}. Corrigez la syntaxe TOML."]) from None


def line_of(path: Path, text: str) -> int:
    """The first line where a text stands, for a message that leads to it."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text and text in line:
            return number
    return 1


def packs() -> list[str]:
    """The slugs of the packs that are installed."""
    return sorted(found.parent.name for found in resources("fixtures").glob("*/pack.toml"))
