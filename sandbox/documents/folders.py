"""What one does with folders: create, rename, delete, move a document (reference §1.3). Deleting one keeps its documents."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import sqlalchemy as sa

from sandbox.account.models import Record, User
from sandbox.acts import DocumentMoved, FolderCreated, FolderDeleted, FolderRenamed, publish
from sandbox.db import db
from sandbox.documents.models import Document, Folder
from sandbox.documents.uploads import clean
from sandbox.errors import Refused
from sandbox.french import folded

LONGEST = 50
NO_NAME = "Donnez un nom au dossier, par exemple « Dentiste »."
TOO_LONG = f"Ce nom est trop long. Écrivez {LONGEST} signes au plus."
TAKEN = "Vous avez déjà un dossier « {} ». Choisissez un autre nom, ou rangez vos documents dans ce dossier."
ELSEWHERE = "Ce dossier n’est pas dans le même profil que le document. Choisissez un autre dossier."


def of_record(record: Record) -> list[Folder]:
    """The folders of a record, in alphabetical order."""
    found = db.session.scalars(_held(), {"record": record.id})
    return sorted(found, key=lambda folder: folded(folder.name))


@lru_cache(maxsize=1)
def _held() -> sa.Select[Folder]:
    """Made once: every list asks it."""
    return sa.select(Folder).where(Folder.record_id == sa.bindparam("record"))


def find(ref: str) -> Folder | None:
    return db.session.scalars(sa.select(Folder).where(Folder.ref == ref)).first()


def create(user: User, record: Record, name: str) -> Folder:
    """Raises Refused for a name that is empty, too long or already given."""
    folder = Folder(record=record, name=_fit(record, name))
    db.session.add(folder)
    db.session.flush()
    publish(FolderCreated(actor=user, record=record, folder=folder))
    return folder


def rename(user: User, folder: Folder, name: str) -> Folder:
    """Raises Refused like `create`; its own name, written otherwise, is free."""
    former, fit = folder.name, _fit(folder.record, name, but=folder)
    if fit != former:
        folder.name = fit
        publish(FolderRenamed(actor=user, record=folder.record, folder=folder, former=former))
    return folder


def delete(user: User, folder: Folder) -> list[Document]:
    """Take the folder away; gives back the documents that it held, which stay."""
    held = list(db.session.scalars(sa.select(Document).where(Document.folder_id == folder.id)))
    for document in held:
        document.folder = None
    db.session.flush()
    db.session.delete(folder)
    publish(FolderDeleted(actor=user, record=folder.record, folder=folder))
    return held


def restore(user: User, record: Record, name: str, documents: Iterable[Document]) -> Folder:
    """Make a deleted folder again, with those of its documents that nobody filed elsewhere since."""
    folder = create(user, record, name)
    for document in documents:
        if document.folder_id is None and document.record_id == record.id:
            document.folder = folder
    return folder


def move(user: User, document: Document, folder: Folder | None) -> None:
    """Put a document in a folder, or in none."""
    if folder is not None and folder.record_id != document.record_id:
        raise Refused(ELSEWHERE)
    if document.folder is not folder:
        document.folder = folder
        publish(DocumentMoved(actor=user, record=document.record, document=document))


def _fit(record: Record, name: str, but: Folder | None = None) -> str:
    fit = clean(name)
    if not fit:
        raise Refused(NO_NAME)
    if len(fit) > LONGEST:
        raise Refused(TOO_LONG)
    taken = next((one for one in of_record(record) if one is not but and folded(one.name) == folded(fit)), None)
    if taken:
        raise Refused(TAKEN.format(taken.name))
    return fit
