"""Pré-admission Valbrune: the simulated site where one prepares a stay at the hospital, one step at a time."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import texts
from sandbox.catalogue.calls import Denied
from sandbox.catalogue.models import Purpose
from sandbox.db import db, end_of_writing, writes
from sandbox.documents import markdown
from sandbox.partners import dossiers, notes
from sandbox.partners.admission_forms import Contact, Identity, Papers
from sandbox.partners.dossiers import Dossier
from sandbox.partners.models import Customer, Note
from sandbox.partners.notes import SENT, Barrier
from sandbox.partners.portal import bp, need_customer, sheet_of

STEPS = {  # what is asked, in order
    "identity": "Qui êtes-vous ?", "papers": "Vos papiers", "contact": "La personne à prévenir", "recap": "Vérifier et envoyer",
}
MISSING = "Il manque une étape avant de vérifier : faites-la, puis envoyez."


@bp.get("/pre-admission-valbrune")
def admission() -> ResponseReturnValue:
    """The entry that the hospital expects, and where its file has got to."""
    customer = need_customer(dossiers.SLUG)
    note = dossiers.present(customer)
    dossier = dossiers.read(note) if note else None
    wanted = {dossiers.PAPER: Purpose.WRITE_DOCUMENTS, dossiers.DATE: Purpose.WRITE_AGENDA}
    left = [(one, notes.barrier(customer, wanted[one.kind])) for one in dossiers.left(customer)]
    return _page("home", customer, note=note, dossier=dossier, answers=dossiers.answers(customer, dossier) if dossier else [], left=left)


@bp.post("/pre-admission-valbrune/commencer")
def begin_admission() -> ResponseReturnValue:
    note = dossiers.begin(need_customer(dossiers.SLUG))
    db.session.commit()
    return _onwards(note)


@bp.route("/pre-admission-valbrune/identite", methods=["GET", "POST"])
def admission_identity() -> ResponseReturnValue:
    """Told by the portal to those who are synchronised; typed by the others."""
    customer, note, dossier = _open()
    is_tied, form = notes.is_tied(customer), Identity(name=dossier.name, born=dossier.birth_date if dossier.born else None)
    if request.method == "POST" and (is_tied or form.validate()):
        who = customer.record
        dossier.name = who.name if is_tied else _line(form.name.data)
        dossier.born = (who.birth_date if is_tied else form.born.data).isoformat()
        return _kept(note, dossier)
    page = _page("identity", customer, form=form, is_tied=is_tied, dossier=dossier, **_step("identity"))
    return page, 422 if form.errors else 200


@bp.get("/pre-admission-valbrune/papiers")
@writes
def admission_papers() -> ResponseReturnValue:
    """Which documents to send, among those that the portal shows; otherwise they are brought on paper."""
    customer, _, dossier = _open()
    offered, barrier = _offered(customer)
    db.session.commit()
    end_of_writing()
    form = Papers(formdata=None, offered=offered, papers=list(dossier.papers))
    return _page("papers", customer, form=form, barrier=barrier, **_step("papers"))


@bp.post("/pre-admission-valbrune/papiers")
def choose_papers() -> ResponseReturnValue:
    customer, note, dossier = _open()
    offered, barrier = _offered(customer) if request.form.getlist("papers") else ({}, None)
    form = Papers(offered=offered)
    if barrier or not form.validate():
        db.session.commit()  # the line of what was read, or refused
        return _page("papers", customer, form=form, barrier=barrier, **_step("papers")), 422
    if form.papers.data or not notes.barrier(customer, Purpose.READ_DOCUMENTS):  # what cannot be shown any more stays chosen
        dossier.papers = {ref: offered[ref] for ref in dict.fromkeys(form.papers.data or ())}
    dossier.papers_seen = True
    return _kept(note, dossier)


@bp.route("/pre-admission-valbrune/personne", methods=["GET", "POST"])
def admission_contact() -> ResponseReturnValue:
    customer, note, dossier = _open()
    form = Contact(contact=dossier.contact, link=dossier.link, phone=dossier.phone)
    if form.validate_on_submit():
        dossier.contact, dossier.link, dossier.phone = _line(form.contact.data), _line(form.link.data), _line(form.phone.data)
        return _kept(note, dossier)
    return _page("contact", customer, form=form, **_step("contact")), 422 if form.errors else 200


@bp.get("/pre-admission-valbrune/verifier")
def admission_recap() -> ResponseReturnValue:
    customer, note, dossier = _open()
    if dossier.next_step != "recap":
        flash(MISSING, "info")
        return _onwards(note)
    return _page("recap", customer, dossier=dossier, **_step("recap"))


@bp.post("/pre-admission-valbrune/envoyer")
def send_admission() -> ResponseReturnValue:
    customer, note, dossier = _open()
    if dossier.next_step != "recap":
        flash(MISSING, "info")
        return _onwards(note)
    dossiers.send(customer, note)
    db.session.commit()
    flash("Votre dossier est envoyé à l’hôpital.", "done")
    return redirect(url_for(".admission"))


@bp.post("/pre-admission-valbrune/reponse")
def answer_admission() -> ResponseReturnValue:
    """The hospital tries again to give the portal what it had not taken."""
    customer = need_customer(dossiers.SLUG)
    waited, why = dossiers.left(customer), dossiers.answer(customer)
    db.session.commit()
    for phrase in why:
        flash(phrase, "error")
    if waited and not why:
        flash("C’est envoyé à « Mon espace santé ».", "done")
    return redirect(url_for(".admission"))


@bp.get("/pre-admission-valbrune/consignes")
def admission_instructions() -> ResponseReturnValue:
    """What to do before the entry, here too: whatever the portal took."""
    customer = need_customer(dossiers.SLUG)
    note = dossiers.present(customer)
    if note is None or note.answer != SENT:
        return redirect(url_for(".admission"))
    return _page("instructions", customer, html=markdown.html(dossiers.instructions(dossiers.read(note))))


# --- on the way ----------------------------------------------------------------------------------------

def _open() -> tuple[Customer, Note, Dossier]:
    """The file that is being filled; its home when there is none, or when it has left."""
    customer = need_customer(dossiers.SLUG)
    note = dossiers.present(customer)
    if note is None or note.answer == SENT:
        abort(redirect(url_for(".admission")))
    return customer, note, dossiers.read(note)


def _kept(note: Note, dossier: Dossier) -> ResponseReturnValue:
    dossiers.write(note, dossier)
    db.session.commit()
    return _onwards(note)


def _onwards(note: Note) -> ResponseReturnValue:
    """The first step that is not done."""
    return redirect(url_for(f".admission_{dossiers.read(note).next_step}" if note.answer != SENT else ".admission"))


def _offered(customer: Customer) -> tuple[dict[str, str], Barrier | None]:
    """What may be sent, by ref; or why the portal shows nothing."""
    if not customer.passkey:
        return {}, notes.barrier(customer, Purpose.READ_DOCUMENTS)
    try:
        return {paper.ref: paper.title for paper in dossiers.offered(customer)}, None
    except Denied as denied:
        return {}, Barrier(denied.phrase, denied.denial)


def _line(typed: str | None) -> str:
    return " ".join(texts.without_marks(typed or "").split())


def _step(name: str) -> dict[str, Any]:
    names = list(STEPS)
    return {"title": STEPS[name], "step": names.index(name) + 1, "steps": len(names)}


def _page(name: str, customer: Customer, **about: Any) -> str:
    return render_template(f"partners/admission/{name}.html", sheet=sheet_of(dossiers.SLUG), customer=customer, **about)
