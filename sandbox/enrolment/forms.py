"""What the activation asks: who, for whom, by which way the code comes, and the code."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from wtforms import Field, RadioField, SelectChoice, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import TextInput

from sandbox import clock, guard
from sandbox.enrolment.journey import CHILD, ME
from sandbox.forms import BirthDay, Form
from sandbox.numbers import key, tidy_number
from sandbox.workshops.people import PHOTO_PREFIX
from sandbox.workshops.printed import LETTER_CODE

NIR = re.compile(r"[12]\d{2}(0[1-9]|1[0-2])(2[AB]|\d{2})\d{8}")  # as the portal checks it (reference §1.1)
ADULT = 18
NIR_LENGTH, AFTER_PREFIX, SHORTEST, LONGEST = 15, 11, 8, 13
NIR_LACKS = "Ce numéro a 15 chiffres, vous en avez écrit {}. Relisez-le sur votre carte Vitale, sous votre nom."
NIR_WRONG = (
    "Un chiffre est faux dans ce numéro : les deux derniers servent à le vérifier, et ils ne vont pas avec les autres. "
    "Relisez-le sur votre carte Vitale, par petits groupes."
)
CARDS = [SelectChoice("photo", "Ma carte Vitale a une photo"), SelectChoice("plain", "Ma carte Vitale n’a pas de photo")]
WHOM = [SelectChoice(ME, "Pour moi"), SelectChoice(CHILD, "Pour un enfant de moins de 18 ans, dont je suis le représentant légal")]


class Needed(Form):
    whom = RadioField(
        "Pour qui ?", choices=WHOM,
        validators=[InputRequired("Dites si c’est pour vous ou pour un enfant.")],
    )
    card = RadioField(
        "Quelle carte Vitale avez-vous ?", choices=CARDS,
        validators=[InputRequired("Regardez votre carte Vitale, et dites si elle a une photo.")],
    )


class Serial(Field):
    """The serial number of a card, never kept. Eight to thirteen free digits would often look like a telephone number."""

    widget = TextInput()

    def _value(self) -> str:
        return str(self.data or "")


class Identity(Form):
    birth = BirthDay(
        "Votre date de naissance", wrong="Cette date n’existe pas. Écrivez le jour, le mois et l’année, par exemple 12/03/1958.",
        validators=[InputRequired("Écrivez la date de naissance : le jour, le mois et l’année.")],
    )
    nir = StringField(
        "Votre numéro de sécurité sociale",
        validators=[InputRequired("Écrivez les 15 chiffres : ils sont sur la carte Vitale, sous votre nom.")],
    )
    serial = Serial(
        "Le numéro de série de votre carte Vitale",
        validators=[InputRequired("Écrivez le numéro de série : il est au dos de la carte Vitale.")],
    )

    def __init__(self, *args: Any, card: str, for_child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_photo, self.for_child = card == "photo", for_child
        self.trouble = ""  # what needs more than a sentence beside the field: « minor », « adult », « own_number »…
        self.locked_until: datetime | None = None
        if for_child:
            self.birth.label.text = "La date de naissance de l’enfant"
        if self.has_photo:
            self.serial.label.text = "Les 11 derniers chiffres du numéro de série"

    def validate_birth(self, field: BirthDay) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("Cette date n’est pas encore arrivée. Vérifiez l’année.")
        is_child = clock.age_on(field.data, clock.today()) < ADULT
        if self.for_child and not is_child:
            self.trouble = "adult"
            raise ValidationError("Cette date est celle d’une personne de 18 ans ou plus. Vérifiez l’année.")
        if is_child and not self.for_child:
            self.trouble = "minor"
            raise ValidationError("Cette date est celle d’une personne de moins de 18 ans. Vérifiez l’année.")

    def validate_nir(self, field: StringField) -> None:
        number = tidy_number(field.data or "")
        if len(number) != NIR_LENGTH:
            raise ValidationError(NIR_LACKS.format(len(number)))
        if not number.isascii() or not NIR.fullmatch(number):
            raise ValidationError(
                "Ce n’est pas un numéro de sécurité sociale : il commence par 1 ou 2, puis l’année et le mois de naissance. "
                "Relisez-le sur votre carte Vitale."
            )
        if key(number[:13]) != number[13:]:
            raise ValidationError(NIR_WRONG)
        if self.for_child and self.birth.data and not self.birth.errors and number[1:5] == f"{self.birth.data:%y%m}":
            self.trouble = "own_number"
            raise ValidationError("Ce numéro semble être celui de l’enfant. Écrivez le vôtre : celui de votre carte Vitale.")

    def validate_serial(self, field: Serial) -> None:
        number = tidy_number(field.data or "")
        if guard.seen_in(number) is guard.Real.NIR:
            guard.note()
            raise ValidationError(guard.Real.NIR.value)
        if not (number.isascii() and number.isdigit()):
            raise ValidationError("Ce numéro n’a que des chiffres. Relisez-le au dos de votre carte Vitale.")
        if len(number) == len(PHOTO_PREFIX) + AFTER_PREFIX and number.startswith(PHOTO_PREFIX):
            return
        if self.has_photo and len(number) != AFTER_PREFIX:
            raise ValidationError(
                f"Il faut les 11 derniers chiffres, vous en avez écrit {len(number)}. Ils suivent {PHOTO_PREFIX} au dos de la carte."
            )
        if not self.has_photo and not SHORTEST <= len(number) <= LONGEST:
            raise ValidationError(
                f"Ce numéro a entre 8 et 13 chiffres, vous en avez écrit {len(number)}. Relisez-le au dos de votre carte Vitale."
            )

    @property
    def whole_serial(self) -> str:
        """The serial as the Assurance Maladie knows it, with its beginning."""
        number = tidy_number(self.serial.data or "")
        return PHOTO_PREFIX + number if self.has_photo and len(number) == AFTER_PREFIX else number

    @property
    def whole_nir(self) -> str:
        return tidy_number(self.nir.data or "")


class Twin(Form):
    """Choices are the first names of the children born that day."""

    child = RadioField("Quel enfant ?", validators=[InputRequired("Choisissez l’enfant dont vous activez le profil.")])


class ChannelChoice(Form):
    channel = RadioField("Par quel moyen ?", validators=[InputRequired("Choisissez comment recevoir le code.")])


class TemporaryCode(Form):
    code = StringField(
        "Code temporaire à 12 signes",
        validators=[DataRequired("Recopiez les douze signes du code, lettres et chiffres.")],
    )

    def validate_code(self, field: StringField) -> None:
        number = tidy_number(field.data or "")
        if len(number) != LETTER_CODE:
            raise ValidationError(f"Ce code a {LETTER_CODE} signes, vous en avez écrit {len(number)}. Relisez-le, groupe par groupe.")
