"""Help: questions and answers, messages to the simulated support, reports."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import sqlalchemy as sa
from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from sandbox import blobs, clock, french, glossary, subjects
from sandbox.access import To, actor, opened_record, require
from sandbox.account.models import Role, User
from sandbox.catalogue import pairing
from sandbox.catalogue import service as catalogue
from sandbox.db import begin_writing, db, writes, writes_late
from sandbox.documents import markdown, uploads
from sandbox.documents import service as documents
from sandbox.errors import Refused
from sandbox.fragments import fragment
from sandbox.help import questions, service
from sandbox.help.forms import SendReport, WriteToSupport
from sandbox.help.models import Kind, Ticket
from sandbox.help.reports import REPORTS
from sandbox.learner import portal, trace_section

bp = portal("help", __name__, "/aide")
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"
OLDEST, NEWEST = 1900, 2200  # years of a history
AGAIN = " Vos fichiers sont à choisir de nouveau."


@bp.url_value_preprocessor
def _let_files_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Several files at once weigh more than the one file of other pages; what is too much is refused with its cure."""
    if endpoint == "help.write":
        request.max_content_length = 3 * service.MOST_BYTES


# --- questions ----------------------------------------------------------------------------------------

@bp.get("/")
@writes
def index() -> ResponseReturnValue:
    """`?q=masquer` or `?sujet=documents`: the search is in the address."""
    trace_section("aide", "Aide")
    asked = request.args.get("q", "").strip()[:60]
    found = questions.search(asked)
    return render_template(
        "help/index.html", asked=asked, found=found, near=[] if found else questions.near(asked),
        popular=questions.popular(), themes=questions.by_theme(),
        theme=questions.themes().get(request.args.get("sujet", "")),
    )


@bp.get("/questions/<slug>")
def question(slug: str) -> ResponseReturnValue:
    asked = questions.questions().get(slug) or abort(404)
    return render_template(
        "help/question.html", asked=asked, answer=markdown.html(asked.answer), beside=questions.beside(asked)
    )


@bp.get("/mots")
def words() -> ResponseReturnValue:
    """`?q=urgence`: the words of the site that speak of it."""
    asked = request.args.get("q", "").strip()[:60]
    return render_template("help/words.html", asked=asked, found=glossary.search(asked))


# --- support ------------------------------------------------------------------------------------------

@bp.route("/ecrire", methods=["GET", "POST"])
@writes_late
def write() -> ResponseReturnValue:
    form = WriteToSupport()
    if form.validate_on_submit():
        try:
            files = _checked(form)
        except Refused as refused:
            form.files.errors = [refused.phrase + AGAIN]
        else:
            begin_writing()
            ticket = service.write(actor(), opened_record(), subject=form.subject.data, text=form.text.data, files=files)
            return _sent(ticket)
    return render_template("help/write.html", form=form), 422 if form.errors else 200


@bp.errorhandler(413)
def too_heavy(error: Exception) -> ResponseReturnValue:
    """The server stopped reading: say it where the files were chosen."""
    form = WriteToSupport(formdata=None)
    form.files.errors = [service.TOO_HEAVY + " Votre message aussi est à écrire de nouveau."]
    return render_template("help/write.html", form=form), 413


def _checked(form: WriteToSupport) -> list[uploads.File]:
    """What is attached, made safe to keep. Raises Refused with the file's name and the cure."""
    sent = [(each.filename or "", each.read()) for each in form.files.data or []]
    service.check_weight([content for _, content in sent])
    files = []
    for name, content in sent:
        try:
            files.append(uploads.lightened(name, content))
        except Refused as refused:
            raise Refused(f"« {uploads.clean(name)[:60]} » : {refused.phrase}") from refused
    return files


def _sent(ticket: Ticket) -> ResponseReturnValue:
    db.session.commit()
    flash("Votre demande est partie au support (simulé). Sa réponse arrive dans deux minutes environ.", "done")
    return redirect(url_for(".show", ref=ticket.ref))


@bp.get("/demandes")
def tickets() -> ResponseReturnValue:
    return render_template("help/tickets.html", tickets=service.of_record(opened_record()))


@bp.get("/demandes/liste")
def listing() -> Response:
    """The live part of the list."""
    return fragment("help/_tickets.html", tickets=service.of_record(opened_record()))


@bp.get("/demandes/<ref>")
def show(ref: str) -> ResponseReturnValue:
    ticket = _ticket(ref)
    about = _about(ticket)
    near = questions.near(f"{ticket.subject} {ticket.text}") if ticket.kind is Kind.QUESTION else []
    return render_template("help/show.html", ticket=ticket, about=about, near=near, me=actor(), seconds=_seconds_left(ticket))


