"""The learner's documents: the blueprint that its pages share, and how a document is found by its address."""

from __future__ import annotations

from typing import NoReturn

from flask import abort, make_response, render_template, request

from sandbox.access import To, actor, may, require
from sandbox.acts import DocumentDeleted
from sandbox.documents import service, shelf
from sandbox.documents.models import Document
from sandbox.journal.service import has_done
from sandbox.learner import portal

bp = portal("documents", __name__, "/documents")


def document_of(ref: str, what: To = To.READ) -> Document:
    """The document of this address, for whoever may do this to it; 404 otherwise."""
    document = service.find(ref, locked=request.method == "POST") or _gone(ref)
    if may(actor(), To.LEARN_OF_WITHDRAWAL, document):
        _withdrawn(document)
    require(actor(), what, document)
    return document


def _gone(ref: str) -> NoReturn:
    """404; it says more to whoever deleted the document themselves, in another tab or just before."""
    if has_done(actor(), DocumentDeleted, ref):
        abort(make_response(render_template("documents/gone.html"), 404))
    abort(404)


def _withdrawn(document: Document) -> NoReturn:
    """410, and who took it back, when and why. It says so to whoever has this profile open, and nothing to others."""
    require(actor(), To.LEARN_OF_WITHDRAWAL, document)
    abort(make_response(render_template("documents/withdrawn.html", document=document.current), 410))


def label(document: Document) -> str:
    """The words of its category."""
    found = shelf.category(document.category)
    return found.label if found else "Autres documents"
