"""What becomes of a deposit: replaced, withdrawn, put back; what stays as the patient decided; who reads what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox import blobs, clock
from sandbox.access import To, may
from sandbox.account import life
from sandbox.db import db
from sandbox.documents import announcing, folders, service, shelf, versions
from sandbox.documents.models import Document, Extraction
from sandbox.documents.versions import Version
from sandbox.errors import Refused
from sandbox.journal.models import Entry
from sandbox.privacy import service as privacy
from sandbox.profile import extraction
from sandbox.workshops import due
from tests.documents.papers import looked_at
from tests.pro.people import notified
from tests.room import Room
from tests.trying import tried

VISIT, BLOOD = "compte-rendu-sommeil", "bilan-lipidique"


def next_of(document: Document, text: str = "Corrigé.", **changed: Any) -> Version:
    told: dict[str, Any] = {
        "title": document.title, "category": document.category, "kind": document.kind, "dated": document.dated,
        "content": text.encode(), "media_type": "text/markdown",
    }
    return Version(**told | changed)


def replace(document: Document, text: str = "Corrigé.", **changed: Any) -> None:
    versions.replace(document.author, document, next_of(document, text, **changed))


def content(document: Document) -> bytes:
    return blobs.read(document.blob_hash)


def test_the_row_keeps_its_ref_and_what_the_patient_decided(room: Room) -> None:
    with room.inside():
        document, marie = looked_at(room, VISIT), room.record(1).owner
        service.mask(marie, document)
        service.pin(marie, document, pinned=True)
        folders.move(marie, document, folders.create(marie, document.record, "Sommeil"))
        ref, before, moment = document.ref, content(document), document.deposited_at
        replace(document, title="Sommeil, corrigé")
        [former] = versions.former(document)
        assert (document.ref, document.title, document.version, document.is_new) == (ref, "Sommeil, corrigé", 2, True)
        assert document.is_masked
        assert document.pinned
        assert document.folder
        assert (content(document), content(former)) == (b"Corrig\xc3\xa9.", before)
        assert (former.version, former.deposited_at, former.loose, former.slug) == (1, moment, True, "")
        assert notified("MODIF_DOC") == 1


def test_the_same_document_again_is_no_new_version(room: Room) -> None:
    with room.inside():
        document = looked_at(room, VISIT)
        with pytest.raises(Refused, match="Rien n’a changé"):
            replace(document, content=content(document), media_type=document.media_type)
        assert document.version == 1


def test_a_title_alone_may_be_corrected_and_the_measures_stay_decided(room: Room) -> None:
    with room.inside():
        document, marie = looked_at(room, BLOOD), room.record(1).owner
        document.measures, document.extraction = "hba1c=6,7", Extraction.PENDING
        extraction.take_over(marie, document)
        replace(document, content=content(document), media_type=document.media_type, title="Bilan corrigé")
        assert (document.measures, document.extraction) == ("hba1c=6,7", Extraction.ACCEPTED)


@pytest.mark.parametrize(("measures", "state"), [("", None), ("hba1c=7,1", Extraction.PENDING)])
def test_measures_are_offered_anew_only_if_the_new_content_holds_some(room: Room, measures: str, state: Extraction | None) -> None:
    with room.inside():
        document = looked_at(room, BLOOD)
        document.measures, document.extraction = "hba1c=6,7", Extraction.REFUSED
        replace(document, measures=measures)
        assert (document.measures, document.extraction) == (measures, state)


def kept_back(room: Room) -> Document:
    """Only inside: a letter of Dr Lemoine that Marie does not see yet."""
    document = service.deposit_text(
        room.user("dr-lemoine"), room.record(1), title="À expliquer", category="CPT_REND", kind="11488-4", text="Un.", kept_back=True
    )
    db.session.flush()
    return document


def acts(document: Document) -> list[str]:
    """Only inside: what the history says of a document, in order."""
    query = sa.select(Entry.act).where(Entry.subject_ref == document.ref, ~Entry.from_pack)
    return list(db.session.scalars(query.order_by(Entry.id)))


def awaited(document: Document) -> int:
    """Only inside: how many times the patient was told that something waits at its author's."""
    query = sa.select(sa.func.count(Entry.id)).where(Entry.act == "AnnouncementAwaited", Entry.subject_ref == document.author.ref)
    return db.session.scalar(query) or 0


