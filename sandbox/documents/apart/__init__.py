"""Files from outside are opened in a process of their own: a hostile one can neither stop nor slow the server, and the
memory it takes goes when it ends.

`drawing.py`, `cleaning.py` and `squares.py` are run as programs, by their path; they import nothing of ours, so that they start at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

HERE = Path(__file__).resolve().parent
PATIENCE = 15  # seconds
AT_ONCE = 2
REFUSED = 3  # how a program ends that says why it will not
_places = BoundedSemaphore(AT_ONCE)


class Failed(Exception):
    """The file broke what opened it. `word` is the reason when the program knew it, `name` which file."""

    def __init__(self, word: str = "", name: str = "") -> None:
        super().__init__(word)
        self.word, self.name = word, name


class TooLong(Failed):
    """It was given up: nothing else should try."""


def ask(program: str, content: bytes, *what: str) -> bytes:
    """What the program answers about this content. Raises Failed."""
    order = [sys.executable, "-I", str(HERE / f"{program}.py"), *what]
    with _places:
        try:
            done = subprocess.run(order, input=content, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
        except subprocess.TimeoutExpired as error:
            raise TooLong from error
        except OSError as error:
            raise Failed from error
    if done.returncode == REFUSED:
        raise Failed(**json.loads(done.stdout))
    if done.returncode:
        raise Failed
    return done.stdout
