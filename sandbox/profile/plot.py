"""A small graph of measures: where each point and each label stands in the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor

from sandbox.profile.models import Measure
from sandbox.profile.service import Series

LEFT, RIGHT, TOP, BOTTOM = 56, 408, 16, 200  # in a drawing of 420 by 240
STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 1000.0)
LINES = 4  # horizontal lines at most, the first aside


@dataclass(frozen=True)
class Curve:
    """One line: its name where there are several, and its points."""

    label: str
    points: list[tuple[float, float]]

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True)
class Plot:
    curves: list[Curve]
    levels: list[tuple[float, float]]  # value, height
    first: datetime
    last: datetime


def numbers(measure: Measure) -> list[float]:
    """« 6.8 » is one number, « 132/78 » two. Raises ValueError when it is neither."""
    return [float(part.replace(",", ".")) for part in measure.value.split("/")]


def plot(series: Series) -> Plot | None:
    """The drawing of a series; None where there is nothing to join."""
    if not series.kind.plotted or len(series.measures) < 2:
        return None
    values = [numbers(one) for one in series.measures]
    levels = _levels(min(map(min, values)), max(map(max, values)))
    low, high = levels[0], levels[-1]
    begun, ended = series.measures[0].at, series.latest.at
    span = (ended - begun).total_seconds() or 1

    def across(at: datetime) -> float:
        return round(LEFT + (at - begun).total_seconds() / span * (RIGHT - LEFT), 1)

    def down(value: float) -> float:
        return round(BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP), 1)

    curves = [
        Curve(label, [(across(one.at), down(told[part])) for one, told in zip(series.measures, values, strict=True)])
        for part, label in enumerate(series.kind.parts)
    ]
    return Plot(curves, [(level, down(level)) for level in levels], begun, ended)


def _levels(low: float, high: float) -> list[float]:
    """Round values below, between and above."""
    step = next((step for step in STEPS if (high - low) / step <= LINES - 1), STEPS[-1])
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    return [round(number * step, 1) for number in range(first, last + 1)]
