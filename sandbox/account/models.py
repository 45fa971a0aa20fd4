"""Users, professionals and records. Every one of them is fictional."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.clock import age_on, now, today
from sandbox.db import Model, choice
from sandbox.numbers import social_security_number
from sandbox.tenancy import Named, WorldScoped

if TYPE_CHECKING:
    from sandbox.family.models import Delegation
    from sandbox.privacy.models import Standing

SKIPPED = {"snapshot": "skip"}
TO_OBJECT = timedelta(weeks=6)  # to object to the creation; a code sent by post lives as long (reference §1.1)
TO_ERASE = timedelta(days=90)  # an erasure that was asked for is done within three months (R1111-36)


class Role(StrEnum):
    LEARNER = "learner"
    PROFESSIONAL = "professional"
    DEPENDANT = "dependant"  # a child: has a record, never signs in
    INSTITUTION = "institution"  # Assurance Maladie, the portal itself: they deposit, nobody signs in
    SERVICE = "service"  # of the catalogue: it acts through what it was allowed to, nobody signs in


class Life(StrEnum):
    """Where a space is in its life (R1111-28 to -36): created is not activated."""

    CREATED = "created"
    ACTIVE = "active"
    OPPOSED = "opposed"
    CLOSED = "closed"


class Sex(StrEnum):
    FEMALE = "F"
    MALE = "M"


class User(UserMixin, Named, Model):
    """Somebody who acts: a learner, a professional, an establishment, an institution."""

    __tablename__ = "user"
    role: Mapped[Role] = mapped_column(choice(Role))
    slug: Mapped[str] = mapped_column(sa.String(40))  # the pack's name for them, « dr-lemoine », « place-3 »
    name: Mapped[str] = mapped_column(sa.String(120))
    identifier: Mapped[str] = mapped_column(sa.String(60))
    password_hash: Mapped[str] = mapped_column(sa.String(60), default="", info={"snapshot": "secret"})
    failures: Mapped[int] = mapped_column(default=0, server_default="0", info=SKIPPED)
    locked_until: Mapped[datetime | None] = mapped_column(info=SKIPPED)
    seen_at: Mapped[datetime | None] = mapped_column(info=SKIPPED)
    expired_at: Mapped[datetime | None] = mapped_column(info=SKIPPED)  # sessions opened before it are over

    record: Mapped[Record | None] = relationship(back_populates="owner", uselist=False)
    professional: Mapped[Professional | None] = relationship(back_populates="user", uselist=False)
    delegations: Mapped[list[Delegation]] = relationship(back_populates="delegate")

    @property
    def is_locked(self) -> bool:
        return self.locked_until is not None and self.locked_until > now()


class Professional(Named, Model):
    """What a professional's card says. `profession` is a TRE_G15 code (reference §3.3)."""

    __tablename__ = "professional"
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    profession: Mapped[str] = mapped_column(sa.String(12))
    specialty: Mapped[str] = mapped_column(sa.String(80), default="")
    is_establishment: Mapped[bool] = mapped_column(default=False)
    setting: Mapped[str] = mapped_column(sa.String(20), default="AMBULATOIRE", server_default="AMBULATOIRE")  # JDV_J04
    place: Mapped[str] = mapped_column(sa.String(120))
    address: Mapped[str] = mapped_column(sa.String(200))
    phone: Mapped[str] = mapped_column(sa.String(20))
    takes_prescriptions: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # by secure messaging
    unread_box: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # nobody reads this mailbox any more

    user: Mapped[User] = relationship(back_populates="professional")

    @property
    def title(self) -> str:
        return f"{self.specialty} · {self.place}" if self.specialty else self.place

    @property
    def is_samu(self) -> bool:
        return self.setting == "SAMU_SMUR"

    @property
    def receives(self) -> bool:
        """A person one comes to see: neither an establishment's account nor the doctor who answers the 15."""
        return not self.is_establishment and not self.is_samu


