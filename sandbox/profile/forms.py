"""What a person writes in each block of the profile; a date may be a year alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from wtforms import Field, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from sandbox import clock, french
from sandbox.documents.uploads import clean
from sandbox.forms import Form
from sandbox.profile.models import Block, ProfileEntry
from sandbox.profile.service import ACKNOWLEDGED, DONATION, EMERGENCY, Told

MONTHS = {french.folded(french.month(date(2000, month, 1)).split()[0]): str(month) for month in range(1, 13)}
UNREADABLE = "Cette date ne se lit pas. Écrivez l’année (2014), le mois et l’année (03/2014) ou la date (12/03/2014)."
FUTURE = "Cette date n’est pas encore passée. Vérifiez l’année."
BEFORE_BIRTH = "Cette date est avant la naissance. Vérifiez l’année."
BACKWARDS = "La fin est avant le début. Vérifiez les deux dates."
NAMES = ("label", "detail", "started", "ended", "comment")
ORDER = ("csrf_token", "label", "quality", "reach", "detail", "started", "ended", "comment")  # on the page, and of errors
QUALITIES = (EMERGENCY, "Personne de confiance", "Proche aidant")


def read_partial(text: str) -> str:
    """« 2014 », « 03/2014 », « mars 2014 », « 12/03/2014 » as they are stored. Raises ValueError."""
    words = re.split(r"[\s/.-]+", re.sub(r"\b1er\b", "1", french.folded(text)).strip())
    parts = [MONTHS.get(word, word) for word in words]
    if len(parts[0]) != 4:
        parts.reverse()
    if len(parts) > 3 or len(parts[0]) != 4:
        raise ValueError(text)
    numbers = [int(part) for part in parts]
    date(*[*numbers, 1, 1][:3])
    return "-".join(f"{number:02d}" for number in numbers)


def typed(partial: str) -> str:
    """A stored partial date as one types it: « 12/03/2014 »."""
    return "/".join(reversed(partial.split("-")))


def _is_before(one: str, other: str) -> bool:
    """Whether a partial date is surely before another: « 2014 » is not before « 2014-03 »."""
    known = min(len(one), len(other))
    return one[:known] < other[:known]


class PartialDate(StringField):
    """A year, a month and its year, or a whole date; `data` is what is stored, « 2014-03 »."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = ""
        if text:
            try:
                self.data = read_partial(text)
            except ValueError:
                raise ValueError(UNREADABLE) from None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else typed(self.data or "")


def clean_or_empty(text: str | None) -> str:
    return clean(text or "")


def _name(label: str, missing: str) -> StringField:
    """The name of what is added."""
    most = Length(max=120, message="120 signes au plus. Raccourcissez, et mettez le reste dans le commentaire.")
    return StringField(label, filters=[clean_or_empty], validators=[DataRequired(missing), most])


def _words(label: str, most: int = 1000) -> StringField:
    short = Length(max=most, message=f"{most} signes au plus. Raccourcissez.")
    return StringField(label, filters=[clean_or_empty], validators=[Optional(), short])


def _date(label: str) -> PartialDate:
    return PartialDate(label, validators=[Optional()])


class EntryForm(Form):
    """What every block asks; `hints` says how to fill its fields."""

    hints: ClassVar[dict[str, str]] = {}
    comment = TextAreaField(
        "Commentaire", filters=[lambda text: (text or "").replace("\r\n", "\n")],
        validators=[Optional(), Length(max=3000, message="3 000 signes au plus. Raccourcissez ce commentaire.")],
    )

    def __init__(self, *, born: date, **given: Any) -> None:
        super().__init__(**given)
        self.born = born.isoformat()
        self._fields: dict[str, Field] = dict(sorted(self._fields.items(), key=lambda one: ORDER.index(one[0])))

    def told(self, entry: ProfileEntry | None = None) -> Told:
        """What was typed, once it is valid; what this form does not ask stays as the entry has it."""
        kept = {name: getattr(entry, name) if entry else "" for name in NAMES}
        return Told(**kept | {name: self.data[name] or "" for name in NAMES if name in self.data})

    @classmethod
    def of(cls, entry: ProfileEntry, born: date) -> EntryForm:
        """The form filled with an entry as it is."""
        return cls(born=born, data={name: getattr(entry, name) for name in NAMES})

    def _check_past(self, field: PartialDate) -> None:
        if field.data and _is_before(clock.today().isoformat(), field.data):
            raise ValidationError(FUTURE)
        if field.data and _is_before(field.data, self.born):
            raise ValidationError(BEFORE_BIRTH)


