"""One message to several patients: each gets an exchange of their own, and never sees the others."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sandbox import french
from sandbox.access import To, actor, may
from sandbox.account.models import Record
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.messaging import attachments, drafts
from sandbox.messaging import service as messaging
from sandbox.messaging.models import Draft
from sandbox.pro import finding
from sandbox.pro.beginning import is_waiting
from sandbox.pro.composing import MOST_PARTS, MOST_SENT, SENDING, Composer, refs_of
from sandbox.pro.letter import ManyMessage, subject_of
from sandbox.pro.portal import bp
from sandbox.security import receives
from sandbox.texts import without_marks

NOBODY = "Choisissez au moins un patient à qui écrire."
GONE = "Aucun de ces patients ne peut plus recevoir de message : ils ont fermé leur espace. Choisissez d’autres patients."
LEFT_OUT = "Rien n’a été envoyé à {} : dossier clos, ou opposition. Pour les joindre, téléphonez."


@bp.get("/messages/plusieurs")
def choose_patients() -> ResponseReturnValue:
    """Ticking patients, found by their name; what was ticked stays ticked from one search to the next."""
    words = request.args.get("q", "").strip()[:60]
    found, chosen = finding.by_words(words, finding.everyone()), _chosen()
    open_to = {record.ref: record for record in _reached(found)}
    if "cocher" in request.args:
        chosen |= open_to
    if "ecrire" in request.args:
        return redirect(url_for("pro.write_many", avec=",".join(chosen) or None, q=words or None))
    shown = {record.ref for record in found}
    return render_template(
        "pro/choose_patients.html", found=found, chosen=chosen, words=words, open_to=open_to,
        elsewhere=[record for ref, record in chosen.items() if ref not in shown],
        waiting={record.ref for record in found if is_waiting(record)},
    )


@bp.get("/messages/plusieurs/ecrire")
def write_many() -> ResponseReturnValue:
    """The message, as it was left, to those who were ticked."""
    chosen = _chosen()
    if not chosen:
        flash(NOBODY, "error")
        return redirect(url_for("pro.choose_patients", q=request.args.get("q") or None))
    composer = _composer(chosen, ManyMessage(formdata=None))
    composer.resume()
    return _page(composer, chosen)


@bp.post("/messages/plusieurs/ecrire")
@receives(MOST_SENT, MOST_PARTS)
def send_many() -> ResponseReturnValue:
    """To each of those who can be written to; the others are named, and nothing is lost."""
    chosen = _chosen()
    if not chosen:
        flash(NOBODY, "error")
        return redirect(url_for("pro.choose_patients"))
    composer = _composer(chosen, ManyMessage())
    wanted = composer.take()
    _look_again(chosen)
    if wanted in SENDING and composer.is_ready() and _sent(composer, chosen, closing=wanted == "terminer"):
        db.session.commit()
        return redirect(url_for("pro.conversations"))
    db.session.commit()
    return _page(composer, chosen), 422 if composer.form.errors else 200


@bp.post("/messages/plusieurs/brouillon")
def keep_many() -> Response:
    """What is typed of a message to several patients, at a pause."""
    return _composer(_chosen() or abort(404), ManyMessage()).save()


def _chosen() -> dict[str, Record]:
    """Those ticked, in the order of their names."""
    refs = set(refs_of("avec"))
    return {record.ref: record for record in finding.everyone() if record.ref in refs} if refs else {}


def _look_again(chosen: dict[str, Record]) -> None:
    """What each of them chose while the files were read."""
    anew = sa.select(Record).where(Record.ref.in_(chosen))
    db.session.scalars(anew.execution_options(populate_existing=True)).all()


def _reached(records: Iterable[Record]) -> list[Record]:
    return [record for record in records if may(actor(), To.OPEN_CONVERSATION, record)]


def _composer(chosen: dict[str, Record], form: ManyMessage) -> Composer:
    """A draft belongs to a record: here to the first one's, and is told from others by being to oneself."""
    mine = sa.select(Draft).where(Draft.author_id == actor().id, Draft.to_id == actor().id)
    begun = db.session.scalars(mine.order_by(Draft.written_at.desc())).first()
    return Composer(begun.record if begun else next(iter(chosen.values())), form, to=actor())


def _sent(composer: Composer, chosen: dict[str, Record], *, closing: bool) -> bool:
    """Whether it went to somebody; the form says why not."""
    form, reached = composer.form, _reached(chosen.values())
    assert isinstance(form, ManyMessage)  # noqa: S101
    if not reached:
        form.form_errors.append(GONE)
        return False
    subject = subject_of(form, closing=closing)
    try:
        for record in _yet_to_reach(composer, reached, subject):
            messaging.open_conversation(
                actor(), record, subject, _text(form, record), no_reply=form.no_reply.data, receipt=form.receipt.data,
                pieces=[_copied(piece, record) for piece in composer.pieces],
            )
    except Refused as refused:
        db.session.rollback()
        form.text.errors = (refused.phrase,)
        return False
    if composer.draft:
        drafts.drop(composer.draft)
    _tell(reached, [record for record in chosen.values() if record not in reached])
    return True


def _yet_to_reach(composer: Composer, reached: list[Record], subject: str) -> list[Record]:
    """Without those whom the very same message reached a moment ago: the button was pressed twice, or the page sent again."""
    form = composer.form
    assert isinstance(form, ManyMessage)  # noqa: S101
    if composer.pieces:
        return reached
    return [record for record in reached if not messaging.just_said(actor(), record, _text(form, record), subject=subject)]


def _text(form: ManyMessage, record: Record) -> str:
    text = without_marks(form.text.data)
    return f"Bonjour {record.title} {record.family_name.upper()},\n\n{text.lstrip()}" if form.civility.data else text


def _copied(piece: Document, record: Record) -> Document:
    """The same paper, as this patient's own."""
    copy = attachments.copy_of(piece)
    copy.record = record
    return copy


def _tell(reached: list[Record], left_out: list[Record]) -> None:
    flash(f"Votre message est parti à {french.several(len(reached), 'patient')}, à chacun dans un échange à part.", "done")
    if left_out:
        flash(LEFT_OUT.format(", ".join(record.name for record in left_out)), "warning")


def _page(composer: Composer, chosen: dict[str, Record]) -> str:
    reached = _reached(chosen.values())
    return render_template(
        "pro/write_many.html", composer=composer, form=composer.form, chosen=chosen, reached=reached,
        left_out=[record for record in chosen.values() if record not in reached],
        waiting=[record for record in reached if is_waiting(record)],
    )
