"""What a service asks, one question for each purpose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectChoice
from wtforms.validators import AnyOf, InputRequired

from sandbox import french
from sandbox.catalogue.models import Purpose
from sandbox.forms import Form

YES, NO = "oui", "non"
EXAMPLES = {  # in plain words, what each agreement lets happen
    Purpose.READ_AGENDA: "il voit que mardi, de 10 h à 11 h, est déjà pris. Il ne voit ni avec qui, ni pourquoi.",
    Purpose.WRITE_AGENDA: "un rendez-vous ou un rappel noté chez lui apparaît tout seul dans votre agenda.",
    Purpose.READ_DOCUMENTS: "il peut lire un résultat d’analyse. Il ne voit jamais un document que vous avez masqué.",
    Purpose.WRITE_DOCUMENTS: "un papier qu’il a préparé s’ajoute à vos documents. Vous recevez une notification.",
    Purpose.READ_MEASURES: "il lit votre poids ou votre tension, comme ils sont notés dans votre profil médical.",
    Purpose.WRITE_MEASURES: "la mesure que votre appareil vient de prendre s’ajoute à votre profil médical, avec son nom.",
}
ANSWER = "Choisissez « Autoriser » ou « Refuser »."


class Agreements(Form):
    """Autoriser or Refuser, none ticked beforehand, all to be answered."""

    asked: tuple[Purpose, ...] = ()

    @property
    def granted(self) -> set[Purpose]:
        return {purpose for purpose in self.asked if self[name_of(purpose)].data == YES}

    def of(self, purpose: Purpose) -> Any:
        """The question about one purpose."""
        return self[name_of(purpose)]


def name_of(purpose: Purpose) -> str:
    """As a field is named."""
    return purpose.value.replace("-", "_")


def agreements(asked: Iterable[Purpose], granted: Iterable[Purpose] | None = None, name: str = "") -> Agreements:
    """The form of these questions; `granted` when the present answers are to be shown as they are; `name` of the person, when it is somebody else."""
    purposes = tuple(asked)
    fields = {name_of(purpose): _question(purpose, name) for purpose in purposes}
    known = None if granted is None else {name_of(one): YES if one in granted else NO for one in purposes}
    form: Agreements = type("AgreementsOf", (Agreements,), {"asked": purposes, **fields})(data=known)
    return form


def _question(purpose: Purpose, name: str) -> RadioField:
    return RadioField(
        french.theirs(purpose.label, name), [InputRequired(ANSWER), AnyOf([YES, NO], ANSWER)], validate_choice=False,
        choices=[SelectChoice(YES, "Autoriser"), SelectChoice(NO, "Refuser")],
    )
