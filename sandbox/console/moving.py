"""A workshop leaves as one file, and comes back from one; its starting point alone can be given to colleagues."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField

from sandbox import french
from sandbox.console import desk
from sandbox.console.desk import bp, ready_workshop_of
from sandbox.console.forms import choices
from sandbox.db import begin_writing, db, end_of_writing, let_go
from sandbox.errors import Refused
from sandbox.forms import Form
from sandbox.security import receives
from sandbox.workshops import contents, luggage, unpacking, upkeep
from sandbox.workshops.models import Workshop
from sandbox.workshops.unpacking import Arrival

MOST_SENT, MOST_PARTS = 200 * 1024 * 1024, 20
TAKE_FILES = {"console.bring", "console.matrix"}
TOO_HEAVY = "Ce fichier est trop lourd : rien n’a été reçu. Choisissez le fichier tel qu’il a été téléchargé."
AS_IT_WAS, ANEW = "present", "start"


class Bring(Form):
    file = FileField("Le fichier de l’atelier", [FileRequired("Choisissez le fichier .zip téléchargé depuis la console.")])
    how = RadioField(
        "Comment reprendre l’atelier ?", default=AS_IT_WAS,
        choices=choices([(AS_IT_WAS, "Comme il était quand on l’a emporté"), (ANEW, "Comme neuf, depuis son point de départ")]),
    )


@bp.errorhandler(413)
def too_heavy(error: Exception) -> ResponseReturnValue:
    """The server stopped reading the file: say it on the page it was chosen on."""
    flash(TOO_HEAVY, "error")
    return redirect(request.path if request.endpoint in TAKE_FILES else url_for("console.index"))


@bp.get("/<code>/exporter")
def leave_with(code: str) -> ResponseReturnValue:
    """What is in each file, and both files."""
    return render_template("console/leave_with.html", workshop=ready_workshop_of(code))


@bp.get("/<code>/atelier.zip")
def whole_zip(code: str) -> Response:
    workshop = ready_workshop_of(code)
    return _zip(luggage.pack, workshop, f"atelier-{workshop.code}.zip")


@bp.get("/<code>/point-de-depart.zip")
def start_zip(code: str) -> Response:
    workshop = ready_workshop_of(code)
    return _zip(luggage.pack_start, workshop, f"point-de-depart-{workshop.code}.zip")


def _zip(pack: Callable[[Workshop, IO[bytes]], None], workshop: Workshop, name: str) -> Response:
    out = io.BytesIO()
    pack(workshop, out)
    out.seek(0)
    return send_file(out, "application/zip", as_attachment=True, download_name=name, max_age=0)


@bp.route("/importer", methods=["GET", "POST"])
@receives(MOST_SENT, MOST_PARTS)
def bring() -> ResponseReturnValue:
    """A workshop from its file."""
    form = Bring()
    if form.validate_on_submit() and (arrival := _brought(form)):
        upkeep.later(arrival.workshop.id)
        _say(arrival, anew=form.how.data == ANEW)
        return redirect(url_for("console.show", code=arrival.workshop.code))
    return render_template("console/bring.html", form=form), 422 if form.errors else 200


def _brought(form: Bring) -> Arrival | None:
    """Nobody waits while the file is read; all of it is written at once."""
    let_go()
    try:
        with form.file.data.stream as stream:
            found = contents.read(stream)
            begin_writing()
            arrival = unpacking.unpack(found, desk.trainer(), anew=form.how.data == ANEW)
            db.session.commit()
            return arrival
    except Refused as refused:
        form.file.errors = (refused.phrase,)
        return None
    finally:
        end_of_writing()


def _say(arrival: Arrival, *, anew: bool) -> None:
    workshop, seats = arrival.workshop, french.several(arrival.workshop.seats, "place")
    if not arrival.contents.is_whole:
        flash(f"Un nouvel atelier est prêt, depuis ce point de départ : {seats}. Ses cartes sont nouvelles : imprimez-les.", "done")
        return
    state = "comme neuf" if anew else "comme il était quand on l’a emporté"
    flash(f"L’atelier « {workshop.name} » est repris, {state} : {seats}. Sa salle est fermée : ouvrez-la quand vous commencez.", "done")
    if arrival.code_changed or arrival.new_squares:
        flash(_reprint(arrival), "warning")
    else:
        flash("Les cartes déjà imprimées restent bonnes si le site garde la même adresse. Sinon, réimprimez-les : leur carré à viser mène à l’ancienne.", "info")


def _reprint(arrival: Arrival) -> str:
    taken = f"Le code {arrival.code_before} est déjà pris ici : le nouveau code est {arrival.workshop.code}. " if arrival.code_changed else ""
    return f"{taken}Réimprimez les cartes : le carré à viser des anciennes mène ailleurs. Identifiants et mots de passe n’ont pas changé."
