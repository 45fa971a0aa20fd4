"""How a document's file leaves: under a cleaned name, and never able to act as a page of the site."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from sandbox import blobs
from sandbox.documents import rendering
from sandbox.documents.models import Document
from sandbox.documents.rendering import PDF, PLAIN
from sandbox.documents.rtf import RTF
from sandbox.documents.uploads import file_name

ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


def file_of(document: Document, *, attached: bool) -> Response:
    """The file to keep (`attached`) or to look at. A text of ours becomes a PDF. The caller commits."""
    text = rendering.is_text(document)
    content = rendering.pdf_of(document) if text else blobs.read(document.blob_hash)
    kind = PDF if text else document.media_type
    return _closed(send_file(
        BytesIO(content), mimetype="text/plain; charset=utf-8" if kind == PLAIN else kind,
        as_attachment=attached or kind == RTF, download_name=file_name(document.title, kind),
    ))


def picture(content: bytes) -> Response:
    """The picture of one page, which says by itself what it is."""
    return _closed(Response(content, mimetype="image/png" if content.startswith(b"\x89PNG") else "image/jpeg"))


def _closed(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cache-Control"] = "no-store"
    return response
