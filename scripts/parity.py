"""The parity table with the tests that practise each row; exits 1 while a row has none."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests"


def practised() -> dict[str, list[str]]:
    """Rows named by `@pytest.mark.practises(…)`, with the tests that name them."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for row in marks(node):
                    found[row].append(f"{path.relative_to(TESTS)}::{node.name}")
    return found


def marks(test: ast.FunctionDef) -> list[str]:
    return [
        word.value
        for mark in test.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("mark.practises")
        for word in mark.args
        if isinstance(word, ast.Constant)
    ]


def main() -> int:
    rows = tomllib.loads((TESTS / "parity.toml").read_text(encoding="utf-8"))["rows"]
    found = practised()
    for row, text in rows.items():
        print(f"{row}  {'✓' if row in found else ' '}  {text}")
        for test in found.get(row, []):
            print(f"           {test}")
    if unknown := set(found) - set(rows):
        print(f"Lignes inconnues : {', '.join(sorted(unknown))}")
    done = len(set(found) & set(rows))
    print(f"{done}/{len(rows)} rows practised")
    return 0 if done == len(rows) and not unknown else 1


if __name__ == "__main__":
    sys.exit(main())
