"""Prescribing: the kind, the lines, the check, the signature, what the patient finds, taking it back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from bs4 import Tag

from sandbox import numbers
from sandbox.account.models import Life
from sandbox.db import db
from sandbox.prescriptions.models import Kind, Line, Prescription
from tests.browser import Browser, form_values, text_of
from tests.pro.people import notified, patient_path, told
from tests.room import Room

CHECK, SIGN = "Vérifier l’ordonnance", "Signer l’ordonnance"
PAIN = {
    "ligne1-drug": "paracetamol 1 g, comprime", "ligne1-dose": "1 comprimé", "ligne1-frequency": "matin et soir", "ligne1-duration_days": "28",
}
THYROID = {
    "ligne2-drug": "lévothyroxine 75 microgrammes, comprimé", "ligne2-dose": "1 comprimé", "ligne2-frequency": "le matin à jeun",
    "ligne2-duration_days": "28", "ligne2-renewals": "5", "ligne2-exclusive": "MTE", "ligne2-ald": "y",
}
KNEE = {"ligne1-drug": "rééducation du genou", "ligne1-precision": "genou droit", "ligne1-per_week": "2", "ligne1-duration_days": "35"}


def sheet(browser: Browser, room: Room, kind: str = "Médicaments") -> Browser:
    return browser.go(patient_path(room)).click("Prescrire").click(kind)


def newest() -> Prescription:
    """Only inside."""
    return db.session.scalars(sa.select(Prescription).order_by(Prescription.id.desc())).first()  # type: ignore[return-value]


def lines() -> list[Line]:
    """Only inside."""
    return newest().lines


def sheet_form(browser: Browser) -> Tag:
    return next(form for form in browser.page.find_all("form") if form.find(attrs={"name": "feuille"}))


def typed(browser: Browser) -> dict[str, str]:
    """What is in the sheet, without what is empty or was never changed."""
    values = form_values(sheet_form(browser)).items()
    return {name: value for name, value in values if name.startswith("ligne") and value and (name[-8:], value) != ("renewals", "0")}


@pytest.mark.practises("P05")
def test_a_prescription_is_written_checked_signed_found_by_the_patient_then_cancelled(
    room: Room, lemoine: Browser, marie: Browser
) -> None:
    with room.inside():
        before = notified("AJOUT_DOC")
    sheet(lemoine, room).submit(CHECK, **PAIN, **THYROID)
    assert lemoine.heading == CHECK
    for words in ("1 comprimé matin et soir, pendant 28 jours : 7 boîtes.", "Non substituable : marge thérapeutique étroite (MTE)."):
        assert lemoine.sees(words), words
    assert lemoine.submit(SIGN).sees("L’ordonnance est signée")
    with room.inside():
        pain, thyroid = lines()
        assert (pain.drug, pain.dose, pain.frequency, pain.quantity) == ("paracétamol 1 g, comprimé", "1 comprimé", "matin et soir", 7)
        assert (thyroid.total, thyroid.substitution, thyroid.ald, thyroid.posology) == (6, False, True, "1 comprimé le matin à jeun")
        assert notified("AJOUT_DOC") == before + 1
        number = numbers.grouped(newest().number)
    assert lemoine.sees(number)
    assert marie.go("/documents/").click("Ordonnance numérique – paracétamol, lévothyroxine").sees(number)
    assert lemoine.submit("Oui, annuler l’ordonnance").sees("rien ne peut plus en être délivré")
    assert not lemoine.page.find("form", action=lambda action: action and action.endswith("/annuler"))
    assert lemoine.sees("Annulée")
    assert marie.go(marie.path).sees("Annulée")
    with room.inside():
        assert notified("ORDONNANCE_ANNULEE") == 1


@pytest.mark.parametrize(
    ("kind", "who", "fields", "posology", "count"),
    [
        ("Soins infirmiers", Kind.NURSING, {"ligne1-drug": "injection sous-cutanee d’anticoagulant", "ligne1-per_week": "7",
         "ligne1-duration_days": "10", "ligne1-home": "y"}, "7 fois par semaine, à domicile", 10),
        ("Kinésithérapie", Kind.PHYSIOTHERAPY, KNEE, "genou droit, 2 fois par semaine", 10),
        ("biologie", Kind.BIOLOGY, {"ligne1-drug": "TSH (thyroïde)", "ligne1-duration_days": "30"}, "une fois", 1),
    ],
)
def test_care_is_prescribed_in_everyday_words(
    room: Room, lemoine: Browser, kind: str, who: Kind, fields: dict[str, str], posology: str, count: int
) -> None:
    sheet(lemoine, room, kind).submit(CHECK, **fields).submit(SIGN)
    with room.inside():
        assert (newest().kind, lines()[0].posology, lines()[0].quantity) == (who, posology, count)
        assert lines()[0].code


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        (dict.fromkeys(PAIN, ""), "Une ordonnance a au moins une ligne"), ({"ligne1-frequency": ""}, "Écrivez quand"),
        ({"ligne1-dose": ""}, "Écrivez aussi la dose"), ({"ligne1-drug": ""}, "Choisissez un médicament"),
        ({"ligne1-quantity": "deux"}, "Écrivez un nombre entier"), ({"ligne1-quantity": "51"}, "entre 1 et 50"),
        ({"ligne1-frequency": "si douleur"}, "Écrivez le nombre de boîtes"),
        ({"ligne1-duration_days": "0"}, "entre 1 et 365"), ({"ligne1-renewals": "13"}, "entre 0 et 12"),
        ({"ligne1-duration_days": "31", "ligne1-renewals": "12"}, "Mettez 10 renouvellements au plus"),
        ({"ligne1-drug": "parac"}, "Choisissez le vôtre"), ({"ligne1-exclusive": "EFG"}, "enfants de moins de six ans"),
        ({"ligne1-drug": "x" * 121}, "120 signes au plus"),
    ],
)
@pytest.mark.parametrize("button", [CHECK, "signer"])
def test_a_refused_sheet_says_why_and_keeps_what_was_typed(
    room: Room, lemoine: Browser, fields: dict[str, str], answer: str, button: str
) -> None:
    sent = PAIN | fields
    sheet(lemoine, room)
    if button == CHECK:
        lemoine.submit(CHECK, **sent)
    else:  # whoever goes round the check page is refused as well
        form = sheet_form(lemoine)
        lemoine._send(form, str(form["action"]), form_values(form) | sent | {"faire": "signer"})
    assert lemoine.status == 422
    assert answer in text_of(lemoine.page).replace("\u00a0", " ")
    kept = form_values(sheet_form(lemoine))
    assert {name: kept[name] for name in sent} == sent


def test_lines_are_added_copied_moved_and_removed_without_losing_anything(room: Room, lemoine: Browser) -> None:
    sheet(lemoine, room).submit("Ajouter une ligne", **PAIN, **THYROID)
    assert lemoine.status == 200
    assert typed(lemoine) == PAIN | THYROID | {"ligne1-drug": "paracétamol 1 g, comprimé"}
    assert lemoine.page.find(id="ligne3-drug").has_attr("autofocus")  # type: ignore[union-attr]
    names = lambda: [field["value"].split()[0] for field in lemoine.page.select("[name$=-drug]") if field["value"]]  # noqa: E731
    assert names() == ["paracétamol", "lévothyroxine"]
    lemoine.submit("Copier la ligne 1")
    assert names() == ["paracétamol", "paracétamol", "lévothyroxine"]
    lemoine.submit("Monter la ligne 3")
    assert names() == ["paracétamol", "lévothyroxine", "paracétamol"]
    lemoine.submit("Descendre la ligne 1")
    assert names() == ["lévothyroxine", "paracétamol", "paracétamol"]
    assert typed(lemoine)["ligne1-exclusive"] == "MTE"
    lemoine.submit("Retirer la ligne 3")
    assert names() == ["lévothyroxine", "paracétamol"]
    lemoine.submit(CHECK).submit("Modifier")
    assert names() == ["lévothyroxine", "paracétamol"]


def test_fifteen_lines_and_no_more(room: Room, lemoine: Browser) -> None:
    sheet(lemoine, room)
    for _ in range(13):
        lemoine.submit("Ajouter une ligne")
    assert lemoine.sees("15 lignes au plus")
    assert "Ajouter une ligne" not in [text_of(button) for button in lemoine.page.find_all("button")]


def test_a_few_letters_propose_the_list_and_a_name_of_ones_own_is_marked(room: Room, lemoine: Browser) -> None:
    sheet(lemoine, room).submit(CHECK, **PAIN | {"ligne1-drug": "amoxi"})
    choices = [text_of(option) for option in lemoine.page.find(id="ligne1-pick").find_all("option")]  # type: ignore[union-attr]
    assert "amoxicilline 1 g, comprimé dispersible" in choices
    lemoine.submit(CHECK, **{"ligne1-pick": "S100046"})
    assert lemoine.sees("amoxicilline 1 g, comprimé dispersible 1 comprimé matin et soir")
    lemoine.submit("Modifier").submit(CHECK, **{"ligne1-drug": "amoxi maison", "ligne1-quantity": "2"})
    assert lemoine.sees("« amoxi maison » est hors liste")
    lemoine.submit(SIGN)
    with room.inside():
        assert (lines()[0].drug, lines()[0].code, lines()[0].unit) == ("amoxi maison", "", "boîte")


def test_a_name_alike_is_kept_as_typed_when_the_prescriber_says_so(room: Room, lemoine: Browser) -> None:
    sheet(lemoine, room).submit(CHECK, **PAIN | {"ligne1-drug": "amoxi", "ligne1-quantity": "1"})
    lemoine.submit(CHECK, **{"ligne1-pick": "libre"}).submit("Modifier")
    assert typed(lemoine)["ligne1-pick"] == "libre"
    lemoine.submit(CHECK).submit(SIGN)
    with room.inside():
        assert (lines()[0].drug, lines()[0].code) == ("amoxi", "")


def test_what_deserves_a_second_look_is_said_and_does_not_prevent(room: Room, lemoine: Browser) -> None:
    fields = PAIN | {"ligne1-quantity": "2", "ligne1-drug": "metformine 1 000 mg, comprimé"}
    sheet(lemoine, room).submit(CHECK, **fields, **{name.replace("1-", "2-"): value for name, value in fields.items()})
    for words in ("est écrit sur plusieurs lignes", "déjà sur votre ordonnance du"):
        assert lemoine.sees(words), words
    assert lemoine.submit(SIGN).sees("L’ordonnance est signée")


def test_boxes_that_the_calculation_does_not_give_are_pointed_out(room: Room, lemoine: Browser) -> None:
    assert sheet(lemoine, room).submit(CHECK, **PAIN, **{"ligne1-quantity": "9"}).sees("vous avez écrit 9, le calcul donne 7")
    lemoine.submit(SIGN)
    with room.inside():
        assert lines()[0].quantity == 9


def test_a_previous_prescription_is_taken_up_again(room: Room, lemoine: Browser) -> None:
    with room.inside():
        ref = told("traitement-de-fond").ref
    lemoine.go(f"/pro/ordonnances/{ref}").click("Reprendre cette ordonnance")
    assert typed(lemoine)["ligne1-dose"] == "1 comprimé"
    lemoine.submit(CHECK).submit(SIGN)
    with room.inside():
        again, before = newest(), told("traitement-de-fond")
        assert again.id != before.id
        assert [said(line) for line in again.lines] == [said(line) for line in before.lines]
        assert again.lines[0].code


def said(line: Line) -> tuple[str, int]:
    return " ".join(f"{line.drug} {line.posology} {line.reason}".split()), line.total


def test_care_is_taken_up_again_with_all_that_was_said(room: Room, lemoine: Browser) -> None:
    sheet(lemoine, room, "Kinésithérapie").submit(CHECK, **KNEE, **{"ligne1-home": "y"}).submit(SIGN)
    lemoine.click("Reprendre cette ordonnance")
    assert typed(lemoine) == KNEE | {"ligne1-home": "y", "ligne1-quantity": "10"}


def test_a_sheet_sent_twice_leads_to_the_same_prescription(room: Room, lemoine: Browser) -> None:
    sheet(lemoine, room).submit(CHECK, **PAIN)
    checked, where = lemoine.page, lemoine.path
    first = lemoine.submit(SIGN).path
    lemoine.page, lemoine.path = checked, where  # back, and once more
    assert lemoine.submit(SIGN).sees("Cette feuille était déjà signée")
    assert lemoine.path == first
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Prescription.id)).where(Prescription.slug == "", Prescription.seat == 1)) == 1


def test_a_record_that_shuts_meanwhile_gives_back_what_was_written(room: Room, lemoine: Browser) -> None:
    sheet(lemoine, room).submit(CHECK, **PAIN)
    with room.inside():
        room.record(1).life = Life.CLOSED
    lemoine.submit(SIGN)
    assert lemoine.status == 409
    assert lemoine.sees("matin et soir")
    with room.inside():
        assert newest().slug


def test_only_those_who_may_prescribe_do(room: Room, lemoine: Browser, garnier: Browser) -> None:
    with room.inside():
        ref, elsewhere = told("traitement-de-fond").ref, told("traitement-de-fond", 2).ref
    path = f"{patient_path(room)}/prescrire"
    assert "Prescrire" not in garnier.go(patient_path(room)).links()
    for refused in (path, f"{path}?type=products", f"/pro/ordonnances/{ref}"):
        assert garnier.go(refused).status == 404
    for unknown in (f"{path}?type=magie", f"{path}?reprendre={elsewhere}", f"{path}?reprendre=nothing", f"{path}?reprendre=%00"):
        assert lemoine.go(unknown).status == 404
    assert room.professional("dr-haddad").go(f"{path}?reprendre={ref}").status == 404
