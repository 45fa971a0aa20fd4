"""The readable copy of a numeric prescription, which goes among the documents."""

from __future__ import annotations

from typing import Any

FIRST_PRESENTATION_DAYS = 91  # three months to present a prescription (reference §2.4)


def prescription_title(drugs: list[str]) -> str:
    """« Ordonnance numérique – metformine, amlodipine, atorvastatine »."""
    return ("Ordonnance numérique – " + ", ".join(drug.split()[0] for drug in drugs))[:80]


def prescription_text(lines: list[dict[str, Any]]) -> str:
    """The readable copy that goes among the documents, in Markdown."""
    told = []
    for line in lines:
        renewals = f" À renouveler {line['renewals']} fois." if line.get("renewals") else ""
        only = "" if line.get("substitution", True) else f" Non substituable : {line.get('reason', '')}."
        told.append(f"- **{line['drug']}**  \n  {line['posology']}, pendant {line['duration_days']} jours.{renewals}{only}")
    return "\n".join(told)
