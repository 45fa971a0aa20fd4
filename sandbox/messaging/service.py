"""Writing, answering, reading, ending: only a professional opens a conversation (reference §1.6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from sandbox import clock, french, texts
from sandbox.account.models import Record, Role, User
from sandbox.acts import (
    ConversationDeleted,
    ConversationEnded,
    ConversationRestored,
    DocumentSent,
    MessageAcknowledged,
    MessageRead,
    MessageReceived,
    MessageReplied,
    MessageWritten,
    publish,
)
from sandbox.db import db, only_writer
from sandbox.documents.models import Document
from sandbox.documents.uploads import File
from sandbox.errors import Refused
from sandbox.family.models import DelegationKind
from sandbox.messaging import attachments
from sandbox.messaging.drafts import LONGEST_SUBJECT
from sandbox.messaging.models import Attachment, Conversation, Copy, Message, State

LONGEST = 3000
JUST = timedelta(minutes=1)
END_MARK = "[FIN]"  # senders' convention in a subject; their software also sets X-MSS-MES: FIN (reference §1.6)
EMPTY = "Votre message est vide. Écrivez quelques mots, puis envoyez-le."
TOO_LONG = "Votre message est trop long : 3 000 signes au plus. Raccourcissez-le, ou écrivez l’essentiel."
MUCH_TOO_LONG = (
    "Votre message est trop long : il a {} signes, et un message en a 3 000 au plus. "
    "Gardez l’essentiel, ou envoyez la suite dans un second message."
)
NO_SUBJECT = "Dites en quelques mots de quoi il s’agit, par exemple « Ma tension »."
ENDED = "Le professionnel a mis fin à cet échange : votre réponse n’est pas partie. En cas de besoin, téléphonez-lui."
AUTOMATIC = "Ce message est automatique : personne ne lit les réponses. Votre réponse n’est pas partie. Téléphonez au lieu indiqué."
FOR_SOMEBODY = {
    DelegationKind.LEGAL_REPRESENTATION: "Message écrit par {}, qui représente {}",
    DelegationKind.CAREGIVING: "Message écrit par {}, qui aide {}",
}


def find(ref: str) -> Conversation | None:
    """The conversation of that name, with all that its page shows."""
    query = sa.select(Conversation).where(Conversation.ref == ref).options(
        joinedload(Conversation.record),
        joinedload(Conversation.professional).joinedload(User.professional),
        selectinload(Conversation.copies).joinedload(Copy.user),
        selectinload(Conversation.messages).options(
            joinedload(Message.sender),
            selectinload(Message.attachments).joinedload(Attachment.document).joinedload(Document.author),
        ),
    )
    return db.session.scalars(query).first()


def open_conversation(
    professional: User, record: Record, subject: str, text: str, slug: str = "", files: Iterable[File] = (), *,
    copies: Iterable[User] = (), no_reply: bool = False, receipt: bool = False, pieces: Iterable[Document] = (),
) -> Conversation:
    """A professional writes first, with colleagues in copy if any. `text` may hold the date marks of a pack.

    « [FIN] » in the subject ends the exchange with its first message. Raises Refused.
    """
    closing = subject.strip().startswith(END_MARK)
    talk = Conversation(
        record=record, professional=professional, subject=unmarked(subject), slug=slug,
        last_at=clock.now(), no_reply=no_reply,
    )
    db.session.add(talk)
    talk.copies = [Copy(user=colleague) for colleague in copies if colleague is not professional]
    write(professional, talk, text, files, receipt=receipt, closing=closing, pieces=pieces)
    return talk


def write(
    professional: User, conversation: Conversation, text: str, files: Iterable[File] = (), *,
    receipt: bool = False, closing: bool = False, pieces: Iterable[Document] = (),
) -> Message:
    """The professional writes again: an exchange that was ended opens anew; `closing` ends it with this message.

    Raises Refused.
    """
    message = _send(professional, conversation, text)
    message.receipt_asked, message.closing = receipt, closing
    for file in files:
        attachments.attach(message, attachments.sheet_of(professional, conversation.record, file))
    for piece in pieces:
        attachments.attach(message, piece)
    conversation.state = State.OPEN
    publish(MessageReceived(actor=professional, record=conversation.record, conversation=conversation))
    if closing:
        end(professional, conversation)
    return message


def write_anew(
    user: User, record: Record, professional: User, subject: str, text: str, *,
    receipt: bool = False, pieces: Iterable[Document] = (), prescription_ref: str = "",
) -> Conversation:
    """The patient writes anew, under another subject. Whoever calls has asked `access` whether they may.

    Raises Refused.
    """
    subject = texts.without_marks(subject).strip()[:120]
    if not subject:
        raise Refused(NO_SUBJECT)
    talk = Conversation(record=record, professional=professional, subject=subject, last_at=clock.now(), from_patient=True)
    db.session.add(talk)
    message = _send(user, talk, texts.without_marks(text), footer(user, record))
    message.receipt_asked, message.prescription_ref = receipt, prescription_ref
    _carry(user, message, pieces)
    publish(MessageWritten(actor=user, record=record, conversation=talk))
    return talk


def reply(
    user: User, conversation: Conversation, text: str, documents: Iterable[Document] = (), *,
    aside: bool = False, receipt: bool = False, pieces: Iterable[Document] = (),
) -> Message:
    """The patient answers, with copies of these documents, while the professional has not ended the exchange.

    `aside`: to the opener alone, not to the colleagues in copy. Raises Refused.
    """
    if conversation.is_ended:
        raise Refused(ENDED)
    if conversation.no_reply:
        raise Refused(AUTOMATIC)
    message = _send(user, conversation, texts.without_marks(text), footer(user, conversation.record))
    message.aside, message.receipt_asked = aside and bool(conversation.copies), receipt
    _carry(user, message, [*(attachments.copy_of(document) for document in documents), *pieces])
    publish(MessageReplied(actor=user, record=conversation.record, conversation=conversation))
    return message


def unmarked(subject: str) -> str:
    """The subject as it is kept: without the closing mark."""
    return subject.replace(END_MARK, "").strip()[:LONGEST_SUBJECT]


def just_said(
    sender: User, record: Record, text: str, *, talk: Conversation | None = None, to: User | None = None, subject: str = "",
) -> Message | None:
    """The message by which these very words went a moment ago, from this page or from another: they do not go twice."""
    only_writer(record)
    ending = footer(sender, record) if sender.role is Role.LEARNER else ""
    body = f"{tidy(text)}\n\n{ending}" if ending else tidy(text)
    query = sa.select(Message).join(Message.conversation).where(
        Message.sender_id == sender.id, Message.body == body, Message.sent_at > clock.now() - JUST, Conversation.record_id == record.id,
    )
    if talk:
        query = query.where(Conversation.id == talk.id)
    else:
        query = query.where(Conversation.subject == unmarked(subject))
    if to:
        query = query.where(Conversation.professional_id == to.id)
    return db.session.scalars(query.order_by(Message.id.desc())).first()


def footer(user: User, record: Record) -> str:
    """What a message says of whoever writes it for somebody else; nothing of the record's owner."""
    mine = (one for one in user.delegations if one.record_id == record.id)
    found = next(mine, None) if record.owner_id != user.id else None
    return FOR_SOMEBODY[found.kind].format(user.name, record.name) if found else ""


