"""At the pharmacy: a prescription is analysed, delivered in all or part, replaced, refused, corrected, and printed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import clock
from sandbox.account import life
from sandbox.french import long_date, short_date
from sandbox.prescriptions import delivering
from sandbox.prescriptions.models import LineState
from sandbox.prescriptions.service import NewLine
from sandbox.workshops.starts import Start
from tests.browser import Browser, text_of
from tests.pro.counters import SAVE, days_go_by, on, prescribed, press, read, row, show
from tests.pro.people import done, identity, name_of, notified, number_of, told
from tests.room import Room

EXACT = NewLine(
    drug="lévothyroxine 75 µg, comprimé", posology="1 le matin", duration_days=30, substitution=False, reason="Marge étroite"
)


@pytest.mark.practises("P06")
def test_a_pharmacist_scans_checks_delivers_replaces_changes_a_posology_and_refuses(room: Room, garnier: Browser, marie: Browser) -> None:
    with room.inside():
        ref, before = told("traitement-de-fond").ref, notified("DELIVRANCE")
    read(garnier, room)
    assert garnier.sees(f"Au nom de {identity(room).title} {name_of(room)}")
    assert garnier.sees("vérifiez la carte Vitale")  # until something is recorded
    assert "1 comprimé matin et soir, au milieu des repas, 30 jours" in row(garnier, "metformine")
    garnier.submit(
        SAVE,
        **on(garnier, "metformine", quantity="1", posology="1 le soir", agreed_on=clock.today().isoformat(), note="Au repas."),
        **on(garnier, "amlodipine", substituted="amlodipine, autre marque", why="Rupture de stock"),
        **on(garnier, "atorvastatine", reason="Le patient en a encore", other="deux boîtes"),
    )
    assert garnier.sees("C’est noté. Délivré : metformine (1 boîte), amlodipine (1 boîte). Non délivré : atorvastatine (Le patient en a encore : deux boîtes).")
    with room.inside():
        assert [line.state for line in told("traitement-de-fond").lines] == [LineState.PARTLY, LineState.SUBSTITUTED, LineState.REFUSED]
        assert (notified("DELIVRANCE"), done("LineDelivered"), done("LineRefused")) == (before + 3, 2, 1)
    marie.go(f"/ordonnances/{ref}")
    for words in (
        f"Posologie changée : 1 le soir, avec l’accord du prescripteur du {long_date(clock.today())}", "Remarque : Au repas.",
        "remplacé par amlodipine, autre marque (rupture de stock)", "Motif : Le patient en a encore : deux boîtes.",
    ):
        assert marie.sees(words.replace("Posologie changée", "Nouvelle façon de le prendre")), words
        assert garnier.sees(words), words


def test_all_of_it_in_one_press_then_nothing_before_the_renewal(room: Room, garnier: Browser) -> None:
    read(garnier, room).submit("Tout délivrer")
    assert garnier.sees("Délivré : metformine (2 boîtes), amlodipine (1 boîte), atorvastatine (1 boîte)")
    opens = long_date(clock.today() + timedelta(days=30))
    assert f"2 sur 6 Rien S’ouvre le {opens}" in row(garnier, "metformine")
    assert garnier.sees("Rien n’est à délivrer aujourd’hui")
    assert not garnier.page.select("fieldset.handing")


@pytest.mark.practises("K05")
def test_renewals_and_two_pharmacies_on_the_same_number(room: Room, garnier: Browser) -> None:
    nguyen, number = room.professional("pharm-nguyen"), number_of(room, "traitement-de-fond")
    read(garnier, room).submit(SAVE, **on(garnier, "metformine", quantity="1"), **on(garnier, "atorvastatine", quantity="0"))
    show(nguyen, number)
    assert "1 sur 6 1 boîte Après ce traitement" in row(nguyen, "metformine")
    assert "Hélène Garnier (Pharmacie de la Gare) : 1 boîte" in row(nguyen, "metformine")
    nguyen.submit("Tout délivrer")
    assert nguyen.sees("Délivré : metformine (1 boîte), atorvastatine (1 boîte)")
    days_go_by(room, 29)
    assert not show(garnier, number).page.select("fieldset.handing")
    days_go_by(room, 1)
    assert show(garnier, number).submit("Tout délivrer").sees("metformine (2 boîtes), amlodipine (1 boîte), atorvastatine (1 boîte)")
    days_go_by(room, 30)
    assert "4 sur 6 2 boîtes Aucun" in row(show(nguyen, number), "metformine")
    nguyen.submit("Tout délivrer")
    assert nguyen.sees("Ordonnance épuisée : tout a déjà été délivré")
    assert not nguyen.page.select("fieldset.handing")
    assert show(garnier, number).sees("Ordonnance épuisée")
    with room.inside():
        assert [line.delivered for line in told("traitement-de-fond").lines] == [6, 3, 3]
        ref = told("traitement-de-fond").ref
    assert room.learner(1).go(f"/ordonnances/{ref}").sees("Paul Nguyen (Pharmacie du Marché)")


def test_a_page_left_open_is_refused_when_another_counter_was_quicker_and_keeps_what_was_typed(room: Room, garnier: Browser) -> None:
    nguyen = room.professional("pharm-nguyen")
    read(garnier, room)
    read(nguyen, room).submit(SAVE, **on(nguyen, "metformine", quantity="0"), **on(nguyen, "atorvastatine", quantity="0"))
    garnier.submit(SAVE, **on(garnier, "amlodipine", note="Boîte d’une autre couleur."))
    assert garnier.status == 422
    assert garnier.sees("Paul Nguyen (Pharmacie du Marché) a délivré amlodipine (1 boîte) aujourd’hui")
    assert garnier.sees("Renouvellement possible à partir du")
    assert garnier.page.find("input", value="Boîte d’une autre couleur.")
    with room.inside():
        assert [line.delivered for line in told("traitement-de-fond").lines] == [0, 1, 0]
    nguyen.go(nguyen.path).submit("Tout délivrer")
    assert press(garnier, f"{garnier.path}/tout").sees("Rien n’est à délivrer aujourd’hui sur cette ordonnance. Renouvellement possible")


def test_the_last_box_taken_elsewhere_leads_to_the_closed_screen(room: Room, garnier: Browser) -> None:
    nguyen, number = room.professional("pharm-nguyen"), prescribed(room, delivering.Kind.PRODUCTS, EXACT)
    show(garnier, number)
    show(nguyen, number).submit("Tout délivrer")
    garnier.submit(SAVE)
    assert garnier.sees("a délivré lévothyroxine (1 boîte) aujourd’hui")
    assert garnier.sees("Tout a déjà été délivré sur cette ordonnance")
    assert garnier.sees("Ordonnance épuisée")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"quantity": "3"}, "Aujourd’hui, 2 boîtes au plus pour metformine (4 de plus avec les renouvellements)"),
        ({"quantity": "beaucoup"}, "Écrivez un nombre entier"), ({"quantity": "-1"}, "Écrivez un nombre entre 1 et 2"),
        ({"quantity": ""}, "Écrivez combien"),
        ({"posology": "1 le soir"}, "Écrivez la date de l’accord du prescripteur"),
        ({"posology": "1 le soir", "agreed_on": "31/02/2026"}, "Cette date n’existe pas"),
        ({"posology": "1 le soir", "agreed_on": "01/01/2020"}, "L’accord suit l’ordonnance"),
        ({"agreed_on": "DEMAIN", "posology": "1 le soir"}, "aujourd’hui ou dans le passé"),
        ({"reason": "autre"}, "Écrivez le motif en quelques mots"),
        ({"reason": "Rupture de stock", "substituted": "autre"}, "Un motif dit que rien n’est fait sur cette ligne"),
        ({"quantity": "0", "note": "Le soir."}, "écrivez aussi la quantité"),
        ({"note": "x" * 301}, "300 signes au plus"),
    ],
)
def test_what_cannot_be_recorded_is_said_beside_its_field_and_nothing_is_lost(
    room: Room, garnier: Browser, written: dict[str, str], words: str
) -> None:
    written = {name: value.replace("DEMAIN", short_date(clock.today() + timedelta(days=1))) for name, value in written.items()}
    read(garnier, room).submit(SAVE, **on(garnier, "metformine", **written))
    assert garnier.status == 422
    assert words in " ".join(text_of(error) for error in garnier.page.select(".field-error"))
    line = next(part for part in garnier.page.select("fieldset.handing") if "metformine" in text_of(part.legend))
    kept = [str(field.get("value")) for field in line.find_all("input")] + [str(one["value"]) for one in line.select("option[selected]")]
    assert set(written.values()) <= set(kept)
    assert (line.find("details", open=True) is not None) is bool(set(written) - {"quantity"})
    with room.inside():
        assert (done("LineDelivered"), done("LineRefused")) == (0, 0)


def test_a_sheet_on_which_nothing_is_written_says_what_to_write(room: Room, garnier: Browser) -> None:
    read(garnier, room)
    nothing = {name: "0" for drug in ("metformine", "amlodipine", "atorvastatine") for name in on(garnier, drug, quantity="0")}
    assert garnier.submit(SAVE, **nothing).status == 422
    assert garnier.sees("Rien n’est noté")


def test_what_is_not_to_be_replaced_offers_no_replacement_and_says_why(room: Room, garnier: Browser) -> None:
    show(garnier, prescribed(room, delivering.Kind.PRODUCTS, EXACT))
    assert "Non substituable : Marge étroite" in row(garnier, "lévothyroxine")
    assert not garnier.page.select("input[name$=substituted]")
    assert garnier.sees("Pour remettre un autre produit, appelez le prescripteur")


def test_a_mistake_is_corrected_the_same_day_and_stays_written_for_the_patient(room: Room, garnier: Browser, marie: Browser) -> None:
    read(garnier, room).submit("Tout délivrer")
    garnier.submit("Oui, corriger : noté par erreur")
    assert garnier.sees("C’est corrigé : ce qui était noté pour metformine ne compte plus")
    assert "0 sur 6 2 boîtes" in row(garnier, "metformine")
    assert "noté par erreur, ne compte pas" in row(garnier, "metformine")
    with room.inside():
        signed = told("traitement-de-fond")
        wrong, other = signed.lines[0].deliveries[0], signed.lines[1].deliveries[0]
        assert (signed.lines[0].delivered, done("DeliveryCancelled")) == (0, 1)
        path, ref = f"/pro/delivrance/{signed.ref}", signed.ref
    assert marie.go(f"/ordonnances/{ref}").sees("noté par erreur, ne compte pas")
    nguyen = room.professional("pharm-nguyen").go("/pro/")
    for who, delivery in ((garnier, wrong), (nguyen, other)):
        assert press(who, f"{path}/corriger/{delivery.ref}").sees("une erreur se corrige une fois, le jour même, par la personne qui l’a notée")
    with room.inside():
        assert done("DeliveryCancelled") == 1


def test_the_back_of_the_paper_is_printed_after_a_delivery(room: Room, garnier: Browser) -> None:
    path = read(garnier, room).path
    assert garnier.go(f"{path}/dos").sees("Vous n’avez rien noté aujourd’hui")
    garnier.submit("Tout délivrer").click("Imprimer le dos de l’ordonnance")
    assert garnier.heading == f"Délivrance du {long_date(clock.today())}"
    for words in ("Pharmacie de la Gare", name_of(room), "metformine", "2 boîtes", f"à partir du {long_date(clock.today() + timedelta(days=30))}"):
        assert garnier.sees(words), words


def test_the_counter_next_door_sees_it_on_its_open_page(room: Room, garnier: Browser) -> None:
    nguyen = room.professional("pharm-nguyen")
    page = read(nguyen, room).page
    part = page.select_one(".stack[data-fragment]")
    stream = (chunk.decode() for chunk in nguyen.client.get(str(page.body["data-live-url"]), buffered=False).response)
    next(stream)
    first = nguyen.client.get(str(part["data-fragment"]))
    assert nguyen.client.get(str(part["data-fragment"]), headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    read(garnier, room).submit("Tout délivrer")
    assert str(part["data-topics"]) in next(stream)
    assert "Hélène Garnier" in nguyen.client.get(str(part["data-fragment"])).text


def test_whoever_may_not_carry_it_out_is_told_or_finds_nothing(room: Room, lemoine: Browser) -> None:
    with room.inside():
        path = f"/pro/delivrance/{told('traitement-de-fond').ref}"
    morvan = room.professional("inf-morvan").go(path)
    assert morvan.sees("Cette ordonnance est pour une pharmacie")
    assert not morvan.sees("metformine")
    for part in ("", "/suivi", "/dos"):
        assert lemoine.client.get(path + part).status_code == 404
    assert press(lemoine.go("/pro/"), f"{path}/tout").status == 404
    assert press(morvan, f"{path}/tout").sees("Cette ordonnance est pour une pharmacie")
    with room.inside():
        assert done("LineDelivered") == 0


def test_nothing_is_delivered_for_a_patient_who_closed_their_space_meanwhile(room: Room, garnier: Browser) -> None:
    read(garnier, room)
    with room.inside():
        life.put(room.record(1), Start.CLOSED)
    garnier.submit("Tout délivrer")
    assert garnier.sees("a fermé son espace")
    with room.inside():
        assert done("LineDelivered") == 0
