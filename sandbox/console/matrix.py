"""The workshop's habilitation matrix: the trainer downloads it, sends their own, puts ours back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired

from sandbox import tenancy
from sandbox.account.models import Professional
from sandbox.console.desk import bp, open_workshop_of, workshop_of
from sandbox.console.overview import bound_of
from sandbox.db import db
from sandbox.forms import Form
from sandbox.privacy import matrix as rules
from sandbox.privacy.matrix_file import Matrix, WrongMatrix, kinds, professions, written
from sandbox.workshops.fixtures import common
from sandbox.workshops.models import Workshop


class MatrixForm(Form):
    file = FileField("Votre matrice, en CSV", [FileRequired("Choisissez le fichier CSV que vous avez modifié.")])


@bp.route("/<code>/matrice", methods=["GET", "POST"])
def matrix(code: str) -> ResponseReturnValue:
    """What each profession may read in this workshop; another file in its place, if every line of it is right."""
    workshop, form = open_workshop_of(code), MatrixForm()
    if form.validate_on_submit() and (name := _sent(form)):
        workshop.matrix = name
        db.session.commit()
        flash("Votre matrice est en place : les professionnels de l’atelier la suivent dès maintenant.", "done")
        return redirect(url_for("console.matrix", code=workshop.code))
    return render_template("console/matrix.html", form=form, **_page(workshop)), 422 if form.errors else 200


@bp.get("/<code>/matrice.csv")
def matrix_csv(code: str) -> Response:
    """The present matrix as a spreadsheet opens it."""
    workshop = workshop_of(code)
    response = make_response(written(rules.of_workshop(workshop.matrix)))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="matrice-{workshop.code}.csv"'
    return response


@bp.post("/<code>/matrice/la-notre")
def matrix_ours(code: str) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    workshop.matrix = ""
    db.session.commit()
    flash("La matrice du logiciel est de nouveau en place.", "done")
    return redirect(url_for("console.matrix", code=workshop.code))


def _sent(form: MatrixForm) -> str | None:
    try:
        return rules.keep(form.file.data.read())
    except WrongMatrix as wrong:
        form.file.errors = tuple(wrong.problems)
        return None


def _page(workshop: Workshop) -> dict[str, Any]:
    present, ours = rules.of_workshop(workshop.matrix), rules.ours()
    groups = [
        (group["label"], group["code"], [(kind["code"], kind["label"]) for kind in common("document_kinds")["kind"]
                                         if kinds()[kind["code"]] == group["code"]])
        for group in common("groups")["group"]
    ]
    return {
        "workshop": workshop, "groups": groups, "changed": _changed(present, ours), "absent": _absent(workshop, present),
    }


def _changed(present: Matrix, ours: Matrix) -> int:
    """How many answers are not ours."""
    return sum(present.get(who, {}).get(group) != cell for who, cells in ours.items() for group, cell in cells.items())


def _absent(workshop: Workshop, present: Matrix) -> list[str]:
    """The professions of this workshop that the matrix leaves out: they read nothing."""
    with tenancy.world(bound_of(workshop)):
        here = db.session.scalars(sa.select(Professional.profession).where(~Professional.is_establishment).distinct()).all()
    return [professions()[code] for code in sorted(here) if code not in present]
