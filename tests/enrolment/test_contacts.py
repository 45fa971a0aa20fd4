"""The terms, then the e-mail address and the mobile, each proven by a code; the space is activated after them."""

from __future__ import annotations

import pytest

from sandbox.account import codes, life
from sandbox.account.models import CodePurpose, Life
from sandbox.workshops.starts import Start
from tests.browser import text_of
from tests.enrolment.proven import another, proven, six_digits, with_email, with_login, with_terms
from tests.room import Room


@pytest.mark.practises("A08")
def test_somebody_accepts_the_terms_and_proves_their_address_and_their_mobile(room: Room) -> None:
    marie = with_login(room)
    assert marie.submit("Continuer").status == 422
    assert marie.sees("Pour continuer, cochez cette case")
    marie.submit("Continuer", accepted="y")
    assert marie.heading == "Mon adresse e-mail"
    marie.submit("Recevoir un code").submit("Valider", code=six_digits(marie))
    assert marie.sees("Votre adresse e-mail est vérifiée")
    assert marie.heading == "Mon numéro de mobile"
    marie.submit("Recevoir un code").submit("Valider", code=six_digits(marie))
    assert marie.path == "/bienvenue/"
    assert marie.sees("Votre espace est activé")
    with room.inside():
        assert room.record(1).life is Life.ACTIVE


# --- the terms ----------------------------------------------------------------------------------------

def test_whoever_refuses_the_terms_leaves_without_anything_done(room: Room) -> None:
    printed, marie = room.card(1).identifier, with_login(room)
    marie.click("Je n’accepte pas")
    assert marie.sees("vous opposer à sa création")
    marie.submit("Arrêter l’activation")
    assert marie.sees("Rien n’a été fait")
    with room.inside():
        assert room.record(1).life is Life.CREATED
        assert room.record(1).owner.identifier == printed
    assert marie.go("/activation/conditions").path == "/activation/"


def test_somebody_who_hesitates_goes_back_to_the_terms(room: Room) -> None:
    marie = with_login(room).click("Je n’accepte pas").click("Revenir aux conditions")
    assert marie.submit("Continuer", accepted="y").heading == "Mon adresse e-mail"


# --- the address and the number -----------------------------------------------------------------------

def test_the_known_contacts_are_already_written_and_may_be_changed(room: Room) -> None:
    marie = with_terms(room)
    with room.inside():
        known = room.record(1).email
    assert marie.page.find(id="contact")["value"] == known
    marie.submit("Recevoir un code", contact="Nouvelle.Adresse@courriel.example ")
    assert marie.sees("nouvelle.adresse@ courriel.example")
    marie.submit("Valider", code=six_digits(marie))
    marie.submit("Recevoir un code", contact="+33 6 39 98-55 66").submit("Valider", code=six_digits(marie))
    with room.inside():
        record = room.record(1)
        assert (record.email, record.phone) == ("nouvelle.adresse@courriel.example", "06 39 98 55 66")


def test_a_contact_that_the_caisse_does_not_know_is_not_written_beforehand(room: Room) -> None:
    marie = proven(room, start=Start.CONTACT_UNKNOWN)
    marie.submit("Continuer", identifier="lavande.2026", password="Tisane-verte-3", again="Tisane-verte-3")
    marie.submit("Continuer", accepted="y")
    assert marie.page.find(id="contact")["value"] == ""
    assert marie.sees("Celle de votre carte d’exercice")


@pytest.mark.parametrize(("typed", "told"), [
    ("", "Écrivez votre adresse e-mail"),
    ("marie.courriel.example", "Il manque quelque chose"),
    ("marie@", "Il manque quelque chose"),
    ("marie.vraie@gmail.com", "pourrait être celle d’une vraie personne"),
])
def test_an_address_that_will_not_do_is_refused_with_the_cure(room: Room, typed: str, told: str) -> None:
    marie = with_terms(room).submit("Recevoir un code", contact=typed)
    assert marie.status == 422
    assert told in text_of(marie.page.find(id="contact-error"))


@pytest.mark.parametrize(("typed", "told"), [
    ("06 39 98 12", "dix chiffres"),
    ("01 99 00 12 34", "06 39 98"),
    ("06 12 34 56 78", "pourrait être celui d’une vraie personne"),
    ("mon mobile", "seulement des chiffres"),
])
def test_a_number_that_is_no_mobile_of_fiction_is_refused_with_the_cure(room: Room, typed: str, told: str) -> None:
    marie = with_email(room).submit("Recevoir un code", contact=typed)
    assert marie.status == 422
    assert told in text_of(marie.page.find(id="contact-error"))


