"""Filling a child's exam: the report, the certificate, the measures; each exam once, and what the parent finds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sandbox.account.models import Record
from sandbox.clock import today
from sandbox.db import db
from sandbox.documents.models import Document
from sandbox.errors import Refused
from sandbox.prevention import exams, service
from sandbox.prevention.exams import Exam, age_on, birthday
from sandbox.prevention.models import ChildExam
from sandbox.privacy import service as privacy
from sandbox.profile.models import Measure, Source
from tests.browser import Browser
from tests.family.test_profiles import child, first_name
from tests.pro.people import patient_path
from tests.room import Room

MEASURED = {"poids": "20,5", "taille": "116", "perimetre_cranien": "51", "conclusion": "Bonne croissance."}
ORDER = [
    "8-jours", "2e-semaine", "1-mois", "2-mois", "3-mois", "4-mois", "5-mois", "8-mois", "11-mois", "12-mois", "16-18-mois",
    "23-24-mois", "2-ans", "3-ans", "4-ans", "5-ans", "6-ans", "8-9-ans", "11-13-ans", "15-16-ans",
]


def path(room: Room) -> str:
    with room.inside():
        return f"/pro/patients/{child(room, 1).ref}/examens"


def last_due(record: Record) -> Exam:
    """Only inside: the last exam whose window is open or over."""
    return [exam for exam in exams.every().values() if exam.window(record.birth_date)[0] <= today()][-1]


def in_time(room: Room, code: str) -> str:
    """A day at which the child had the age of an exam."""
    with room.inside():
        return f"{exams.every()[code].window(child(room, 1).birth_date)[0]:%d/%m/%Y}"


def fill(browser: Browser, room: Room, code: str, **fields: str) -> Browser:
    typed = {"made_on": in_time(room, code)} | MEASURED | fields
    return browser.go(f"{path(room)}/{code}").submit("Enregistrer l’examen", **typed)


def measures() -> list[Measure]:
    """Only inside: what professionals measured of the child."""
    record = sa.select(Record.id).where(Record.seat == 1)
    query = sa.select(Measure).where(Measure.record_id.in_(record), Measure.comment.startswith("Examen de l’enfant"))
    return list(db.session.scalars(query.order_by(Measure.kind)))


def test_an_exam_is_filled_and_the_parent_finds_the_report_and_the_measures(room: Room, lemoine: Browser, marie: Browser) -> None:
    with room.inside():
        name, exam = child(room, 1).first_name, last_due(child(room, 1))
    lemoine.go(path(room))
    lemoine.click(f"Remplir l’examen {exam.label}").submit("Enregistrer l’examen", made_on=in_time(room, exam.code), **MEASURED)
    assert lemoine.sees("L’examen est noté. Les parents sont avertis")
    assert lemoine.sees("par Dr Claire Lemoine")
    marie.go("/profils/").submit(f"Ouvrir le profil de {name}").go("/notifications/")
    marie.click(f"a ajouté un examen de l’enfant : « Examen de l’enfant – {exam.label} »")
    for words in ("20,5 kg", "116 cm", "51 cm", "Bonne croissance.", "Dr Claire Lemoine"):
        assert marie.sees(words), words
    assert marie.go("/profil/mesures").sees("Périmètre crânien")
    with room.inside():
        kept = [(one.kind, one.value, one.source, one.at.date() <= today()) for one in measures()]
        assert kept == [(kind, value, Source.PROFESSIONAL, True) for kind, value in (
            ("perimetre_cranien", "51"), ("poids", "20.5"), ("taille", "116"))]


@pytest.mark.parametrize("code", ["8-jours", "8-mois", "23-24-mois", "6-ans"])
def test_three_exams_of_the_twenty_give_a_certificate(room: Room, lemoine: Browser, code: str) -> None:
    assert fill(lemoine, room, code, poids="3,4", taille="50", perimetre_cranien="").sees("L’examen est noté")
    with room.inside():
        papers = db.session.scalars(sa.select(Document).where(Document.title.startswith("Certificat de santé"))).all()
        assert [(one.category, one.kind) for one in papers] == ([] if code == "6-ans" else [("CERT_MED", "89601-9")])


def test_an_exam_is_recorded_once_and_the_second_is_told_by_whom_and_when(room: Room, lemoine: Browser) -> None:
    haddad = room.professional("dr-haddad")
    with room.inside():
        privacy.agree(room.user("dr-haddad"), child(room, 1))
    haddad.go(f"{path(room)}/5-ans")
    day = in_time(room, "5-ans")
    fill(lemoine, room, "5-ans")
    haddad.submit("Enregistrer l’examen", made_on=day, **MEASURED)
    assert haddad.status == 422
    assert haddad.sees("par Dr Claire Lemoine. Un examen ne se note qu’une fois")
    assert haddad.page.find(id="poids")["value"] == "20,5"
    assert haddad.go(f"{path(room)}/5-ans").sees("Cet examen est déjà noté")
    with room.inside(), pytest.raises(Refused, match="déjà noté"):
        service.add(room.user("dr-haddad"), child(room, 1), exams.every()["5-ans"], service.Told(today(), ""))
    with room.inside():
        assert len(db.session.scalars(sa.select(ChildExam)).all()) == 1
        assert len(measures()) == 3


def test_whoever_does_not_read_the_report_is_not_told_by_whom_nor_when(room: Room, lemoine: Browser) -> None:
    perrin = room.professional("dr-perrin")
    perrin.go(f"{path(room)}/5-ans")
    fill(lemoine, room, "5-ans")
    assert perrin.submit("Enregistrer l’examen", made_on=in_time(room, "5-ans"), **MEASURED).status == 422
    assert perrin.sees("est déjà noté. Un examen ne se note qu’une fois")
    assert perrin.go(f"{path(room)}/5-ans").sees("Un examen ne se note qu’une fois")
    assert not perrin.sees("Lemoine")
    assert perrin.go(path(room)).sees("Déjà noté")
    assert not perrin.sees("Lemoine")
    assert not perrin.sees("Fait le")


def test_taking_an_exam_back_twice_says_so(room: Room, lemoine: Browser) -> None:
    fill(lemoine, room, "5-ans")
    page, where = lemoine.go(path(room)).page, lemoine.path
    lemoine.submit("saisi par erreur")
    lemoine.page, lemoine.path = page, where  # the other window
    assert lemoine.submit("saisi par erreur").sees("Cet examen n’est pas noté")


def test_an_exam_at_another_age_is_warned_about_and_recorded_all_the_same(room: Room, lemoine: Browser) -> None:
    fill(lemoine, room, "2-ans", made_on=f"{today():%d/%m/%Y}")
    assert lemoine.status == 422
    assert lemoine.sees("ans ce jour-là : cet examen se fait du")
    lemoine.submit("Enregistrer l’examen", anyway="y")
    assert lemoine.sees("L’examen est noté")


@pytest.mark.parametrize(("fields", "answer"), [
    ({"poids": ""}, "Écrivez le poids en kilos"),
    ({"poids": "lourd"}, "Écrivez le poids en kilos"),
    ({"poids": "205"}, "Ce chiffre étonne"),
    ({"poids": "NaN"}, "Ce chiffre étonne"),
    ({"poids": "20,12345"}, "Ce chiffre étonne"),
    ({"taille": "1,16"}, "la taille en centimètres entre 30 et 220"),
    ({"perimetre_cranien": "5"}, "Ce chiffre étonne"),
    ({"made_on": "2999-01-01"}, "pas encore venue"),
    ({"made_on": "1999-01-01"}, "avant la naissance"),
    ({"made_on": ""}, "Écrivez la date"),
    ({"conclusion": "x" * 1001}, "1000 signes au plus"),
])
def test_a_refused_form_says_how_to_mend_it_and_keeps_what_was_typed(
    room: Room, lemoine: Browser, fields: dict[str, str], answer: str
) -> None:
    fill(lemoine, room, "6-ans", **fields)
    assert lemoine.status == 422
    assert lemoine.sees(answer)
    assert lemoine.page.find(id="conclusion").get_text().strip() == (MEASURED | fields)["conclusion"]
    with room.inside():
        assert not measures()


def test_what_was_recorded_by_mistake_leaves_with_its_papers_and_measures(room: Room, lemoine: Browser) -> None:
    fill(lemoine, room, "8-mois", poids="8", taille="70")
    lemoine.submit("Oui, saisi par erreur")
    assert lemoine.sees("L’examen n’est plus dans le dossier")
    with room.inside():
        papers = sa.select(Document).where(Document.author_id == room.user("dr-lemoine").id, Document.withdrawn_at.is_not(None))
        assert len(db.session.scalars(papers).all()) == 2
        assert not measures()
    assert fill(lemoine, room, "8-mois", poids="8", taille="70").sees("L’examen est noté")


def test_its_papers_are_mended_where_it_was_noted(room: Room, lemoine: Browser) -> None:
    fill(lemoine, room, "8-mois", poids="8", taille="70")
    with room.inside():
        newest = sa.select(Document.ref).where(Document.record_id == child(room, 1).id).order_by(Document.id.desc())
        papers = db.session.scalars(newest.limit(2)).all()
        base = f"/pro/patients/{child(room, 1).ref}/documents"
    for paper in papers:
        assert lemoine.go(f"{base}/{paper}").sees("Examens de l’enfant")
        assert {"Remplacer", "Retirer"}.isdisjoint(lemoine.links())
        for verb in ("remplacer", "retirer"):
            assert lemoine.go(f"{base}/{paper}/{verb}").sees("Ce document suit l’examen de l’enfant")
            assert lemoine.path == path(room)
    lemoine.go(path(room)).submit("Oui, saisi par erreur")
    assert lemoine.go(f"{base}/{papers[0]}").sees("Retiré du dossier")
    assert not lemoine.sees("Remettre dans le dossier")


def test_what_is_past_and_not_noted_is_folded(room: Room, lemoine: Browser) -> None:
    fill(lemoine, room, "5-ans")
    current, missed = lemoine.go(path(room)).page.find_all("table")
    assert "Fait le" in current.text
    assert "Non noté" not in current.text
    assert missed.find_parent("details").find("summary").text.startswith(f"{len(missed.find_all('tr')) - 1} examens passés")
    with room.inside():
        every = [exam for exam in exams.every().values() if exam.window(child(room, 1).birth_date)[1] < today()]
    assert len(missed.find_all("tr")) == len(every)  # (its heading, and all but the one that is noted)


def test_only_doctors_examine_and_only_children(room: Room, lemoine: Browser) -> None:
    for identifier in ("inf-morvan", "pharm-garnier", "hopital-valbrune"):
        assert room.professional(identifier).go(path(room)).status == 404
    assert lemoine.go(f"{patient_path(room)}/examens").status == 404
    assert lemoine.go(f"{path(room)}/7-ans").status == 404
    assert first_name(room, 1)


def test_the_twenty_exams_are_in_order_and_follow_each_other() -> None:
    every = list(exams.every().values())
    born = date(2020, 2, 29)
    assert [exam.code for exam in every] == ORDER
    assert [exam.code for exam in every if exam.certificate] == ["8-jours", "8-mois", "23-24-mois"]
    windows = [exam.window(born) for exam in every]
    assert windows == sorted(windows)
    assert all(first <= last for first, last in windows)


@given(born=st.dates(date(2008, 1, 1), date(2026, 12, 31)), days=st.integers(0, 6200), months=st.integers(0, 200))
def test_an_age_is_completed_on_its_birthday_and_no_sooner(born: date, days: int, months: int) -> None:
    reached = birthday(born, f"{months}m")
    assert reached.day in {born.day, 28, 29, 30}
    assert birthday(born, f"{months + 1}m") > reached
    day = born + timedelta(days=days)
    assert age_on(born, day).split()[0].split("\u00a0")[0].isdigit()
    if months >= 24:
        assert age_on(born, birthday(born, f"{months}m")).startswith(str(months // 12))
