"""In whatever order one writes, attaches, takes off, sends, throws away: what is sent is what was there, nothing is left behind."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox.account.models import User
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.uploads import File
from sandbox.errors import Refused
from sandbox.messaging import attachments, budget, drafts, service, synthesis
from sandbox.messaging.models import Conversation, Draft, DraftPiece, Message
from tests.messaging.letters import stray
from tests.messaging.test_messages import talk_of
from tests.room import Room
from tests.trying import tried

WORDS = st.sampled_from(["", "  ", "Bonjour.", "Une suite.\n\nEncore.", "x" * 3001])
DEEDS = st.one_of(
    st.tuples(st.just("write"), WORDS), st.tuples(st.just("document"), st.integers(0, 5)),
    st.tuples(st.just("file"), st.integers(1, 6)), st.tuples(st.just("synthesis"), st.none()),
    st.tuples(st.just("remove"), st.integers(0, 5)), st.tuples(st.just("send"), st.none()),
    st.tuples(st.just("delete"), st.none()),
)
MEGABYTE = 1_000_000


@dataclass
class Model:
    """What should be there: the words, and the titles and weights in order."""

    body: str = ""
    pieces: list[tuple[str, int]] = field(default_factory=list)
    sent: int = 0


class Desk:
    """Only inside: Marie answers, or writes anew, with a model beside."""

    def __init__(self, room: Room, *, anew: bool) -> None:
        self.user: User = room.record(1).owner
        self.record, self.model = room.record(1), Model()
        self.talk = None if anew else talk_of("suivi-tension")
        self.to = room.user("dr-lemoine") if anew else None
        self.mine = documents.of_record(self.record)

    @property
    def draft(self) -> Draft:
        return drafts.of(self.user, self.record, self.talk, self.to)

    def write(self, words: str) -> None:
        drafts.keep(self.draft, subject="Ma santé", body=words)
        self.model.body = words

    def add(self, title: str, size: int, made: object) -> None:
        room_left = budget.MOST - sum(weight for _, weight in self.model.pieces)
        try:
            budget.check(self.draft, size)
        except Refused:
            assert size > room_left
            return
        assert size <= room_left
        drafts.add(self.draft, made())  # type: ignore[operator]
        self.model.pieces.append((title, size))

    def document(self, number: int) -> None:
        one = self.mine[number % len(self.mine)]
        self.add(one.title, attachments.weight(one), lambda: attachments.copy_of(one))

    def file(self, weight: int) -> None:
        content = b"x" * (weight * MEGABYTE)
        self.add("lourd", len(content), lambda: attachments.sheet_of(self.user, self.record, File("lourd", "text/plain", content)))

    def synthesis(self, _: None) -> None:
        self.add(synthesis.TITLE, len(synthesis.text_of(self.record).encode()), lambda: synthesis.made(self.user, self.record))

    def remove(self, number: int) -> None:
        if self.model.pieces:
            at = number % len(self.model.pieces)
            assert drafts.remove(self.draft, self.draft.pieces[at].document.ref) is not None
            del self.model.pieces[at]
        assert drafts.remove(self.draft, "rien") is None

    def delete(self, _: None) -> None:
        drafts.drop(self.draft)
        self.model.body, self.model.pieces = "", []

    def send(self, _: None) -> None:
        draft = self.draft
        papers = [piece.document for piece in draft.pieces]
        try:
            message = self._gone(draft, papers)
        except Refused:
            assert not self.model.body.strip() or len(self.model.body) > service.LONGEST
            return
        drafts.taken(draft)
        assert message.body == self.model.body.strip()
        db.session.refresh(message, ["attachments"])
        assert [(one.document.title, one.document.size) for one in message.attachments] == self.model.pieces
        self.model = Model(sent=self.model.sent + 1)

    def _gone(self, draft: Draft, papers: list[object]) -> Message:
        if self.talk:
            return service.reply(self.user, self.talk, draft.body, pieces=papers)  # type: ignore[arg-type]
        assert self.to is not None
        talk: Conversation = service.write_anew(
            self.user, self.record, self.to, draft.subject, draft.body, pieces=papers  # type: ignore[arg-type]
        )
        return talk.messages[-1]


@tried(30)
@given(anew=st.booleans(), deeds=st.lists(DEEDS, max_size=14))
def test_what_is_sent_is_what_was_there_and_nothing_is_left_behind(
    room: Room, anew: bool, deeds: list[tuple[str, object]]
) -> None:
    with room.inside(), db.session.begin_nested() as before:
        desk = Desk(room, anew=anew)
        for deed, value in deeds:
            getattr(desk, deed)(value)
            held = [(piece.document.title, piece.document.size) for piece in desk.draft.pieces]
            assert (held, desk.draft.body.strip()) == (desk.model.pieces, desk.model.body.strip())
            assert (stray(), budget.used(desk.draft)) == ([], sum(weight for _, weight in held))
        desk.delete(None)
        db.session.flush()
        assert db.session.scalar(sa.select(sa.func.count(DraftPiece.id))) == 0
        assert stray() == []
        before.rollback()
