"""What could be somebody's is refused at the door, kindly; what is fictional comes in."""

from __future__ import annotations

import io
import logging
import time

import pytest
import sqlalchemy as sa

from sandbox.db import Model, db
from sandbox.guard import Real, seen_in
from sandbox.numbers import key
from sandbox.workshops.models import Workshop
from tests.browser import Browser
from tests.room import Room

# Built here so that no real-looking number is written in the repository.
BODY = "2840588321025"
REAL_NIR = BODY + key(BODY)
CORSICAN = "1850" + "72A004018"
REAL = [
    (REAL_NIR, Real.NIR),
    (f"mon numéro est {REAL_NIR[0]} {REAL_NIR[1:3]} {REAL_NIR[3:5]} {REAL_NIR[5:7]} {REAL_NIR[7:10]} {REAL_NIR[10:13]} {REAL_NIR[13:]}.", Real.NIR),
    (CORSICAN + key(CORSICAN), Real.NIR),
    ((CORSICAN + key(CORSICAN)).lower(), Real.NIR),
    ("06 12 " + "34 56 78", Real.PHONE),
    ("appelez-moi au 01.42." + "34.56.78 demain", Real.PHONE),
    ("+33 6 12 " + "34 56 78", Real.PHONE),
    ("0033612" + "345678", Real.PHONE),
    ("marie@" + "orange.fr", Real.MAIL),
    ("Écrivez à marie.durand@" + "mail.gouv.fr, merci", Real.MAIL),
    ("12 rue de la Paix, 75" + "002 Paris", Real.ADDRESS),
    (f"{REAL_NIR} 06 39 98 12 34", Real.NIR),
    (" ".join(REAL_NIR), Real.NIR),
    (f"{REAL_NIR[0]} - {REAL_NIR[1:3]}/{REAL_NIR[3:5]}\u2013{REAL_NIR[5:7]}\u2011{REAL_NIR[7:10]}\u202f{REAL_NIR[10:13]}  {REAL_NIR[13:]}", Real.NIR),
    *((form.format("34", "56"), Real.PHONE) for form in (
        "06/12/{}/{}/78", "06 - 12 - {} - {} - 78", "06\u00a012\u00a0{}\u00a0{}\u00a078", "06\u201112\u2011{}\u2011{}\u201178",
        "06 – 12 – {} – {} – 78", "+33 (0)6 12 {} {} 78", "+33(0)612{}{}78", "00 33 6 12 {} {} 78", "0612{}{}78", "(06) 12 {} {} 78",
        "tél. : 06 12\u202f{}\u202f{} 78", "06\u200b12{}{}78", "06_12_{}_{}_78", "06  12  {}  {}  78",
    )),
    (" ".join("0612" + "345678"), Real.PHONE), ("-".join("0612" + "345678"), Real.PHONE), (".".join("0612" + "345678"), Real.PHONE),
    ("06 123 " + "456 78", Real.PHONE), ("0612 " + "345 678", Real.PHONE),
    ("".join(chr(0xFF10 + int(figure)) for figure in "0612" + "345678"), Real.PHONE),
    ("jean.dupont @ " + "orange.fr", Real.MAIL), ("jean.dupont arobase " + "orange.fr", Real.MAIL),
    ("jean.dupont\uff20" + "orange.fr", Real.MAIL), ("jean(at)" + "orange.fr", Real.MAIL),
    ("3 bis avenue du Général\u00a0Leclerc 31" + "000 Toulouse", Real.ADDRESS),
]
FICTIONAL = [
    "", "258039900000019", "2 58 03 99 000 000 19", "06 39 98 12 34", "+33 6 39 98 12 34", "01 99 00 12 01", "3422", "15 ou 112",
    "marie.durand7@courriel.example", "a@b.sandbox.invalid", "14 rue des Lilas, 00100 Valbrune", "802500000212345678901",
    "J’ai pris 2 comprimés à 8 h, 12 h et 20 h pendant 10 jours.", "120/80 le 12/03/2026, 118/79 le 13/03/2026",
    "08 00 12 34 56", "rendez-vous le 06.12.2026 14:30", "vu le 06-12-2026 09 h", "EVA de 0 à 10 : 0 1 2 3 4 5 6 7 8 9 10",
    "0-1-2-3-4-5-6-7-8-9", "1-0-1 puis 1-0-0, 0-0-1 au coucher", "1 0 1 0 1 0 1 0 1 0 1 0", "0 6 3 9 9 8 1 2 3 4", "+33 (0)6 39 98 12 34",
    "TA 120/80, 130/85, 110/70 ; pouls 72 68 70", "glycémies 1.05 1.12 0.98 1.20 1.15 0.99", "lot 05120130, 06 120 mg", "T° 37.2 @ 14.30",
    "de 2019/2020 à 2024/2025", "0,5 mg 2 fois, 0.25 mg 1 fois", "marie.durand7 @ courriel.example", "TEST7K3M29ABCDEFGH", "Résultat : 1,52 g/L (norme 0,70 à 1,10)", "rendez-vous le 06/12/2026 à 14 h 30",
]


