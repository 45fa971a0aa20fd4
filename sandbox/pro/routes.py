"""Every page of the professional's part, gathered on its one blueprint."""

from __future__ import annotations

from sandbox.pro import (
    appointments,
    beginning,
    cards,
    consent,
    counter,
    deposit,
    deposits,
    desk,
    dispensing,
    entry,
    examining,
    giving,
    in_front,
    many,
    openings,
    patients,
    pieces,
    prescribing,
    stopping,
    talks,
    thread,
    vaccinating,
    versions,
)
from sandbox.pro.portal import bp

PAGES = (entry, desk, cards, patients, consent, deposit, deposits, versions, talks, thread, beginning, many, pieces, prescribing, counter, in_front, stopping, dispensing, appointments, giving, openings, vaccinating, examining)  # imported for the addresses they add
__all__ = ["PAGES", "bp"]
