"""A sick-leave notice: to whom its pages go within 48 hours, and the folder to keep it in (reference §1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from sandbox import clock
from sandbox.access import To, actor
from sandbox.account.models import User
from sandbox.db import db
from sandbox.documents import folders
from sandbox.documents.models import Document
from sandbox.documents.section import bp, document_of
from sandbox.french import folded

NOTICE = "PRESC-AAT"
DELAY = timedelta(hours=48)
FOLDER = "Arrêts de travail"


@dataclass(frozen=True)
class Leave:
    """What the page says of a sick-leave notice."""

    before: datetime
    folder: str  # where it could be kept; nothing when it is kept somewhere

    @property
    def is_late(self) -> bool:
        return self.before < clock.now()


def leave_of(document: Document) -> Leave | None:
    """None for what is not a sick-leave notice."""
    if document.kind != NOTICE:
        return None
    return Leave(deadline(document), "" if document.folder_id else FOLDER)


def deadline(document: Document) -> datetime:
    """48 hours after it was written: its own day, at the hour it came."""
    came = document.deposited_at.astimezone(clock.PARIS)
    return clock.at(document.dated, came.hour, came.minute) + DELAY


def keep(user: User, document: Document) -> None:
    """In the folder of sick-leave notices, which is made when there is none."""
    held = (folder for folder in folders.of_record(document.record) if folded(folder.name) == folded(FOLDER))
    folders.move(user, document, next(held, None) or folders.create(user, document.record, FOLDER))


@bp.post("/<ref>/arret-de-travail")
def keep_leave(ref: str) -> ResponseReturnValue:
    document = document_of(ref, To.FILE)
    keep(actor(), document)
    db.session.commit()
    flash(f"Le document « {document.title} » est rangé dans le dossier « {FOLDER} ».", "done")
    return redirect(url_for(".show", ref=ref))
