"""« Services synchronisés »: read, changed purpose by purpose, stopped; and what a service may do at each moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock, french
from sandbox.catalogue import exchanges, halting, pairing
from sandbox.catalogue.calls import Denial, Denied
from sandbox.catalogue.models import Purpose, Status
from sandbox.db import db
from sandbox.journal.models import Entry
from sandbox.mailbox.models import Channel
from sandbox.mailbox.service import inbox
from sandbox.partners.models import Customer
from tests.account.at_the_door import later
from tests.browser import Browser, form_values, text_of
from tests.family.test_profiles import child, first_name
from tests.partners.pairing import answered, asked, paired, tied
from tests.room import Room

METER, PLACE = "glyco-suivi", "/services-synchronises/"
READ, WRITE, DEPOSIT = "mesures_lecture", "mesures_ecriture", "documents_ecriture"


def pushes(room: Room, customer: str) -> Denial | None:
    """The meter sends a reading: why the portal refuses, if it does."""
    with room.inside():
        key = db.session.scalars(sa.select(Customer).where(Customer.ref == customer)).one().passkey
        try:
            exchanges.push_measure(key, "glycemie", "1.05")
        except Denied as denied:
            return denied.denial
        return None


def tags(person: Browser) -> list[str]:
    return [text_of(tag) for tag in person.page.select("[data-fragment] .rows .tag")]


@pytest.mark.practises("H05")
def test_jean_changes_his_mind_then_stops_and_is_told_every_three_months(room: Room, jean: Browser) -> None:
    meter = tied(room, 2, METER)
    assert pushes(room, meter) is None
    jean.go("/parametres/").click("Services synchronisés").click("Glyco Suivi").click("Changer mes accords")
    jean.submit("Enregistrer mes réponses", **{WRITE: "non"})
    assert jean.sees("suit vos nouvelles réponses dès maintenant")
    assert pushes(room, meter) is Denial.REFUSED
    later(room, timedelta(days=91))
    jean.go("/")
    with room.inside():
        mail = next(mail for mail in inbox(room.record(2).owner, channel=Channel.EMAIL) if "services" in mail.subject)
        assert "Glyco Suivi" in mail.body
        path = mail.link
    jean.go(path).click("Glyco Suivi").submit("Oui, ne plus synchroniser")
    assert jean.sees("Il ne peut plus rien lire ni écrire ici")
    assert pushes(room, meter) is Denial.WITHDRAWN
    assert jean.go("/historique/?onglet=services").sees("Demande refusée à « Glyco Suivi »")
    assert jean.go("/profil/mesures?quoi=glycemie").sees("1,05")  # what was written stays


def test_the_list_says_since_when_what_and_the_last_exchange(room: Room, marie: Browser) -> None:
    meter = tied(room, 1, METER, Purpose.READ_MEASURES, Purpose.WRITE_MEASURES)
    assert marie.go(PLACE).sees("aucun échange pour l’instant")
    assert marie.sees("Vous l’autorisez à lire vos mesures et ajouter des mesures")
    later(room, timedelta(days=1))
    pushes(room, meter)
    with room.inside():
        day = clock.today()
    assert marie.go(PLACE).sees(f"dernier échange le {french.full_date(day)}")


def test_a_refusal_is_no_exchange_but_is_told(room: Room, marie: Browser) -> None:
    meter = tied(room, 1, METER, Purpose.READ_MEASURES)
    assert pushes(room, meter) is Denial.REFUSED
    assert marie.go(PLACE).click("Glyco Suivi").sees("Demande refusée à « Glyco Suivi »")
    assert marie.sees("Dernier échange aucun pour l’instant")


def test_nobody_has_synchronised_anything_and_the_page_teaches(room: Room, marie: Browser) -> None:
    with room.inside():
        for tie in pairing.of(room.record(1)):
            pairing.end(room.record(1).owner, tie, tie.service)
    assert marie.go(PLACE).sees("Aucun service n’est synchronisé")
    assert marie.click("Voir le catalogue de services").path == "/catalogue/"


def test_the_present_answers_are_shown_and_saving_them_changes_nothing(room: Room, marie: Browser) -> None:
    tied(room, 1, METER, Purpose.READ_MEASURES)
    marie.go(f"{PLACE}{METER}/accords")
    assert form_values(marie._form_of("Enregistrer"))[READ] == "oui"
    assert form_values(marie._form_of("Enregistrer"))[WRITE] == "non"
    marie.submit("Enregistrer mes réponses")
    with room.inside():
        assert not db.session.scalars(sa.select(Entry).where(Entry.act == "ConsentsChanged")).all()


def test_the_history_tells_what_was_given_and_what_was_taken(room: Room, marie: Browser) -> None:
    tied(room, 1, METER, Purpose.READ_MEASURES)
    marie.go(f"{PLACE}{METER}/accords").submit("Enregistrer mes réponses", **{READ: "non", WRITE: "oui"})
    assert marie.sees("accord donné pour ajouter des mesures, accord retiré pour lire vos mesures")
    assert tags(marie) == ["Autorisé", "Refusé", "Refusé"]


def test_withdrawing_everything_has_its_own_way(room: Room, marie: Browser) -> None:
    tied(room, 1, METER)
    marie.go(f"{PLACE}{METER}/accords").submit("Enregistrer mes réponses", **{READ: "non", WRITE: "non", DEPOSIT: "non"})
    assert (marie.status, marie.sees("choisissez « Ne plus synchroniser »")) == (422, True)
    assert form_values(marie._form_of("Enregistrer"))[READ] == "non"
    with room.inside():
        tie = pairing.with_service(room.record(1), METER)
        assert tie is not None
        assert tie.grants(Purpose.READ_MEASURES)


def test_every_question_is_to_be_answered_and_the_answers_given_are_kept(room: Room, marie: Browser) -> None:
    asked(marie, METER).submit("Valider mes réponses", **{READ: "oui", WRITE: "peut-être"})
    assert (marie.status, len(marie.page.select(".consent .field-error"))) == (422, 2)
    assert [str(one["name"]) for one in marie.page.select("input[type=radio][checked]")] == [READ]
    with room.inside():
        assert pairing.with_service(room.record(1), METER) is None


def test_ten_minutes_of_thinking_lose_nothing_that_was_ticked(room: Room, marie: Browser) -> None:
    asked(marie, METER)
    later(room, timedelta(minutes=11))
    assert answered(marie).sees("Dix minutes ont passé")
    assert (marie.status, len(marie.page.select("input[type=radio][checked]"))) == (422, 3)
    assert marie.submit("Valider mes réponses").heading == "Glyco Suivi est synchronisé"


def test_the_page_says_who_asks_what_for_and_what_is_learnt_anyway(marie: Browser) -> None:
    asked(marie, METER)
    for words in ("Orvane Capteurs", "Ajouter vos mesures de glycémie au fil de la journée", "Par exemple",
                  "reçoit votre nom et votre date de naissance", "Vous pourrez changer d’avis"):
        assert marie.sees(words), words


def test_a_parent_decides_for_the_child_and_the_page_says_for_whom(room: Room, marie: Browser) -> None:
    name = first_name(room, 1)
    marie.go("/profils/").submit(f"Ouvrir le profil de {name}")
    asked(marie, "rappel-vaccins")
    assert marie.sees(f"Pour le profil de {name}")
    assert marie.sees(f"Écrire dans l’agenda {french.of(name)}")
    assert not marie.sees("votre agenda")
    assert answered(marie).heading == "Rappel Vaccins est synchronisé"
    with room.inside():
        assert pairing.with_service(child(room, 1), "rappel-vaccins") is not None
        assert pairing.with_service(room.record(1), "rappel-vaccins") is None
    page = marie.path
    marie.go(PLACE).submit("Revenir à mon profil")
    assert marie.go(page).heading == "Entrer chez Rappel Vaccins"  # the account was the child's


def test_an_answer_for_another_profile_ties_nothing(room: Room, marie: Browser) -> None:
    page = asked(marie, METER).path
    marie.go("/profils/").submit(f"Ouvrir le profil de {first_name(room, 1)}")
    assert marie.go(page).sees("Cette demande de synchronisation ne sert plus")


# --- when something became of the service --------------------------------------------------------------

def test_a_new_version_is_agreed_to_again_what_is_new_is_marked(room: Room, marie: Browser) -> None:
    paired(marie, METER, Purpose.WRITE_DOCUMENTS)
    with room.inside():
        halting.renew(room.user("portail"), room.record(1), METER, 2)
    assert "À redonner" in tags(marie.go(PLACE))
    marie.click("Glyco Suivi")
    assert (marie.sees("Pas encore répondu"), marie.sees("Changer mes accords")) == (True, False)
    marie.submit("Redonner mes accords")
    assert [text_of(one) for one in marie.page.select(".consent:has(.tag) legend")] == ["Lire des documents ? Nouveau"]
    assert [text_of(one) for one in marie.page.select(".consent-why p:last-child strong")].count("Refuser") == 1
    assert not marie.page.select("input[type=radio][checked]")
    assert answered(marie).heading == "Glyco Suivi est synchronisé"
    assert "À redonner" not in tags(marie.go(PLACE))


def test_changing_is_not_offered_to_whom_must_agree_again(room: Room, marie: Browser) -> None:
    tied(room, 1, METER)
    later(room, timedelta(days=366))
    assert marie.go(f"{PLACE}{METER}/accords").path == f"{PLACE}{METER}"
    assert marie.sees("Ils ont plus d’un an")


def test_a_service_without_a_site_says_why_it_cannot_be_agreed_to_again(room: Room, marie: Browser) -> None:
    later(room, timedelta(days=366))
    assert marie.go(f"{PLACE}carnet-tension-mirelle").sees("n’est pas simulé dans cet entraînement")
    assert marie.submit("Oui, ne plus synchroniser").sees("n’est plus synchronisé")


@pytest.mark.parametrize(("status", "said"), [
    (Status.SUSPENDED, "est suspendu par « Mon espace santé »"), (Status.OFFLINE, "est fermé pour l’instant"),
    (Status.DELISTED, "a été retiré du catalogue"),
])
def test_a_stopped_service_says_so_and_may_still_be_withdrawn_from(room: Room, marie: Browser, status: Status, said: str) -> None:
    meter = tied(room, 1, METER)
    with room.inside():
        halting.halt(room.user("portail"), room.record(1), METER, status)
    assert marie.go(f"{PLACE}{METER}").sees(said)
    marie.click("Changer mes accords").submit("Enregistrer mes réponses", **{READ: "non"})
    assert pushes(room, meter) is Denial.HALTED
    assert marie.submit("Oui, ne plus synchroniser").sees("n’est plus synchronisé")


def test_what_another_window_stopped_is_said(room: Room, marie: Browser) -> None:
    tied(room, 1, METER)
    marie.go(f"{PLACE}{METER}")
    with room.inside():
        tie = pairing.with_service(room.record(1), METER)
        assert tie is not None
        pairing.end(room.record(1).owner, tie, "Glyco Suivi")
    assert marie.submit("Oui, ne plus synchroniser").sees("n’est pas synchronisé avec cet espace")
    assert marie.path == PLACE
    assert marie.go(f"{PLACE}nexiste").status == 404


def test_the_firm_that_lost_its_key_can_be_given_another(room: Room, marie: Browser) -> None:
    tied(room, 1, METER)
    with room.inside():
        room_key = db.session.scalars(sa.select(Customer)).one()
        room_key.passkey = ""
    marie.go(f"{PLACE}{METER}").submit("Relier de nouveau")
    assert marie.heading == "Entrer chez Glyco Suivi"


def test_the_tab_of_the_history_shows_what_services_did(room: Room, marie: Browser) -> None:
    pushes(room, tied(room, 1, METER))
    lines = [text_of(row) for row in marie.go("/historique/?onglet=services").page.select(".rows .row")]
    told = "Glyco Suivi a ajouté une mesure : glycémie 1,05 g/L", "Carnet Tension Mirelle a ajouté une mesure"
    assert [words in line for words, line in zip(told, lines, strict=True)] == [True, True]


def test_a_service_tied_before_the_workshop_shows_when_it_last_wrote(marie: Browser) -> None:
    marie.go(f"{PLACE}carnet-tension-mirelle")
    assert marie.sees("Carnet Tension Mirelle a ajouté une mesure : tension artérielle 132/78 mmHg")
    marie.go("/historique/?onglet=services").click("Carnet Tension Mirelle a ajouté une mesure")
    assert marie.sees("132/78")


def test_the_neighbour_sees_nothing_of_it(room: Room, marie: Browser, jean: Browser) -> None:
    tied(room, 1, METER)
    assert not jean.go(PLACE).sees("Glyco Suivi")
    assert jean.go(f"{PLACE}{METER}").path == PLACE
