"""Squares that are not those of a prescription of here: what each is."""

from __future__ import annotations

import re

KINDS = (  # the first that fits
    ("identity", r"SANDBOX:(?=.*\bINS=)|(?:IS|DC)\d\d[A-Z0-9]"),  # ours, and the signed squares of real cards
    ("wifi", r"WIFI:"),
    ("contact", r"BEGIN:V(?:CARD|EVENT)|MECARD:|(?:mailto|matmsg|tel|smsto|sms|geo):"),
    ("box", r"(?:\]d2)?\x1d?\(?01\)?0?3400\d{9}"),  # GS1, French medicines
    ("seat-card", r"https?://[^/\s]+/(?:pro/)?carte/[\w-]{6,}/?$"),
    ("second-device", r"https?://[^/\s]+/telephone/\S+$"),
    ("workshop", r"https?://[^/\s]+/(?:rejoindre|atelier/\w{4,12}|atelier/\w{4,12}/\w+)/?(?:\?\S*)?$"),
    ("website", r"[a-z][a-z0-9+.-]*://|www\.|\S+\.(?:fr|com|org|net|eu|example)(?:[/\s:?]|$)"),
    ("text", r"[a-z][a-z0-9+.-]+:"),
)
FITS = [(slug, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for slug, pattern in KINDS]


def slug_of(text: str) -> str:
    """The problem that this text is, as a square; nothing when it may be a number that was typed."""
    return next((slug for slug, fits in FITS if fits.match(text)), "")
