"""For an administrator: workshops by territory and month, in numbers."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from sandbox.console import desk, totals
from sandbox.console.desk import bp
from sandbox.french import month


@bp.get("/territoires")
def territories() -> ResponseReturnValue:
    desk.administrator()
    found = totals.by_territory()
    return render_template("console/territories.html", territories=found, total=totals.added(one.total for one in found), month=month)


@bp.get("/territoires.csv")
def territories_csv() -> Response:
    desk.administrator()
    answer = Response(totals.csv_of(totals.by_territory()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="ateliers-par-territoire.csv"'
    return answer
