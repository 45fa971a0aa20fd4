"""The report of a workshop, without anybody's name: a page, a PDF, a table for a spreadsheet."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from sandbox.console import figures
from sandbox.console.desk import bp, ready_workshop_of
from sandbox.console.printing import as_pdf
from sandbox.exercises import report
from sandbox.exercises.report import FEWEST


@bp.get("/<code>/rapport")
def show_report(code: str) -> ResponseReturnValue:
    workshop = ready_workshop_of(code)
    told = report.of_workshop(workshop.id)
    return render_template("console/report.html", workshop=workshop, report=told, duration=figures.duration, fewest=FEWEST)


@bp.get("/<code>/rapport.csv")
def report_csv(code: str) -> Response:
    workshop = ready_workshop_of(code)
    answer = Response(figures.csv_of(workshop, report.of_workshop(workshop.id)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="rapport-{workshop.code}.csv"'
    return answer


@bp.get("/<code>/rapport.pdf")
def report_pdf(code: str) -> Response:
    workshop = ready_workshop_of(code)
    return as_pdf(figures.pdf_of(workshop, report.of_workshop(workshop.id)), f"rapport-{workshop.code}")