def test_whoever_has_no_mobile_goes_in_and_gets_their_codes_by_e_mail(room: Room) -> None:
    marie = with_email(room).submit("Oui, je n’ai pas de mobile")
    assert marie.path == "/bienvenue/"
    with room.inside():
        assert room.record(1).phone == ""
        assert room.record(1).is_active


def test_the_activation_is_told_by_a_message_and_kept_in_the_history(room: Room) -> None:
    marie = with_email(room).submit("Recevoir un code")
    marie.submit("Valider", code=six_digits(marie)).go("/telephone/")
    assert marie.sees("Votre espace est activé")
    assert marie.go("/historique/?onglet=moi").sees("Activation de l’espace")


# --- the codes ----------------------------------------------------------------------------------------

def test_a_code_is_typed_with_spaces_and_a_wrong_one_is_explained(room: Room) -> None:
    marie = with_terms(room).submit("Recevoir un code")
    right = six_digits(marie)
    assert marie.submit("Valider", code=another(right)).sees("Ce code n’est pas le bon")
    assert marie.submit("Valider", code="").sees("Recopiez les six chiffres")
    assert marie.submit("Valider", code=f"{right[:3]} {right[3:]}").heading == "Mon numéro de mobile"


def test_a_new_code_replaces_the_former_one(room: Room) -> None:
    marie = with_terms(room).submit("Recevoir un code")
    former = six_digits(marie)
    marie.submit("Recevoir un autre code")
    assert marie.submit("Valider", code=former).sees("Ce code n’est plus valable")
    assert marie.submit("Valider", code=six_digits(marie)).heading == "Mon numéro de mobile"


def test_a_code_that_is_too_old_is_replaced(room: Room) -> None:
    marie = with_terms(room).submit("Recevoir un code")
    late = six_digits(marie)
    with room.inside():
        room.world().shift_seconds += 11 * 60
    assert marie.submit("Valider", code=late).sees("Ce code n’est plus valable")
    marie.submit("Recevoir un autre code")
    assert marie.submit("Valider", code=six_digits(marie)).heading == "Mon numéro de mobile"


def test_five_wrong_codes_make_this_person_wait_a_minute(room: Room) -> None:
    marie = with_terms(room).submit("Recevoir un code")
    right = six_digits(marie)
    for _ in range(5):
        marie.submit("Valider", code=another(right))
    assert marie.sees("Trop d’essais")
    assert marie.submit("Valider", code=right).sees("Trop d’essais")
    with room.inside():
        room.world().shift_seconds += 61
    assert marie.submit("Valider", code=right).heading == "Mon numéro de mobile"


def test_the_address_can_be_corrected_after_the_code_has_left(room: Room) -> None:
    marie = with_terms(room).submit("Recevoir un code", contact="faute@courriel.example")
    former = six_digits(marie)
    marie.click("Changer d’adresse e-mail")
    assert marie.sees("Il est parti à cette adresse : faute@courriel.example")
    marie.submit("Recevoir un code", contact="juste@courriel.example")
    assert marie.submit("Valider", code=former).sees("Ce code n’est plus valable")
    marie.submit("Valider", code=six_digits(marie))
    with room.inside():
        assert room.record(1).email == "juste@courriel.example"


def test_the_code_of_the_address_does_not_prove_the_number(room: Room) -> None:
    marie = with_terms(room).submit("Recevoir un code")
    code = six_digits(marie)
    marie.submit("Valider", code=code).submit("Recevoir un code")
    if six_digits(marie) != code:
        assert marie.submit("Valider", code=code).status == 422


# --- any order ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("path", ["identifiants", "conditions", "email", "email/code", "mobile", "mobile/code"])
def test_any_address_of_the_way_leads_to_the_step_that_is_left(room: Room, path: str) -> None:
    assert with_login(room).go(f"/activation/{path}").path == "/activation/conditions"


def test_without_a_code_on_its_way_its_page_leads_to_the_address(room: Room) -> None:
    assert with_terms(room).go("/activation/email/code").path == "/activation/email"


def test_what_the_trainer_puts_back_meanwhile_is_not_activated(room: Room) -> None:
    marie = with_email(room)
    with room.inside():
        life.put(room.record(1), Start.OPPOSED)
    marie.submit("Oui, je n’ai pas de mobile")
    with room.inside():
        assert room.record(1).life is Life.OPPOSED
    assert not marie.go("/").path.startswith("/bienvenue")


def test_a_second_window_that_is_late_changes_nothing(room: Room) -> None:
    marie = with_email(room).submit("Recevoir un code")
    with room.inside():
        codes.send(room.record(1).owner, CodePurpose.SIGN_IN)
    code = six_digits(marie.go("/activation/mobile/code"))
    assert marie.submit("Valider", code=code).status == 422
