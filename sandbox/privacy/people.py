"""The professionals of a record: those who may read, those who are blocked, and the directory of all."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.account.models import Record, User
from sandbox.documents.uploads import clean
from sandbox.messaging.directory import professionals as directory_of
from sandbox.privacy import service
from sandbox.privacy.models import Standing
from sandbox.privacy.section import bp, record_of

BLOCKED = "bloques"


@bp.get("/professionnels")
def professionals() -> ResponseReturnValue:
    """Two tabs as in the portal: « Autorisés » and « Bloqués »."""
    record = record_of()
    allowed, barred = service.authorised(record), service.blocked(record)
    shows_blocked = request.args.get("onglet") == BLOCKED
    tabs = [
        (f"Autorisés ({len(allowed)})", url_for(".professionals"), not shows_blocked),
        (f"Bloqués ({len(barred)})", url_for(".professionals", onglet=BLOCKED), shows_blocked),
    ]
    return render_template(
        "privacy/professionals.html", standings=barred if shows_blocked else allowed, shows_blocked=shows_blocked, tabs_shown=tabs,
        emergencies=[s for s in record.standings if not s.is_authorised and s.glass_is_broken],
    )


@bp.get("/annuaire")
def directory() -> ResponseReturnValue:
    """Everybody who could one day ask: find one, to block them before they come."""
    words = clean(request.args.get("mots", ""))[:60]
    found = directory_of(words) if words else []
    return render_template("privacy/directory.html", words=words, found=_with_standing(record_of(), found))


def _with_standing(record: Record, found: list[User]) -> list[tuple[User, Standing | None]]:
    return [(user, service.standing_of(record, user)) for user in found]
