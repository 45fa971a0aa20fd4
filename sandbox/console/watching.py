"""The trainer looks at a seat's pages, read-only, and may follow where the person goes."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.classroom import presence
from sandbox.console import overview, shoulder
from sandbox.console.desk import bp, workshop_with_seat
from sandbox.fragments import fragment
from sandbox.security import POLICY
from sandbox.workshops.models import Workshop

KEPT = ("Content-Type", "Content-Disposition", "Content-Security-Policy")
FOLLOWING = "suivi"


@bp.get("/<code>/place/<int:seat>/<any(vue, suivi):how>/")
@bp.get("/<code>/place/<int:seat>/<any(vue, suivi):how>/<path:page>")
def see(code: str, seat: int, how: str, page: str = "") -> ResponseReturnValue:
    """A page of theirs as they see it; its links stay inside, and going elsewhere by oneself is no longer following."""
    workshop = workshop_with_seat(code, seat)
    answer = shoulder.look(workshop, seat, f"/{page}") or abort(404)
    prefix = url_for("console.see", code=workshop.code, seat=seat, how="vue").rstrip("/")
    if answer.leads_to:
        return redirect(prefix + answer.leads_to) if answer.leads_to.startswith("/") else abort(404)
    if not answer.is_page:
        return Response(answer.body, answer.status, {name: answer.headers[name] for name in KEPT if name in answer.headers})
    where = _where(workshop, seat, how, f"/{page}")
    head, bar = render_template("console/_watching_head.html"), render_template("console/_watching.html", **where)
    response = Response(shoulder.framed(answer.body, prefix, head, bar), answer.status)
    response.headers["Content-Security-Policy"] = POLICY.replace("form-action 'self'", "form-action 'none'")
    return response


@bp.get("/<code>/place/<int:seat>/suivre")
def follow(code: str, seat: int) -> ResponseReturnValue:
    """To the page on which the person is, and from there wherever they go."""
    workshop = workshop_with_seat(code, seat)
    return redirect(_where(workshop, seat, FOLLOWING, "")["there"])


@bp.get("/<code>/place/<int:seat>/ou/<any(vue, suivi):how>")
def whereabouts(code: str, seat: int, how: str) -> Response:
    """The live part of the bar: where the person is now."""
    return fragment("console/_whereabouts.html", **_where(workshop_with_seat(code, seat), seat, how, request.args.get("page", "")))


def _where(workshop: Workshop, seat: int, how: str, page: str) -> dict[str, Any]:
    """Whose view it is, which page is looked at, and on which the person is."""
    names, row = dict(overview.seat_names(workshop)), presence.of_workshop(workshop.id, workshop.world_id or 0).get(seat)
    theirs = row.page if row and not row.left_at else ""
    return {
        "workshop": workshop, "seat": seat, "name": names[seat].partition(" · ")[2], "how": how, "page": page,
        "label": row.label if row and theirs else "", "is_there": theirs == page,
        "there": url_for("console.see", code=workshop.code, seat=seat, how=how, page=theirs.lstrip("/")) if theirs
        else url_for("console.see", code=workshop.code, seat=seat, how=how),
    }
