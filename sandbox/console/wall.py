"""The live board: on the trainer's page, whole on one screen, and on the wall without names."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from sandbox.console import boards
from sandbox.console.desk import bp, ready_workshop_of
from sandbox.fragments import fragment, unless_known


@bp.get("/<code>/tableau")
def board(code: str) -> Response:
    """The live part of the room's page."""
    workshop = ready_workshop_of(code)
    return unless_known(boards.print_of(workshop), "console/_board.html", lambda: {"board": boards.board(workshop)})


@bp.get("/<code>/grand-tableau")
def whole_board(code: str) -> ResponseReturnValue:
    """Every seat on one screen, with names."""
    workshop = ready_workshop_of(code)
    return render_template("console/whole.html", workshop=workshop, board=boards.board(workshop), named=True)


@bp.get("/<code>/projection/tableau")
def projected_board(code: str) -> ResponseReturnValue:
    """The same for the wall: seats are numbers, nobody is named."""
    workshop = ready_workshop_of(code)
    return render_template("console/whole.html", workshop=workshop, board=boards.board(workshop), named=False)


@bp.get("/<code>/tableau/<any(noms, numeros):who>")
def whole(code: str, who: str) -> Response:
    """The live part of both."""
    workshop = ready_workshop_of(code)
    made = {"named": who == "noms"}
    return unless_known(boards.print_of(workshop), "console/_whole.html", lambda: made | {"board": boards.board(workshop)})


@bp.get("/<code>/projection/avancement")
def progress(code: str) -> Response:
    """The live part of what is projected: no names."""
    return fragment("console/_progress.html", board=boards.board(ready_workshop_of(code)))
