"""Simulated SMS and e-mails."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.tenancy import Named


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
