"""The learner's documents: the blueprint that its pages share, and how a document is found by its address."""

from __future__ import annotations

from flask import abort

from sandbox.access import To, actor, require
from sandbox.documents import service, shelf
from sandbox.documents.models import Document
from sandbox.learner import portal

bp = portal("documents", __name__, "/documents")


def document_of(ref: str, what: To = To.READ) -> Document:
    """The document of this address, for whoever may do this to it; 404 otherwise."""
    document = service.find(ref) or abort(404)
    require(actor(), what, document)
    return document


def label(document: Document) -> str:
    """The words of its category."""
    found = shelf.category(document.category)
    return found.label if found else "Autres documents"
