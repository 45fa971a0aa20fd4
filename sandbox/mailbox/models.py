"""Simulated SMS and e-mails."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.tenancy import Named

CODE = re.compile(r"\best ((?:[0-9A-Z]{4} ){2}[0-9A-Z]{4}|\d{6})\b")  # as the portal writes them, alone in their sentence


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"
    POST = "post"  # a paper letter, drawn in the letter box beside the phone


class Mail(Named, Model):
    """One message on the simulated phone."""

    __tablename__ = "mail"
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    sender: Mapped[str] = mapped_column(sa.String(80))
    subject: Mapped[str] = mapped_column(sa.String(120), default="")
    body: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    link: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")  # an address of this site
    link_label: Mapped[str] = mapped_column(sa.String(80), default="", server_default="")
    lure: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")  # phishing: its name in lures.toml
    opened_at: Mapped[datetime | None]  # its link was followed
    reported_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()

    @property
    def kind(self) -> str:
        return self.channel.value

    @property
    def code(self) -> str:
        """The one-time code that it brings, without spaces; empty when it brings none."""
        found = None if self.lure else CODE.search(self.body)
        return found[1].replace(" ", "") if found else ""

    @property
    def code_in_groups(self) -> str:
        """As one reads it aloud: three figures, or four signs, at a time."""
        size = 3 if len(self.code) == 6 else 4
        return " ".join(self.code[at : at + size] for at in range(0, len(self.code), size))

    @property
    def is_short(self) -> bool:
        """Shown in full where it is listed, as a real telephone shows an SMS, or the line with a code."""
        return self.channel is Channel.SMS or bool(self.code)

    @property
    def is_told(self) -> bool:
        """Whether a false message has shown what it was: its link was followed, or it was reported."""
        return bool(self.lure) and (self.opened_at is not None or self.reported_at is not None)
