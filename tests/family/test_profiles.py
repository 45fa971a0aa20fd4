"""The child of each seat: whose profile is open is always said, and nobody opens a neighbour's."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.account.models import Life, Record, Role, User
from sandbox.agenda.models import Appointment
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.journal.models import ActorKind, Entry
from sandbox.mailbox.models import Mail
from sandbox.notifications.models import Notification
from tests.browser import Browser, text_of
from tests.partners.pairing import signed_in_at
from tests.room import Room


def child(room: Room, seat: int) -> Record:
    """Only inside: the record of the seat's child whose profile is activated."""
    query = sa.select(Record).join(Record.owner).where(Record.seat == seat, User.role == Role.DEPENDANT, Record.life == Life.ACTIVE)
    return db.session.scalars(query).one()


def first_name(room: Room, seat: int) -> str:
    with room.inside():
        return child(room, seat).first_name


def strip(person: Browser) -> str:
    return text_of(person.page.find(class_="borrowed"))


def bell(person: Browser) -> str:
    return text_of(person.page.find(class_="bell"))


def switcher(person: Browser) -> str:
    return text_of(person.page.find(class_="switcher"))


@pytest.mark.practises("B04")
def test_marie_opens_her_child_and_comes_back_and_every_page_says_where_she_is(room: Room, marie: Browser) -> None:
    name = first_name(room, 1)
    marie.go("/").click("Changer de profil")
    assert marie.heading == "Mes profils"
    assert marie.sees("2 notifications à lire")
    marie.submit(f"Ouvrir le profil de {name}")
    assert marie.path == "/"
    for page in ("/", "/documents/", "/notifications/", "/messages/", "/agenda/", "/profil/", "/profils/", "/aide/"):
        marie.go(page)
        assert f"Vous êtes dans le profil de {name}" in strip(marie), page
        assert name in switcher(marie), page
    marie.submit("Revenir à mon profil")
    assert marie.path == "/"
    assert strip(marie) == ""
    assert name not in switcher(marie)


PAGES = {
    "/documents/": "Passage aux urgences – cheville droite", "/notifications/": "Après l’entorse",
    "/messages/": "Après l’entorse", "/agenda/": "Contrôle de la cheville", "/profil/allergies": "Allergie à l’arachide",
    "/historique/": "a ouvert le dossier ", "/ordonnances/": "ordonnance", "/aide/": "Aide",
    "/confidentialite/": "dossier", "/mes-donnees/": "données", "/catalogue/": "Catalogue",
}


@pytest.mark.parametrize("page", PAGES)
def test_every_section_is_the_childs_while_it_is_open(room: Room, marie: Browser, page: str) -> None:
    opened(room, marie)
    assert marie.go(page).status == 200
    assert marie.sees(PAGES[page])
    assert not marie.sees("Hypertension artérielle")


def opened(room: Room, person: Browser, seat: int = 1) -> Browser:
    return person.go("/profils/").submit(f"Ouvrir le profil de {first_name(room, seat)}")


def test_the_counter_of_the_bell_is_the_childs_and_the_switcher_counts_the_other_profile(room: Room, marie: Browser) -> None:
    assert "2 notifications à lire dans vos autres profils" in switcher(marie.go("/"))
    own = bell(marie)
    opened(room, marie)
    assert "2 notifications non lues" in bell(marie)
    marie.submit("Revenir à mon profil")
    assert bell(marie) == own


def test_what_happens_to_the_child_goes_to_the_childs_counter_and_to_the_parents_mail(room: Room, marie: Browser) -> None:
    with room.inside():
        before = db.session.scalar(sa.select(sa.func.count(Mail.id)).join(Mail.user).where(User.seat == 1)) or 0
        documents.deposit_text(
            room.user("labo-horizon"), child(room, 1), title="Analyse", category="BIOLOGIE", text="Normal."
        )
    assert "3 notifications à lire dans vos autres profils" in switcher(marie.go("/"))
    assert "3" in text_of(marie.go("/profils/compteur").page)
    with room.inside():
        mails = db.session.scalars(sa.select(Mail).join(Mail.user).where(User.seat == 1)).all()
        assert len(mails) == before + 1
        assert mails[-1].user.role is Role.LEARNER


def test_the_child_keeps_trace_of_the_parent_as_representative(room: Room, marie: Browser) -> None:
    opened(room, marie).go("/documents/").click("Passage aux urgences")
    with room.inside():
        record, parent = child(room, 1), room.record(1).owner
        query = sa.select(Entry).where(Entry.record_id == record.id, ~Entry.from_pack).order_by(Entry.id)
        lines = db.session.scalars(query).all()
        assert {line.actor_kind for line in lines} == {ActorKind.REPRESENTATIVE}
        assert {line.actor_id for line in lines} == {parent.id}
        assert lines[0].phrase == f"{parent.name} a ouvert le profil de {record.name}"
        assert {"DocumentOpened", "SectionOpened"} <= {line.act for line in lines}


