"""A message being written to a patient: its words, who is in copy, what is attached. Kept as it grows, sent at the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
from flask import Response, abort, request

from sandbox import guard
from sandbox.access import To, actor, may, require
from sandbox.account.models import Record, User
from sandbox.clock import now
from sandbox.db import begin_writing, db, let_go
from sandbox.documents import uploads
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.messaging import attachments, budget, directory, drafts
from sandbox.messaging.desk import told
from sandbox.messaging.models import Conversation, Draft, Message
from sandbox.messaging.service import JUST, tidy
from sandbox.pro import service
from sandbox.pro.letter import FirstMessage, NextMessage, OpeningMessage
from sandbox.pro.portal import document_of, need_open
from sandbox.workshops.people import plain

SENDING = {"envoyer", "terminer"}
MOST_SHOWN = 12
UNREADABLE = "Vous ne pouvez plus lire « {} » dans le dossier : retirez-le du message."
MOST_SENT, MOST_PARTS = 32 * 1024 * 1024, 600


class Composer:
    """The page where one writes, between two presses of its buttons."""

    def __init__(
        self, record: Record, form: NextMessage, talk: Conversation | None = None, to: User | None = None
    ) -> None:
        self.record, self.form, self.talk, self.to = record, form, talk, to
        self.copies = _professionals(refs_of("copie")) if isinstance(form, FirstMessage) else []
        self.found: list[User] | None = None  # colleagues, when they were looked for
        self.shelf: list[Document] | None = None  # documents of the record, when one wants to attach some
        self.draft: Draft | None = drafts.find(actor(), record, talk, to)

    most = budget.MOST

    @property
    def is_to_many(self) -> bool:
        """Nothing of one patient's record goes to others."""
        return self.to is not None

    @property
    def left(self) -> int:
        return budget.left(self.draft) if self.draft else budget.MOST

    @property
    def pieces(self) -> list[Document]:
        return [piece.document for piece in self.draft.pieces] if self.draft else []

    def resume(self) -> None:
        """The page as it was left."""
        if self.draft:
            about = {"text": self.draft.body, "receipt": self.draft.receipt_asked, "subject": self.draft.subject}
            self.form = type(self.form)(formdata=None, data=about)
        if "subject" in self.form:
            self.form["subject"].render_kw = {"autofocus": True}

    def take(self) -> str:
        """Keep what was sent, do what the pressed button says; gives that button's word. Raises Shut, Refused."""
        files = self._files()
        begin_writing()
        db.session.refresh(self.record)  # what the person chose while the files were read
        if self.to is None:
            need_open(self.record)
        self.draft = drafts.find(actor(), self.record, self.talk, self.to)  # (sent meanwhile from another window, it is gone)
        self._keep(files)
        wanted, _, ref = self._meant().partition(":")
        if wanted in DOES:
            DOES[wanted](self, ref)
        return wanted

    def is_ready(self) -> bool:
        """Whether the message may go; otherwise the form says why."""
        refused = (*self.form.file.errors, *self._unreadable())
        valid = self.form.validate()
        self.form.file.errors = refused or self.form.file.errors
        return valid and not refused

    def _unreadable(self) -> list[str]:
        """What was chosen in the record, and is no longer this professional's to read."""
        chosen = [piece.document for piece in self.draft.pieces] if self.draft else []
        sources = [(piece, attachments.source_of(piece)) for piece in chosen]
        return [UNREADABLE.format(piece.title) for piece, source in sources if source and not may(actor(), To.READ, source)]

    def _files(self) -> list[uploads.File]:
        """What was chosen on the computer, each file made safe or refused, while nobody waits."""
        let_go()
        files, refused = [], []
        for sent in self.form.file.data or []:
            if getattr(sent, "filename", ""):
                try:
                    files.append(uploads.checked(sent.filename, sent.read(uploads.MOST + 1)))
                except Refused as no:
                    refused.append(f"« {uploads.shown(sent.filename)} » : {no.phrase}")
        self.form.file.errors = (" ".join(refused),) if refused else ()
        return files

    def _keep(self, files: list[uploads.File]) -> None:
        form = self.form
        subject = form.subject.data if isinstance(form, OpeningMessage) else ""
        if self.draft or subject or form.text.data:
            begun = self._begun()
            drafts.keep(begun, subject=_clean(subject), body=_clean(form.text.data), receipt_asked=form.receipt.data)
        for file in files:
            self._add(len(file.content), partial(attachments.sheet_of, actor(), self.record, file))

    def _add(self, size: int, made: Callable[[], Document]) -> None:
        """One more piece, within the budget; otherwise the form says the cure."""
        begun = self._begun()
        try:
            budget.check(begun, size)
        except Refused as no:
            self.form.file.errors = (*self.form.file.errors, no.phrase)
        else:
            drafts.add(begun, made())

    def _begun(self) -> Draft:
        self.draft = self.draft or drafts.of(actor(), self.record, self.talk, self.to)
        return self.draft

    def save(self) -> Response:
        """What is typed, at a pause of the fingers: when it was kept, or why it was not."""
        text = self.form.text.data or ""
        if real := guard.seen_in(text):
            return Response(real.value, 422, mimetype="text/plain")
        if self.draft is None and self._has_gone(text):
            return Response("", mimetype="text/plain")
        self._keep([])
        db.session.commit()
        return Response(told(self.draft) if self.draft else "", mimetype="text/plain")

    def _has_gone(self, text: str) -> bool:
        """Whether it has just been sent, from this page or from another: no draft of it comes back."""
        mine = sa.select(Message.body).join(Message.conversation).where(
            Message.sender_id == actor().id, Conversation.record_id == self.record.id, Message.sent_at > now() - JUST
        )
        return any(tidy(text) in body for body in db.session.scalars(mine))

    def _meant(self) -> str:
        """What was pressed; words in a search box that were not looked for yet come first: Enter never sends by surprise."""
        pressed = request.form.get("do", "envoyer")
        if ":" not in pressed and pressed not in {"joindre", "effacer"}:
            for field, verb in (("colleague", "chercher"), ("titled", "dossier")):
                typed = request.form.get(field, "").strip()
                if typed and typed != request.form.get(f"{field}-before", ""):
                    return verb
        return pressed

    def search(self, _: str) -> None:
        """Colleagues by their name, their profession or their place."""
        words = (self.form.colleague.data or "").strip() if isinstance(self.form, FirstMessage) else ""
        taken = {actor().id, *(user.id for user in self.copies)}
        self.found = [user for user in directory.professionals(words) if user.id not in taken][:MOST_SHOWN] if words else []

    def add_copy(self, ref: str) -> None:
        known = {user.id for user in self.copies} | {actor().id}
        self.copies += [user for user in _professionals([ref]) if user.id not in known]
        if isinstance(self.form, FirstMessage):
            self.form.colleague.data = ""

    def remove_copy(self, ref: str) -> None:
        self.copies = [user for user in self.copies if user.ref != ref]

    def look_in_record(self, _: str) -> None:
        """What this professional may read of the record, newest first."""
        words = [plain(word) for word in (self.form.titled.data or "").split()]
        read = [] if self.is_to_many else service.documents_for(actor(), self.record)
        self.shelf = [document for document in read if all(word in plain(document.title) for word in words)][:MOST_SHOWN]

    def add_document(self, ref: str) -> None:
        if self.is_to_many:
            abort(404)
        document = document_of(self.record, ref)
        require(actor(), To.READ, document)
        self._add(attachments.weight(document), partial(attachments.copy_of, document))

    def remove_piece(self, ref: str) -> None:
        if self.draft:
            drafts.remove(self.draft, ref)

    def forget(self, _: str) -> None:
        """An empty page again."""
        if self.draft:
            drafts.drop(self.draft)
        self.draft, self.copies, self.form = None, [], type(self.form)(formdata=None)


DOES: dict[str, Callable[[Composer, str], None]] = {
    "chercher": Composer.search, "copie": Composer.add_copy, "sans": Composer.remove_copy,
    "dossier": Composer.look_in_record, "document": Composer.add_document, "retirer": Composer.remove_piece,
    "effacer": Composer.forget,
}


def _clean(text: str | None) -> str:
    """What may be kept: nothing that looks like a real person's data, which the form refuses too."""
    return "" if guard.seen_in(text or "") else text or ""


def refs_of(name: str) -> list[str]:
    """The names of rows that a form or an address holds, several in one field or in several."""
    return [ref for held in request.values.getlist(name) for ref in held.split(",") if ref]


def _professionals(refs: list[str]) -> list[User]:
    """The workshop's professionals of these names, in that order."""
    known = {user.ref: user for user in directory.professionals("")} if refs else {}
    return [known[ref] for ref in dict.fromkeys(refs) if ref in known and known[ref].id != actor().id]
