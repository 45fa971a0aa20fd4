"""The list of documents: find, filter, sort, browse by category; or choose several of them."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor, opened_record
from sandbox.account.models import Record
from sandbox.db import db, end_of_writing, writes
from sandbox.documents import folders, search, shelf, wanted
from sandbox.documents.models import Folder
from sandbox.documents.section import bp
from sandbox.documents.shelf import Shelf
from sandbox.fragments import fragment
from sandbox.learner import trace_section

SEARCHES = {"mots", "dossier", "auteur", "du", "au", "tri", "page", "choisir", "retire"}


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace()
    if request.args.get("mots"):
        _read_new_words(opened_record())
    shown = listed()
    if "choisir" in request.args and shown["answer"].rows:
        return render_template("documents/selection.html", **shown, chosen=[], cure="")
    return render_template("documents/index.html", **shown), 422 if shown["wanted"].wrong else 200


@bp.get("/categories")
@writes
def categories() -> ResponseReturnValue:
    trace()
    return render_template("documents/categories.html", categories=shelf.of(opened_record()).categories)


@bp.get("/arrivees")
def arrivals() -> Response:
    """Live: what came since the list was made waits to be asked for, so that nothing moves."""
    seen = request.args.get("vus", 0, type=int)
    return fragment("documents/_arrivals.html", arrived=max(0, shelf.received(opened_record()) - seen))


def listed() -> dict[str, Any]:
    """What the address asks for, and all that its page says. 404 for a folder that is not there."""
    held, mine = shelf.of(opened_record()), folders.of_record(opened_record())
    asked = wanted.read(request.args, held, mine)
    if request.args.get("dossier", "") not in {"", asked.folder_ref}:
        abort(404)
    return {
        "wanted": asked, "shelf": held, "folder_names": {one.id: one.name for one in mine},
        "answer": wanted.answer(asked, held),
        "kinds": {kind.code: kind for kind in held.categories}, "orders": shelf.ORDERS, "me": actor().id,
        **_choices(held, mine),
        "chips": [(chip.label, url_for(".index", **asked.address(**chip.without))) for chip in asked.chips(held)],
        "page_url": lambda n: url_for(".index", **asked.address(page=n)),
        "choosing_url": lambda n: url_for(".index", choisir=1, **asked.address(page=n)),
        "href": partial(str.replace, url_for(".show", ref="REF"), "REF"),
    }


def trace() -> None:
    """Opening the section leaves a trace; searching, sorting and turning pages do not."""
    if not SEARCHES & set(request.args):
        return trace_section("documents", "Documents")
    db.session.commit()
    return end_of_writing()


def _choices(held: Shelf, mine: list[Folder]) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer, with how much each holds."""
    return {
        "kind_choices": [("", "Toutes"), *((kind.code, f"{kind.label} ({kind.held})") for kind in held.categories)],
        "folder_choices": [
            ("", "Tous"), *((one.ref, f"{one.name} ({held.folders[one.id]})") for one in mine),
            (wanted.NO_FOLDER, f"Sans dossier ({held.folders[None]})"),
        ],
        "author_choices": [("", "Tout le monde"), *held.authors],
    }


def _read_new_words(record: Record) -> None:
    """What nobody searched yet is read now; what is kept of each long file, in a short transaction of its own."""
    for documents in search.unread(record):
        search.keep(documents)
        db.session.commit()
        end_of_writing()