def test_a_version_kept_back_stays_kept_back_and_nothing_of_it_is_told(room: Room) -> None:
    with room.inside():
        document, marie = kept_back(room), room.record(1).owner
        until, asked = document.hidden_until, notified("MESURES_A_REPRENDRE")
        replace(document, measures="hba1c=7,1")
        [former] = versions.former(document)
        assert document.hidden_until == until
        assert not may(marie, To.READ, document)
        assert not may(marie, To.READ, former)
        assert (notified("MODIF_DOC"), notified("MESURES_A_REPRENDRE") - asked, document.extraction) == (0, 0, None)
        announcing.release(document.author, document)
        assert may(marie, To.READ, former)
        assert document.extraction is Extraction.PENDING


def test_what_is_withdrawn_before_it_was_announced_stays_unknown(room: Room) -> None:
    with room.inside():
        document, marie = kept_back(room), room.record(1).owner
        news = notified("AJOUT_DOC")
        versions.withdraw(document.author, document, "Erreur de patient")
        assert notified("SUPP_DOC") == 0
        with clock.shifted(timedelta(days=40)):
            due.look(room.world().id)
            assert not may(marie, To.READ, document)
            assert not may(marie, To.LEARN_OF_WITHDRAWAL, document)
            assert not may(document.author, To.ANNOUNCE, document)
            assert acts(document) == ["DocumentKeptBack", "DocumentWithdrawn"]
            versions.put_back(document.author, document)
            assert may(marie, To.READ, document)
            assert acts(document)[2:] == ["DocumentPutBack"]
            assert notified("AJOUT_DOC") == news + 1


def test_what_is_put_back_waits_again_for_its_announcement(room: Room) -> None:
    with room.inside():
        document, marie = kept_back(room), room.record(1).owner
        versions.withdraw(document.author, document, "Trop tôt")
        with clock.shifted(timedelta(days=20)):
            versions.put_back(document.author, document)
            assert not may(marie, To.READ, document)
            room.world().due_at = clock.now()
            due.look(room.world().id)
            assert acts(document) == ["DocumentKeptBack", "DocumentWithdrawn", "DocumentPutBack"]
            assert awaited(document) == 1


def test_what_is_put_back_comes_masked_when_the_person_now_wants_it_so(room: Room) -> None:
    with room.inside():
        document = looked_at(room, VISIT)
        versions.withdraw(document.author, document, "Erreur")
        document.record.masks_new = True
        versions.put_back(document.author, document)
        assert document.is_masked
        assert document.is_new
        assert (document.withdrawn_at, document.withdrawn_for, document.loose) == (None, "", False)


def test_the_copy_of_a_numeric_prescription_is_neither_replaced_nor_withdrawn(room: Room) -> None:
    with room.inside():
        document = looked_at(room, "o-genou-et-tension")
        for verb in (lambda: replace(document), lambda: versions.withdraw(document.author, document, "Erreur")):
            with pytest.raises(Refused, match="Le prescripteur annule"):
                verb()
        assert (document.version, document.loose) == (1, False)


def test_each_act_is_refused_out_of_its_time(room: Room) -> None:
    with room.inside():
        document = looked_at(room, VISIT)
        with pytest.raises(Refused, match="déjà dans le dossier"):
            versions.put_back(document.author, document)
        with pytest.raises(Refused, match="Écrivez pourquoi"):
            versions.withdraw(document.author, document, " \u200b ")
        versions.withdraw(document.author, document, "Erreur")
        for verb in (lambda: replace(document), lambda: versions.withdraw(document.author, document, "Encore")):
            with pytest.raises(Refused, match="n’est plus dans le dossier"):
                verb()


