"""What getting out asks: who one is, by the card; and what becomes of the data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from sandbox.account.codes import Locked
from sandbox.enrolment.forms import CARDS, Identity
from sandbox.errors import Refused
from sandbox.forms import Form

KEEP, ERASE = "garder", "effacer"


class Holder(Identity):
    """The social-security number and the card's serial number: no birth date is asked here (reference §1.1)."""

    birth = None  # type: ignore[assignment]
    refusal: Refused | None = None
    card = RadioField(
        "Quelle carte Vitale avez-vous ?", choices=CARDS,
        validators=[InputRequired("Regardez votre carte Vitale, et dites si elle a une photo.")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, card="", for_child=False, **kwargs)
        self.has_photo = self.card.data == "photo"

    def refuse(self, refused: Refused, words: str) -> None:
        """Both numbers are right by themselves, and not together; or there were too many tries."""
        self.refusal = refused
        self.serial.errors = [refused.phrase if isinstance(refused, Locked) else words]

    @property
    def until(self) -> datetime | None:
        """When one may try again, after too many tries."""
        return self.refusal.until if isinstance(self.refusal, Locked) else None


class Fate(Form):
    """What becomes of the data of a space that closes: one's own, or a child's."""

    fate = RadioField(
        "Que deviennent vos données ?",
        choices=[SelectChoice(KEEP, ""), SelectChoice(ERASE, "")],
        validators=[InputRequired("Choisissez : garder les données en archive, ou demander leur effacement.")],
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose = "mes" if own else "ses"
        self.fate.choices = [
            SelectChoice(KEEP, f"Garder {whose} données en archive, 10 ans"),
            SelectChoice(ERASE, f"Demander l’effacement de {whose} données"),
        ]
        self.fate.label.text = "Que deviennent vos données ?" if own else "Que deviennent ses données ?"
