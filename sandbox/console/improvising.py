"""The form of what a trainer thinks of now: who acts, what they do, in which words."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from sandbox.console.forms import Choices, choices
from sandbox.console.happening_forms import ForSeatsSometime, WhenUsed, chosen
from sandbox.privacy.service import NO_REASON, REASON
from sandbox.vaccination import service as vaccination
from sandbox.workshops.fixtures import common
from sandbox.workshops.packs import Item

DAYS = 7  # of a treatment, when nobody says
POSOLOGY = 300


@dataclass(frozen=True)
class Gesture:
    """One thing that a professional may do: as the form offers it, as the log tells it, and what must be written."""

    offer: str
    told: str
    wants: frozenset[str] = frozenset()


WORDS = frozenset({"title", "text"})
GESTURES = {
    "message": Gesture("Elle écrit un message", "{} écrit un message : « {} »", WORDS),
    "deposit": Gesture("Elle dépose un document", "{} dépose un document : « {} »", WORDS),
    "withdraw": Gesture("Elle retire le dernier document qu’elle a déposé", "{} retire un document", frozenset({"text"})),
    "consult": Gesture("Elle consulte le dossier", "{} consulte le dossier"),
    "emergency": Gesture("Elle ouvre le dossier en urgence", "{} ouvre le dossier en urgence", frozenset({"text"})),
    "prescribe": Gesture("Elle prescrit un médicament", "{} prescrit : « {} »", WORDS),
    "deliver": Gesture("Elle délivre tout ce qui peut l’être aujourd’hui", "{} délivre ce qui peut l’être"),
    "vaccinate": Gesture("Elle note une vaccination faite aujourd’hui", "{} note une vaccination"),
    "give": Gesture("Elle donne un rendez-vous, à sa prochaine heure libre", "{} donne un rendez-vous : « {} »", frozenset({"title"})),
    "confirm": Gesture("Elle confirme le prochain rendez-vous", "{} confirme le prochain rendez-vous"),
    "call_off": Gesture("Elle annule le prochain rendez-vous", "{} annule le prochain rendez-vous"),
}


class Improvise(ForSeatsSometime):
    professional = SelectField("Qui agit ?")
    act = RadioField(
        "Que fait cette personne ?", default="message", choices=choices((act, gesture.offer) for act, gesture in GESTURES.items())
    )
    title = StringField("Objet, titre, médicament ou motif", validators=[Length(max=80, message="80 signes au plus : raccourcissez.")])
    category = SelectField("Rubrique du document", validators=[WhenUsed()])
    vaccine = SelectField("Vaccin contre", validators=[WhenUsed()])
    text = TextAreaField("Texte", validators=[Length(max=3000, message="3 000 signes au plus : raccourcissez.")])

    def validate_title(self, field: Field) -> None:
        self._wanted(field, "title", "Écrivez un objet ou un titre, par exemple « Votre prochain rendez-vous ».")

    def validate_text(self, field: Field) -> None:
        self._wanted(field, "text", "Écrivez le texte : une ou deux phrases suffisent.")
        typed = " ".join((field.data or "").split())
        if self.act.data == "emergency" and len(typed) < REASON:
            raise ValidationError(NO_REASON)
        if self.act.data == "prescribe" and len(typed) > POSOLOGY:
            raise ValidationError(f"{POSOLOGY} signes au plus pour dire comment prendre un médicament : raccourcissez.")

    def _wanted(self, field: Field, what: str, phrase: str) -> None:
        gesture = GESTURES.get(self.act.data)
        if gesture and what in gesture.wants and not (field.data or "").strip():
            raise ValidationError(phrase)

    def deed(self) -> Item:
        """The same thing as a pack's trigger, its text typed: `ref` is empty."""
        title, text = (self.title.data or "").strip(), (self.text.data or "").strip()
        words = {"ref": "", "text": text}
        line = {"drug": title, "posology": " ".join(text.split()), "duration_days": DAYS}
        return {
            "act": self.act.data, "professional": self.professional.data, "vaccine": self.vaccine.data, "reason": text,
            "document": words | {"title": title, "category": self.category.data, "type": ""},
            "conversation": words | {"subject": title}, "appointment": {"title": title},
            "prescription": {"ref": "", "lines": [line]},
        }

    @property
    def label(self) -> str:
        """What the trainers read of it."""
        return GESTURES[self.act.data].told.format(chosen(self.professional), (self.title.data or "").strip())


def improvise(professionals: Choices, seats: Choices) -> Improvise:
    form = Improvise(category="CPT_REND", vaccine="GRIPPE")
    form.professional.choices = choices(professionals)
    form.category.choices = choices((item["code"], item["label"]) for item in common("categories")["category"])
    form.vaccine.choices = choices((code, one["label"]) for code, one in vaccination.vaccines().items())
    form.seats.choices = choices(seats)
    return form
