"""In an emergency: the three choices, and what they would change today, computed by what the portals obey."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox import sight
from sandbox.access import actor
from sandbox.account.models import Record
from sandbox.account.professions import DOCTOR, NURSE
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.documents.shelf import on_shelf
from sandbox.privacy import service
from sandbox.privacy.forms import EmergencyForm
from sandbox.privacy.section import bp, record_of


class Sight(NamedTuple):
    """How much somebody would see today in an emergency."""

    who: str
    opens: bool
    seen: int
    no: str  # why nothing, when the record stays closed


@bp.route("/urgence", methods=["GET", "POST"])
def emergency() -> ResponseReturnValue:
    """The three switches; saving says the outcome."""
    record = record_of()
    form = EmergencyForm(samu=record.samu, glass=record.glass, masked=record.masked_in_emergency)
    if form.validate_on_submit():
        service.choose_emergency(
            actor(), record, samu=form.samu.data, glass=form.glass.data, masked=form.masked.data
        )
        db.session.commit()
        flash(_outcome(record), "done")
        return redirect(url_for(".emergency"))
    shelf = db.session.scalars(sa.select(Document).where(on_shelf(record))).all()
    return render_template(
        "privacy/emergency.html", form=form, record=record, sights=_sights(record, list(shelf)), total=len(shelf),
        masked=sum(document.is_masked for document in shelf), blocked=service.blocked(record),
    )


def _outcome(record: Record) -> str:
    doors = [name for name, opens in (("le SAMU", record.samu), ("les autres professionnels", record.glass)) if opens]
    if not doors:
        return "C’est enregistré. En urgence, personne n’ouvrira votre dossier sans votre accord."
    masked = "compris" if record.masked_in_emergency else "exclus"
    return f"C’est enregistré. En urgence, votre dossier s’ouvrira pour {' et pour '.join(doors)}, documents masqués {masked}."


def _sights(record: Record, shelf: list[Document]) -> list[Sight]:
    """Who could see how many documents, if it happened now."""
    samu, glass = "Vous avez dit non au SAMU.", "Vous avez dit non aux autres professionnels."
    told = (
        ("Un médecin du SAMU (le 15)", DOCTOR, record.samu, samu),
        ("Un médecin qui ne vous connaît pas", DOCTOR, record.glass, glass),
        ("Un infirmier qui ne vous connaît pas", NURSE, record.glass, glass),
    )
    return [
        Sight(who, opens, sum(sight.why_in_emergency(profession, one).sees for one in shelf) if opens else 0, no)
        for who, profession, opens, no in told
    ]
