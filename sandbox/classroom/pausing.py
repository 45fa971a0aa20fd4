"""« Regardez l’écran »: the trainer stops the room for a while, and lets it go on; it goes on by itself after half an hour."""

from __future__ import annotations

from datetime import timedelta

from sandbox import clock, live
from sandbox.workshops.models import Workshop

LONGEST = timedelta(minutes=30)
SIGNS = 200  # of the sentence shown with it


def pause(workshop: Workshop, words: str = "") -> None:
    """Every learner's page asks to look up; pausing again says the new sentence, and counts from now."""
    workshop.pause_until, workshop.pause_words = clock.real_now() + LONGEST, words.strip()[:SIGNS]
    _tell(workshop)


def resume(workshop: Workshop) -> None:
    """Everything is as it was; resuming twice changes nothing."""
    if workshop.pause_until is not None:
        workshop.pause_until, workshop.pause_words = None, ""
        _tell(workshop)


def _tell(workshop: Workshop) -> None:
    live.tell(live.audience_of_workshop(workshop.id), "pause")
