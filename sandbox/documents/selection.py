"""Several documents at once: found by their names among what the person finds, then masked, filed or deleted together."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from sandbox.account.models import Record, User
from sandbox.db import db
from sandbox.documents import folders, service
from sandbox.documents.models import Document, Folder
from sandbox.documents.shelf import PAGE, on_shelf
from sandbox.errors import Refused
from sandbox.french import several

MOST_DELETED = 10
NOTHING = "Cochez d’abord un ou plusieurs documents, puis choisissez ce que vous voulez en faire."
GONE = "Ces documents ne sont plus dans votre liste. Choisissez-en d’autres."
TOO_MANY = "Cela fait trop de documents à la fois. Cochez ceux d’une seule page de la liste."
TOO_MANY_DELETED = "On supprime dix documents à la fois, au plus. Vous en avez coché {} : décochez-en {}."


def of(record: Record, refs: Sequence[str]) -> list[Document]:
    """The chosen documents that are still there, in the order of the list. Raises Refused when there is none."""
    if not refs:
        raise Refused(NOTHING)
    if len(refs) > PAGE:
        raise Refused(TOO_MANY)
    if not (found := still_there(record, refs)):
        raise Refused(GONE)
    return found


def still_there(record: Record, refs: Sequence[str]) -> list[Document]:
    """Those of these documents that the person finds, in this order, with what `may` looks at."""
    query = sa.select(Document).where(on_shelf(record), Document.ref.in_(refs)).options(
        joinedload(Document.author), joinedload(Document.record).joinedload(Record.owner), joinedload(Document.folder)
    )
    found = {document.ref: document for document in db.session.scalars(query)}
    return [found[ref] for ref in dict.fromkeys(refs) if ref in found]


def mask(user: User, documents: Sequence[Document]) -> str:
    """What was done, in words."""
    for document in documents:
        service.mask(user, document)
    done = "1 document est masqué." if len(documents) == 1 else f"{len(documents)} documents sont masqués."
    return f"{done} Les professionnels ne voient plus que ceux qu’ils ont déposés eux-mêmes."


def unmask(user: User, documents: Sequence[Document]) -> str:
    for document in documents:
        service.unmask(user, document)
    one = len(documents) == 1
    done = "1 document est visible" if one else f"{len(documents)} documents sont visibles"
    return f"{done} des professionnels qui vous soignent."


def file(user: User, documents: Sequence[Document], folder: Folder | None) -> str:
    for document in documents:
        folders.move(user, document, folder)
    where = f"dans le dossier « {folder.name} »" if folder else "hors de tout dossier"
    done = "Le document est rangé" if len(documents) == 1 else f"{len(documents)} documents sont rangés"
    return f"{done} {where}."


def check_deletion(own: Sequence[Document]) -> None:
    """Raises Refused beyond ten."""
    if len(own) > MOST_DELETED:
        raise Refused(TOO_MANY_DELETED.format(len(own), len(own) - MOST_DELETED))


def delete(user: User, own: Sequence[Document]) -> str:
    """Raises Refused beyond ten, and when all were deposited by somebody else."""
    if not own:
        raise Refused(service.ONLY_MASKED)
    check_deletion(own)
    for document in own:
        service.delete(user, document)
    return f"{several(len(own), 'document')} {'supprimé' if len(own) == 1 else 'supprimés'} pour toujours."