def test_only_its_author_and_in_an_open_record(room: Room) -> None:
    with room.inside():
        document, author, other = looked_at(room, VISIT), room.user("dr-lemoine"), room.user("dr-haddad")
        acts = (To.REPLACE, To.WITHDRAW)
        assert [may(user, what, document) for user in (author, other, document.record.owner) for what in acts] == [True] * 2 + [False] * 4
        versions.withdraw(author, document, "Erreur")
        assert [may(user, To.PUT_BACK, document) for user in (author, other, document.record.owner)] == [True, False, False]
        life.close(document.record.owner, document.record, erase=False)
        assert not may(author, To.PUT_BACK, document)


# --- whatever happens ------------------------------------------------------------------------------------

MOVES = st.lists(st.sampled_from(["replace", "withdraw", "put back", "mask", "unmask", "block", "unblock"]), min_size=1, max_size=12)


@dataclass
class Told:
    """Said again, otherwise: what a document should be after some moves."""

    contents: list[bytes]
    masked: bool = False
    withdrawn: bool = False
    blocked: bool = False

    def follow(self, move: str, text: str) -> bool:
        """Whether the move does something."""
        goes = {
            "replace": not self.withdrawn, "withdraw": not self.withdrawn, "put back": self.withdrawn,
            "mask": not self.withdrawn, "unmask": not self.withdrawn, "block": not self.blocked, "unblock": self.blocked,
        }[move]
        if goes and move == "replace":
            self.contents.append(text.encode())
        elif goes:
            name, value = {
                "withdraw": ("withdrawn", True), "put back": ("withdrawn", False), "mask": ("masked", True),
                "unmask": ("masked", False), "block": ("blocked", True), "unblock": ("blocked", False),
            }[move]
            setattr(self, name, value)
        return goes


@tried(30)
@given(moves=MOVES)
def test_one_present_version_at_most_and_every_former_one_readable_by_both(room: Room, moves: list[str]) -> None:
    room.renew()
    with room.inside():
        document = looked_at(room, VISIT)
        shown, told = shelf.of(document.record).total, Told([content(document)])
        for at, move in enumerate(moves):
            if told.follow(move, f"Texte {at}."):
                do(room, move, document, f"Texte {at}.")
            else:
                refused(move, document)
            is_as_told(room, document, told)
            assert shelf.of(document.record).total == shown - told.withdrawn


def do(room: Room, move: str, document: Document, text: str) -> None:
    author, marie, record = document.author, document.record.owner, document.record
    {
        "replace": lambda: replace(document, text), "withdraw": lambda: versions.withdraw(author, document, "Erreur"),
        "put back": lambda: versions.put_back(author, document), "mask": lambda: service.mask(marie, document),
        "unmask": lambda: service.unmask(marie, document), "block": lambda: privacy.block(marie, record, author),
        "unblock": lambda: privacy.unblock(marie, record, author),
    }[move]()
    db.session.flush()
    db.session.expire_all()


def refused(move: str, document: Document) -> None:
    """Nobody may, and the verb that would do it says no."""
    what = {"replace": To.REPLACE, "withdraw": To.WITHDRAW, "put back": To.PUT_BACK}.get(move)
    if what:
        assert not may(document.author, what, document)
    if move in {"mask", "unmask"}:
        assert not may(document.record.owner, To.MASK, document)


def is_as_told(room: Room, document: Document, told: Told) -> None:
    former = list(reversed(versions.former(document)))
    assert [content(one) for one in (*former, document)] == told.contents
    assert [one.version for one in (*former, document)] == list(range(1, len(told.contents) + 1))
    assert (document.is_masked, document.is_withdrawn, document.loose) == (told.masked, told.withdrawn, told.withdrawn)
    for one in (*former, document):
        assert may(document.author, To.READ, one) is not told.blocked
        assert may(document.record.owner, To.READ, one) is not told.withdrawn
        assert may(document.record.owner, To.LEARN_OF_WITHDRAWAL, one) is told.withdrawn
    colleague = room.user("dr-haddad")
    assert not any(may(colleague, To.READ, one) for one in former)
    assert may(colleague, To.READ, document) is not (told.masked or told.withdrawn)
