"""« Activer mon espace »: the blueprint that its pages share, and which step of how many each says it is."""

from __future__ import annotations

from typing import Any

from flask import g

from sandbox.account.door import antechamber
from sandbox.enrolment import journey

bp = antechamber("enrolment", __name__, "/activation")


@bp.context_processor
def steps() -> dict[str, Any]:
    """What « enrolment/_steps.html » shows: nothing where no step was arrived at."""
    way: journey.Journey | None = g.get("way")
    if way is None:
        return {"way": None, "step": ""}
    return {"way": way, "step": g.step, "step_number": way.number_of(g.step), "step_total": way.total}
