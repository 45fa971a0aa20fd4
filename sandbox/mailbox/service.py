"""Writes to the simulated phone and mailbox. No real mail or SMS ever leaves."""

from __future__ import annotations

import sqlalchemy as sa

from sandbox.account.models import CodePurpose, User
from sandbox.acts import CodeSent, Invited, on
from sandbox.clock import now
from sandbox.db import db
from sandbox.mailbox.models import Channel, Mail
from sandbox.numbers import grouped
from sandbox.workshops.fixtures import common

PAGE = 20
PORTAL = "Mon espace santé (simulé)"
SENDERS = {Channel.POST: "Assurance Maladie (simulée)"}
CODES = {  # what a code of each purpose is for, and how long it lives
    CodePurpose.SIGN_IN.value: ("de connexion", "10 minutes"),
    CodePurpose.ACTIVATION.value: ("temporaire d’activation", "30 minutes"),
    CodePurpose.EMAIL.value: ("de vérification de votre adresse e-mail", "10 minutes"),
    CodePurpose.MOBILE.value: ("de vérification de votre mobile", "10 minutes"),
    CodePurpose.IDENTIFIER.value: ("pour retrouver votre identifiant", "10 minutes"),
    CodePurpose.PASSWORD.value: ("pour changer votre mot de passe", "10 minutes"),
    CodePurpose.CLOSING.value: ("pour fermer votre espace", "10 minutes"),
    CodePurpose.REOPENING.value: ("pour rouvrir votre espace", "10 minutes"),
}


def send(user: User, channel: Channel, body: str, subject: str = "", *, link: str = "", link_label: str = "") -> Mail:
    """Put a message on the person's simulated phone, or a letter in the letter box."""
    sender = SENDERS.get(channel, PORTAL)
    mail = Mail(user=user, channel=channel, sender=sender, subject=subject, body=body, link=link, link_label=link_label)
    db.session.add(mail)
    return mail


@on(CodeSent)
def send_code(act: CodeSent) -> None:
    """To who asked for it: for a child's record, the legal representative."""
    what, life = CODES[act.purpose]
    code = grouped(act.code) if len(act.code) > 6 else act.code
    send(
        act.actor, Channel(act.channel),
        f"Votre code {what} est {code}. Il sert une seule fois, pendant {life}. Ne le donnez à personne.",
        "" if act.channel == Channel.SMS.value else f"Votre code {what}",
    )


@on(Invited)
def invite(act: Invited) -> None:
    """The same words as the printed letter, by e-mail."""
    letter = common("letters")["invitation"]
    send(act.record.owner, Channel.EMAIL, letter["body"], letter["subject"], link=letter["link"], link_label=letter["link_label"])


def inbox(user: User, limit: int = 50) -> list[Mail]:
    """The newest messages first."""
    query = sa.select(Mail).where(Mail.user_id == user.id).order_by(Mail.at.desc(), Mail.id.desc())
    return list(db.session.scalars(query.limit(limit)))


def page_of(user: User, page: int) -> tuple[list[Mail], int, int]:
    """One page of the phone, its number (within what exists), and how many there are."""
    count = db.session.scalar(sa.select(sa.func.count(Mail.id)).where(Mail.user_id == user.id)) or 0
    pages = max(1, -(-count // PAGE))
    page = min(max(1, page), pages)
    return inbox(user, page * PAGE)[(page - 1) * PAGE :], page, pages


def unread_count(user: User) -> int:
    return db.session.scalar(unread(user)) or 0


def unread(user: User) -> sa.Select[int]:
    """The question behind `unread_count`, for whoever asks several at once."""
    return sa.select(sa.func.count(Mail.id)).where(Mail.user_id == user.id, Mail.read_at.is_(None))


def read_all(user: User) -> None:
    db.session.execute(sa.update(Mail).where(Mail.user_id == user.id, Mail.read_at.is_(None)).values(read_at=now()))
