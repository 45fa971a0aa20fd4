"""Keeping at the head of the list, or deleting."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may
from sandbox.db import db
from sandbox.documents import service
from sandbox.documents.section import bp, document_of, label


@bp.post("/<ref>/epingler", defaults={"pinned": True})
@bp.post("/<ref>/desepingler", defaults={"pinned": False})
def pin(ref: str, pinned: bool) -> ResponseReturnValue:
    document = document_of(ref, To.FILE)
    service.pin(actor(), document, pinned=pinned)
    db.session.commit()
    flash("Le document est épinglé en tête de votre liste." if pinned else "Le document n’est plus épinglé.", "done")
    return redirect(url_for(".show", ref=ref))


@bp.route("/<ref>/supprimer", methods=["GET", "POST"])
def delete(ref: str) -> ResponseReturnValue:
    """A question that names what is lost; a professional's document explains why it stays."""
    document = document_of(ref, To.MASK)
    if request.method == "POST":
        service.delete(actor(), document)
        db.session.commit()
        flash(f"Le document « {document.title} » est supprimé.", "done")
        return redirect(url_for(".index"))
    return render_template(
        "documents/delete.html", document=document, category=label(document),
        may_delete=may(actor(), To.DELETE, document),
    )
