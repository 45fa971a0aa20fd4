"""Starting points: the present moment frozen and named, earlier ones gone back to, and what can be undone."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from sandbox import clock, french
from sandbox.console import boards, forms, undoing
from sandbox.console.desk import bp, open_workshop_of, trainer
from sandbox.db import begin_writing, db, writes_late
from sandbox.exercises import losing
from sandbox.workshops import points as starts
from sandbox.workshops import upkeep
from sandbox.workshops.models import Snapshot, Trainer, Workshop


@dataclass(frozen=True)
class Told:
    """One starting point, as its line says it."""

    number: int
    label: str
    meta: str
    is_start: bool
    can_go: bool  # whether it may be removed


@bp.route("/<code>/points", methods=["GET", "POST"])
@writes_late
def points(code: str) -> ResponseReturnValue:
    """The starting points of the workshop; the present moment becomes one in a press."""
    workshop = open_workshop_of(code)
    form = forms.NamePoint()
    if form.validate_on_submit():
        return _frozen(workshop, form.label.data)
    if not form.is_submitted():
        form.label.data = _proposed(workshop)
    page = render_template(
        "console/points.html", workshop=workshop, form=form, points=_told(workshop), undoable=undoing.undoable(workshop)
    )
    return page, 422 if form.errors else 200


def _frozen(workshop: Workshop, label: str) -> Response:
    """Read first, with nobody waiting; then written."""
    view = starts.look(workshop.id)
    done = {slug: sorted(seats) for slug, seats in boards.done(workshop).items()}
    begin_writing()
    point = starts.freeze(workshop, view, label, trainer(), done)
    db.session.commit()
    upkeep.later(workshop.id)
    flash(f"C’est figé. « {point.label} » est le point de départ : les remises à zéro y reviendront.", "done")
    return _to_points(workshop)


def _proposed(workshop: Workshop) -> str:
    """« Après l’exercice 4, 10 h 12 »: the last exercise that at least half of those who came have done."""
    board, hour = boards.board(workshop), french.hour(clock.real_now())
    half = max(1, (board.present + 1) // 2)
    done = [number for number, exercise in enumerate(board.exercises, 1) if board.count(exercise.slug) >= half]
    return f"Après l’exercice {done[-1]}, {hour}" if done else f"Le {french.long_date(clock.today())}, {hour}"


def _told(workshop: Workshop) -> list[Told]:
    found = starts.of_workshop(workshop)
    return [
        Told(point.id, point.label, _meta(point, is_first=number == 0), point.id == workshop.start_id,
             can_go=bool(number) and point.id != workshop.start_id)
        for number, point in enumerate(found)
    ]


def _meta(point: Snapshot, *, is_first: bool) -> str:
    if is_first:
        return "Le début de l’histoire, comme à l’ouverture de l’atelier"
    who = db.session.get(Trainer, point.made_by_id) if point.made_by_id else None
    return f"Figé {french.at(point.created_at, clock.today())}" + (f" par {who.name}" if who else "")


def _point_of(workshop: Workshop, number: int) -> Snapshot:
    """One of the workshop's points; 404 for whatever else."""
    return next((point for point in starts.of_workshop(workshop) if point.id == number), None) or abort(404)


@bp.route("/<code>/points/<int:number>/revenir", methods=["GET", "POST"])
def restore_point(code: str, number: int) -> ResponseReturnValue:
    """What would be lost, then back to that point, which is the start from now on."""
    workshop = open_workshop_of(code)
    point, form = _point_of(workshop, number), forms.Press()
    if form.validate_on_submit():
        starts.restore(workshop, point)
        db.session.commit()
        upkeep.later(workshop.id)
        flash(f"Tous les dossiers sont revenus à « {point.label} ».", "done")
        return redirect(url_for("console.show", code=workshop.code))
    losses = losing.losses(workshop, point=point)
    return render_template("console/restore.html", workshop=workshop, point=point, losses=losses)


@bp.route("/<code>/points/<int:number>/nom", methods=["GET", "POST"])
def rename_point(code: str, number: int) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    point = _point_of(workshop, number)
    form = forms.NamePoint(label=point.label)
    if form.validate_on_submit():
        starts.rename(point, form.label.data)
        db.session.commit()
        flash(f"Ce point de départ s’appelle maintenant « {point.label} ».", "done")
        return _to_points(workshop)
    return render_template("console/rename_point.html", workshop=workshop, point=point, form=form), 422 if form.errors else 200


@bp.post("/<code>/points/<int:number>/supprimer")
def remove_point(code: str, number: int) -> ResponseReturnValue:
    workshop = open_workshop_of(code)
    point = _point_of(workshop, number)
    starts.remove(workshop, point)
    db.session.commit()
    flash(f"« {point.label} » est supprimé. Les dossiers n’ont pas bougé.", "done")
    return _to_points(workshop)


def _to_points(workshop: Workshop) -> Response:
    return redirect(url_for("console.points", code=workshop.code))
