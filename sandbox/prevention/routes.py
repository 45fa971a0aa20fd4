"""The learner's prevention: what is recommended at their age, and where they stand."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, opened_record, require
from sandbox.db import db, end_of_writing, writes
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.learner import portal, trace_section
from sandbox.prevention import marking, recommended, wanted
from sandbox.prevention.forms import Marking
from sandbox.prevention.recommended import Item

bp = portal("prevention", __name__, "/agenda/examens")


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    """By age and sex, in groups; opening the section leaves a trace, filtering does not."""
    if wanted.OFFERED.keys() & request.args.keys():
        end_of_writing()
    else:
        trace_section("prevention", "Prévention")
    return render_template("prevention/index.html", **_listed())


@bp.get("/liste")
def listing() -> Response:
    """The live part of the list."""
    return fragment("prevention/_list.html", **_listed())


@bp.get("/<code>/<opens_on>")
def show(code: str, opens_on: str) -> str:
    item = _item(code, opens_on)
    return _page(item, _form(item))


@bp.post("/<code>/<opens_on>")
def mark(code: str, opens_on: str) -> ResponseReturnValue:
    """Say where one stands; what a professional has recorded meanwhile is not changed."""
    item = _item(code, opens_on)
    form = _form(item)
    if item.is_locked:
        flash(marking.locked(item), "error")
        return redirect(url_for(".show", code=code, opens_on=opens_on))
    if form.validate_on_submit() and _tried(item, form):
        flash(f"C’est noté. « {item.title} » : {marking.in_words(form.said, form.done_on.data)}.", "done")
        return redirect(url_for(".show", code=code, opens_on=opens_on))
    return _page(item, form), 422


def _form(item: Item) -> Marking:
    """Asked of the person themselves, or of the child whose profile is open."""
    record = opened_record()
    return Marking(item, "" if record is actor().record else record.first_name)


def _tried(item: Item, form: Marking) -> bool:
    """Whether it is kept; otherwise the day says why."""
    try:
        marking.mark(actor(), opened_record(), item, form.said, form.done_on.data)
    except Refused as refused:
        form.done_on.errors = (refused.phrase,)
        return False
    db.session.commit()
    return True


def _item(code: str, opens_on: str) -> Item:
    """The line of that address in the record that is open; 404 when it is not one of theirs."""
    require(actor(), To.MARK_EXAM, opened_record())
    return recommended.find(opened_record(), code, opens_on) or abort(404)


def _page(item: Item, form: Marking) -> str:
    return render_template(
        "prevention/show.html", item=item, form=form, record=opened_record(), requirements=wanted.REQUIREMENTS
    )


def _listed() -> dict[str, Any]:
    filters, items = wanted.read(request.args), recommended.every(opened_record())
    kept = wanted.kept(items, filters)
    return {
        "groups": wanted.groups(kept), "found": len(kept), "filters": filters, "offered": wanted.OFFERED,
        "requirements": wanted.REQUIREMENTS, "chips": _chips(filters),
    }


def _chips(filters: dict[str, str]) -> list[tuple[str, str]]:
    """Each filter in force, with the address of the list without it."""
    return [(wanted.OFFERED[name][1][value], _without(filters, name)) for name, value in filters.items()]


def _without(filters: dict[str, str], name: str) -> str:
    rest: dict[str, Any] = {other: told for other, told in filters.items() if other != name}
    return url_for(".index", **rest)
