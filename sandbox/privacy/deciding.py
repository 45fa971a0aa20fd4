"""Deciding about one professional: block, unblock, name administrator; each page first says what changes."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sandbox.access import actor
from sandbox.db import db
from sandbox.privacy import service
from sandbox.privacy.section import bp, professional_of, record_of


@bp.get("/professionnels/<ref>/bloquer")
@bp.get("/professionnels/<ref>/debloquer", endpoint="unblocking")
def blocking(ref: str) -> ResponseReturnValue:
    """What blocking or unblocking would change, as this professional is now."""
    record, user = record_of(), professional_of(ref)
    return render_template("privacy/blocking.html", professional=user, standing=service.standing_of(record, user))


@bp.post("/professionnels/<ref>/bloquer")
def block(ref: str) -> ResponseReturnValue:
    user = professional_of(ref)
    service.block(actor(), record_of(), user)
    db.session.commit()
    flash(f"C’est bloqué : {user.name} ne peut plus rien lire dans votre dossier, même en urgence.", "done")
    return redirect(url_for(".professional", ref=ref))


@bp.post("/professionnels/<ref>/debloquer")
def unblock(ref: str) -> ResponseReturnValue:
    user = professional_of(ref)
    service.unblock(actor(), record_of(), user)
    db.session.commit()
    flash(f"C’est débloqué. {user.name} devra vous demander votre accord avant d’ouvrir votre dossier.", "done")
    return redirect(url_for(".professional", ref=ref))


@bp.get("/professionnels/<ref>/administrateur")
def administering(ref: str) -> ResponseReturnValue:
    """What the status of administrator gives."""
    record, user = record_of(), professional_of(ref)
    return render_template("privacy/administrator.html", professional=user, standing=service.standing_of(record, user))


@bp.post("/professionnels/<ref>/administrateur")
def name_administrator(ref: str) -> ResponseReturnValue:
    user = professional_of(ref)
    service.name_administrator(actor(), record_of(), user)
    db.session.commit()
    flash(f"C’est fait : {user.name} a le statut d’administrateur. Vous pouvez le retirer quand vous voulez.", "done")
    return redirect(url_for(".professional", ref=ref))


@bp.post("/professionnels/<ref>/administrateur/retirer")
def remove_administrator(ref: str) -> ResponseReturnValue:
    user = professional_of(ref)
    service.remove_administrator(actor(), record_of(), user)
    db.session.commit()
    flash(f"Le statut est retiré : {user.name} ne voit plus vos documents masqués, sauf ses propres dépôts.", "done")
    return redirect(url_for(".professional", ref=ref))
