"""Writing, answering, reading, ending: only a professional opens a conversation (reference §1.6)."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from sandbox import clock, texts
from sandbox.account.models import Professional, Record, Role, User
from sandbox.acts import (
    ConversationEnded,
    DocumentSent,
    MessageRead,
    MessageReceived,
    MessageReplied,
    StrangerRefused,
    publish,
)
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.documents.uploads import File
from sandbox.errors import Refused
from sandbox.messaging import attachments
from sandbox.messaging.models import Attachment, Conversation, Message, State
from sandbox.workshops.people import plain

LONGEST = 3000
EMPTY = "Votre message est vide. Écrivez quelques mots, puis envoyez-le."
TOO_LONG = "Votre message est trop long : 3 000 signes au plus. Raccourcissez-le, ou écrivez l’essentiel."
ENDED = "Le professionnel a mis fin à cet échange : votre réponse n’est pas partie. En cas de besoin, téléphonez-lui."


def find(ref: str) -> Conversation | None:
    """The conversation of that name, with all that its page shows."""
    query = sa.select(Conversation).where(Conversation.ref == ref).options(
        joinedload(Conversation.record),
        joinedload(Conversation.professional).joinedload(User.professional),
        selectinload(Conversation.messages).options(
            joinedload(Message.sender),
            selectinload(Message.attachments).joinedload(Attachment.document).joinedload(Document.author),
        ),
    )
    return db.session.scalars(query).first()


def open_conversation(
    professional: User, record: Record, subject: str, text: str, slug: str = "", files: Iterable[File] = ()
) -> Conversation:
    """A professional writes first. `text` may hold the date marks of a pack."""
    talk = Conversation(record=record, professional=professional, subject=subject[:120], slug=slug, last_at=clock.now())
    db.session.add(talk)
    write(professional, talk, text, files)
    return talk


def write(professional: User, conversation: Conversation, text: str, files: Iterable[File] = ()) -> Message:
    """The professional writes again; an exchange that was ended opens anew. Raises Refused."""
    message = _send(professional, conversation, text)
    for file in files:
        attachments.attach(message, attachments.sheet_of(professional, conversation.record, file))
    conversation.state = State.OPEN
    publish(MessageReceived(actor=professional, record=conversation.record, conversation=conversation))
    return message


def reply(user: User, conversation: Conversation, text: str, documents: Iterable[Document] = ()) -> Message:
    """The patient answers, with copies of these documents, while the professional has not ended the exchange.

    Raises Refused.
    """
    if conversation.is_ended:
        raise Refused(ENDED)
    message = _send(user, conversation, texts.without_marks(text))
    record, professional = conversation.record, conversation.professional
    for document in documents:
        attachments.attach(message, attachments.copy_of(document))
        publish(DocumentSent(actor=user, record=record, document=document, professional=professional))
    publish(MessageReplied(actor=user, record=record, conversation=conversation))
    return message


def _send(sender: User, conversation: Conversation, text: str) -> Message:
    body = text.replace("\r\n", "\n").strip()
    if not body:
        raise Refused(EMPTY)
    if len(body) > LONGEST:
        raise Refused(TOO_LONG)
    message = Message(conversation=conversation, sender=sender, body=body, sent_at=clock.now())
    db.session.add(message)
    conversation.last_at = message.sent_at
    return message


def end(professional: User, conversation: Conversation) -> None:
    """The professional ends the exchange: the patient may not answer any more."""
    conversation.state = State.ENDED
    publish(ConversationEnded(actor=professional, record=conversation.record, conversation=conversation))


def read(user: User, conversation: Conversation) -> list[Message]:
    """Mark what the other side wrote as read; returns what was new. The patient's reading is an act, once."""
    query = sa.select(Message).where(
        Message.conversation_id == conversation.id, Message.sender_id != user.id, Message.read_at.is_(None)
    )
    fresh = list(db.session.scalars(query))
    for message in fresh:
        message.read_at = clock.now()
    if fresh and user.id != conversation.professional_id:
        publish(MessageRead(actor=user, record=conversation.record, conversation=conversation))
    return fresh


def turn_away(user: User, record: Record) -> None:
    """The patient tried to write first, and reads why that cannot be."""
    publish(StrangerRefused(actor=user, record=record))


def professionals(words: str) -> list[User]:
    """The professionals of the workshop whose name, speciality or place has these words, accents or not."""
    query = sa.select(User).join(User.professional).where(User.role == Role.PROFESSIONAL).order_by(User.name)
    found = db.session.scalars(query.options(contains_eager(User.professional)))
    wanted = [plain(word) for word in words.split()]
    return [user for user in found if all(word in _said_of(user) for word in wanted)]


def _said_of(user: User) -> str:
    card: Professional | None = user.professional
    return plain(f"{user.name} {card.title if card else ''}")


def latest_with(record: Record, professional: User) -> Conversation | None:
    """The exchange of these two: one that is open rather than one that is ended, then the newest."""
    query = sa.select(Conversation).where(
        Conversation.record_id == record.id, Conversation.professional_id == professional.id
    )
    return db.session.scalars(query.order_by(Conversation.state.desc(), Conversation.last_at.desc())).first()
