"""The learner's medical profile: a hub, a page a block, what one writes there, the measures."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor, opened_record
from sandbox.catalogue import service as catalogue
from sandbox.db import db, writes
from sandbox.errors import Refused
from sandbox.learner import portal, trace_section
from sandbox.profile import plot, prompts, service
from sandbox.profile.forms import FORMS
from sandbox.profile.models import Block, ProfileEntry

bp = portal("profile", __name__, "/profil")
LATER = "« {} » est remis à plus tard. Vous retrouvez cette question dans « Profil médical »."


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    trace_section("profil", "Profil médical")
    record = opened_record()
    found = service.briefs(record)
    return render_template(
        "profile/index.html", record=record, held=service.held(found), parts=service.PARTS,
        told=prompts.progress(record, found), measured=len(service.series(record)),
    )


@bp.get("/<block>")
@writes
def show(block: str) -> ResponseReturnValue:
    """One block: /profil/allergies."""
    chosen, record = _block(block), opened_record()
    trace_section(chosen.value, service.PARTS[chosen].label)
    entries = service.entries(record, chosen)
    return render_template(
        "profile/block.html", part=service.PARTS[chosen], block=chosen, record=record,
        entries=[entry for entry in entries if not entry.is_none], declarations=[entry for entry in entries if entry.is_none],
        may_add=_may_add(chosen, entries), may_change=chosen in FORMS,
        nothing=None if service.answered(entries) else service.NOTHING.get(chosen),
    )


@bp.route("/<block>/ajouter", methods=["GET", "POST"])
def add(block: str) -> ResponseReturnValue:
    chosen, record = _block(block), opened_record()
    if not _may_add(chosen, []):
        abort(404)
    form = FORMS[chosen](born=record.birth_date)
    if form.validate_on_submit():
        entry = service.add(actor(), record, chosen, form.told())
        db.session.commit()
        flash(f"« {entry.label} » est ajouté à {_which()} profil.", "done")
        return redirect(url_for(".show", block=block))
    part = service.PARTS[chosen]
    return render_template("profile/entry.html", form=form, part=part, block=chosen, entry=None), 422 if form.errors else 200


@bp.route("/<block>/<ref>/modifier", methods=["GET", "POST"])
def edit(block: str, ref: str) -> ResponseReturnValue:
    entry = _entry(block, ref)
    if entry.is_none or entry.block not in FORMS:
        abort(404)
    form = FORMS[entry.block].of(entry, opened_record().birth_date)
    if form.validate_on_submit():
        service.change(actor(), entry, form.told(entry))
        db.session.commit()
        flash(f"« {entry.label} » est modifié.", "done")
        return redirect(url_for(".show", block=block))
    part = service.PARTS[entry.block]
    return render_template("profile/entry.html", form=form, part=part, block=entry.block, entry=entry), 422 if form.errors else 200


@bp.post("/<block>/<ref>/supprimer")
def remove(block: str, ref: str) -> ResponseReturnValue:
    entry = _entry(block, ref)
    service.remove(actor(), entry)
    db.session.commit()
    flash(f"« {entry.label} » n’est plus dans {_which()} profil.", "done")
    return redirect(url_for(".show", block=block))


@bp.post("/<block>/aucun")
def declare_none(block: str) -> ResponseReturnValue:
    """« Je n’ai pas de … »."""
    chosen = _block(block)
    if chosen not in service.NOTHING:
        abort(404)
    try:
        entry = service.declare_none(actor(), opened_record(), chosen)
        db.session.commit()
        flash(f"C’est noté dans {_which()} profil : « {entry.label} ».", "done")
    except Refused as refused:
        flash(refused.phrase, "error")
    return redirect(_back(chosen))


@bp.post("/<block>/plus-tard")
def postpone(block: str) -> ResponseReturnValue:
    """The question goes to the end of the list."""
    chosen = _block(block)
    if chosen not in {prompt.block for prompt in prompts.asked_of(opened_record())}:
        abort(404)
    prompts.postpone(actor(), opened_record(), chosen)
    db.session.commit()
    flash(LATER.format(service.PARTS[chosen].label), "done")
    return redirect(_back(chosen))


@bp.get("/mesures")
@writes
def measures() -> ResponseReturnValue:
    """The latest values, then each kind with its graph and its table."""
    trace_section("mesures", "Mesures")
    series = service.series(record := opened_record())
    return render_template(
        "profile/measures.html", series=series, plots={one.slug: plot.plot(one) for one in series},
        sources=service.SOURCES, proposes=record.proposes_measures,
        services={slug: sheet.name for slug, sheet in catalogue.services().items()},
    )


def _block(word: str) -> Block:
    """The block of an address; 404 when there is none."""
    return Block(word) if word in {known.value for known in Block} else abort(404)


def _entry(block: str, ref: str) -> ProfileEntry:
    """An entry of the profile that is open; 404 for any other."""
    return service.find(opened_record(), _block(block), ref) or abort(404)


def _may_add(block: Block, entries: list[ProfileEntry]) -> bool:
    """The blocks one fills oneself; organ donation is read once, and is not asked of a child."""
    if block is Block.WISHES:
        return opened_record().age >= prompts.ADULT and not service.answered(entries)
    return block in FORMS


def _which() -> str:
    return "votre" if opened_record().owner_id == actor().id else "ce"


def _back(block: Block) -> str:
    """Where the question was asked."""
    asked = {"accueil": "home.index", "profil": "profile.index"}.get(request.args.get("retour", ""))
    return url_for(asked) if asked else url_for(".show", block=block.value)