@bp.get("/demandes/<ref>/etat")
def state(ref: str) -> Response:
    """The live part of a ticket: the answer, when it is there."""
    return fragment("help/_state.html", ticket=_ticket(ref))


@bp.get("/demandes/<ref>/fichiers/<name>")
def file(ref: str, name: str) -> ResponseReturnValue:
    kept = next((each for each in _ticket(ref).files if each.ref == name), None) or abort(404)
    response = send_file(
        BytesIO(blobs.read(kept.blob_hash)), mimetype=kept.media_type, as_attachment=True,
        download_name=uploads.file_name(kept.name, kept.media_type),
    )
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cache-Control"] = "no-store"
    return response


def _ticket(ref: str) -> Ticket:
    ticket = service.find(ref) or abort(404)
    require(actor(), To.SEE_TICKET, ticket)
    return ticket


def _about(ticket: Ticket) -> str | None:
    """The page of what was reported, while it exists."""
    if ticket.kind is Kind.SERVICE:
        known = ticket.object_ref in catalogue.services()
        return url_for("catalogue.show", slug=ticket.object_ref) if known else None
    thing = ("document" if ticket.kind is Kind.DOCUMENT else "professional", ticket.object_ref)
    return subjects.addresses(ticket.record, [thing]).get(thing)


def _seconds_left(ticket: Ticket) -> int | None:
    """How long until the support answers: the open page asks again then."""
    if ticket.is_answered or ticket.answer_at is None:
        return None
    return max(1, -(-(ticket.answer_at - clock.now()) // timedelta(seconds=1)) + 1)


# --- reports ------------------------------------------------------------------------------------------

@bp.route("/signaler/document/<ref>", methods=["GET", "POST"])
def report_document(ref: str) -> ResponseReturnValue:
    document = documents.find(ref) or abort(404)
    require(actor(), To.READ, document)
    facts = [
        ("Document", document.title), ("Date", french.long_date(document.dated)), ("Déposé par", document.author.name)
    ]
    return _report(Kind.DOCUMENT, f"Document « {document.title} »", ref, facts, url_for("documents.show", ref=ref))


@bp.route("/signaler/acces/<ref>", methods=["GET", "POST"])
def report_access(ref: str) -> ResponseReturnValue:
    """`?quand=2026-03-03T14:30:12+01:00`, or microseconds: which line of the history."""
    query = sa.select(User).where(User.ref == ref, User.role == Role.PROFESSIONAL)
    professional = db.session.scalars(query).first()
    if professional is None or not service.knows(opened_record(), professional):
        abort(404)
    card, subject = professional.professional, f"Accès de {professional.name}"
    facts = [("Professionnel", professional.name), ("Lieu", f"{card.place}, {card.address}" if card else "")]
    moment = _moment(request.args.get("quand") or request.args.get("moment") or "")
    if moment and (phrase := service.line_at(opened_record(), professional, moment)):
        facts += [("Quand", french.full_moment(moment)), ("Dans l’historique", phrase)]
        subject += f", le {french.full_moment(moment)}"
    return _report(Kind.ACCESS, subject, ref, facts, url_for("journal.index", onglet="professionnels"))


@bp.route("/signaler/service/<slug>", methods=["GET", "POST"])
def report_service(slug: str) -> ResponseReturnValue:
    sheet = catalogue.find(slug, opened_record()) or abort(404)
    facts = [("Service", sheet.name), ("Éditeur", sheet.publisher), ("État", sheet.status.label)]
    tie = pairing.with_service(opened_record(), slug)
    consents = url_for("synchronized.show", slug=slug) if tie else ""
    return _report(Kind.SERVICE, f"Service « {sheet.name} »", slug, facts, url_for("catalogue.show", slug=slug), consents)


def _report(kind: Kind, subject: str, ref: str, facts: list[tuple[str, str]], back: str, consents: str = "") -> ResponseReturnValue:
    """The form of one report, or what follows from it; `consents` is where a service's agreements are withdrawn."""
    form = SendReport(REPORTS[kind])
    if form.validate_on_submit():
        return _sent(service.report(
            actor(), opened_record(), kind, subject=subject, object_ref=ref, reason=form.reason.data, text=form.text.data
        ))
    page = render_template("help/report.html", form=form, report=REPORTS[kind], facts_told=facts, back=back, consents=consents)
    return page, 422 if form.errors else 200


def _moment(told: str) -> datetime | None:
    """A moment as an address tells it; None for what cannot be read."""
    try:
        if told.isdigit():
            return datetime.fromtimestamp(int(told) / 1_000_000, clock.PARIS)
        moment = datetime.fromisoformat(told.replace(" ", "+"))
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=clock.PARIS)).astimezone(clock.PARIS)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if OLDEST <= moment.year <= NEWEST else None
