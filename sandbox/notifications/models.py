"""One notification, with the code of the reference (§1.10) and the thing it leads to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import Model, choice
from sandbox.tenancy import Named


class Code(StrEnum):
    AJOUT_DOC = "AJOUT_DOC"
    AJOUT_VACCINATION = "AJOUT_VACCINATION"
    MODIF_DOC = "MODIF_DOC"
    SUPP_DOC = "SUPP_DOC"
    CONSULT_DOCUMENT = "CONSULT_DOCUMENT"
    RECEPTION_MESSAGE = "RECEPTION_MESSAGE"
    ACCES_DMP_PS = "ACCES_DMP_PS"
    RAPPEL_RDV_USAGER = "RAPPEL_RDV_USAGER"
    RAPPEL_AGENDA = "RAPPEL_AGENDA"
    RDV_MODIFIE = "RDV_MODIFIE"  # ours: confirmed, called off, missed
    DELIVRANCE = "DELIVRANCE"
    ORDONNANCE_ANNULEE = "ORDONNANCE_ANNULEE"  # ours
    ACCES_BRIS_GLACE = "ACCES_BRIS_GLACE"
    ATTENTE_ANNONCE = "ATTENTE_ANNONCE"  # ours: the decree names the notice, no source its code
    REMISE_VISIBILITE_AUTO = "REMISE_VISIBILITE_AUTO"
    MESURES_A_REPRENDRE = "MESURES_A_REPRENDRE"  # ours
    SERVICES_SYNCHRONISES = "SERVICES_SYNCHRONISES"  # ours
    SERVICE_MODIFIE = "SERVICE_MODIFIE"  # ours: suspended, taken out, a new version
    EXPORT_PRET = "EXPORT_PRET"  # ours
    REPONSE_SUPPORT = "REPONSE_SUPPORT"


class Notification(Named, Model):
    """Leads to its object: `about` is the kind of object, `object_ref` its ref."""

    __tablename__ = "notification"
    record_id: Mapped[int] = mapped_column(sa.ForeignKey("record.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    code: Mapped[Code] = mapped_column(choice(Code))
    label: Mapped[str] = mapped_column(sa.String(300))
    about: Mapped[str] = mapped_column(sa.String(20), default="")
    object_ref: Mapped[str] = mapped_column(sa.String(40), default="")
    at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]

    record: Mapped[Record] = relationship()
    actor: Mapped[User] = relationship()

    @property
    def subject(self) -> tuple[str, str]:
        """The kind of thing it leads to and its ref: without an object, whoever acted."""
        return (self.about, self.object_ref) if self.about else ("professional", self.actor.ref)

    @property
    def is_unread(self) -> bool:
        return self.read_at is None
