"""The professional's forms. Each refusal says how to mend it."""

from __future__ import annotations

from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import PasswordInput

from sandbox.documents.uploads import clean
from sandbox.forms import Form
from sandbox.privacy.service import LONGEST_REASON, NO_REASON, REASON


def tidy(text: str | None) -> str:
    """What was typed on several lines, as one."""
    return clean(text or "")


def at_most(signs: int) -> Length:
    return Length(max=signs, message=f"{signs} signes au plus : raccourcissez ce texte.")


class SignIn(Form):
    code = StringField("Code de l’atelier", [DataRequired("Écrivez le code affiché par le formateur, par exemple K7MP42.")], render_kw={"autofocus": True})
    identifier = StringField(
        "Identifiant", [DataRequired("Écrivez l’identifiant imprimé sur la carte, par exemple dr-lemoine."), Length(max=60)]
    )
    password = PasswordField(
        "Mot de passe", [DataRequired("Écrivez le mot de passe imprimé sur la carte."), Length(max=100)],
        widget=PasswordInput(hide_value=False),
    )


class Emergency(Form):
    """Breaking the glass: why, in words that the patient will read."""

    reason = TextAreaField(
        "Pourquoi est-ce une urgence ?",
        [DataRequired(NO_REASON), Length(REASON, message=NO_REASON), at_most(LONGEST_REASON)], filters=[tidy],
    )