class Allergy(EntryForm):
    hints: ClassVar = {"label": "Par exemple : pénicilline, arachide, pollen.", "detail": "Par exemple : plaques rouges, gonflement."}
    label = _name("Allergie", "Écrivez ce qui provoque l’allergie, par exemple « Pénicilline ».")
    detail = _words("Ce qui se passe")
    started = _date("Depuis quand")

    def validate_started(self, field: PartialDate) -> None:
        self._check_past(field)


class Lasting(EntryForm):
    """What has a beginning and, perhaps, an end."""

    started = _date("Début")
    ended = _date("Fin")

    def validate_started(self, field: PartialDate) -> None:
        self._check_past(field)

    def validate_ended(self, field: PartialDate) -> None:
        if field.data and self.started.data and _is_before(field.data, self.started.data):
            raise ValidationError(BACKWARDS)


class Disease(Lasting):
    hints: ClassVar = {"label": "Par exemple : asthme, opération du genou.", "detail": "Par exemple : le médecin qui la suit.",
                       "ended": "Seulement si c’est terminé."}
    label = _name("Maladie ou sujet de santé", "Écrivez le nom de la maladie, par exemple « Asthme ».")
    detail = _words("Précisions")

    def validate_ended(self, field: PartialDate) -> None:
        super().validate_ended(field)
        self._check_past(field)


class Treatment(Lasting):
    hints: ClassVar = {"label": "Le nom écrit sur la boîte, par exemple : paracétamol 1 000 mg.",
                       "detail": "Par exemple : 1 comprimé le matin.", "ended": "Seulement s’il est terminé, ou si sa fin est prévue."}
    label = _name("Médicament ou traitement", "Écrivez le nom du médicament, par exemple « Paracétamol ».")
    detail = _words("Comment le prendre")


class Contact(EntryForm):
    hints: ClassVar = {"reach": "Par exemple : ma voisine, 06 39 98 00 00."}
    label = _name("Nom et prénom", "Écrivez le nom de cette personne, par exemple « Anne Martin ».")
    quality = RadioField("Cette personne est", choices=[SelectChoice(one, one) for one in QUALITIES], default=EMERGENCY,
                         validators=[InputRequired("Choisissez une ligne.")])
    reach = _words("Lien et téléphone", 900)

    def told(self, entry: ProfileEntry | None = None) -> Told:
        """The quality is kept as the beginning of the details."""
        detail = ". ".join(part for part in (self.quality.data, self.reach.data) if part)
        return replace(super().told(entry), detail=detail)

    @classmethod
    def of(cls, entry: ProfileEntry, born: date) -> EntryForm:
        quality = next((one for one in QUALITIES if entry.detail.startswith(one)), QUALITIES[0])
        reach = entry.detail.removeprefix(quality).removeprefix(".").strip()
        return cls(born=born, data={"label": entry.label, "quality": quality, "reach": reach, "comment": entry.comment})


class Donation(EntryForm):
    """One says that one has read, and chooses nothing."""

    hints: ClassVar = {"comment": "Par exemple : j’en ai parlé à ma fille."}

    def told(self, entry: ProfileEntry | None = None) -> Told:
        read = Told(DONATION, ACKNOWLEDGED, clock.today().isoformat(), comment=self.comment.data or "")
        return super().told(entry) if entry else read


FORMS: dict[Block, type[EntryForm]] = {
    Block.ALLERGIES: Allergy, Block.DISEASES: Disease, Block.TREATMENTS: Treatment, Block.CONTACTS: Contact,
    Block.WISHES: Donation,
}
