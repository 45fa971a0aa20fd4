"""The trainer looks at a seat's pages as the person sees them: nothing acts there, and not a trace is left."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.account import life
from sandbox.classroom import presence
from sandbox.classroom.presence import Presence, Seen
from sandbox.db import db, undone
from sandbox.journal.models import Entry
from sandbox.live import Event
from sandbox.workshops.models import Workshop
from sandbox.workshops.starts import Start
from tests.browser import Browser, text_of
from tests.classroom.test_pause import stops
from tests.room import Room


def view(room: Room, path: str = "/", seat: int = 1, how: str = "vue") -> str:
    return f"/console/{room.code}/place/{seat}/{how}{path}"


def traces(room: Room) -> tuple[str, int, int, int]:
    """What would tell that somebody had passed."""
    with room.inside():
        counts = [db.session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0 for kind in (Entry, Event, Presence)]
    return room.digest(), counts[0], counts[1], counts[2]


def test_every_page_is_seen_as_the_person_sees_it_and_leaves_no_trace(room: Room, samira: Browser, marie: Browser) -> None:
    with room.inside():
        name = room.record(1).name
    before = traces(room)
    for path in ("/", "/documents/", "/messages/", "/notifications/", "/agenda/", "/profil/", "/exercises/", "/telephone/", "/historique/"):
        samira.go(view(room, path))
        assert samira.status == 200, path
        assert samira.sees("Vous regardez la place 1 · lecture seule"), path
        assert samira.sees(name) or path == "/telephone/", path
    assert traces(room) == before


def test_a_document_and_a_message_that_were_not_read_stay_unread(room: Room, samira: Browser, marie: Browser) -> None:
    before = traces(room)
    samira.go(view(room, "/documents/")).click("Bilan lipidique")
    assert samira.path.startswith(view(room, "/documents/"))
    assert samira.sees("Bilan lipidique")
    samira.go(view(room, "/messages/")).click("Nadia Roux")
    assert samira.status == 200
    assert traces(room) == before


def test_an_exercise_that_is_looked_at_is_not_begun(room: Room, samira: Browser) -> None:
    before = traces(room)
    samira.go(view(room, "/exercises/"))
    link = next(a["href"] for a in samira.page.select("main a[href*='/exercises/']") if "indice" not in a["href"])
    assert samira.go(link).status == 200
    assert traces(room) == before


def test_nothing_acts_there_and_every_link_stays_inside(room: Room, samira: Browser) -> None:
    for path in ("/", "/documents/ajouter", "/messages/"):
        samira.go(view(room, path))
        assert samira.page.find_all("form")
        assert all(form.has_attr("inert") for form in samira.page.find_all("form")), path
        inside = [a["href"] for a in samira.page.find_all("a", href=True) if a.find_parent(class_="watching") is None]
        assert all(href.startswith((view(room), "#", "?", "tel:", "mailto:")) or href == "" for href in inside), path
        scripts = [script["src"] for script in samira.page.find_all("script")]
        assert [src.rsplit("/", 1)[1] for src in scripts] == ["app.js"]
        living = [tag for tag in samira.page.select("[data-behaviour], [data-fragment]") if tag.find_parent(class_="watching") is None]
        assert living == []
        assert "form-action 'none'" in samira.response.headers["Content-Security-Policy"]


def test_a_form_that_is_sent_there_all_the_same_does_nothing(room: Room, samira: Browser) -> None:
    token = samira.go(view(room)).page.find("input", attrs={"name": "csrf_token"})["value"]
    for path in ("/deconnexion", "/salle/main", "/notifications/lues"):
        assert samira.client.post(view(room, path), data={"csrf_token": token}).status_code == 405


def test_pictures_and_files_of_the_person_are_shown_and_no_other_part_of_the_site(room: Room, samira: Browser) -> None:
    assert samira.client.get(view(room, "/telephone/autre-appareil")).status_code == 200
    for path in ("/pro/", "/console/", "/direct", "/telephone/direct", "/static/x/app.js", "/nulle-part"):
        assert samira.client.get(view(room, path)).status_code == 404, path


def test_the_view_is_left_in_one_press(room: Room, samira: Browser) -> None:
    assert samira.go(view(room, "/documents/")).click("Quitter la vue").path == f"/console/{room.code}"


def test_each_seat_is_its_own_person(room: Room, samira: Browser) -> None:
    with room.inside():
        names = [room.record(seat).name for seat in (1, 2)]
    for seat, name in enumerate(names, 1):
        assert name in text_of(samira.go(view(room, seat=seat)).page.find(class_="switcher"))


def test_an_odd_seat_and_somebody_else_s_workshop_do_not_exist(room: Room, samira: Browser, marie: Browser) -> None:
    for seat in ("0", "5", "9" * 40):
        assert samira.client.get(f"/console/{room.code}/place/{seat}/vue/").status_code == 404
    assert samira.client.get("/console/AAAAAA/place/1/vue/").status_code == 404
    assert marie.client.get(view(room)).status_code == 302


def test_whoever_has_no_active_space_is_seen_at_the_door(room: Room, samira: Browser) -> None:
    with room.inside():
        life.put(room.record(1), Start.CREATED)
    before = traces(room)
    samira.go(view(room))
    assert samira.status == 200
    assert samira.sees("Vous regardez la place 1")
    assert traces(room) == before


def test_a_paused_room_is_looked_at_under_its_veil(room: Room, samira: Browser) -> None:
    stops(room)
    try:
        assert samira.go(view(room, "/documents/")).heading == "Documents"
    finally:
        stops(room, goes_on=True)


def test_what_fell_due_is_not_done_by_looking(room: Room, samira: Browser) -> None:
    with room.inside():
        room.world().due_at = clock.now() - timedelta(minutes=1)
    assert samira.go(view(room)).status == 200


def moves(room: Room, page: str, label: str) -> None:
    with room.inside():
        presence.note(Seen(room.workshop_id, room.world().id, 1, page, label, False))


def test_the_trainer_is_told_where_the_person_is_and_follows(room: Room, samira: Browser) -> None:
    with room.inside():
        db.session.execute(sa.delete(Presence))
    assert samira.go(view(room)).sees("n’a pas de page ouverte.")
    moves(room, "/documents/", "Documents")
    assert samira.go(view(room)).sees("est sur « Documents ».")
    assert samira.click("Voir sa page").sees("est sur cette page.")
    samira.go(f"/console/{room.code}")
    link = samira.page.select_one("table.board th a")
    samira.go(link["href"])
    assert samira.path == view(room, "/documents/", how="suivi")
    assert samira.click("Ne plus suivre").path == view(room, "/documents/")


def test_what_is_undone_was_never_there(room: Room) -> None:
    with room.app.app_context():
        with undone():
            db.session.get_one(Workshop, room.workshop_id).name = "Autre"
            db.session.commit()
            assert db.session.get_one(Workshop, room.workshop_id, populate_existing=True).name == "Autre"
            db.session.add(Presence())
            with pytest.raises(sa.exc.IntegrityError):
                db.session.commit()
            db.session.rollback()
        assert db.session.get_one(Workshop, room.workshop_id).name != "Autre"
        db.session.remove()


def test_playing_a_professional_is_one_press_in_another_cookie(room: Room, samira: Browser) -> None:
    samira.go(f"/console/{room.code}").click("Dr Claire Lemoine").submit("Se connecter")
    assert samira.path == "/pro/"
    assert samira.sees("Dr Claire Lemoine")
    assert samira.go(f"/console/{room.code}").status == 200
