"""French spaces where French wants them: `typography.py` mends templates, Python strings and fixtures, `--check` only says."""

from __future__ import annotations

import io
import re
import sys
import tokenize
from pathlib import Path

NBSP, THIN = "\u00a0", "\u202f"
RULES = (
    (re.compile("« "), f"«{NBSP}"),
    (re.compile(" »"), f"{NBSP}»"),
    (re.compile(r"(?<=[\w»)}’%…]) (?=[?!;](?:[\s<\"')\\]|$))", re.M), THIN),
    (re.compile(r"(?<=[\w»)}’%…]) (?=:(?:[\s<\"'\\]|$))", re.M), NBSP),
    (re.compile(r"(?<=[a-zà-ÿA-Z])'(?=[a-zà-ÿhA-Z])"), "’"),
)
TOP = Path(__file__).resolve().parent.parent


def mend(text: str, *, apostrophes: bool = False) -> str:
    for pattern, put in RULES if apostrophes else RULES[:-1]:
        text = pattern.sub(put, text)
    return text


def mend_python(source: str) -> str:
    """Only inside string literals that are not docstrings of code: comments and code are left alone."""
    lines = source.splitlines(keepends=True)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(source).readline))):
        if token.type == tokenize.STRING and token.start[0] == token.end[0]:
            row, (_, begin), (_, end) = token.start[0] - 1, token.start, token.end
            lines[row] = lines[row][:begin] + mend(lines[row][begin:end]) + lines[row][end:]
    return "".join(lines)


def main() -> int:
    wrong = []
    for path in [*TOP.glob("templates/**/*.html"), *TOP.glob("sandbox/**/*.py"), *TOP.glob("fixtures/**/*.toml")]:
        before = path.read_text(encoding="utf-8")
        after = mend_python(before) if path.suffix == ".py" else mend(before)
        if after != before:
            wrong.append(path.relative_to(TOP))
            if "--check" not in sys.argv:
                path.write_text(after, encoding="utf-8")
    for path in wrong:
        print(f"{path} : {'espaces à corriger' if '--check' in sys.argv else 'espaces corrigées'}")
    return 1 if wrong and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
