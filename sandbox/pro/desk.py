"""The professional's first page: who comes today, who came lately, and finding anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, SelectField, StringField, ValidationError

from sandbox import paging
from sandbox.access import To, actor, may
from sandbox.account.models import Record, Sex
from sandbox.documents.uploads import clean
from sandbox.enrolment.forms import NIR, NIR_LENGTH
from sandbox.forms import Form
from sandbox.numbers import key, tidy_number
from sandbox.pro import appointments, finding, service
from sandbox.pro.finding import Traits
from sandbox.pro.forms import tidy
from sandbox.pro.portal import bp

PAGE = 50
SEXES = [SelectChoice("", "Non précisé"), SelectChoice("F", "Féminin"), SelectChoice("M", "Masculin")]
NO_TRAIT = "Écrivez au moins un nom, une date de naissance ou un matricule."
NO_SUCH_DAY = "Cette date n’existe pas. Écrivez le jour, le mois et l’année, par exemple 12/03/1958."

WRONG_NUMBER = (
    "Un chiffre est faux dans ce matricule : les deux derniers servent à le vérifier, et ils ne vont pas avec les autres. "
    "Relisez-le sur la carte Vitale, par petits groupes."
)
NAMES = ("nom", "prenom", "naissance", "sexe", "matricule")


class TraitsForm(Form):
    """The identity traits of the INS, in the address of the page: none is compulsory, one at least."""

    class Meta:
        csrf = False  # it asks, and changes nothing

    nom = StringField("Nom de naissance", filters=[tidy])
    prenom = StringField("Prénom de naissance", filters=[tidy])
    naissance = StringField("Date de naissance", filters=[tidy])
    sexe = SelectField("Sexe", choices=SEXES, validate_choice=False)
    matricule = StringField("Matricule INS", filters=[tidy])

    def validate_naissance(self, field: StringField) -> None:
        born, _ = finding.day_in(field.data or "")
        if field.data and (born is None or not born.exists):
            raise ValidationError(NO_SUCH_DAY)

    def validate_matricule(self, field: StringField) -> None:
        number = tidy_number(field.data or "")
        right = number.isascii() and NIR.fullmatch(number) and key(number[:13]) == number[13:]
        if len(number) == NIR_LENGTH and not right:
            raise ValidationError(WRONG_NUMBER)

    def validate_nom(self, field: StringField) -> None:
        told = (self.nom, self.prenom, self.naissance, self.matricule)
        if not any(one.data for one in told):
            raise ValidationError(NO_TRAIT)

    @property
    def traits(self) -> Traits:
        return Traits(
            family=self.nom.data or "", first=self.prenom.data or "", born=finding.day_in(self.naissance.data or "")[0],
            sex=self.sexe.data if self.sexe.data in list(Sex) else "", number=self.matricule.data or "",
        )


@bp.get("/")
def index() -> ResponseReturnValue:
    """One field for a name, a birth date or a number; the only one found opens at once."""
    words = clean(request.args.get("q", ""))[:60]
    everyone = finding.everyone()
    found = finding.by_words(words, everyone) if words else everyone
    alike = finding.look_alikes(everyone)
    if words and len(found) == 1 and found[0].id not in alike:
        return redirect(url_for("pro.patient", ref=found[0].ref))
    near = finding.near(words, everyone) if words and not found else []
    return render_template(
        "pro/patients.html", words=words, near=near, alike=alike, form=TraitsForm(formdata=None), **_page(found, {"q": words}),
        **({} if words else _waiting(everyone)),
    )


@bp.get("/recherche")
def traits() -> ResponseReturnValue:
    """The identity traits, one field each. Nobody found: what to check."""
    form = TraitsForm(request.args)
    form.nom.render_kw = {"autofocus": not request.args}
    everyone = finding.everyone()
    if not request.args or not form.validate():
        return render_template("pro/traits.html", form=form, missed=[], alike={}, asked=False, **_page([], {})), 422 if request.args else 200
    found = [record for record in everyone if form.traits.fits(record)]
    alike = finding.look_alikes(everyone)
    if len(found) == 1 and found[0].id not in alike:
        return redirect(url_for("pro.patient", ref=found[0].ref))
    missed = [] if found else finding.missed(form.traits, everyone)
    return render_template("pro/traits.html", form=form, missed=missed, alike=alike, asked=True, **_page(found, request.args))


def _page(found: list[Record], asked: Mapping[str, str]) -> dict[str, object]:
    """One page of the list, and the addresses of the others."""
    page, pages = paging.place(len(found), request.args.get("page", 1, int), PAGE)
    known: dict[str, Any] = {name: value for name, value in asked.items() if value and name in {"q", *NAMES}}
    return {
        "patients": found[(page - 1) * PAGE : page * PAGE], "count": len(found), "page": page, "pages": pages,
        "page_url": lambda number: url_for(request.endpoint or "", **known, page=number),
    }


def _waiting(everyone: list[Record]) -> dict[str, object]:
    """Who comes today, and whose record was opened lately."""
    by_id = {record.id: record for record in everyone}
    recent = [by_id[number] for number in service.recent_patients(actor()) if number in by_id]
    receives = may(actor(), To.PUBLISH_OPENINGS)
    return {
        "recent": recent, "receives": receives, "today": appointments.today(actor()) if receives else [],
        "origin_of": appointments.origin_of,
    }