@pytest.mark.parametrize(("typed", "what"), REAL)
def test_what_looks_real_is_seen(typed: str, what: Real) -> None:
    assert seen_in(typed) is what


@pytest.mark.parametrize("typed", FICTIONAL)
def test_what_is_fictional_comes_in(typed: str) -> None:
    assert seen_in(typed) is None


@pytest.mark.parametrize("sign", ["a", "1", "0", " ", "-", "é.", "1 ", "@", "a@", "1 rue "])
def test_a_hostile_text_is_read_in_a_moment(sign: str) -> None:
    began = time.process_time()
    seen_in(sign * (2_000_000 // len(sign)))
    assert time.process_time() - began < 1


# --- everywhere one can type ---------------------------------------------------------------------------

NUMBERS = f"{REAL_NIR} 06 12 " + "34 56 78"
TYPED = [
    ("/profil/allergies/ajouter", {"label": NUMBERS}),
    ("/agenda/ajouter", {"title": NUMBERS}),
    ("/aide/ecrire", {"subject": "Une question", "text": f"Bonjour, voici mon numéro, {NUMBERS}"}),
]


def everything_stored(room: Room) -> str:
    """Every word of every table, as a thief of the store would read it."""
    with room.app.app_context():
        rows = [repr(row) for table in Model.metadata.sorted_tables for row in db.session.execute(sa.select(table))]
        db.session.remove()
    return "\n".join(rows)


def refusals(room: Room) -> int:
    with room.app.app_context():
        count = db.session.scalar(sa.select(Workshop.refusals).where(Workshop.id == room.workshop_id))
        db.session.remove()
    return count or 0


def is_nowhere(room: Room, caplog: pytest.LogCaptureFixture, *values: str) -> bool:
    kept = everything_stored(room) + caplog.text
    return not any(value in kept for value in values)


@pytest.mark.parametrize(("path", "fields"), TYPED)
def test_what_was_refused_is_kept_nowhere_and_counted(
    room: Room, marie: Browser, caplog: pytest.LogCaptureFixture, path: str, fields: dict[str, str]
) -> None:
    caplog.set_level(logging.DEBUG)
    marie.go(path)
    button = next(b for f in marie.page.find_all("form") for b in f.find_all("button") if f.find(attrs={"name": next(iter(fields))}))
    marie.submit(button.get_text(strip=True), **fields)
    assert marie.status == 422
    assert marie.sees("il n’a pas été gardé")
    assert refusals(room) == 1
    assert is_nowhere(room, caplog, REAL_NIR, "34 56 78")


def test_a_reply_with_a_real_telephone_is_given_back_to_be_mended(
    room: Room, marie: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    number = "06 12 " + "34 56 78"
    marie.go("/messages/").click("Suivi de votre tension").submit("Envoyer", text=f"Rappelez-moi au {number}, merci.")
    assert marie.status == 422
    assert marie.sees("Recopiez celui de votre carte d’exercice")
    assert number in marie.page.find("textarea").get_text()
    assert is_nowhere(room, caplog, number)
    assert marie.submit("Envoyer", text="Rappelez-moi au 06 39 98 12 34, merci.").status == 200


def test_a_search_for_somebody_real_leaves_the_address(
    room: Room, lemoine: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    lemoine.go(f"/pro/?q={REAL_NIR}")
    assert lemoine.path == "/pro/"
    assert lemoine.sees("Ce numéro de sécurité sociale pourrait être celui d’une vraie personne")
    assert refusals(room) == 1
    assert is_nowhere(room, caplog, REAL_NIR)


@pytest.mark.parametrize(("name", "content"), [
    ("resultat.txt", f"Patient : {NUMBERS}"), (f"ordonnance {REAL_NIR}.txt", "Deux comprimés"),
    ("lettre.rtf", "{\\rtf1 Rappelez-moi au 06 12 " + "34 56 78, merci.}"),
])
def test_a_real_paper_chosen_by_mistake_does_not_come_in(
    room: Room, marie: Browser, caplog: pytest.LogCaptureFixture, name: str, content: str
) -> None:
    caplog.set_level(logging.DEBUG)
    marie.go("/documents/ajouter").submit(
        "Ajouter", files=(io.BytesIO(content.encode()), name), title="Un papier", category="AUTR_DOC"
    )
    assert marie.status == 422
    assert marie.sees("il n’a pas été gardé")
    assert is_nowhere(room, caplog, REAL_NIR, "34 56 78")
    assert refusals(room) == 1
