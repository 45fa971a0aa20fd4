"""The centre of notifications: each leads to the thing it announces; and what one wants to be told."""

from __future__ import annotations

from typing import Any

from flask import (
    Response,
    abort,
    flash,
    get_template_attribute,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from sandbox import subjects
from sandbox.access import To, actor, opened_record, require
from sandbox.db import db, end_of_writing, writes
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.learner import portal, trace_section
from sandbox.notifications import preferences, service
from sandbox.notifications.forms import Preferences
from sandbox.notifications.models import Code, Notification

bp = portal("notifications", __name__, "/notifications")
GONE = "Ce que cette notification annonçait n’est plus dans votre dossier."
LINKS = {  # the picture, and where it leads (reference §1.10)
    Code.AJOUT_DOC: ("document-plus", "Voir le document"),
    Code.MODIF_DOC: ("document-text", "Voir le document"),
    Code.SUPP_DOC: ("document-text", "Voir ce qui s’est passé"),
    Code.RDV_MODIFIE: ("calendar-days", "Voir le rendez-vous"),
    Code.ORDONNANCE_ANNULEE: ("x-circle", "Voir l’ordonnance"),
    Code.AJOUT_VACCINATION: ("shield-check", "Voir la vaccination"),
    Code.CONSULT_DOCUMENT: ("document-magnifying-glass", "Voir le document"),
    Code.RECEPTION_MESSAGE: ("chat-bubble-left-right", "Voir le message"),
    Code.ACCES_DMP_PS: ("eye", "Voir la fiche du professionnel"),
    Code.RAPPEL_RDV_USAGER: ("calendar-days", "Voir le rendez-vous"),
    Code.RAPPEL_AGENDA: ("bell-alert", "Voir le rappel"),
    Code.SERVICES_SYNCHRONISES: ("squares-2x2", "Voir mes services synchronisés"),
    Code.SERVICE_MODIFIE: ("squares-2x2", "Voir le service"),
    Code.DELIVRANCE: ("shopping-bag", "Voir l’ordonnance"),
    Code.ACCES_BRIS_GLACE: ("exclamation-triangle", "Voir la fiche du professionnel"),
    Code.ATTENTE_ANNONCE: ("clock", "Voir la fiche du professionnel"),
    Code.REMISE_VISIBILITE_AUTO: ("eye", "Voir le document"),
    Code.MESURES_A_REPRENDRE: ("chart-bar", "Voir le document et ses mesures"),
    Code.EXPORT_PRET: ("archive-box-arrow-down", "Voir mes données"),
    Code.REPONSE_SUPPORT: ("lifebuoy", "Voir la demande"),
}
TAKEN_AWAY = "notification"  # in the session: the last one deleted, to be put back


@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    """Opening the centre leaves a trace; turning its pages and tidying it do not."""
    if not request.args:
        trace_section("notifications", "Notifications")
    db.session.commit()
    end_of_writing()
    kept = session.get(TAKEN_AWAY)
    can_undo = kept is not None and kept["ref"] == request.args.get("supprimee")
    return render_template("notifications/index.html", can_undo=can_undo, **_page())


@bp.get("/liste")
def listing() -> Response:
    """The live part of the centre."""
    return fragment("notifications/_list.html", **_page())


@bp.get("/cloche")
def bell() -> Response:
    """The live inside of the bell, made without the rest of the frame: every open page asks for it."""
    draw = get_template_attribute("components/bell.html", "bell")
    response = make_response(draw(service.unread_count(opened_record())))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@bp.route("/preferences", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    """Kinds and channels."""
    record = opened_record()
    form = Preferences(told=preferences.told(record))
    if form.validate_on_submit():
        service.choose(actor(), record, form.told.data or [])
        db.session.commit()
        flash("Vos choix sont enregistrés. Ils valent pour ce qui arrivera maintenant.", "done")
        return redirect(url_for(".choose"))
    return render_template(
        "notifications/preferences.html", form=form, kinds=preferences.KINDS, channels=preferences.CHANNELS
    ), 422 if form.errors else 200


@bp.get("/<ref>")
@writes
def show(ref: str) -> ResponseReturnValue:
    """Open one: it is read, and the person is led to the thing itself."""
    notification = _notification(ref)
    service.open_one(actor(), notification)
    address = _addresses([notification]).get(ref)
    db.session.commit()
    if address is None:
        flash(GONE, "info")
    return redirect(address or url_for(".index"))


@bp.post("/tout-lire")
def read_all() -> ResponseReturnValue:
    service.read_all(opened_record())
    db.session.commit()
    flash("Toutes vos notifications sont marquées comme lues.", "done")
    return redirect(url_for(".index"))


@bp.post("/supprimer-lues")
def delete_read() -> ResponseReturnValue:
    service.delete_read(actor(), opened_record())
    db.session.commit()
    flash("Les notifications lues sont supprimées. Ce qu’elles annonçaient reste dans votre dossier.", "done")
    return redirect(url_for(".index"))


@bp.post("/annuler")
def undo() -> ResponseReturnValue:
    """Put back the one that was just deleted."""
    try:
        service.put_back(actor(), opened_record(), session.pop(TAKEN_AWAY, None) or abort(404))
    except Refused as refused:
        flash(refused.phrase, "warning")
        return redirect(url_for(".index"))
    db.session.commit()
    flash("La notification est de nouveau dans la liste.", "done")
    return redirect(url_for(".index", **_here()))


@bp.post("/<ref>/lue", defaults={"read": True})
@bp.post("/<ref>/non-lue", defaults={"read": False})
def mark(ref: str, read: bool) -> ResponseReturnValue:
    service.mark(actor(), _notification(ref), read=read)
    db.session.commit()
    flash("La notification est marquée comme lue." if read else "La notification est de nouveau à lire.", "done")
    return redirect(url_for(".index", **_here()))


@bp.post("/<ref>/supprimer")
def delete(ref: str) -> ResponseReturnValue:
    """It asks nothing, and can be undone."""
    session[TAKEN_AWAY] = service.delete(actor(), _notification(ref))
    db.session.commit()
    return redirect(url_for(".index", **_here() | {"supprimee": ref}))


def _page() -> dict[str, Any]:
    """One page of the centre, with what each line says and offers."""
    record = opened_record()
    lines, page, pages = service.page_of(record, request.args.get("page", 1, type=int))
    return {
        "lines": lines, "page": page, "pages": pages, "links": LINKS, "left": service.unread_count(record),
        "where": _addresses(lines), "manage": "gerer" in request.args, "here": _here(),
        "page_url": lambda n: url_for(".index", **_here() | {"page": n}),
    }


def _here() -> dict[str, Any]:
    """What the address says of the list one looks at, to come back to it."""
    return {name: request.args[name] for name in ("page", "gerer") if name in request.args}


def _notification(ref: str) -> Notification:
    notification = service.find(ref) or abort(404)
    require(actor(), To.SEE_NOTIFICATION, notification)
    return notification


def _addresses(notifications: list[Notification]) -> dict[str, str]:
    """Where each of them leads, by ref; nothing for what is gone."""
    about = {one.ref: one.subject for one in notifications}
    found = subjects.addresses(opened_record(), about.values())
    return {ref: found[subject] for ref, subject in about.items() if subject in found}