def test_nobody_opens_the_child_of_a_neighbour_whatever_they_send(room: Room, marie: Browser, jean: Browser) -> None:
    with room.inside():
        record, document = child(room, 1), documents.of_record(child(room, 1))[0]
        refs = [record.ref, room.record(1).ref, record.owner.ref, "zzzzzzzz"]
        page = f"/documents/{document.ref}"
    token = jean.go("/profils/").page.find("input", attrs={"name": "csrf_token"})["value"]
    for ref in refs:
        assert jean.client.post(f"/profils/{ref}/ouvrir", data={"csrf_token": token}).status_code == 404
    assert jean.go(page).status == 404
    assert opened(room, marie).go(page).status == 200


def test_a_ref_forged_in_the_session_opens_ones_own_record(room: Room, jean: Browser) -> None:
    with room.inside():
        ref = child(room, 1).ref
    with jean.client.session_transaction("/") as session:
        session["record"] = ref
    assert strip(jean.go("/")) == ""
    assert room.card(2).name in switcher(jean)


def test_a_page_never_shows_a_thing_of_the_profile_that_is_not_open(room: Room, marie: Browser) -> None:
    with room.inside():
        note = db.session.scalars(sa.select(Notification.ref).where(Notification.record_id == child(room, 1).id)).first()
        own = documents.of_record(room.record(1))[0].ref
    assert marie.go(f"/notifications/{note}").status == 404
    assert opened(room, marie).go(f"/notifications/{note}").status == 200
    assert marie.go(f"/documents/{own}").status == 404


def test_a_page_left_in_another_tab_sends_nothing_into_the_profile_opened_since(room: Room, marie: Browser) -> None:
    letter = "Bonjour docteur, je vais mieux, merci."
    page = marie.go("/messages/").click("Suivi de votre tension").page
    opened(room, marie)
    start, marie.page = room.digest(), page
    marie.submit("Envoyer", text=letter)
    assert marie.status == 409
    assert marie.heading == "Un autre profil est ouvert"
    assert marie.sees(letter)
    assert room.digest() == start
    assert first_name(room, 1) in strip(marie.click("Continuer"))


def test_a_live_part_of_a_page_of_another_profile_is_not_fed(room: Room, marie: Browser) -> None:
    mine = str(marie.go("/").page.body["data-profile"])
    opened(room, marie)
    childs = str(marie.page.body["data-profile"])
    answers = [marie.client.get("/nouveautes", headers={"X-Profile": ref}).status_code for ref in (mine, childs, "")]
    assert answers == [409, 200, 200]


def test_an_appointment_booked_in_the_childs_profile_is_the_childs(room: Room, marie: Browser) -> None:
    signed_in_at(opened(room, marie), "rdv-valbrune").click("Dr Claire Lemoine")
    marie.go(marie._absolute(marie.page.select_one(".choices-list a")["href"]))
    marie.click(text_of(marie.page.select_one(".choices-list a"))).submit("Confirmer le rendez-vous")
    assert marie.heading == "Votre rendez-vous est confirmé"
    with room.inside():
        booked = db.session.scalars(sa.select(Appointment).where(Appointment.held)).one()
        assert booked.record_id == child(room, 1).id


def test_signing_out_forgets_the_opened_profile(room: Room, marie: Browser) -> None:
    opened(room, marie).submit("Se déconnecter")
    with marie.client.session_transaction("/") as session:
        assert "record" not in session


def test_after_a_reset_the_page_still_says_whose_profile_is_open(room: Room, marie: Browser) -> None:
    opened(room, marie)
    room.renew()
    assert strip(marie.go("/documents/")) == strip(marie.go("/"))
    assert first_name(room, 1) in strip(marie)
    assert strip(marie.submit("Revenir à mon profil")) == ""


def test_each_seat_has_one_child_of_its_own_entrusted_to_its_learner(room: Room) -> None:
    with room.inside():
        children = [child(room, seat) for seat in range(1, 5)]
        assert [record.keepers for record in children] == [[room.record(seat).owner] for seat in range(1, 5)]
        assert all(6 <= record.age <= 14 for record in children)
        assert [record.family_name for record in children] == [room.record(seat).family_name for seat in range(1, 5)]
        assert len({record.first_name for record in children}) > 1


def test_a_child_has_no_password_and_cannot_sign_in(room: Room) -> None:
    with room.inside():
        owner = child(room, 1).owner
        identifier, ref = owner.identifier, owner.ref
        assert owner.password_hash == ""
    person = Browser(room.app, "quelqu’un").go(f"/atelier/{room.code}")
    assert person.submit("Se connecter", identifier=identifier, password="Bac-a-sable-1").status == 422
    with person.client.session_transaction("/") as session:
        session["workshop"], session["_user_id"] = room.workshop_id, ref
    assert person.go("/documents/").path == f"/atelier/{room.code}"


def test_doctor_lemoine_finds_the_child_among_the_patients(room: Room, lemoine: Browser) -> None:
    name = first_name(room, 1)
    lemoine.go(f"/pro/?q={name}")
    assert lemoine.sees(name)


def test_a_child_is_no_seat_and_has_no_card(room: Room, samira: Browser) -> None:
    name = first_name(room, 1)
    samira.go(f"/console/{room.code}")
    assert not samira.sees(name)
    assert len(samira.page.select("table.board tbody tr")) == 4
    headings = [text_of(card.h2) for card in samira.go(f"/console/{room.code}/cartes").page.select(".seat-card")]
    assert sum(heading.startswith("Place") or heading[0].isdigit() for heading in headings) == 4, headings
    assert not any(name in heading for heading in headings)
