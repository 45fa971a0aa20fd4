"""Writing to the simulated support: the ticket, its files, and the answer that comes by itself."""

from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from sandbox import live
from sandbox.db import db
from sandbox.help import service
from sandbox.help.models import Kind, Ticket
from sandbox.journal.models import Entry
from sandbox.notifications.models import Code, Notification
from tests.browser import Browser, text_of
from tests.room import Room

SUBJECT, TEXT = "Je ne trouve pas mon ordonnance", "Bonjour,\nhier elle était là."


def picture(size: int = 40) -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (size, size), "white").save(out, "PNG")
    return BytesIO(out.getvalue())


def time_passes(room: Room, seconds: int) -> None:
    """The world's clock moves; what is due happens on the next request."""
    with room.inside():
        room.world().shift_seconds += seconds


def write(person: Browser, **fields: object) -> Browser:
    return person.go("/aide/ecrire").submit("Envoyer au support", **({"subject": SUBJECT, "text": TEXT} | fields))


@pytest.mark.practises("B05")
def test_marie_searches_the_help_then_writes_with_a_file_and_follows_her_ticket(room: Room, marie: Browser) -> None:
    marie.go("/aide/").submit("Chercher", q="ordonnance")
    assert marie.click("Comment montrer mon ordonnance numérique").status == 200
    marie.click("Écrire au support (simulé)")
    marie.submit("Envoyer au support", subject=SUBJECT, text=TEXT, files=[(picture(), "ecran.png")])
    assert marie.heading == SUBJECT
    assert marie.sees("hier elle était là")
    assert marie.click("ecran").response.data.startswith(b"\x89PNG")
    assert "Reçu" in text_of(marie.go("/aide/demandes").page.find("main"))
    time_passes(room, 125)
    marie.go("/notifications/").click(f"Le support a répondu : {SUBJECT}")
    assert marie.heading == SUBJECT
    assert marie.sees("Votre message est bien arrivé")
    assert "Répondu" in text_of(marie.go("/aide/demandes").page.find("main"))


def test_the_answer_comes_once_and_tells_open_pages(room: Room, marie: Browser, jean: Browser) -> None:
    write(marie)
    jean.go("/")
    with room.app.app_context():
        before = live.latest()
        db.session.remove()
    time_passes(room, 125)
    jean.go("/")
    jean.go("/")
    with room.inside():
        told = db.session.scalars(sa.select(Notification).where(Notification.code == Code.REPONSE_SUPPORT)).all()
        assert [one.seat for one in told] == [1]
        heard = live.since(before, (live.audience_of_seat(room.workshop_id, 1),))
        assert "notifications" in [topic for _, topic in heard]


def test_before_its_time_there_is_no_answer(room: Room, marie: Browser) -> None:
    write(marie)
    time_passes(room, 60)
    assert marie.go("/aide/demandes").sees("Reçu")
    wrapper = marie.click(SUBJECT).page.select_one("[data-behaviour=again]")
    assert 50 < int(wrapper["data-seconds"]) <= 62


def test_a_ticket_is_forgotten_after_a_year(room: Room, marie: Browser) -> None:
    write(marie, files=[(picture(), "ecran.png")])
    time_passes(room, 364 * 86400)
    assert SUBJECT in text_of(marie.go("/aide/demandes").page)
    time_passes(room, 2 * 86400)
    assert marie.go("/aide/demandes").sees("Vous n’avez encore rien demandé")


def test_a_reset_takes_the_tickets_away_and_the_next_one_is_still_answered(room: Room, marie: Browser) -> None:
    write(marie)
    room.renew()
    assert marie.go("/aide/demandes").sees("Vous n’avez encore rien demandé")
    write(marie)
    time_passes(room, 125)
    assert marie.go("/aide/demandes").sees("Répondu")


def test_nobody_reads_the_ticket_of_a_neighbour_nor_its_file(room: Room, marie: Browser, jean: Browser) -> None:
    write(marie, files=[(picture(), "ecran.png")])
    page, file = marie.path, str(marie.page.select_one('a[href*="fichiers"]')["href"])
    for path in (page, f"{page}/etat", file):
        assert jean.client.get(path).status_code == 404
        assert marie.client.get(path).status_code == 200


REFUSED = {
    "no subject": ({"subject": "   "}, "Écrivez le sujet"),
    "invisible subject": ({"subject": "\u200b\u202e"}, "Écrivez le sujet"),
    "long subject": ({"subject": "a" * 101}, "100 signes au plus"),
    "no text": ({"text": "\n \n"}, "Écrivez votre message"),
    "long text": ({"text": "a" * 3001}, "3 000 signes au plus"),
    "six files": ({"files": [(picture(), f"{n}.png") for n in range(6)]}, "5 au plus"),
    "a page dressed as a picture": ({"files": [(BytesIO(b"<html><script>"), "photo.png")]}, "« photo.png »"),
    "empty": ({"files": [(BytesIO(b""), "vide.pdf")]}, "vide"),
}


@pytest.mark.parametrize(("fields", "cure"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_sent_is_refused_with_its_cure_and_the_rest_is_kept(
    room: Room, marie: Browser, fields: dict[str, object], cure: str
) -> None:
    write(marie, **fields)
    assert marie.status == 422
    assert marie.sees(cure)
    assert marie.page.find(id="subject")["value"] == str(fields.get("subject", SUBJECT)).strip().replace("\u200b\u202e", "")
    with room.inside():
        assert db.session.scalars(sa.select(Ticket)).all() == []


def test_files_too_heavy_together_are_refused_even_when_the_server_stops_reading(
    marie: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_BYTES", 2000)
    write(marie, files=[(BytesIO(bytes(1500)), "un.pdf"), (BytesIO(bytes(1500)), "deux.pdf")])
    assert (marie.status, marie.sees("Ces fichiers dépassent 10 Mo")) == (422, True)
    assert marie.page.find(id="subject")["value"] == SUBJECT
    write(marie, files=[(BytesIO(bytes(9000)), "film.pdf")])
    assert (marie.status, marie.sees("Ces fichiers dépassent 10 Mo")) == (413, True)


def test_what_is_typed_is_cleaned_and_never_acts(room: Room, marie: Browser) -> None:
    write(marie, subject="Aide\x07 <b>\u202eici</b>", text="Un\n\n\n\n\ndeux\x00\n<script>alert(1)</script>")
    assert marie.heading == "Aide <b>ici</b>"
    with room.inside():
        ticket = db.session.scalars(sa.select(Ticket)).one()
        assert ticket.text == "Un\n\ndeux\n<script>alert(1)</script>"
        assert ticket.kind is Kind.QUESTION
        line = db.session.scalars(sa.select(Entry).where(Entry.act == "TicketSent")).one()
        assert line.phrase.startswith("Message au support")


def test_the_support_suggests_what_the_help_says(marie: Browser) -> None:
    write(marie)
    assert marie.click("Comment montrer mon ordonnance numérique").path == "/aide/questions/ordonnance-code"