class Record(Named, Model):
    """A patient's record: the identity traits (INS, reference §1.2 and §4.1) everything else hangs from."""

    __tablename__ = "record"
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    family_name: Mapped[str] = mapped_column(sa.String(60))
    first_name: Mapped[str] = mapped_column(sa.String(60))
    sex: Mapped[Sex] = mapped_column(choice(Sex))
    birth_date: Mapped[date] = mapped_column(info={"snapshot": "birth"})
    birth_place: Mapped[str] = mapped_column(sa.String(60))
    birth_code: Mapped[str] = mapped_column(sa.String(5))
    address: Mapped[str] = mapped_column(sa.String(200))
    phone: Mapped[str] = mapped_column(sa.String(20))
    email: Mapped[str] = mapped_column(sa.String(120))
    vitale_serial: Mapped[str] = mapped_column(sa.String(21))
    visited_at: Mapped[datetime | None] = mapped_column(info=SKIPPED)
    samu: Mapped[bool] = mapped_column(default=True, server_default=sa.true())  # the three emergency choices (§1.11)
    glass: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    masked_in_emergency: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    masks_new: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # what others deposit comes masked
    proposes_measures: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    muted: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")  # « documents:email … »
    shortcuts: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    postponed: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")
    life: Mapped[Life] = mapped_column(choice(Life), default=Life.ACTIVE, server_default=Life.ACTIVE.value)
    life_at: Mapped[datetime | None]  # since when it is opposed or closed
    invited_at: Mapped[datetime | None]  # the letter that says that the space was created
    reach: Mapped[str] = mapped_column(sa.String(20), default="sms email", server_default="sms email")  # what the caisse knows
    erase_asked: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # with the closing

    owner: Mapped[User] = relationship(back_populates="record")
    standings: Mapped[list[Standing]] = relationship(back_populates="record")
    delegations: Mapped[list[Delegation]] = relationship(back_populates="record")

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.family_name.upper()}"

    @property
    def keepers(self) -> list[User]:
        """Who signs in for this record, and is told what happens to it: its owner, or those it is entrusted to."""
        own = [self.owner] if self.owner.role is Role.LEARNER else []
        return own + [delegation.delegate for delegation in self.delegations]

    @property
    def is_active(self) -> bool:
        return self.life is Life.ACTIVE

    @property
    def is_shut(self) -> bool:
        """Opposed or closed: nobody reads it, nobody adds to it."""
        return self.life in {Life.OPPOSED, Life.CLOSED}

    @property
    def last_day_to_object(self) -> date | None:
        """Six weeks after the letter (R1111-28), that day included."""
        return (self.invited_at + TO_OBJECT).date() if self.invited_at else None

    @property
    def may_object(self) -> bool:
        """Until the last day, unless the space is activated before."""
        last = self.last_day_to_object
        return self.life is Life.CREATED and (last is None or today() <= last)

    @property
    def erased_by(self) -> datetime | None:
        """When what was asked to be erased will be (R1111-36), unless the space is opened again before."""
        return self.life_at + TO_ERASE if self.life_at and self.erase_asked else None

    @property
    def letter_is_out_of_date(self) -> bool:
        """The code printed on the letter lives six weeks, the last day included."""
        last = self.last_day_to_object
        return last is not None and today() > last

    @property
    def title(self) -> str:
        return "Madame" if self.sex is Sex.FEMALE else "Monsieur"

    @property
    def age(self) -> int:
        return age_on(self.birth_date, today())

    @property
    def nir(self) -> str:
        """The fictional social-security number: 15 characters, valid key, order number 000."""
        return social_security_number(self.sex, self.birth_date, self.birth_code)

    @property
    def secure_address(self) -> str:
        """The address of the secure messaging, in a reserved domain (reference §1.6, §4.2)."""
        return f"{self.nir}@patient.sandbox.invalid"


class CodePurpose(StrEnum):
    SIGN_IN = "sign_in"
    ACTIVATION = "activation"  # the twelve signs; the others have six digits
    EMAIL = "email"
    MOBILE = "mobile"
    IDENTIFIER = "identifier"  # forgotten
    PASSWORD = "password"  # forgotten, or changed  # noqa: S105
    CLOSING = "closing"
    REOPENING = "reopening"
    DEVICE = "device"  # paired again
    PARTNER = "partner"  # at the site of another firm


class OneTimeCode(WorldScoped, Model):
    """A code sent to the simulated phone, or printed on the letter; only its hash is kept."""
    __tablename__ = "one_time_code"
    kept_in_snapshots = False
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[CodePurpose] = mapped_column(choice(CodePurpose))
    target: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")  # the address or number being checked
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    replaced: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # by a newer one

    user: Mapped[User] = relationship()

    @property
    def is_over(self) -> bool:
        return self.replaced or self.expires_at <= now()


class Device(Named, Model):
    """A device paired with the account: it may stand in for the six digits (reference §1.1)."""

    __tablename__ = "device"
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[str] = mapped_column(sa.String(12), default="phone")  # phone, tablet, computer
    paired_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
