"""Rappel Vaccins: the simulated site of a firm that says which vaccines come next."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import french
from sandbox.catalogue.models import Purpose
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.partners import notes, recalls
from sandbox.partners.notes import SENT
from sandbox.partners.portal import bp, need_customer, sheet_of

CHOOSE = "Choisissez un vaccin de la liste."
KEPT = "« {} » est gardé ici. Il n’est pas dans votre agenda."


@bp.get("/rappel-vaccins")
def vaccines() -> ResponseReturnValue:
    """What comes next, what was read, and the reminders."""
    customer = need_customer(recalls.SLUG)
    booklet, seen = recalls.known(customer)
    kept = notes.of(customer, recalls.REMINDER)
    coming = recalls.coming(customer.record, seen)
    return render_template(
        "partners/vaccines/home.html", sheet=sheet_of(recalls.SLUG), customer=customer, booklet=booklet,
        coming=coming, written=recalls.written(coming, kept), reminders=[(note, date.fromisoformat(note.detail)) for note in kept],
        waiting=len(notes.waiting(customer, recalls.REMINDER)), barrier=notes.barrier(customer, Purpose.WRITE_AGENDA),
        unread=notes.barrier(customer, Purpose.READ_DOCUMENTS),
    )


@bp.post("/rappel-vaccins/carnet")
def read_booklet() -> ResponseReturnValue:
    """Read the vaccination papers of the portal."""
    customer = need_customer(recalls.SLUG)
    try:
        if not customer.passkey:
            raise Refused(notes.not_tied(customer))
        note = recalls.read(customer)
        flash(f"Carnet vaccinal lu : {note.label}.", "done")
    except Refused as refused:
        flash(refused.phrase, "error")
    db.session.commit()
    return redirect(url_for(".vaccines"))


@bp.post("/rappel-vaccins/rappel")
def remind() -> ResponseReturnValue:
    """Keep one recall, and write it in the agenda where that is allowed."""
    customer = need_customer(recalls.SLUG)
    _, seen = recalls.known(customer)
    wanted = next((one for one in recalls.coming(customer.record, seen) if one.vaccine.code == request.form.get("vaccin")), None)
    if wanted is None:
        flash(CHOOSE, "error")
        return redirect(url_for(".vaccines"))
    note, _ = recalls.remind(customer, wanted)
    db.session.commit()
    if note.answer == SENT:
        flash(f"« {note.label} » est dans votre agenda, dans « Mon espace santé ».", "done")
    else:
        flash(KEPT.format(note.label), "warning")
    return redirect(url_for(".vaccines", _anchor="rappels"))


@bp.post("/rappel-vaccins/envoi")
def send_reminders() -> ResponseReturnValue:
    """Offer again what the portal had not taken."""
    taken, why = recalls.send_waiting(need_customer(recalls.SLUG))
    db.session.commit()
    if taken:
        flash(f"{french.several(taken, 'rappel inscrit', 'rappels inscrits')} dans votre agenda.", "done")
    if why:
        flash(why, "error")
    return redirect(url_for(".vaccines"))
