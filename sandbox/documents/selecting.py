"""Choosing several documents in the list, and doing one thing with all of them."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may, opened_record
from sandbox.db import db
from sandbox.documents import selection
from sandbox.documents.filing import file_form, filed
from sandbox.documents.listing import listed
from sandbox.documents.models import Document
from sandbox.documents.section import bp
from sandbox.documents.wanted import USUAL
from sandbox.errors import Refused

FILE, DELETE = "ranger", "supprimer"
AT_ONCE = {"masquer": selection.mask, "montrer": selection.unmask}
NO_ACTION = "Choisissez ce que vous voulez faire des documents cochés : appuyez sur l’un des boutons."


@bp.post("/choix")
def choose() -> ResponseReturnValue:
    """What is wanted of the documents ticked: masking is done at once, filing and deleting ask a question first."""
    action, refs = request.form.get("action", ""), request.form.getlist("choisi")
    try:
        documents = _chosen(refs)
        if action == DELETE:
            selection.check_deletion(_deletable(documents))
        if action in {FILE, DELETE}:
            view = ".file_chosen" if action == FILE else ".delete_chosen"
            return redirect(url_for(view, choisi=[one.ref for one in documents], **_way_back()))
        if action not in AT_ONCE:
            raise Refused(NO_ACTION)
    except Refused as refused:
        return render_template("documents/selection.html", **listed(), chosen=refs, cure=refused.phrase), 422
    return _done(AT_ONCE[action](actor(), [one for one in documents if may(actor(), To.MASK, one)]))


@bp.route("/choix/ranger", methods=["GET", "POST"])
def file_chosen() -> ResponseReturnValue:
    documents = _chosen(request.args.getlist("choisi"), To.FILE)
    form = file_form(opened_record(), documents)
    if form.validate_on_submit() and (phrase := filed(form, opened_record(), documents)):
        return _done(phrase)
    return render_template(
        "documents/file.html", form=form, documents=documents, back=_list(choisir=1), back_label="La liste",
        action=url_for(".file_chosen", choisi=[one.ref for one in documents], **_way_back()),
    ), 422 if form.errors else 200


@bp.route("/choix/supprimer", methods=["GET", "POST"])
def delete_chosen() -> ResponseReturnValue:
    """What will be lost, and what can only be masked, are said first."""
    documents = _chosen(request.args.getlist("choisi"))
    selection.check_deletion(lost := _deletable(documents))
    if request.method == "POST":
        return _done(selection.delete(actor(), lost))
    return render_template(
        "documents/selection_delete.html", lost=lost, kept=[one for one in documents if one not in lost], back=_list(choisir=1),
        action=url_for(".delete_chosen", choisi=[one.ref for one in lost], **_way_back()),
        mask_action=url_for(".choose", **_way_back()),
    )


def _chosen(refs: list[str], to: To = To.MASK) -> list[Document]:
    """Those of the documents ticked that are there and that one may do this to. Raises Refused when there is none."""
    found = [document for document in selection.of(opened_record(), refs) if may(actor(), to, document)]
    if not found:
        raise Refused(selection.GONE)
    return found


def _deletable(documents: list[Document]) -> list[Document]:
    return [document for document in documents if may(actor(), To.DELETE, document)]


def _done(phrase: str) -> ResponseReturnValue:
    db.session.commit()
    flash(phrase, "done")
    return redirect(_list())


def _way_back() -> dict[str, Any]:
    """The list that one comes from: its filters, in the address."""
    return {name: request.args[name] for name in USUAL if name in request.args}  # no other: url_for has words of its own


def _list(**more: Any) -> str:
    return url_for(".index", **_way_back(), **more)
