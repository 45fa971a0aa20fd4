"""What differs from the real portal: a dated list, screen by screen, that one may search and print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from flask import render_template, request
from flask.typing import ResponseReturnValue

from sandbox.console.desk import bp
from sandbox.french import folded
from sandbox.workshops.fixtures import common


@dataclass(frozen=True)
class Screen:
    """A section of the portal."""

    slug: str
    label: str
    icon: str


@dataclass(frozen=True)
class Difference:
    """One thing that is not as on the real portal; `source` says what the real side was read in."""

    slug: str
    screen: Screen
    what: str
    real: str
    ours: str
    why: str
    source: str
    checked: date

    @property
    def told(self) -> str:
        """What a search looks into."""
        return folded(" ".join((self.screen.label, self.what, self.real, self.ours, self.why)))


@lru_cache(maxsize=1)
def every() -> tuple[Difference, ...]:
    """In the order of the fixtures, which is the portal's."""
    told = common("differences")
    screens = {item["slug"]: Screen(**item) for item in told["screen"]}
    sources = {item["slug"]: item["label"] for item in told["source"]}
    return tuple(
        Difference(**item | {"screen": screens[item["screen"]], "source": sources[item["source"]]}) for item in told["difference"]
    )


def search(asked: str) -> list[Difference]:
    """Those that hold every word asked, accents or not."""
    words = folded(asked).split()
    return [one for one in every() if all(word in one.told for word in words)]


@bp.get("/differences")
def differences() -> ResponseReturnValue:
    asked = request.args.get("q", "").strip()[:60]
    found = search(asked)
    screens = [(screen, list(group)) for screen, group in groupby(found, key=lambda one: one.screen)]
    checked = max(one.checked for one in every())
    return render_template("console/differences.html", asked=asked, found=found, screens=screens, checked=checked, total=len(every()))
