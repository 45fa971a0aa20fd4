"""Prescribing: lines, signature, what the patient finds, taking it back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.db import db
from sandbox.prescriptions.models import Prescription
from tests.browser import Browser, form_values
from tests.pro.people import notified, patient_path
from tests.room import Room

PAIN = {"ligne1-drug": "paracétamol 1 g, comprimé", "ligne1-posology": "1 comprimé si douleur."}
THYROID = {"ligne3-drug": "lévothyroxine 75 µg, comprimé", "ligne3-posology": "1 le matin", "ligne3-exclusive": "y"}


def prescribing(browser: Browser, room: Room) -> Browser:
    return browser.go(patient_path(room)).click("Prescrire")


def newest() -> Prescription:
    return db.session.scalars(sa.select(Prescription).order_by(Prescription.id.desc())).first()  # type: ignore[return-value]


@pytest.mark.practises("P05", "K01")
def test_a_signed_prescription_reaches_the_patient(room: Room, lemoine: Browser, marie: Browser) -> None:
    with room.inside():
        before = notified("AJOUT_DOC")
    prescribing(lemoine, room).submit(
        "Signer l’ordonnance", **PAIN, **THYROID, **{"ligne1-renewals": "2", "ligne3-reason": "Marge étroite"}
    )
    assert lemoine.sees("L’ordonnance est signée")
    assert lemoine.sees("Valable")
    with room.inside():
        first, second = newest().lines
        assert (first.posology, first.total, first.substitution) == ("1 comprimé si douleur", 3, True)
        assert (second.position, second.substitution, second.reason) == (2, False, "Marge étroite")
        assert notified("AJOUT_DOC") == before + 1
        ref = newest().ref
    assert marie.go("/ordonnances/").sees("paracétamol, lévothyroxine")
    assert marie.go(f"/ordonnances/{ref}").sees("Non substituable : Marge étroite.")


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"ligne1-drug": "", "ligne1-posology": ""}, "Une ordonnance a au moins une ligne"),
        ({"ligne1-posology": ""}, "Écrivez la posologie"),
        ({"ligne1-drug": ""}, "Choisissez un médicament"),
        ({"ligne1-quantity": "deux"}, "Écrivez un nombre entier"),
        ({"ligne1-duration_days": "0"}, "entre 1 et 365"),
        (THYROID, "pourquoi ce produit n’est pas substituable"),
    ],
)
def test_a_refused_sheet_keeps_what_was_typed(room: Room, lemoine: Browser, fields: dict[str, str], answer: str) -> None:
    sent = PAIN | fields
    prescribing(lemoine, room).submit("Signer l’ordonnance", **sent)
    assert lemoine.status == 422
    assert lemoine.sees(answer)
    kept = form_values(lemoine.page.find("form", class_="form"))  # type: ignore[arg-type]
    assert {name: kept[name] for name in sent} == sent


def test_more_lines_come_without_losing_the_first(room: Room, lemoine: Browser) -> None:
    prescribing(lemoine, room).submit("Ajouter des lignes", **PAIN)
    assert lemoine.status == 200
    assert lemoine.page.find(id="ligne5-drug")
    assert lemoine.page.find(id="ligne1-drug")["value"] == PAIN["ligne1-drug"]  # type: ignore[index]
    lemoine.submit("Signer l’ordonnance", **{"ligne5-drug": "vitamine D", "ligne5-posology": "1 ampoule"})
    with room.inside():
        assert [line.name for line in newest().lines] == ["paracétamol", "vitamine D"]


@pytest.mark.practises("P05")
def test_cancelled_it_says_so_on_both_sides(room: Room, lemoine: Browser, marie: Browser) -> None:
    prescribing(lemoine, room).submit("Signer l’ordonnance", **PAIN)
    with room.inside():
        ref = newest().ref
    lemoine.submit("Oui, annuler l’ordonnance")
    assert lemoine.sees("aucune pharmacie ne peut plus la délivrer")
    assert not lemoine.page.find("form", action=f"/pro/ordonnances/{ref}/annuler")
    assert marie.go(f"/ordonnances/{ref}").sees("Annulée")


def test_only_those_who_may_prescribe_do(room: Room, lemoine: Browser, garnier: Browser) -> None:
    with room.inside():
        ref = newest().ref
    assert "Prescrire" not in garnier.go(patient_path(room)).links()
    assert garnier.go(f"{patient_path(room)}/prescrire").status == 404
    assert garnier.go(f"/pro/ordonnances/{ref}").status == 404
    assert lemoine.go(f"/pro/ordonnances/{ref}").status == 200
