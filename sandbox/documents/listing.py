"""The list of documents: find, filter, sort, browse by category."""

from __future__ import annotations

from functools import partial

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import opened_record
from sandbox.db import db, end_of_writing, writes
from sandbox.documents import shelf, uploads
from sandbox.documents.section import bp
from sandbox.fragments import fragment
from sandbox.learner import trace_section


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    _trace()
    wanted = _wanted()
    rows = shelf.all_of(record := opened_record())
    shown, page, pages = shelf.cut(found := shelf.chosen(rows, wanted), wanted.page)
    return render_template(
        "documents/index.html", wanted=wanted, rows=shown, found=len(found), total=len(rows), page=page, pages=pages,
        kinds={kind.code: kind for kind in shelf.categories(rows)}, orders=shelf.ORDERS,
        seen=shelf.of_others(rows, record), page_url=lambda n: url_for(".index", **wanted.address(page=n)),
        href=partial(str.replace, url_for(".show", ref="REF"), "REF"),
    )


@bp.get("/categories")
@writes
def categories() -> ResponseReturnValue:
    _trace()
    rows = shelf.all_of(opened_record())
    return render_template("documents/categories.html", categories=shelf.categories(rows), total=len(rows))


@bp.get("/arrivees")
def arrivals() -> Response:
    """Live: what came since the list was made waits to be asked for, so that nothing moves."""
    seen = request.args.get("vus", 0, type=int)
    return fragment("documents/_arrivals.html", arrived=max(0, shelf.received(opened_record()) - seen))


def _wanted() -> shelf.Wanted:
    """What the address asks for; what it does not say, or says wrong, is as usual."""
    asked = request.args
    category, order = asked.get("categorie", ""), asked.get("tri", "")
    return shelf.Wanted(
        category=category if shelf.category(category) else "", words=uploads.clean(asked.get("mots", ""))[:80],
        order=order if order in shelf.ORDERS else "recents", page=asked.get("page", 1, type=int),
    )


def _trace() -> None:
    """Opening the section leaves a trace; searching, sorting and turning pages do not."""
    if not {"mots", "tri", "page"} & set(request.args):
        return trace_section("documents", "Documents")
    db.session.commit()
    return end_of_writing()
