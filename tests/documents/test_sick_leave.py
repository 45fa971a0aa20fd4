"""A sick-leave notice: to be sent within 48 hours, and kept in its folder."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock, french
from sandbox.db import db
from sandbox.documents import service, sick_leave
from sandbox.documents.models import Document, Folder
from tests.browser import Browser, text_of
from tests.console.test_happenings import happens
from tests.documents.papers import looked_at, opened
from tests.documents.test_announcing import days_pass
from tests.pro.people import patient_path
from tests.room import Room


def hint(who: Browser) -> str:
    return next((text_of(found) for found in who.page.select(".notice") if "Arrêt de travail" in text_of(found)), "")


@pytest.mark.practises("D13")
def test_marie_receives_a_sick_leave_notice_knows_until_when_to_send_it_and_files_it(
    room: Room, marie: Browser, samira: Browser
) -> None:
    happens(samira, room, "arret-de-travail", [1])
    opened(room, marie, "t-arret-de-travail")
    with room.inside():
        came = looked_at(room, "t-arret-de-travail").deposited_at
    assert f"avant le {french.full_moment(came + timedelta(hours=48))}".replace("\u00a0", " ") in hint(marie)
    assert "volet 3 à votre employeur" in hint(marie)
    marie.submit("Ranger dans le dossier « Arrêts de travail »")
    assert marie.sees("est rangé dans le dossier « Arrêts de travail »")
    assert not marie.page.find("button", string=lambda words: words and "Ranger dans le dossier" in words)
    with room.inside():
        assert looked_at(room, "t-arret-de-travail").folder.name == "Arrêts de travail"
        assert seats_of_folders() == [1]


def seats_of_folders() -> list[int]:
    """Only inside: the seats that have the folder."""
    return list(db.session.scalars(sa.select(Folder.seat).where(Folder.name == sick_leave.FOLDER)))


def test_a_notice_deposited_by_the_doctor_too_and_the_folder_is_made_once(room: Room, lemoine: Browser, marie: Browser) -> None:
    for title in ("Premier arrêt", "Prolongation"):
        lemoine.go(f"{patient_path(room)}/deposer").submit("Déposer", title=title, kind="PRESC-AAT", text="Repos.")
        marie.go("/documents/").click(title).submit("Ranger dans le dossier")
    with room.inside():
        assert seats_of_folders() == [1]


def test_once_the_48_hours_are_over_the_page_says_what_to_do(room: Room, marie: Browser, samira: Browser) -> None:
    happens(samira, room, "arret-de-travail", [1])
    days_pass(room, 2.01)
    opened(room, marie, "t-arret-de-travail")
    assert "Il fallait l’envoyer avant le" in hint(marie)
    assert "envoyez-le aujourd’hui et expliquez le retard" in hint(marie)


def test_the_48_hours_are_those_of_its_own_day(room: Room) -> None:
    with room.inside():
        written = clock.today() - timedelta(days=3)
        late = service.deposit_text(
            room.user("dr-lemoine"), room.record(1), title="Arrêt", category="ORD_SOIN", kind="PRESC-AAT", text="x",
            dated=written,
        )
        assert sick_leave.deadline(late).date() == written + timedelta(days=2)


def test_other_documents_have_no_hint(room: Room, marie: Browser) -> None:
    with room.inside():
        refs = list(db.session.scalars(sa.select(Document.ref).where(Document.category == "ORD_SOIN", Document.seat == 1)))
    assert refs
    assert not any(hint(marie.go(f"/documents/{ref}")) for ref in refs[:4])
