"""Saying where one stands: to plan, done, not done, nothing; what is refused; what a professional recorded is locked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from sandbox.account.models import Record
from sandbox.clock import today
from sandbox.db import db
from sandbox.errors import Refused
from sandbox.journal.models import Entry
from sandbox.prevention import calendar, exams, marking, recommended
from sandbox.prevention import service as doctors
from sandbox.prevention.models import Mark, State
from sandbox.prevention.recommended import Item
from sandbox.vaccination import service as vaccination
from sandbox.vaccination.service import Told
from sandbox.workshops import resets
from sandbox.workshops.models import Workshop
from tests.asking import asked
from tests.browser import Browser, text_of
from tests.family.test_profiles import child
from tests.prevention.people import LIST, address, aged, lines, open_now
from tests.room import Room

BOWEL = "Dépistage du cancer de l’intestin (colorectal)"


@pytest.fixture(autouse=True)
def _at_sixty_six(room: Room) -> None:
    """Marie has just turned sixty-six."""
    aged(room, "66y")


def marks(room: Room) -> list[tuple[str, State, date | None]]:
    with room.inside():
        return [(one.code, one.state, one.done_on) for one in db.session.scalars(sa.select(Mark).order_by(Mark.id))]


def told(room: Room) -> list[str]:
    """The lines of the history about marks."""
    with room.inside():
        found = db.session.scalars(sa.select(Entry.phrase).where(Entry.act == "ExamMarked").order_by(Entry.id))
        return [" ".join(phrase.split()) for phrase in found]


def vaccinate(room: Room, vaccine: str, day: date, record: Callable[[], Record] | None = None) -> None:
    with room.inside():
        whose = record() if record else room.record(1)
        vaccination.add(room.user("pharm-garnier"), whose, Told(vaccine, day, "Rappel", "A1", "Bras gauche"))


def mark(room: Room, item: Item, state: State | None, done_on: date | None = None) -> None:
    with room.inside():
        marking.mark(room.record(1).owner, room.record(1), item, state, done_on)


def status(person: Browser) -> str:
    return text_of(person.page.find(class_="flashes") or person.page.find(role="status"))


def test_marie_says_that_it_is_done_and_when_then_takes_it_back(room: Room, marie: Browser) -> None:
    item = open_now(room, "depistage-colorectal")
    day = today() - timedelta(days=3)
    marie.go(address(item)).submit("Enregistrer", state="done", done_on=f"{day:%d/%m/%Y}")
    assert marie.path == address(item)
    assert "C’est noté" in status(marie)
    assert marks(room) == [("depistage-colorectal", State.DONE, day)]
    assert marie.page.find(id="done_on")["value"] == day.isoformat()
    marie.submit("Enregistrer", state="")
    assert marie.sees("non précisé")
    assert marks(room) == []
    assert len(told(room)) == 2
    assert told(room)[1] == f"« {BOWEL} » : non précisé"


@pytest.mark.parametrize(("state", "group"), [
    ("to_plan", "À faire maintenant"), ("done", "Fait"), ("not_done", "Passé ou non fait"), ("", "À faire maintenant"),
])
def test_each_answer_puts_the_line_in_its_group(room: Room, marie: Browser, state: str, group: str) -> None:
    marie.go(address(open_now(room, "depistage-colorectal"))).submit("Enregistrer", state=state)
    found = lines(marie.go(LIST))
    assert BOWEL in found[group]


def test_a_day_without_done_is_not_read_and_done_may_have_no_day(room: Room, marie: Browser) -> None:
    item = open_now(room, "depistage-colorectal")
    marie.go(address(item)).submit("Enregistrer", state="to_plan", done_on="31/31/2020")
    assert marks(room) == [("depistage-colorectal", State.TO_PLAN, None)]
    marie.submit("Enregistrer", state="done", done_on="")
    assert marks(room) == [("depistage-colorectal", State.DONE, None)]


def test_the_same_answer_twice_leaves_one_line_in_the_history(room: Room, marie: Browser) -> None:
    marie.go(address(open_now(room, "depistage-colorectal")))
    for _ in range(2):
        assert marie.submit("Enregistrer", state="to_plan").status == 200
    assert told(room) == [f"« {BOWEL} » : à prévoir"]
    assert len(marks(room)) == 1


def test_two_windows_at_once_leave_one_mark(room: Room, marie: Browser) -> None:
    item = open_now(room, "depistage-colorectal")
    former = marie.go(address(item)).page
    marie.submit("Enregistrer", state="to_plan")
    marie.page = former  # the other window does not know
    marie.submit("Enregistrer", state="not_done")
    assert [one[1] for one in marks(room)] == [State.NOT_DONE]
    with room.inside():  # and where the store alone can tell
        again = marking._row(room.record(1), item, State.DONE)
        assert again is db.session.scalars(sa.select(Mark)).one()


BAD = {
    "thirtieth of February": ("30/02/2026", "Cette date n’existe pas"), "words": ("hier", "Cette date n’existe pas"),
    "future": ("01/01/2999", "pas encore venue"), "before birth": ("12/03/1890", "avant la naissance"),
    "long before": ("12/03/1999", "trop tôt : la période commence le"),
}


@pytest.mark.parametrize(("day", "words"), BAD.values(), ids=BAD.keys())
def test_a_bad_date_is_refused_with_its_cure_and_kept_as_typed(room: Room, marie: Browser, day: str, words: str) -> None:
    marie.go(address(open_now(room, "depistage-colorectal"))).submit("Enregistrer", state="done", done_on=day)
    assert marie.status == 422
    assert marie.sees(words)
    assert marie.page.find("input", {"value": "done"}).has_attr("checked")
    assert marie.page.find(id="done_on")["value"] == day
    assert marks(room) == []


def test_a_forged_answer_is_refused(room: Room, marie: Browser) -> None:
    marie.go(address(open_now(room, "depistage-colorectal"))).submit("Enregistrer", state="perhaps")
    assert marie.status == 422
    assert marks(room) == []


def test_what_begins_in_a_year_can_be_planned_not_done(room: Room) -> None:
    with room.inside():
        far = next(item for item in recommended.every(room.record(1)) if item.opens_on > today() + marking.EARLY)
    with pytest.raises(Refused, match="commence seulement"):
        mark(room, far, State.DONE)
    mark(room, far, State.TO_PLAN)
    assert [one[1] for one in marks(room)] == [State.TO_PLAN]


def test_what_a_professional_recorded_is_done_and_locked(room: Room, marie: Browser) -> None:
    item = open_now(room, "vaccin-rappel-adulte")
    marie.go(address(item)).submit("Enregistrer", state="not_done")
    page, where = marie.page, marie.path
    vaccinate(room, "DTP", today() - timedelta(days=1))
    marie.page, marie.path = page, where  # the page was open meanwhile
    marie.submit("Enregistrer", state="to_plan")
    assert marie.sees("noté par Hélène Garnier")
    assert marie.sees("vous ne pouvez pas le changer")
    assert marie.page.find("input", {"name": "state"}) is None
    assert item.title in lines(marie.go(LIST))["Fait"]
    with pytest.raises(Refused, match="Hélène Garnier"):
        mark(room, open_now(room, "vaccin-rappel-adulte"), None)
    assert [one[1] for one in marks(room)] == [State.NOT_DONE]


def test_a_vaccination_taken_back_gives_the_persons_own_word_back(room: Room) -> None:
    mark(room, open_now(room, "vaccin-rappel-adulte"), State.TO_PLAN)
    vaccinate(room, "DTP", today())
    with room.inside():
        vaccination.withdraw(room.user("pharm-garnier"), vaccination.of_record(room.record(1))[0])
    item = open_now(room, "vaccin-rappel-adulte")
    assert (item.state, item.is_locked) == (State.TO_PLAN, False)


def test_two_doses_are_needed_of_what_takes_two(room: Room) -> None:
    vaccinate(room, "ZONA", today() - timedelta(days=90))
    assert open_now(room, "vaccin-zona").state is None
    vaccinate(room, "ZONA", today())
    item = open_now(room, "vaccin-zona")
    assert (item.state, item.done_on, item.done_by) == (State.DONE, today(), "Hélène Garnier")


def test_a_childs_exam_made_by_the_doctor_is_done_for_the_parents(room: Room, marie: Browser) -> None:
    with room.inside():
        first = child(room, 1)
        exam = [one for one in exams.every().values() if one.window(first.birth_date)[0] <= today()][-1]
        doctors.add(room.user("dr-lemoine"), first, exam, doctors.Told(today(), "Bien."))
        name = first.first_name
        item = next(one for one in recommended.every(first) if one.code == f"examen-{exam.code}")
    marie.go("/profils/").submit(f"Ouvrir le profil de {name}").go(LIST)
    assert f"l’âge de {name}" in text_of(marie.page.find(class_="lead"))
    assert exam.title in lines(marie)["Fait"]
    assert marie.go(address(item)).sees("noté par Dr Claire Lemoine")


def test_a_parent_marks_for_the_child_and_all_twenty_exams_are_there(room: Room, marie: Browser) -> None:
    with room.inside():
        name = child(room, 1).first_name
        item = next(one for one in recommended.every(child(room, 1)) if one.code == "mt-dents" and one.is_open)
    marie.go("/profils/").submit(f"Ouvrir le profil de {name}").go(LIST)
    found = [title for group in lines(marie).values() for title in group]
    assert len({title for title in found if title.startswith("Examen de l’enfant")}) == 20
    assert marie.go(address(item)).sees(f"Où en est {name} ?")
    marie.submit("Enregistrer", state="to_plan")
    assert marie.sees(f"À cause de l’âge de {name}")
    with room.inside():
        assert [one.record.name for one in db.session.scalars(sa.select(Mark))] == [child(room, 1).name]


def test_a_forged_address_and_anothers_line_are_not_found(room: Room, marie: Browser) -> None:
    item = open_now(room, "depistage-colorectal")
    with room.inside():
        own = {(one.code, one.opens_on) for one in recommended.every(room.record(1))}
        theirs = next(one for one in recommended.every(room.record(2)) if (one.code, one.opens_on) not in own)
    forged = (
        address(theirs), f"{LIST}rien/{item.opens_on}", f"{LIST}{item.code}/2020-02-30", f"{LIST}{item.code}/{item.opens_on:%Y%m%d}",
        f"{LIST}{item.code}/{item.opens_on + timedelta(days=1)}",
    )
    marie.go(address(item))
    token = marie.page.find("input", {"name": "csrf_token"})["value"]
    for where in forged:
        assert marie.client.get(where).status_code == 404, where
        assert marie.client.post(where, data={"state": "done", "csrf_token": token}).status_code == 404, where
    assert marks(room) == []


def test_jean_does_not_see_what_marie_says(room: Room, marie: Browser, jean: Browser) -> None:
    aged(room, "66y", seat=2)
    item = open_now(room, "depistage-colorectal")
    marie.go(address(item)).submit("Enregistrer", state="done")
    assert "Fait" not in lines(jean.go(LIST))
    assert BOWEL in lines(jean)["À faire maintenant"]


def test_a_reset_takes_back_what_was_said(room: Room) -> None:
    mark(room, open_now(room, "depistage-colorectal"), State.TO_PLAN)
    with room.inside():
        resets.reset_seat(db.session.get_one(Workshop, room.workshop_id), 1)
    assert marks(room) == []
    with room.inside():
        resets.undo(db.session.get_one(Workshop, room.workshop_id))
    assert [one[:2] for one in marks(room)] == [("depistage-colorectal", State.TO_PLAN)]
    assert open_now(room, "depistage-colorectal").state is State.TO_PLAN


def test_a_record_restored_another_month_keeps_its_marks_on_the_nearest_window(room: Room) -> None:
    item = open_now(room, "depistage-colorectal")
    mark(room, item, State.TO_PLAN)
    with room.inside():
        db.session.scalars(sa.select(Mark)).one().opens_on = item.opens_on - timedelta(days=45)
    mark(room, open_now(room, "depistage-colorectal"), State.NOT_DONE)
    assert open_now(room, "depistage-colorectal").state is State.NOT_DONE
    assert len(marks(room)) == 1
    mark(room, open_now(room, "depistage-colorectal"), None)
    assert marks(room) == []


def test_a_list_asks_two_questions(room: Room) -> None:
    mark(room, open_now(room, "depistage-colorectal"), State.TO_PLAN)
    vaccinate(room, "GRIPPE", today())
    with room.inside():
        record = room.record(1)
        db.session.flush()
        with asked(room.app) as questions:
            recommended.dated(record)
        assert len(questions) == 2
        assert calendar.windows.cache_info().hits
