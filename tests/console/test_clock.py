"""The trainer moves the workshop's clock: what was to come happens on the way, each at its hour, once, for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from sandbox import clock
from sandbox.account import codes
from sandbox.account.models import CodePurpose, OneTimeCode
from sandbox.agenda import own
from sandbox.agenda.models import Appointment
from sandbox.agenda.own import Details
from sandbox.console import advancing
from sandbox.db import db, writing
from sandbox.documents import service as documents
from sandbox.journal.models import Entry
from sandbox.live import Event
from sandbox.notifications.models import Code, Notification
from sandbox.prescriptions import delivering
from sandbox.prescriptions import service as prescriptions
from sandbox.workshops import luggage, resets, spares
from sandbox.workshops.models import Workshop
from sandbox.workshops.planned import Happening
from tests.browser import Browser, text_of
from tests.cast import Cast
from tests.console.hours import Hours
from tests.console.test_planning import put_back
from tests.room import Room
from tests.workshops.cases import again
from tests.workshops.test_any_sequence import LINE


@pytest.fixture
def hours(room: Room, monkeypatch: pytest.MonkeyPatch) -> Hours:
    with room.app.app_context(), writing():
        db.session.execute(sa.delete(Happening))
        db.session.commit()
        db.session.remove()
    hours = Hours(monkeypatch)
    hours.set(clock.at(clock.date(2026, 11, 24), 10))
    room.renew()
    return hours


def page(samira: Browser, room: Room) -> Browser:
    return samira.go(f"/console/{room.code}/horloge")


def moves(samira: Browser, room: Room, words: str) -> Browser:
    return page(samira, room).submit(words)


def forward(samira: Browser, room: Room, amount: object, unit: str = "days") -> Browser:
    page(samira, room)
    form = next(form for form in samira.page.find_all("form") if form.find(attrs={"name": "amount"}))
    data = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    action = f"/console/{room.code}/horloge"
    return samira._send(form, action, data | {"amount": str(amount), "unit": unit})


def banner(person: Browser) -> str:
    return text_of(person.page.select_one(".training-day"))


def codes_of(room: Room, seat: int) -> list[tuple[Code, str]]:
    with room.inside():
        query = sa.select(Notification.code, Notification.at).where(Notification.seat == seat).order_by(Notification.at, Notification.id)
        return [(code, f"{at:%d/%m %H:%M}") for code, at in db.session.execute(query)]


@pytest.mark.practises("T17")
def test_in_six_weeks_reminders_went_out_codes_are_over_results_are_seen_and_prescriptions_lapse(
    room: Room, samira: Browser, marie: Browser, hours: Hours
) -> None:
    with room.inside():
        record = room.record(1)
        own.add(record.owner, record, Details("Ostéopathe", clock.at(clock.date(2026, 12, 10), 14), minutes=15))
        documents.deposit_text(room.user("dr-haddad"), record, title="Résultat à expliquer", category="CPT_REND", text="Bénin.", kept_back=True)
        codes.send(record.owner, CodePurpose.EMAIL, target="marie@courriel.example")
        prescriptions.prescribe(room.user("dr-lemoine"), room.record(2), [LINE])
    assert not marie.go("/documents/").sees("Résultat à expliquer")
    assert banner(marie) == ""
    moves(samira, room, "Demain matin")
    assert samira.sees("Dans l’atelier, nous sommes le mercredi 25 novembre 2026 à 8 h.")
    assert samira.sees("1 code expiré")
    moves(samira, room, "Dans six semaines")
    assert samira.sees("Dans l’atelier, nous sommes le mercredi 6 janvier 2027 à 8 h.")
    assert "visible" in text_of(samira.page.select_one(".flash"))
    assert "rappel" in text_of(samira.page.select_one(".flash"))
    assert marie.go("/documents/").sees("Résultat à expliquer")
    assert banner(marie) == "Dans l’atelier, nous sommes le mercredi 6 janvier 2027."
    told = codes_of(room, 1)
    assert (Code.RAPPEL_RDV_USAGER, "09/12 09:00") in told
    forward(samira, room, 60)
    assert "ordonnance" in text_of(samira.page.select_one(".flash"))
    assert room.learner(2).go("/ordonnances/").sees("Expirée")
    assert samira.go(f"/console/{room.code}/evenements").sees("L’horloge de l’atelier avance jusqu’au mercredi 6 janvier 2027 à 8 h")
    assert samira.go(f"/console/{room.code}").sees("Dans l’atelier, nous sommes le dimanche 7 mars 2027")


def test_each_thing_finds_the_clock_at_its_own_hour_and_in_order(room: Room, samira: Browser, hours: Hours) -> None:
    with room.inside():
        record = room.record(1)
        for days in (3, 8, 20):
            own.add(record.owner, record, Details(f"Rendez-vous {days}", clock.at(clock.today() + timedelta(days=days), 15), minutes=15))
        documents.deposit_text(room.user("dr-haddad"), record, title="À expliquer", category="CPT_REND", text="Bénin.", kept_back=True)
    moves(samira, room, "Dans six semaines")
    with room.inside():
        query = sa.select(Entry.act, Entry.at).where(Entry.seat == 1, ~Entry.from_pack).order_by(Entry.id)
        lived = [(act, at) for act, at in db.session.execute(query) if act in {"AnnouncementAwaited", "DocumentReleased", "AppointmentNear"}]
    moments = [at for _, at in lived]
    assert moments == sorted(moments)
    assert {"AnnouncementAwaited", "DocumentReleased"} <= {act for act, _ in lived}
    notified = [at for code, at in codes_of(room, 1) if code is Code.RAPPEL_RDV_USAGER]
    assert {"26/11 09:00", "01/12 09:00", "13/12 09:00"} <= set(notified)


def test_it_is_done_once_and_nothing_of_it_again_at_the_next_page(room: Room, samira: Browser, marie: Browser, hours: Hours) -> None:
    moves(samira, room, "Dans six semaines")
    before = [codes_of(room, seat) for seat in (1, 2, 3, 4)]
    marie.go("/")
    samira.go(f"/console/{room.code}")
    assert [codes_of(room, seat) for seat in (1, 2, 3, 4)] == before


def test_marie_stays_where_she_was_and_hears_of_it(room: Room, samira: Browser, marie: Browser, hours: Hours) -> None:
    marie.go("/documents/")
    moves(samira, room, "Dans une semaine")
    with room.app.app_context():
        told = {e.topic for e in db.session.scalars(sa.select(Event).where(Event.audience == f"all:{room.workshop_id}"))}
        db.session.remove()
    assert {"clock", "agenda", "prescriptions", "documents"} <= told
    assert "Dans l’atelier" in marie.client.get("/aujourdhui").get_data(as_text=True)
    assert marie.go("/documents/").heading == "Documents"
    assert room.professional("dr-lemoine").go("/pro/").sees("Dans l’atelier, nous sommes le mardi 1er décembre 2026.")


def test_a_reset_comes_back_to_today_and_its_undo_to_the_hour_of_before(room: Room, samira: Browser, marie: Browser, hours: Hours) -> None:
    moves(samira, room, "Dans six semaines")
    put_back(room)
    assert marie.go("/aide/").status == 200
    assert banner(marie) == ""
    assert page(samira, room).sees("C’est l’heure de votre montre")
    samira.go(f"/console/{room.code}").submit("Annuler cette remise à zéro")
    assert banner(marie.go("/aide/")) == "Dans l’atelier, nous sommes le mardi 5 janvier 2027."


def test_a_seat_put_back_alone_stays_at_the_hour_of_the_room(room: Room, samira: Browser, marie: Browser, hours: Hours) -> None:
    moves(samira, room, "Dans une semaine")
    samira.go(f"/console/{room.code}/places/remise-a-zero?seat=1")
    token = samira.page.find("input", attrs={"name": "csrf_token"})["value"]
    samira.client.post(f"/console/{room.code}/places/remise-a-zero", data={"csrf_token": token, "seat": ["1"]})
    assert banner(marie.go("/aide/")) == "Dans l’atelier, nous sommes le mardi 1er décembre 2026."


def test_a_workshop_that_is_taken_away_keeps_its_hour(room: Room, samira: Browser, hours: Hours) -> None:
    moves(samira, room, "Dans six semaines")
    with room.app.app_context(), writing():
        brought = again(luggage.packed(db.session.get_one(Workshop, room.workshop_id)))
        assert advancing.face(brought).now.date() == clock.date(2027, 1, 5)
        db.session.remove()


def test_two_trainers_press_at_once_and_it_moves_once(room: Room, samira: Browser, hours: Hours) -> None:
    colleague = page(room.trainer(), room)
    moves(samira, room, "Dans une semaine")
    assert colleague.submit("Dans une semaine").sees("L’horloge vient d’être déplacée par quelqu’un d’autre")
    assert page(samira, room).sees("Dans l’atelier, nous sommes le mardi 1er décembre 2026 à 10 h")


def test_records_put_back_on_the_way_stay_at_today_and_nothing_more_is_lived_through(
    room: Room, samira: Browser, hours: Hours, monkeypatch: pytest.MonkeyPatch
) -> None:
    with room.app.app_context(), writing():
        spares.fill_one(room.workshop_id)
        db.session.remove()

    def somebody_resets() -> None:
        monkeypatch.setattr(spares, "breathe", lambda: None)
        resets.reset_workshop(db.session.get_one(Workshop, room.workshop_id))
        db.session.commit()

    page(samira, room)
    monkeypatch.setattr(spares, "breathe", somebody_resets)
    assert samira.submit("Dans six semaines").sees("L’horloge vient d’être déplacée par quelqu’un d’autre, ou les dossiers remis à zéro")
    assert samira.sees("C’est l’heure de votre montre")
    room.learner(1).go("/")
    assert Code.RAPPEL_RDV_USAGER not in {code for code, at in codes_of(room, 1) if at > "24/11 10:01"}


@pytest.mark.browser
def test_the_new_date_comes_to_a_page_that_nobody_touches(people: Cast, room: Room) -> None:
    marie, samira = people.learner(1, phone=True), people.trainer()
    marie.go("/documents/")
    expect(marie.page.locator(".training-day")).to_be_hidden()
    samira.go(f"/console/{room.code}/horloge").press("Dans six semaines")
    expect(marie.page.locator(".training-day")).to_contain_text("Dans l’atelier, nous sommes le", timeout=8_000)
    marie.look().go("/agenda/").sees("Dans l’atelier, nous sommes le")


@pytest.mark.parametrize(("amount", "unit"), [
    ("0", "days"), ("-3", "days"), ("367", "days"), ("9000", "hours"), (10**9, "days"), ("9" * 40, "hours"), ("²", "days"), ("", "days"),
    ("1", "years"), ("un", "hours"), ("9999-12-31", "days"),
])
def test_an_odd_number_is_refused_beside_its_field(room: Room, samira: Browser, hours: Hours, amount: object, unit: str) -> None:
    assert forward(samira, room, amount, unit).status == 422
    assert page(samira, room).sees("C’est l’heure de votre montre")


@pytest.mark.parametrize("press", [{"to": "hier"}, {"to": "matin", "seen": "x"}, {"to": "matin", "seen": "9" * 50}])
def test_an_odd_press_moves_nothing(room: Room, samira: Browser, hours: Hours, press: dict[str, str]) -> None:
    token = page(samira, room).page.find("input", attrs={"name": "csrf_token"})["value"]
    assert samira.client.post(f"/console/{room.code}/horloge", data={"csrf_token": token} | press).status_code in {302, 422}
    assert page(samira, room).sees("C’est l’heure de votre montre")


def test_three_years_are_the_farthest(room: Room, samira: Browser, marie: Browser, hours: Hours) -> None:
    for _ in range(3):
        forward(samira, room, 366)
    assert forward(samira, room, 1).sees("ne va pas plus loin que trois ans")
    assert marie.go("/").status == 200
    assert marie.go("/agenda/").status == 200


def test_over_the_night_when_the_clocks_change_eight_is_eight(room: Room, samira: Browser, hours: Hours) -> None:
    hours.set(clock.at(clock.date(2027, 3, 27), 10))
    room.renew()
    assert moves(samira, room, "Demain matin").sees("dimanche 28 mars 2027 à 8 h")
    hours.set(clock.at(clock.date(2026, 10, 24), 10))
    room.renew()
    assert moves(samira, room, "Demain matin").sees("dimanche 25 octobre 2026 à 8 h")


def test_a_renewal_opens_on_the_way(room: Room, samira: Browser, hours: Hours) -> None:
    with room.inside():
        signed = prescriptions.prescribe(room.user("dr-lemoine"), room.record(3), [LINE])
        delivering.deliver(room.user("pharm-garnier"), signed.lines[0], 1)
    assert "renouvellement" in text_of(forward(samira, room, 31).page.select_one(".flash"))


def test_a_few_hours_only_let_a_code_die(room: Room, samira: Browser, hours: Hours) -> None:
    with room.inside():
        codes.send(room.record(1).owner, CodePurpose.EMAIL, target="marie@courriel.example")
    assert forward(samira, room, 2, "hours").sees("1 code expiré")
    assert page(samira, room).sees("C’est plus tard qu’à votre montre")
    with room.inside():
        assert all(one.is_over for one in db.session.scalars(sa.select(OneTimeCode).where(OneTimeCode.purpose == CodePurpose.EMAIL)))


def test_nothing_to_do_is_said_too(room: Room, samira: Browser, hours: Hours) -> None:
    with room.inside():
        db.session.execute(sa.delete(Appointment))
    assert forward(samira, room, 1, "hours").sees("Rien n’était à faire en chemin.")
