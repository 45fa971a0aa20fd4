"""Any order of screens leads somewhere right: the back button, two tabs, a bookmark, a pause, a trainer's reset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.account import life
from sandbox.account.models import Life
from sandbox.db import db, writing
from sandbox.enrolment.journey import DONE, FROM_THE_START, TOO_SOON, Journey
from sandbox.workshops import resets
from sandbox.workshops.models import Workshop
from sandbox.workshops.starts import Start
from tests.browser import Browser, form_values
from tests.enrolment.applicant import Applicant, at_the_door, children, pass_time, twins
from tests.room import Room
from tests.trying import tried

STEPS = (
    "", "preparer", "identite", "jumeaux", "representant", "canal", "code", "code/expire", "code/deja-utilise",
    "identifiants", "conditions", "email", "mobile", "profil-active", "deja-activee", "impossible", "non-representant",
    "session-expiree", "prolonger", "preparer?pour=enfant", "preparer?pour=moi", "prolonger?etape=mobile",
)
LOGIN = "/activation/identifiants"
WHICH = "Comment recevoir votre code ?"


@pytest.mark.parametrize("step", ["identite", "jumeaux", "representant", "canal", "code", "identifiants", "conditions", "email", "mobile"])
def test_a_bookmarked_step_leads_to_the_start_with_a_sentence(room: Room, step: str) -> None:
    browser = at_the_door(room).browser.go(f"/activation/{step}")
    assert browser.heading == "Activer mon espace"
    assert browser.sees(FROM_THE_START)


def test_a_step_too_far_leads_to_the_one_that_is_missing(room: Room) -> None:
    marie = at_the_door(room)
    marie.identify()
    assert marie.browser.go("/activation/mobile").heading == WHICH
    assert marie.browser.sees(TOO_SOON)


def test_the_back_button_lets_correct_until_the_code_and_leads_on_after_it(room: Room) -> None:
    marie = at_the_door(room)
    marie.identify()
    assert marie.browser.go("/activation/identite").heading == "Qui êtes-vous ?"
    marie.browser.submit("Continuer", **marie.facts)
    marie.ask_for_code().submit("Valider", code=marie.received())
    assert marie.browser.go("/activation/code").path == LOGIN
    assert marie.browser.sees(DONE)
    assert marie.browser.go("/activation/").path == LOGIN


def test_two_tabs_do_not_undo_each_other(room: Room) -> None:
    marie = at_the_door(room)
    marie.identify()
    marie.ask_for_code()
    other = Browser(room.app, "deuxième onglet")
    other.client = marie.browser.client
    other.go("/activation/code").submit("Valider", code=marie.received())
    assert marie.browser.submit("Valider", code=marie.received()).path == LOGIN
    assert marie.browser.sees(DONE)


def test_a_quarter_of_an_hour_without_a_page_ends_it_and_a_link_prolongs_it(room: Room) -> None:
    marie = at_the_door(room)
    browser = marie.identify()
    assert browser.sees("cette page reste ouverte jusqu’à")
    pass_time(room, minutes=14)
    assert browser.click("Rester 15 minutes de plus").heading == WHICH
    pass_time(room, minutes=14)
    answer = browser.client.get("/activation/prolonger", headers={"Accept": "application/json"})
    assert set(answer.json) == {"until"}
    pass_time(room, minutes=16)
    assert browser.submit("Recevoir mon code", channel="sms").heading == "Votre session a expiré"
    assert browser.click("Recommencer l’activation").heading == "Activer mon espace"
    assert not browser.sees("Vous avez déjà commencé")


def test_one_starts_again_at_will(room: Room) -> None:
    marie = at_the_door(room)
    marie.identify()
    assert marie.browser.go("/activation/").click("Reprendre où j’en étais").heading == WHICH
    assert marie.browser.go("/activation/").submit("Recommencer depuis le début").heading == "Activer mon espace"
    assert not marie.browser.sees("Vous avez déjà commencé")


def test_the_next_person_at_the_computer_does_not_go_on_as_the_former(room: Room) -> None:
    marie, jean = at_the_door(room), at_the_door(room, 2)
    marie.identify()
    jean.browser = marie.browser
    jean.browser.go(f"/carte/{room.card(2).token}")
    assert jean.browser.go("/activation/code").heading == "Activer mon espace"
    jean.identify()
    jean.ask_for_code().submit("Valider", code=jean.received())
    assert jean.browser.path == LOGIN


@pytest.mark.parametrize("proven", [False, True])
def test_a_space_put_back_by_the_trainer_begins_again(room: Room, proven: bool) -> None:
    marie = at_the_door(room)
    marie.identify()
    marie.ask_for_code()
    if proven:
        marie.browser.submit("Valider", code=marie.received())
    with room.inside():
        life.put(room.record(1), Start.CREATED)
    assert marie.browser.go("/activation/code").heading == "Votre session a expiré"
    marie.identify()
    assert marie.ask_for_code().submit("Valider", code=marie.received()).path == LOGIN


def test_a_seat_reset_in_the_middle_goes_on(room: Room) -> None:
    marie = at_the_door(room)
    marie.identify()
    with room.app.app_context(), writing():
        resets.reset_seat(db.session.get_one(Workshop, room.workshop_id), 1)
        db.session.commit()
        db.session.remove()
    assert marie.browser.go("/activation/code").heading == "Votre espace est déjà activé"  # as its pack has it


def test_a_whole_room_put_back_asks_for_another_code(room: Room) -> None:
    marie = at_the_door(room)
    marie.identify()
    marie.ask_for_code()
    room.renew()
    with room.inside():
        room.record(1).life = Life.CREATED
    assert marie.browser.go("/activation/code").heading == WHICH


def test_a_space_opposed_meanwhile_is_told(room: Room) -> None:
    marie = at_the_door(room)
    marie.identify()
    with room.inside():
        room.record(1).life = Life.OPPOSED
    assert marie.browser.go("/activation/code").heading == "Votre espace ne peut pas être activé"


@given(
    whom=st.sampled_from(["", "me", "child"]), card=st.sampled_from(["", "photo"]), person=st.sampled_from(["", "p"]),
    child=st.sampled_from(["", "c"]), among=st.sampled_from([[], ["c", "d"]]), channel=st.sampled_from(["", "sms", "provider"]),
    flags=st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_whatever_is_done_there_is_a_next_step_and_its_number(
    whom: str, card: str, person: str, child: str, among: list[str], channel: str, flags: list[bool]
) -> None:
    names = ("certified", "proven", "login", "terms", "email_ok", "mobile_ok")
    way = Journey(whom=whom, card=card, person=person, child=child, among=among, channel=channel, **dict(zip(names, flags, strict=True)))
    step = way.next_step()
    assert not step or not way.steps()[step]
    assert all(1 <= way.number_of(one) <= way.total for one in way.steps())
    if step in {"login", "terms", "email", "mobile"}:
        assert way.proven


WALK = st.lists(st.one_of(
    st.tuples(st.just("go"), st.sampled_from(STEPS)),
    st.tuples(st.just("press"), st.sampled_from(["0", "1", "2"])),
    st.tuples(st.just("wait"), st.sampled_from(["1", "16"])),
    st.tuples(st.just("put"), st.sampled_from(["created", "contact_unknown"])),
), max_size=12)


@tried(40)
@given(walk=WALK)
def test_any_walk_leads_somewhere_and_activates_nothing_without_the_code(room: Room, walk: list[tuple[str, str]]) -> None:
    marie = at_the_door(room)
    wander(marie, walk)
    assert marie.life() is Life.CREATED
    with room.inside():
        assert all(child.life is not Life.ACTIVE or child.delegations for child in children(room, 1))
    marie.browser.go("/activation/")
    if marie.browser.sees("Vous avez déjà commencé"):
        marie.browser.submit("Recommencer depuis le début")
    marie.identify()
    if marie.browser.page.find("input", {"value": "sms"}):
        assert marie.ask_for_code().submit("Valider", code=marie.received()).path == LOGIN


@tried(30)
@given(walk=WALK)
def test_no_walk_activates_a_child_without_the_code(room: Room, walk: list[tuple[str, str]]) -> None:
    marie = at_the_door(room, start=Start.ACTIVE)
    born, names = twins(room, 1)
    marie.browser.go("/activation/preparer?pour=enfant").submit("Continuer", card=marie.card)
    with room.inside():
        chosen = next(child.ref for child in children(room, 1) if child.first_name in names)
    wander(marie, walk, whom="child", birth=born.isoformat(), child=chosen)
    assert set(names) == set(twins(room, 1)[1])


def wander(person: Applicant, walk: list[tuple[str, str]], **more: str) -> None:
    """Here and there with the right answers, but never the right code."""
    answers = person.facts | {"whom": "me", "card": person.card, "channel": "sms", "code": "AAAABBBBCCCC", "answer": "certify"} | more
    for deed, about in walk:
        if deed == "go":
            person.browser.go(f"/activation/{about}")
        elif deed == "press":
            press(person.browser, int(about), answers)
        elif deed == "wait":
            pass_time(person.room, minutes=int(about))
        else:
            with person.room.inside():
                life.put(person.room.record(person.seat), Start.ACTIVE if more else Start(about))
        assert person.browser.status < 500
        assert person.browser.path.startswith(("/activation", "/atelier", "/rejoindre"))


def press(browser: Browser, which: int, answers: dict[str, str]) -> None:
    """The form number `which` of the page, filled as the person would."""
    forms = [form for form in browser.page.find_all("form") if "/activation" in str(form.get("action"))]
    if which >= len(forms):
        return
    form = forms[which]
    fields = {str(field.get("name")) for field in form.find_all(["input", "button"])}
    data = form_values(form) | {name: value for name, value in answers.items() if name in fields}
    browser._send(form, browser._absolute(str(form["action"])), data)