def _carry(user: User, message: Message, pieces: Iterable[Document]) -> None:
    """Attach what the patient sends; the history names each document of theirs that leaves."""
    talk = message.conversation
    for piece in pieces:
        attachments.attach(message, piece)
        if (source := attachments.source_of(piece)) and not message.prescription_ref:
            publish(DocumentSent(actor=user, record=talk.record, document=source, professional=talk.professional))


def acknowledge(user: User, message: Message) -> None:
    """Tell the sender, who asked for it, that the message was received; once."""
    message.receipt_at = clock.now()
    talk = message.conversation
    publish(MessageAcknowledged(actor=user, record=talk.record, conversation=talk))


def clear(user: User, conversation: Conversation) -> None:
    """The patient deletes the exchange from their messages, attachments with it; the professional keeps theirs."""
    conversation.cleared_at = clock.now()
    publish(ConversationDeleted(actor=user, record=conversation.record, conversation=conversation))


def restore(user: User, conversation: Conversation, cleared_before: datetime | None = None) -> None:
    """Undo the deletion: back to what had been deleted before it, if anything."""
    conversation.cleared_at = cleared_before
    publish(ConversationRestored(actor=user, record=conversation.record, conversation=conversation))


def too_long(text: str) -> str:
    """Why a text is too long, in figures; nothing when it is not."""
    count = len(tidy(text))
    return MUCH_TOO_LONG.format(french.number(count)) if count > LONGEST else ""


def tidy(text: str) -> str:
    """What was typed, as it is sent."""
    return text.replace("\r\n", "\n").strip()


def _send(sender: User, conversation: Conversation, text: str, ending: str = "") -> Message:
    body = tidy(text)
    if not body:
        raise Refused(EMPTY)
    if refusal := too_long(body):
        raise Refused(refusal)
    body = f"{body}\n\n{ending}" if ending else body
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
    patient = user.role is Role.LEARNER
    query = sa.select(Message).join(Message.sender).where(Message.conversation_id == conversation.id, Message.read_at.is_(None))
    fresh = list(db.session.scalars(query.where((User.role != Role.LEARNER) if patient else (User.role == Role.LEARNER))))
    for message in fresh:
        message.read_at = clock.now()
    if fresh and patient:
        publish(MessageRead(actor=user, record=conversation.record, conversation=conversation))
    return fresh
