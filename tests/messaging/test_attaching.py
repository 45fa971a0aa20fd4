"""What a message carries: documents, files, the synthesis of the profile, within a budget that the page tells."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.account.models import Record
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Document
from sandbox.messaging import attachments, budget, drafts, synthesis
from sandbox.profile import service as profile
from sandbox.profile.models import Block
from sandbox.profile.service import Told
from tests.browser import Browser
from tests.documents import samples
from tests.messaging.letters import (
    attach_documents,
    attach_file,
    attach_synthesis,
    carried,
    draft_of,
    opened,
    stray,
    take_off,
    titles,
    value_of,
)
from tests.messaging.test_messages import talk_of
from tests.pro.people import done
from tests.room import Room

JOURNAL, RELEVES = "Journal de mes douleurs au genou", "Mes relevés de tension à la maison"


@pytest.mark.practises("F03")
def test_marie_answers_all_then_one_with_documents_a_file_and_the_synthesis_within_the_limit(room: Room, marie: Browser) -> None:
    ref = opened(room, copies=("dr-haddad",))
    marie.go(f"/messages/{ref}").submit("Enregistrer le brouillon", text="Voici tout.")
    attach_documents(marie, JOURNAL, RELEVES)
    assert marie.sees("sur 10 Mo ; il reste 10 Mo")
    attach_synthesis(attach_file(marie))
    assert [line.rsplit(" ", 2)[0] for line in carried(marie)] == [RELEVES, JOURNAL, "genou", synthesis.TITLE]
    take_off(marie, RELEVES)
    assert marie.page.find("textarea").get_text().strip() == "Voici tout."
    marie.submit("Envoyer")
    assert marie.sees("À tous : Dr Claire Lemoine, Dr Karim Haddad")
    with room.inside():
        assert titles(ref) == [JOURNAL, "genou", synthesis.TITLE]
        assert (done("DocumentSent"), done("MessageReplied"), stray()) == (1, 1, [])
    haddad = room.professional("dr-haddad").go(f"/pro/messages/{ref}").click(synthesis.TITLE)
    assert haddad.sees("Allergies")
    marie.submit("Envoyer", text="Rien que pour vous.", aside="seul")
    assert marie.sees("À Dr Claire Lemoine seulement")
    assert not room.professional("dr-haddad").go(f"/pro/messages/{ref}").sees("Rien que pour vous")


def test_what_is_over_the_budget_is_refused_with_the_cure_and_the_rest_is_kept(
    room: Room, marie: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = opened(room)
    attach_file(marie.go(f"/messages/{ref}"))
    with room.inside():
        monkeypatch.setattr(budget, "MOST", budget.used(draft_of(room)) + 100)  # type: ignore[arg-type]
    for content, cure in ((samples.photo("red"), "Retirez une autre pièce jointe"), (b"x" * 4000, "Choisissez-en une plus légère")):
        attach_file(marie.go(f"/messages/{ref}"), content, "trop.jpg" if content[0] != ord("x") else "trop.txt")
        assert marie.status == 422
        assert marie.sees("« trop » n’est pas joint")
        assert marie.sees(cure)
    assert len(carried(marie.go(f"/messages/{ref}"))) == 1
    assert marie.submit("Envoyer", text="Voici.").sees("Votre réponse est envoyée")
    with room.inside():
        assert (titles(ref), stray()) == (["genou"], [])


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [(b"<html><script>", "photo.png", "page web"), (b"PK\x03\x04", "x.zip", "compressé"), (b"", "vide.txt", "vide"),
     (b"Appelez le 06 12 34 56 78.", "note.txt", "vraie personne")],
)
def test_a_file_that_cannot_be_kept_says_why_and_the_message_stays(
    room: Room, marie: Browser, content: bytes, name: str, said: str
) -> None:
    ref = opened(room)
    marie.go(f"/messages/{ref}").submit("Enregistrer le brouillon", text="Mes mots.")
    attach_file(marie, content, name)
    assert marie.status == 422
    assert marie.sees(said)
    assert marie.go(f"/messages/{ref}").page.find("textarea").get_text().strip() == "Mes mots."


def test_pressing_join_with_nothing_chosen_says_what_to_do(room: Room, marie: Browser) -> None:
    ref = opened(room)
    marie.go(f"/messages/{ref}").submit("Joindre").click("Un fichier ou une photo").submit("Joindre")
    assert marie.sees("Choisissez d’abord un fichier")
    marie.go(f"/messages/{ref}").submit("Joindre").click("Un de mes documents").submit("Joindre les documents cochés")
    assert marie.status == 422
    assert marie.sees("Cochez au moins un document")


def test_looking_for_a_document_keeps_what_is_ticked_and_the_same_one_is_carried_once(room: Room, marie: Browser) -> None:
    ref = opened(room)
    attach_documents(marie.go(f"/messages/{ref}"), JOURNAL)
    marie.submit("Joindre").click("Un de mes documents")
    assert marie.sees("déjà joint")
    marie.submit("Chercher", mots="relevés", choisi=[value_of(marie, JOURNAL)])
    assert [str(box["value"]) for box in marie.page.select(".choice input[checked]")] == [value_of(marie, JOURNAL)]
    assert value_of(marie, RELEVES)
    marie.submit("Joindre les documents cochés")
    assert len(carried(marie)) == 1


def test_neighbours_and_papers_not_announced_are_not_attached(room: Room, marie: Browser, jean: Browser) -> None:
    ref = opened(room)
    marie.go(f"/messages/{ref}").submit("Joindre")
    draft = marie.path.split("/")[3]
    for end in ("", "/documents", "/fichier", "/synthese"):
        assert jean.go(f"/messages/brouillons/{draft}/joindre{end}").status == 404
    with room.inside():
        theirs = db.session.scalars(sa.select(Document.ref).where(Document.seat == 2, ~Document.loose)).first()
    marie.click("Un de mes documents").submit("Joindre les documents cochés", choisi=[theirs])
    assert marie.sees("Cochez au moins un document")


def test_the_synthesis_says_what_the_profile_holds_now_and_shows_signs_as_they_are(room: Room) -> None:
    with room.inside():
        record: Record = room.record(1)
        profile.add(record.owner, record, Block.DISEASES, Told("Mal de **dos**", detail="# depuis <b>hier</b>", started="2014-03"))
        text = synthesis.text_of(record)
        assert "Mal de \\*\\*dos\\*\\*" in text
        assert "depuis mars 2014" in " ".join(text.split())
        assert [part.label for part in profile.PARTS.values()] == [
            line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ") and line != "## Mesures"
        ]
        assert "mmHg" in text


def test_what_a_copy_is_of_is_forgotten_when_it_leaves_the_shelf(room: Room) -> None:
    with room.inside():
        record = room.record(1)
        mine = next(one for one in documents.of_record(record) if one.title == JOURNAL)
        draft = drafts.of(record.owner, record, talk_of("suivi-tension"))
        drafts.add(draft, attachments.copy_of(mine))
        assert attachments.source_of(draft.pieces[0].document) is mine
        documents.delete(record.owner, mine)
        db.session.flush()
        assert attachments.source_of(draft.pieces[0].document) is None
