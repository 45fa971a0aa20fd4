"""Deciding about a document: mask, pin, delete."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import To, actor, may
from sandbox.db import db
from sandbox.documents import service
from sandbox.documents.section import bp, document_of

MASKED = "Le document « {} » est masqué. Seuls vous et {} le voyez encore."
MASKED_OWN = "Le document « {} » est masqué. Vous seul le voyez encore."


@bp.get("/<ref>/confidentialite")
def confidentiality(ref: str) -> ResponseReturnValue:
    """Who will still see it, before one decides."""
    document = document_of(ref, To.MASK)
    return render_template("documents/confidentiality.html", document=document, is_own=document.is_own(actor()))


@bp.post("/<ref>/masquer")
def mask(ref: str) -> ResponseReturnValue:
    document = document_of(ref, To.MASK)
    service.mask(actor(), document)
    db.session.commit()
    phrase = MASKED_OWN if document.is_own(actor()) else MASKED
    flash(phrase.format(document.title, document.author.name), "done")
    return redirect(url_for(".show", ref=ref))


@bp.post("/<ref>/rendre-visible")
def unmask(ref: str) -> ResponseReturnValue:
    document = document_of(ref, To.MASK)
    service.unmask(actor(), document)
    db.session.commit()
    flash(f"Le document « {document.title} » est de nouveau visible des professionnels qui vous soignent.", "done")
    return redirect(url_for(".show", ref=ref))


@bp.post("/<ref>/epingler", defaults={"pinned": True})
@bp.post("/<ref>/desepingler", defaults={"pinned": False})
def pin(ref: str, pinned: bool) -> ResponseReturnValue:
    document = document_of(ref, To.MASK)
    service.pin(actor(), document, pinned=pinned)
    db.session.commit()
    flash("Le document est épinglé en tête de votre liste." if pinned else "Le document n’est plus épinglé.", "done")
    return redirect(url_for(".show", ref=ref))


@bp.route("/<ref>/supprimer", methods=["GET", "POST"])
def delete(ref: str) -> ResponseReturnValue:
    """A question first; a professional's document explains why it stays."""
    document = document_of(ref, To.MASK)
    if request.method == "POST":
        service.delete(actor(), document)
        db.session.commit()
        flash(f"Le document « {document.title} » est supprimé.", "done")
        return redirect(url_for(".index"))
    return render_template("documents/delete.html", document=document, may_delete=may(actor(), To.DELETE, document))
