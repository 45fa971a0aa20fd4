"""Getting in at a firm's with an address and six digits; out from the portal, and the way back."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from sandbox.catalogue import calls, halting, pairing
from sandbox.catalogue.models import Purpose, Status, Synchronization
from sandbox.db import db
from sandbox.journal.models import Entry
from sandbox.mailbox.models import Mail
from sandbox.partners.models import Customer
from tests.account.at_the_door import later
from tests.browser import Browser, form_values, text_of
from tests.partners.pairing import (
    answered,
    asked,
    code_of,
    contact_of,
    gives_code,
    paired,
    signed_in_at,
    tied,
)
from tests.room import Room

METER = "glyco-suivi"
SIGN_IN = f"/partenaires/connexion/{METER}"
LOST = "Cette page de retour ne sert plus"


def ties(room: Room, seat: int = 1) -> list[tuple[str, bool]]:
    """The services that a seat has tied during the workshop, and whether they still are."""
    with room.inside():
        query = sa.select(Synchronization).where(Synchronization.seat == seat, Synchronization.passkey != "")
        return [(tie.service, tie.is_live) for tie in db.session.scalars(query)]


def keys(room: Room, seat: int = 1) -> list[str]:
    with room.inside():
        return list(db.session.scalars(sa.select(Customer.passkey).where(Customer.seat == seat)))


def way_back(person: Browser) -> str:
    """The answers are sent, the way back to the firm is not taken yet."""
    form = person._form_of("Valider mes réponses")
    values = {str(radio["name"]): "oui" for radio in form.select("input[type=radio]")}
    answer = person.client.post(str(form["action"]), data=form_values(form) | values)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


@pytest.mark.practises("H03")
def test_marie_synchronises_her_meter_and_refuses_one_thing(room: Room, marie: Browser) -> None:
    marie.go("/catalogue/?q=diabete").click("Glyco Suivi").submit("Synchroniser ce service")
    assert marie.page.html["data-audience"] == "partner"
    assert marie.sees("ne vous demande jamais le mot de passe de « Mon espace santé »")
    assert marie.page.select_one("input[name=email]")["value"] == contact_of(marie)
    gives_code(marie)
    assert marie.page.html["data-audience"] == "learner"
    assert marie.heading == "Glyco Suivi demande votre accord"
    assert not marie.page.select("input[type=radio][checked]")
    answered(marie, Purpose.WRITE_DOCUMENTS)
    assert (marie.heading, marie.page.html["data-audience"]) == ("Glyco Suivi est synchronisé", "partner")
    assert [text_of(one) for one in marie.page.select("#non ~ ul .row-title")] == ["Ajouter des documents"]
    with room.inside():
        key = db.session.scalars(sa.select(Customer)).one().passkey
        tie = calls.find(key)
        assert tie is not None
        granted = {purpose for purpose in Purpose if calls.Call(tie, purpose).denial is None}
        assert granted == {Purpose.READ_MEASURES, Purpose.WRITE_MEASURES}
    assert marie.click("Revenir à mes services synchronisés").sees("Vous l’autorisez à lire vos mesures et ajouter des mesures")


def test_the_code_comes_by_email_under_the_name_of_the_firm(room: Room, marie: Browser) -> None:
    marie.go(SIGN_IN).submit("Recevoir mon code", email=contact_of(marie).upper())
    assert marie.heading == "Saisir le code reçu"
    with room.inside():
        mail = db.session.scalars(sa.select(Mail).order_by(Mail.id.desc())).first()
        assert mail is not None
        assert (mail.sender, mail.kind) == ("Glyco Suivi (simulé)", "email")
        assert "CodeSent" not in list(db.session.scalars(sa.select(Entry.act).where(~Entry.elsewhere, ~Entry.from_pack)))


@pytest.mark.parametrize(("typed", "said"), [
    ("", "Écrivez votre adresse e-mail"), ("marie", "Il manque quelque chose"),
    ("marie@" + "orange.fr", "pourrait être celle d’une vraie personne"),
    ("autre@courriel.example", "ne connaît pas cette adresse"),
])
def test_a_wrong_address_is_said_with_the_cure_and_kept(marie: Browser, typed: str, said: str) -> None:
    marie.go(SIGN_IN).submit("Recevoir mon code", email=typed)
    assert (marie.status, marie.sees(said)) == (422, True)
    assert marie.page.select_one("input[name=email]").get("value", "") == typed


def test_nothing_is_passed_along_to_who_comes_by_themselves(marie: Browser) -> None:
    assert not marie.go(SIGN_IN).page.select_one("input[name=email]").get("value")


def test_without_the_portal_one_signs_in_and_is_at_home(room: Room, marie: Browser) -> None:
    signed_in_at(marie, "rdv-valbrune")
    assert marie.path == "/partenaires/rdv-valbrune"
    assert ties(room) == []
    assert marie.go("/partenaires/connexion/rdv-valbrune").path == "/partenaires/rdv-valbrune"
    marie.go(f"/partenaires/synchronise/{METER}")
    assert marie.heading == "Entrer chez Glyco Suivi"


def test_a_wrong_code_then_the_right_one_then_never_again(room: Room, marie: Browser) -> None:
    marie.go("/partenaires/connexion/rdv-valbrune").submit("Recevoir mon code", email=contact_of(marie))
    page, right = marie.path, code_of(marie)
    wrong = "000000" if right != "000000" else "111111"
    assert marie.submit("Valider", code=wrong).sees("Ce code n’est pas le bon")
    assert marie.submit("Valider", code=right).path == marie.go(page).path == "/partenaires/rdv-valbrune"
    signed_out_of(marie, "Rendez-vous Valbrune").submit("Recevoir mon code", email=contact_of(marie))
    assert marie.submit("Valider", code=right).sees("Ce code a déjà servi")


def signed_out_of(person: Browser, firm: str) -> Browser:
    return person.go("/partenaires/retour/rdv-valbrune?etat=zzz").submit(f"Se déconnecter de {firm}")


def test_signing_out_of_the_firm_is_not_signing_out_of_the_portal(marie: Browser) -> None:
    signed_out_of(signed_in_at(marie, "rdv-valbrune"), "Rendez-vous Valbrune")
    assert marie.heading == "Entrer chez Rendez-vous Valbrune"
    assert marie.sees("Vous restez connecté à « Mon espace santé »")
    assert marie.go("/documents/").path == "/documents/"


def test_a_code_dies_after_ten_minutes_and_another_is_sent(room: Room, marie: Browser) -> None:
    marie.go("/partenaires/connexion/rdv-valbrune").submit("Recevoir mon code", email=contact_of(marie))
    former = code_of(marie)
    later(room, timedelta(minutes=11))
    assert marie.submit("Valider", code=former).sees("Ce code n’est plus valable")
    assert marie.submit("Recevoir un autre code").sees("Un nouveau code est parti")
    assert marie.submit("Valider", code=code_of(marie)).path == "/partenaires/rdv-valbrune"


def test_five_wrong_codes_make_one_wait_a_minute(room: Room, marie: Browser) -> None:
    marie.go("/partenaires/connexion/rdv-valbrune").submit("Recevoir mon code", email=contact_of(marie))
    right = code_of(marie)
    for _ in range(5):
        marie.submit("Valider", code="000000" if right != "000000" else "111111")
    assert marie.sees("une petite pause")
    later(room, timedelta(seconds=61))
    assert marie.submit("Valider", code=right).path == "/partenaires/rdv-valbrune"


def test_the_code_of_one_firm_opens_no_other(marie: Browser) -> None:
    marie.go(SIGN_IN).submit("Recevoir mon code", email=contact_of(marie))
    assert marie.go("/partenaires/code/rdv-valbrune").heading == "Entrer chez Rendez-vous Valbrune"
    assert marie.sees("Écrivez d’abord votre adresse")


def test_a_firm_that_does_not_exist_or_has_no_site(marie: Browser) -> None:
    for slug in ("nexiste", "carnet-de-nuit"):
        for page in ("connexion", "code", "retour", "synchronise", "accueil"):
            assert marie.go(f"/partenaires/{page}/{slug}").status == 404, (page, slug)


def test_after_the_sign_in_one_is_where_one_was_going(room: Room, marie: Browser) -> None:
    tied(room, 1, METER)
    marie.go(f"/partenaires/synchronise/{METER}")
    assert gives_code(marie).path == f"/partenaires/synchronise/{METER}"
    marie.submit("Se déconnecter de Glyco Suivi").go(f"/partenaires/synchronise/{METER}")
    room.renew()
    assert gives_code(marie.go(SIGN_IN)).path == f"/partenaires/{METER}"  # of the former world, nothing is gone back to


def test_neither_a_live_part_nor_a_very_long_address_is_gone_back_to(marie: Browser) -> None:
    home = "/partenaires/rdv-valbrune"
    marie.client.get(f"{home}/mes-rendez-vous/abcdefgh/etat", headers={"Accept": "*/*"})
    assert signed_in_at(marie, "rdv-valbrune").path == home
    signed_out_of(marie, "Rendez-vous Valbrune").go(f"{home}/mes-rendez-vous?suite={'x9' * 2000}")
    with marie.client.session_transaction() as session:
        assert not any("x9" in path for path in session.get("bound_for", {}).values())


# --- the way back --------------------------------------------------------------------------------------

def test_a_way_back_serves_once(room: Room, marie: Browser) -> None:
    back = way_back(asked(marie, METER))
    assert marie.go(back).heading == "Glyco Suivi est synchronisé"
    assert marie.go(back).heading == LOST
    assert marie.sees("Rassurez-vous")
    assert len(keys(room)) == 1


def test_a_forged_way_back_writes_nothing(room: Room, marie: Browser) -> None:
    back = way_back(asked(marie, METER))
    nonce = back.split("etat=")[1].split("&")[0]
    for forged in (f"{nonce}x&reponse=accord", f"{nonce}&reponse=refus", nonce, "", "zzz&reponse=accord"):
        assert marie.go(f"/partenaires/retour/{METER}?etat={forged}").heading == LOST, forged
    assert keys(room) == [""]
    assert marie.go(f"/partenaires/retour/rdv-valbrune?etat={nonce}&reponse=accord").heading == LOST
    assert marie.go(back).heading == "Glyco Suivi est synchronisé"


def test_a_way_back_is_of_the_person_who_asked(room: Room, marie: Browser, jean: Browser) -> None:
    back = way_back(asked(marie, METER))
    signed_in_at(jean, "rdv-valbrune")
    assert jean.go(back).heading == LOST
    assert (keys(room), keys(room, 2)) == ([""], [""])


def test_a_way_back_ten_minutes_later_is_too_late(room: Room, marie: Browser) -> None:
    back = way_back(asked(marie, METER))
    later(room, timedelta(minutes=11))
    assert marie.go(back).heading == LOST
    assert keys(room) == [""]
    assert paired(marie, METER).heading == "Glyco Suivi est synchronisé"


def test_a_way_back_after_a_reset_opens_nothing(room: Room, marie: Browser) -> None:
    back = way_back(asked(marie, METER))
    room.renew()
    assert marie.go(back).heading == LOST
    assert ties(room) == []


def test_a_way_back_after_the_withdrawal_opens_nothing(room: Room, marie: Browser) -> None:
    back = way_back(asked(marie, METER))
    with room.inside():
        tie = pairing.with_service(room.record(1), METER)
        assert tie is not None
        pairing.end(room.record(1).owner, tie, "Glyco Suivi")
    assert marie.go(back).heading == LOST
    assert keys(room) == [""]


def test_two_windows_each_have_their_way(room: Room, marie: Browser) -> None:
    first = way_back(asked(marie, METER))
    second = way_back(asked(marie, METER))
    assert marie.go(second).heading == marie.go(first).heading == "Glyco Suivi est synchronisé"
    assert ties(room) == [(METER, True)]


def test_answers_sent_twice_tie_once(room: Room, marie: Browser) -> None:
    asked(marie, METER)
    page = marie.path
    back = way_back(marie)
    assert way_back(marie) == back
    assert marie.go(page).heading == "Glyco Suivi est synchronisé"
    assert ties(room) == [(METER, True)]
    with room.inside():
        query = sa.select(Entry.act).where(Entry.act == "ServiceSynchronized", ~Entry.from_pack)
        assert len(list(db.session.scalars(query))) == 1


def test_who_is_signed_in_there_already_goes_straight_to_the_questions(marie: Browser) -> None:
    asked(paired(marie, METER), METER)
    assert marie.heading == "Glyco Suivi demande votre accord"
    assert marie.sees("La dernière fois, vous aviez répondu : Autoriser")
    assert not marie.page.select("input[type=radio][checked]")


def test_refusing_everything_ties_nothing(room: Room, marie: Browser) -> None:
    paired(marie, METER, *Purpose)
    assert marie.heading == "Vous avez tout refusé"
    assert (ties(room), keys(room)) == ([], [""])
    assert marie.go("/historique/").sees("Synchronisation de « Glyco Suivi » refusée")


def test_the_questions_come_after_the_sign_in(marie: Browser) -> None:
    marie.go(f"/catalogue/{METER}").submit("Synchroniser ce service")
    marie.go(marie.path.replace("/partenaires/connexion/glyco-suivi", "/catalogue/glyco-suivi/accord"))
    assert marie.heading == "Entrer chez Glyco Suivi"


def test_giving_up_leaves_nothing(room: Room, marie: Browser) -> None:
    asked(marie, METER)
    page = marie.path
    assert marie.submit("Ne pas synchroniser").sees("vous n’avez donné aucun accord")
    assert marie.go(page).sees("Cette demande de synchronisation ne sert plus")
    assert ties(room) == []


def test_a_service_suspended_meanwhile_cannot_be_agreed_to(room: Room, marie: Browser) -> None:
    asked(marie, METER)
    page = marie.path
    with room.inside():
        halting.halt(room.user("portail"), room.record(1), METER, Status.SUSPENDED)
    answered(marie)
    assert (marie.status, marie.heading) == (409, "Glyco Suivi ne peut pas être synchronisé")
    assert marie.go(page).sees("Rien n’est sorti de votre espace")
    assert ties(room) == []
