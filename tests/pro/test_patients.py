"""The first page, a record zone by zone, and what the patient hears of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.db import db
from sandbox.documents import service as documents
from sandbox.documents.models import Confidentiality, Document
from sandbox.privacy import service as privacy
from sandbox.pro import service
from sandbox.vaccination.models import Vaccination
from tests.asking import asked
from tests.browser import Browser, text_of
from tests.pro.people import document, done, name_of, notified, patient_path
from tests.room import Room

MOST_QUESTIONS = 25


def titles(who: Browser) -> list[str]:
    """The documents of the zone that is looked at."""
    return [text_of(link) for link in who.page.select(".split > section tbody th a")]


def deposited(room: Room, title: str, slug: str = "dr-haddad", kind: str = "11488-4", category: str = "CPT_REND") -> str:
    with room.inside():
        author = room.user(slug)
        return documents.deposit_text(author, room.record(1), title=title, category=category, kind=kind, text="Texte.").ref


def test_the_patients_of_the_room_are_all_there_in_order(lemoine: Browser) -> None:
    rows = lemoine.go("/pro/").page.select(".people tbody tr")
    families = [text_of(row.a).split()[0] for row in rows]
    assert sorted(text_of(row.find_all("td")[-1]) for row in rows) == [*"1111222233334444"]  # each seat, its child, its twins
    assert families == sorted(families)


def test_the_first_page_keeps_the_records_opened_lately(room: Room, lemoine: Browser, garnier: Browser) -> None:
    assert lemoine.go("/pro/").page.find(class_="recent") is None
    for seat in (1, 2, 1, 3):
        lemoine.go(patient_path(room, seat))
    recent = [str(link["href"]) for link in lemoine.go("/pro/").page.select(".recent a")]
    assert recent == [patient_path(room, seat) for seat in (3, 2, 1)]
    assert lemoine.sees("Rendez-vous d’aujourd’hui")
    assert garnier.go("/pro/").page.find(class_="recent") is None


def test_opening_a_record_tells_the_patient_once_in_half_an_hour(room: Room, lemoine: Browser, garnier: Browser) -> None:
    path = patient_path(room)
    with room.inside():
        before = notified("ACCES_DMP_PS")
    for zone in ("", "?volet=vaccinations", "?volet=histoire"):
        assert lemoine.go(path + zone).status == 200
    garnier.go(path)
    with room.inside():
        assert done("RecordConsulted") == 2
        assert notified("ACCES_DMP_PS") == before + 2
        with clock.shifted(timedelta(minutes=31)):
            service.consult(room.user("dr-lemoine"), room.record(1))
        assert done("RecordConsulted") == 3


def test_a_masked_document_leaves_no_trace_but_to_its_author(room: Room, garnier: Browser, lemoine: Browser) -> None:
    path = patient_path(room)
    held = len(titles(garnier.go(path)))
    with room.inside():
        masked = document("o-genou-et-tension")
        masked.confidentiality = Confidentiality.MASKED
        title, address = masked.title, f"{path}/documents/{masked.ref}"
    assert not garnier.go(path).sees(title)
    assert garnier.sees(f"{held - 1} documents")
    assert "Masqué" not in text_of(garnier.page.find("table"))
    assert garnier.sees("Certains documents peuvent ne pas vous être visibles")
    assert garnier.go(address).status == garnier.go(f"{address}/fichier").status == 404
    assert lemoine.go(path).sees("Masqué : vous le voyez parce que vous l’avez déposé")
    assert lemoine.go(address).status == 200


def test_reading_a_document_notifies_once_and_gives_the_file(room: Room, lemoine: Browser) -> None:
    path = patient_path(room)
    with room.inside():
        title, before = document("bilan-lipidique").title, notified("CONSULT_DOCUMENT")
    lemoine.go(path).click(title).click("Ouvrir le fichier")
    assert lemoine.response is not None
    assert lemoine.response.mimetype == "application/pdf"
    assert lemoine.response.data.startswith(b"%PDF")
    with room.inside():
        assert done("DocumentConsulted") == 1
        assert notified("CONSULT_DOCUMENT") == before + 1


def test_a_document_is_not_reached_through_another_record(room: Room, lemoine: Browser) -> None:
    with room.inside():
        theirs = document("bilan-lipidique", seat=2).ref
    assert lemoine.go(f"{patient_path(room, 1)}/documents/{theirs}").status == 404
    assert lemoine.go("/pro/patients/nobody22").status == 404


def test_documents_are_filtered_and_sorted_among_what_one_sees(room: Room, lemoine: Browser) -> None:
    every = titles(lemoine.go(patient_path(room)))
    with room.inside():
        found = list(db.session.scalars(sa.select(Document).where(Document.seat == 1, Document.title.in_(every))))
        biology = {one.title for one in found if one.category == "BIOLOGIE"}
        year, author = str(found[0].dated.year), found[0].author.ref
        of_year = {one.title for one in found if str(one.dated.year) == year}
        theirs = {one.title for one in found if one.author.ref == author}
    assert set(titles(lemoine.submit("Filtrer", rubrique="BIOLOGIE"))) == biology
    assert lemoine.sees(f"{len(biology)} documents sur {len(every)}")
    assert set(titles(lemoine.submit("Filtrer", rubrique="", annee=year))) == of_year
    assert set(titles(lemoine.submit("Filtrer", annee="", auteur=author))) == theirs
    assert titles(lemoine.click("Tout afficher").submit("Filtrer", tri="anciens")) == every[::-1]
    assert titles(lemoine.go(f"{patient_path(room)}?rubrique=RIEN&tri=zzz&volet=ailleurs")) == []
    assert lemoine.sees("Aucun document avec ces choix")


def test_what_came_since_the_last_consultation_is_new_until_it_is_read(room: Room, garnier: Browser) -> None:
    ref, path = deposited(room, "Avis du cardiologue"), patient_path(room)

    def marked() -> bool:
        row = garnier.go(path).page.find("a", string="Avis du cardiologue").find_parent("tr")
        return "Nouveau" in text_of(row)

    assert marked()
    garnier.go(f"{path}/documents/{ref}")
    assert not marked()


def test_the_history_is_what_professionals_deposited_year_by_year(room: Room, lemoine: Browser) -> None:
    lemoine.go(patient_path(room)).click("Histoire de santé")
    years = [text_of(head) for head in lemoine.page.select(".split > section h3")]
    assert years == sorted(years, reverse=True)
    assert len(years) > 1
    with room.inside():
        own = [one.title for one in documents.of_record(room.record(1)) if one.author_id == room.record(1).owner_id]
    assert own
    assert not set(own) & set(titles(lemoine))


def vaccinated(room: Room, document_ref: str = "") -> None:
    with room.inside():
        note = documents.find(document_ref) if document_ref else None
        db.session.add(Vaccination(
            record=room.record(1), author=room.user("inf-morvan"), document=note, vaccine="grippe", product="Vaccin de la grippe",
            given_on=date(2026, 10, 5), dose="Rappel", lot="TEST-42", next_on=date(2027, 10, 5),
        ))


def test_vaccinations_are_lines_and_papers_and_obey_their_note(room: Room, lemoine: Browser) -> None:
    ref = deposited(room, "Vaccin de la grippe du 5 octobre", "inf-morvan", "87273-9", "CAR_VAC")
    vaccinated(room, ref)
    zone = f"{patient_path(room)}?volet=vaccinations"
    assert lemoine.go(zone).sees("TEST-42")
    assert lemoine.sees("05/10/2027")
    assert "Carnet de vaccination" in titles(lemoine)
    with room.inside():
        found = documents.find(ref)
        assert found
        documents.mask(room.record(1).owner, found)
    assert not lemoine.go(zone).sees("TEST-42")
    assert room.professional("inf-morvan").go(zone).sees("TEST-42")


def test_a_vaccination_without_a_note_obeys_the_matrix(room: Room, lemoine: Browser) -> None:
    vaccinated(room)
    zone = f"{patient_path(room)}?volet=vaccinations"
    with room.inside():
        privacy.agree(room.user("sec-roux"), room.record(1))
    assert lemoine.go(zone).sees("TEST-42")
    assert not room.professional("sec-roux").go(zone).sees("TEST-42")


def test_the_profile_stays_closed_but_for_relations_and_wishes(room: Room, lemoine: Browser, garnier: Browser) -> None:
    path = patient_path(room)
    with room.inside():
        privacy.agree(room.user("sec-roux"), room.record(1))
    lemoine.go(f"{path}?volet=entourage")
    assert lemoine.sees("Bernard Delorme")
    assert lemoine.sees("Pas encore rédigées")
    assert titles(lemoine) == ["Ma personne de confiance"]
    assert not {word for word in ("Pansements adhésifs", "O positif", "Cataracte") if lemoine.sees(word)}
    assert garnier.go(f"{path}?volet=entourage").sees("Bernard Delorme")
    assert not garnier.sees("Directives anticipées Pas encore")  # the matrix keeps directives from pharmacists
    assert room.professional("sec-roux").go(f"{path}?volet=entourage").sees("Rien à lire")


def test_a_laboratory_finds_only_where_to_deposit(room: Room) -> None:
    path = patient_path(room)
    labo = room.professional("labo-horizon").go(f"{path}?volet=vaccinations")
    assert labo.sees("Votre établissement dépose sans lire")
    with room.inside():
        other = document("o-traitement-de-fond")
        assert done("RecordConsulted") == 0
    assert not labo.sees(other.title)
    assert labo.go(f"{path}/documents/{other.ref}").status == labo.go(f"{path}/suivi").status == 404


@pytest.mark.parametrize(("block", "words"), [
    (True, "Le patient vient de vous bloquer"), (False, "Votre accès à ce dossier vient de se terminer"),
])
def test_a_record_closed_while_it_is_open_turns_into_the_explanation(room: Room, lemoine: Browser, *, block: bool, words: str) -> None:
    part = str(lemoine.go(patient_path(room)).page.find("div", attrs={"data-topics": f"record:{patient_path(room)[-8:]}"})["data-fragment"])
    assert text_of(lemoine.go(part).page.find("main")) == ""
    with room.inside():
        record, user = room.record(1), room.user("dr-lemoine")
        privacy.block(record.owner, record, user)
        if not block:
            privacy.unblock(record.owner, record, user)
    assert lemoine.go(part).sees(words)
    assert lemoine.page.find(attrs={"data-closed": True})
    assert lemoine.go(patient_path(room)).heading == (f"Accord de {name_of(room)}" if not block else lemoine.heading)


def test_a_record_of_forty_documents_costs_few_questions(room: Room, lemoine: Browser) -> None:
    counts = []
    for more in (0, 20):
        for number in range(more):
            deposited(room, f"Courrier {number}")
        lemoine.go(patient_path(room))
        with asked(room.app) as questions:
            lemoine.go(patient_path(room))
        counts.append(len(questions))
    assert len(titles(lemoine)) >= 40
    assert counts[0] == counts[1] <= MOST_QUESTIONS, [one.statement[:120] for one in questions]
