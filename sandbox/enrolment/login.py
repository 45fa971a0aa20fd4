"""The identifier and the password, under the portal's own rules: what fails is named, on the page and by the server."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from wtforms import Field, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import PasswordInput

from sandbox.account import codes, rules
from sandbox.account.models import Record, User
from sandbox.db import db, writes_late
from sandbox.enrolment import journey
from sandbox.enrolment.section import bp
from sandbox.forms import Form


class ChooseLogin(Form):
    identifier = StringField("Identifiant", validators=[InputRequired("Choisissez un identifiant, par exemple celui de votre carte.")])
    password = PasswordField(
        "Mot de passe", widget=PasswordInput(hide_value=False),
        validators=[InputRequired("Choisissez un mot de passe, par exemple celui de votre carte.")],
    )
    again = PasswordField(
        "Encore une fois le mot de passe", widget=PasswordInput(hide_value=False),
        validators=[InputRequired("Écrivez une deuxième fois le même mot de passe.")],
    )

    def __init__(self, user: User, record: Record) -> None:
        super().__init__()
        self.user, self.record = user, record
        self.broken: dict[str, list[rules.Rule]] = {}

    def validate_identifier(self, field: Field) -> None:
        self._refuse("identifier", rules.failing_identifier(field.data, self.user))

    def validate_password(self, field: Field) -> None:
        self._refuse("password", rules.failing_password(field.data, self.record, self.identifier.data or ""))

    def validate_again(self, field: Field) -> None:
        if self.password.data and field.data.strip() != self.password.data.strip():
            raise ValidationError("Les deux mots de passe ne sont pas pareils. Appuyez sur « Afficher » pour les comparer.")

    def _refuse(self, name: str, broken: list[rules.Rule]) -> None:
        self.broken[name] = broken
        if broken:
            raise ValidationError(rules.explained(broken))

    def marks(self) -> dict[str, list[rules.Mark]]:
        """Each rule under its field, as what is typed stands with it."""
        typed = (self.identifier.data or "").strip()
        listed = {"identifier": rules.IDENTIFIER, "password": rules.of_password(self.record, typed)}
        return {name: rules.marks(listed[name], self[name].data, self.broken.get(name, ())) for name in listed}


@bp.route("/identifiants", methods=["GET", "POST"])
@writes_late
def login() -> ResponseReturnValue:
    way = journey.arrive_at("login")
    form = ChooseLogin(way.user, way.record)
    if form.validate_on_submit() and _kept(form):
        way.note(login=True, keys=journey.mark_of(way.user))
        return way.onward()
    shown: dict[str, Any] = {"form": form, "marks": form.marks(), "card_will_do": _card_will_do(way.user, way.record)}
    return render_template("enrolment/login.html", **shown), 422 if form.errors else 200


def _kept(form: ChooseLogin) -> bool:
    """What was chosen is written at once, where the cookie does not go; unless somebody was faster."""
    hashed = rules.hashed(form.password.data)
    rules.one_at_a_time()
    if rules.is_taken(form.identifier.data, form.user):
        form.identifier.errors = [rules.explained([rules.TAKEN])]
        return False
    form.user.identifier, form.user.password_hash = form.identifier.data.strip().lower(), hashed
    db.session.commit()
    return True


def _card_will_do(user: User, record: Record) -> bool:
    """Whether what is printed on the person's card may be chosen here."""
    card = codes.card_of(user)
    if card is None or rules.failing_identifier(card.identifier, user):
        return False
    return not rules.failing_password(card.password, record, card.identifier)
