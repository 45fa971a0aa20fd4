"""What Pré-admission Valbrune asks, one step at a time."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from wtforms import SelectMultipleField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from sandbox import clock
from sandbox.forms import BirthDay, Form
from sandbox.partners.dossiers import MOST

TOO_MANY = f"Choisissez {MOST} documents au plus : retirez-en un ou deux."
NOT_OFFERED = "Un de ces documents n’est plus proposé. Choisissez dans la liste ci-dessous."


class Identity(Form):
    """Typed only by those whom the portal does not introduce."""

    name = StringField("Prénom et nom", [
        DataRequired("Écrivez le prénom et le nom imprimés sur votre carte d’exercice."), Length(max=80, message="80 signes au plus."),
    ])
    born = BirthDay(
        "Date de naissance", [InputRequired("Écrivez la date de naissance de votre carte, par exemple 12/03/1958.")],
        wrong="Cette date n’existe pas. Écrivez-la ainsi : 12/03/1958.",
    )

    def validate_born(self, field: BirthDay) -> None:
        born: date | None = field.data
        if born and not (clock.today().year - 130 < born.year and born <= clock.today()):
            raise ValidationError("Cette date n’est pas possible : la naissance est passée, et date de moins de 130 ans.")


class Papers(Form):
    papers = SelectMultipleField(
        "Documents à envoyer", option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False), validate_choice=False,
    )

    def __init__(self, *args: Any, offered: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers.choices = list(offered.items())

    def validate_papers(self, field: SelectMultipleField) -> None:
        if not set(field.data or ()) <= {ref for ref, _ in field.choices}:
            raise ValidationError(NOT_OFFERED)
        if len(set(field.data or ())) > MOST:
            raise ValidationError(TOO_MANY)


class Contact(Form):
    contact = StringField("Son prénom et son nom", [
        DataRequired("Écrivez le nom de la personne à prévenir. Un nom inventé suffit."), Length(max=80, message="80 signes au plus."),
    ])
    link = StringField("Qui est-ce pour vous ?", [
        DataRequired("Dites qui est cette personne pour vous : une fille, un voisin…"), Length(max=40, message="40 signes au plus."),
    ])
    phone = StringField("Son numéro de téléphone", [
        DataRequired("Écrivez son numéro. Un numéro inventé, par exemple 06 39 98 00 00."), Length(max=30, message="30 signes au plus."),
    ])

    def validate_phone(self, field: StringField) -> None:
        number = re.sub(r"[\s.\-/]", "", field.data or "")
        if not re.fullmatch(r"0[0-9]{9}", number):
            raise ValidationError("Un numéro a dix chiffres et commence par 0, par exemple 06 39 98 00 00.")
        field.data = " ".join(number[at : at + 2] for at in range(0, 10, 2))
