"""What is noted before the doors open: which devices reached this machine, which sheets were opened to be printed.

One small file a workshop beside the store, whole lines added at its end. Of a device it keeps a mark that leads back to nobody.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

from flask import current_app

from sandbox import clock
from sandbox.workshops.models import Workshop

FOLDER, LARGEST = "rooms", 200_000  # bytes: some two thousand arrivals; more come from no room
CARDS, LETTERS, SHEET = "cards", "letters", "sheet"
OUR_OWN = "here"  # the mark of this very machine: it proves nothing of the network


@dataclass
class Device:
    """One device that came today, by the address that it opened."""

    at: datetime
    host: str
    by_sheet: bool = False  # by the square of the printed sheet
    ahead: float | None = None  # seconds between its clock and ours


@dataclass(frozen=True)
class Paper:
    """Sheets opened to be printed, and the address that their squares bear."""

    at: datetime
    host: str


@dataclass
class Doorstep:
    devices: dict[str, Device] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    came_here: bool = False

    def arrived(self, host: str) -> list[Device]:
        """Those that opened this very address, the last one last."""
        return sorted((one for one in self.devices.values() if one.host == host), key=lambda one: one.at)

    @property
    def ahead(self) -> float | None:
        """By how many seconds the devices' clocks are ahead of ours; None when none told."""
        told = [one.ahead for one in self.devices.values() if one.ahead is not None]
        return median(told) if told else None


def mark(address: str, browser: str) -> str:
    """What tells a device from another during the day."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"{clock.real_now():%Y%m%d} {address} {browser}".encode(), "sha256").hex()[:12]


def device_came(workshop: Workshop, device: str, host: str, *, by_sheet: bool) -> None:
    _note(workshop, {"what": "device", "device": device, "host": host[:100], "sheet": by_sheet})


def clock_told(workshop: Workshop, device: str, ahead: float) -> None:
    _note(workshop, {"what": "clock", "device": device, "ahead": round(ahead, 1)})


def paper_opened(workshop: Workshop, paper: str, host: str) -> None:
    _note(workshop, {"what": paper, "host": host})


def forget(workshop: Workshop) -> None:
    _path(workshop).unlink(missing_ok=True)


def read(workshop: Workshop) -> Doorstep:
    """What was noted: papers of any day, devices of today."""
    path, found = _path(workshop), Doorstep()
    for told in _lines(path.read_text(encoding="utf-8")) if path.is_file() else []:
        at = datetime.fromisoformat(told["at"])
        if told["what"] in {CARDS, LETTERS, SHEET}:
            found.papers[told["what"]] = Paper(at, told["host"])
        elif at.date() == clock.real_now().date():
            _take(found, told, at)
    return found


def _lines(text: str) -> Iterator[dict[str, Any]]:
    """The whole lines: a power cut may have left half a one."""
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def _take(found: Doorstep, told: dict[str, Any], at: datetime) -> None:
    device = found.devices.get(told["device"])
    if told["what"] == "clock":
        if device:
            device.ahead = told["ahead"]
    elif told["device"] == OUR_OWN:
        found.came_here = True
    else:
        by_sheet = told["sheet"] or bool(device and device.by_sheet)
        found.devices[told["device"]] = Device(at, told["host"], by_sheet, device.ahead if device else None)


def _path(workshop: Workshop) -> Path:
    return Path(current_app.config["SETTINGS"].data) / FOLDER / f"{workshop.code}.jsonl"


def _note(workshop: Workshop, told: dict[str, Any]) -> None:
    """One write of a whole line: two processes never mix theirs."""
    path = _path(workshop)
    path.parent.mkdir(exist_ok=True)
    if path.is_file() and path.stat().st_size > LARGEST:
        return
    line = json.dumps({"at": clock.real_now().isoformat(timespec="seconds"), **told}) + "\n"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(line.encode())
