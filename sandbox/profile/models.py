"""Entries of the medical profile (reference §1.4) and measures."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.tenancy import Named

PARTIAL = {"snapshot": "partial"}


class Block(StrEnum):
    DISEASES = "maladies"
    TREATMENTS = "traitements"
    HOSPITAL_STAYS = "hospitalisations"
    DISABILITIES = "handicaps"
    BLOOD_GROUP = "groupe_sanguin"
    ALLERGIES = "allergies"
    FAMILY_HISTORY = "antecedents_familiaux"
    LIFESTYLE = "habitudes"
    PROFESSIONALS = "professionnels"
    CONTACTS = "entourage"
    WISHES = "volontes"


class ProfileEntry(Named, Model):
    """`started` and `ended` are partial dates: « 2014 », « 2014-03 » or « 2014-03-05 »."""

    __tablename__ = "profile_entry"
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    block: Mapped[Block] = mapped_column(choice(Block))
    label: Mapped[str] = mapped_column(sa.String(120))
    started: Mapped[str] = mapped_column(sa.String(10), default="", info=PARTIAL)
    ended: Mapped[str] = mapped_column(sa.String(10), default="", info=PARTIAL)
    detail: Mapped[str] = mapped_column(sa.String(1000), default="")
    comment: Mapped[str] = mapped_column(sa.String(3000), default="")
    is_none: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # « Je n’ai pas de … », dated

    record: Mapped[Record] = relationship()


class Source(StrEnum):
    PATIENT = "patient"
    PROFESSIONAL = "professional"
    DEVICE = "device"
    DOCUMENT = "document"


class Measure(Named, Model):
    """One measure; `value` as written (« 6.8 », « 132/78 »), in the unit of its kind."""

    __tablename__ = "measure"
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    value: Mapped[str] = mapped_column(sa.String(12))
    at: Mapped[datetime] = mapped_column(default=now)
    source: Mapped[Source] = mapped_column(choice(Source), default=Source.PATIENT)
    comment: Mapped[str] = mapped_column(sa.String(150), default="")
    service: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")  # of the catalogue, that sent it

    record: Mapped[Record] = relationship()
