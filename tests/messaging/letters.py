"""What the stories of a beneficiary's messages share: an exchange that has just begun, the draft, what is attached."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import sqlalchemy as sa
from bs4 import Tag

from sandbox.account.models import Role
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.messaging import service
from sandbox.messaging.models import Attachment, Conversation, Draft, DraftPiece
from tests.browser import Browser, text_of
from tests.documents import samples
from tests.room import Room

SUBJECT = "Votre genou"
ATTACH = "Joindre"


def opened(
    room: Room, *, by: str = "dr-lemoine", copies: tuple[str, ...] = (), subject: str = SUBJECT, seat: int = 1, **how: Any
) -> str:
    """An exchange that a professional has just opened with Marie; gives its name."""
    with room.inside():
        talk = service.open_conversation(
            room.user(by), room.record(seat), subject, "Bonjour, dites-moi comment vous allez.", copies=[room.user(slug) for slug in copies],
            **how,
        )
        db.session.flush()
        return talk.ref


def found(ref: str) -> Conversation:
    """Only inside: an exchange with all its messages."""
    talk = service.find(ref)
    assert talk is not None
    return talk


def written(room: Room, ref: str, text: str, by: str = "dr-lemoine", **how: Any) -> None:
    """The professional writes again."""
    with room.inside():
        service.write(room.user(by), found(ref), text, **how)


def carried(person: Browser) -> list[str]:
    """What the message being written carries, as the page says."""
    return [text_of(line).removesuffix("Retirer " + text_of(line.find("button")).removeprefix("Retirer ")).strip()
            for line in person.page.select(".letter-pieces li")]


def titles(ref: str) -> list[str]:
    """Only inside: what the last message of an exchange carries."""
    return [one.document.title for one in found(ref).messages[-1].attachments]


def take_off(person: Browser, title: str) -> Browser:
    return person.submit(f"Retirer {title}")


def attach_file(person: Browser, content: bytes | None = None, name: str = "genou.jpg") -> Browser:
    """From the page where one writes, to it again unless the file is refused."""
    person.submit(ATTACH).click("Un fichier ou une photo")
    return person.submit("Joindre", files=(BytesIO(samples.photo() if content is None else content), name))


def attach_synthesis(person: Browser) -> Browser:
    return person.submit(ATTACH).click("La synthèse de mon profil médical").submit("Joindre cette synthèse")


def attach_documents(person: Browser, *wanted: str) -> Browser:
    person.submit(ATTACH).click("Un de mes documents")
    return person.submit("Joindre les documents cochés", choisi=[value_of(person, title) for title in wanted])


def value_of(person: Browser, title: str) -> str:
    """The box of a document, by its title."""
    label = next(one for one in person.page.select(".choice label") if text_of(one).startswith(title))
    box = person.page.find(id=label["for"])
    assert isinstance(box, Tag)
    return str(box["value"])


def draft_of(room: Room, seat: int = 1) -> Draft | None:
    """Only inside: what this person is writing."""
    return db.session.scalars(sa.select(Draft).where(Draft.author_id == room.record(seat).owner_id)).first()


def stray() -> list[str]:
    """Only inside: the papers of learners that nothing carries."""
    held = sa.union(sa.select(Attachment.document_id), sa.select(DraftPiece.document_id)).subquery()
    query = sa.select(Document.title).where(
        Document.loose, Document.version_of == "", Document.withdrawn_at.is_(None), Document.author.has(role=Role.LEARNER),
        Document.id.not_in(sa.select(held.c.document_id)),
    )
    return list(db.session.scalars(query))
