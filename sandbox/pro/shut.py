"""A record that is shut, as a professional sees it: since when, what it means, what can be done instead."""

from __future__ import annotations

from flask import render_template

from sandbox.access import actor
from sandbox.account.models import Life, Record
from sandbox.pro import inbox

NOT_POSSIBLE = {
    Life.CLOSED: "Ce n’est pas possible : {} a fermé son espace. Personne ne peut plus y lire, y écrire, y déposer ni y prescrire.",
    Life.OPPOSED: "Ce n’est pas possible : {} a fait opposition à son espace. Personne ne peut y lire, y écrire, y déposer ni y prescrire.",
}


def page(record: Record, kept: list[str] | None = None) -> str:
    """The page that stands for the record; `kept` is what the professional had just written there."""
    return render_template("pro/shut.html", record=record, talks=inbox.with_patient(actor(), record), kept=kept or [], sent=kept is not None)
