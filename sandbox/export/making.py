"""The archive is made once its asking has been answered, a few documents at a time; open pages see how far it is.

One archive at a time in a process: a laptop that serves thirty people has two cores.
"""

from __future__ import annotations

import secrets
import threading
from tempfile import TemporaryFile

from flask import Flask, Response, after_this_request, current_app
from sqlalchemy.orm import joinedload

from sandbox import blobs, live, tenancy
from sandbox.account import service as account
from sandbox.account.models import Record
from sandbox.acts import ExportReady, publish
from sandbox.clock import now
from sandbox.db import db, writing
from sandbox.export import archive
from sandbox.export.models import Export

EVERY = 5  # files between two words of progress
_one_at_a_time = threading.Lock()


def later(export: Export) -> None:
    """Make it after this request's answer has left; tests make theirs by hand."""
    where = tenancy.bound()
    if where is None or current_app.testing:
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    export_id = export.id

    @after_this_request
    def attach(response: Response) -> Response:
        thread = threading.Thread(target=_made_apart, args=(app, where, export_id), name="export", daemon=True)
        response.call_on_close(thread.start)
        return response


def _made_apart(app: Flask, where: tenancy.Bound, export_id: int) -> None:
    """Whatever stops it, its page offers to begin again."""
    with app.app_context(), _one_at_a_time:
        try:
            make(where, export_id)
        except Exception:
            app.logger.exception("L’archive %s n’a pas pu être préparée.", export_id)
        finally:
            db.session.remove()


def make(where: tenancy.Bound, export_id: int) -> None:
    """Make the archive from beginning to end. Commits its progress, then the whole."""
    with TemporaryFile() as out:
        with tenancy.world(where):
            record = _begun(export_id)
            if record is None:
                return
            archive.write(out, record, lambda done: _moved(where, export_id, done))
        db.session.commit()
        out.seek(0)
        content = out.read()
    with writing(), tenancy.world(where):
        _finished(export_id, content)
        db.session.commit()


def _begun(export_id: int) -> Record | None:
    """Its record, None when a reset took it away; how much there is to do is told."""
    export = _export(export_id)
    if export is None:
        return None
    total = sum(1 for _ in archive.files(export.record))
    db.session.commit()
    with writing():
        export.total, export.done, export.moved_at = total, 0, now()
        db.session.commit()
    return export.record


def _export(export_id: int) -> Export | None:
    return db.session.get(Export, export_id, options=[joinedload(Export.record).joinedload(Record.owner)])


def _moved(where: tenancy.Bound, export_id: int, done: int) -> None:
    """Tell how far it is, in a short transaction of its own."""
    if done % EVERY:
        return
    db.session.commit()
    with writing():
        if export := _export(export_id):
            export.done, export.moved_at = done, now()
            live.tell(live.audience_of_seat(where.workshop_id, export.seat), "export")
        db.session.commit()


def _finished(export_id: int, content: bytes) -> None:
    export = _export(export_id)
    if export is None:
        return
    name = secrets.token_hex(32)  # of nobody else, even were another archive the same to the letter
    db.session.add(blobs.Rendering(hash=name, content=content))
    export.blob_hash, export.size, export.ready_at, export.done = name, len(content), now(), export.total
    publish(ExportReady(actor=account.institution(), record=export.record, export=export))
