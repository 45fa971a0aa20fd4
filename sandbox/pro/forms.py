"""The professional's forms. Each refusal says how to mend it."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import PasswordInput

from sandbox.documents.uploads import clean
from sandbox.forms import Form, WholeNumber
from sandbox.messaging.service import LONGEST
from sandbox.privacy.service import LONGEST_REASON, NO_REASON, REASON

LONG_MESSAGE = "3 000 signes au plus : raccourcissez le message."


def tidy(text: str | None) -> str:
    """What was typed on several lines, as one."""
    return clean(text or "")


def at_most(signs: int) -> Length:
    return Length(max=signs, message=f"{signs} signes au plus : raccourcissez ce texte.")


class SignIn(Form):
    code = StringField("Code de l’atelier", [DataRequired("Écrivez le code affiché par le formateur, par exemple K7MP42.")])
    identifier = StringField(
        "Identifiant", [DataRequired("Écrivez l’identifiant imprimé sur la carte, par exemple dr-lemoine."), Length(max=60)]
    )
    password = PasswordField(
        "Mot de passe", [DataRequired("Écrivez le mot de passe imprimé sur la carte."), Length(max=100)],
        widget=PasswordInput(hide_value=False),
    )


class NextMessage(Form):
    text = TextAreaField("Votre message", [DataRequired("Écrivez votre message."), Length(max=LONGEST, message=LONG_MESSAGE)])
    file = FileField("Pièce jointe", [Optional()], render_kw={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.txt"})


class FirstMessage(NextMessage):
    subject = StringField("Objet", [DataRequired("Dites en quelques mots de quoi il s’agit."), at_most(120)])


class Scan(Form):
    """What is shown at the counter: a number, typed or read by the camera, or a photo."""

    number = StringField("Numéro de l’ordonnance")
    photo = FileField("Ou une photo du carré")


class Handover(Form):
    """What is done with one line at the counter."""

    quantity = WholeNumber("Quantité remise", [InputRequired("Écrivez combien vous remettez.")])
    substituted = StringField("Remplacé par", [Optional(), at_most(120)])
    note = StringField("Remarque", [Optional(), at_most(300)])


class Emergency(Form):
    """Breaking the glass: why, in words that the patient will read."""

    reason = TextAreaField(
        "Pourquoi est-ce une urgence ?",
        [DataRequired(NO_REASON), Length(REASON, message=NO_REASON), at_most(LONGEST_REASON)], filters=[tidy],
    )


class Refusal(Form):
    reason = StringField(
        "Motif", [DataRequired("Dites pourquoi ce produit n’est pas délivré, par exemple « Rupture de stock »."), at_most(200)]
    )
