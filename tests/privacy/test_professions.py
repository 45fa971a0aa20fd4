"""The matrix: what each profession may read, as the portal shows it, and as the reference states it."""

from __future__ import annotations

import pytest

from sandbox.privacy import matrix
from sandbox.privacy.matrix_file import Matrix, WrongMatrix, decoded, kinds, professions, read, written
from tests.browser import Browser, text_of
from tests.privacy.people import names
from tests.pro.people import document, patient_path
from tests.room import Room

DOCTOR, NURSE, DENTIST, PODIATRIST = "10", "60", "40", "80"
TELEMEDICINE, PSYCHIATRY, PSYCHOLOGY, CHILD, CERTIFICATE = "75496-0", "68599-0", "83901-9", "68817-6", "89601-9"


def reads(profession: str, kind: str) -> bool:
    return matrix.allows(profession, kind, patients=False)


def test_the_matrix_says_what_the_sources_say(room: Room) -> None:
    with room.inside():
        assert all(reads(DOCTOR, kind) for kind in kinds())
        assert [kind for kind in (TELEMEDICINE, PSYCHIATRY, PSYCHOLOGY, CHILD, CERTIFICATE) if reads(NURSE, kind)] == []
        assert reads(NURSE, "57833-6")
        assert not reads(PODIATRIST, "15508-5")
        assert not reads(DENTIST, "EXPPAT_3")
        assert reads(DENTIST, "11488-4")


def test_every_profession_that_reads_has_its_line_and_an_unknown_one_reads_nothing(room: Room) -> None:
    assert set(matrix.ours()) == {code for code in professions() if code.isdigit()}
    with room.inside():
        assert not reads("laboratoire", "11502-2")


def test_a_document_whose_type_nobody_said_is_the_patients_or_a_report() -> None:
    assert matrix.group_of("", patients=True) == "patient"
    assert matrix.group_of("", patients=False) == "compte_rendu"
    assert matrix.group_of("DOCPAT08", patients=True) == "patient"


@pytest.mark.practises("I02")
def test_a_patient_sees_what_each_profession_may_read_and_it_is_so(room: Room, marie: Browser) -> None:
    marie.go("/confidentialite/").click("Ce que chaque profession peut lire")
    assert marie.sees("Matrice pédagogique, simplifiée")
    assert marie.sees("Médecins : 11 groupes de documents sur 11")
    assert marie.click("Non accessibles").sees("tous les groupes de documents sont accessibles")
    marie.submit("Voir", profession=NURSE)
    assert names(marie) == ["Comptes rendus", "Prescriptions", "Certificats et déclarations", "Remboursements"]
    assert marie.sees("Pas ces types de documents : Bilan de santé et de prévention de l’enfant")
    marie.click("Accessibles")
    assert "Certificats et déclarations" not in names(marie)
    assert marie.sees("Sauf : Demande d’acte de télémédecine.")
    with room.inside():
        certificate, report = document("certificat-activite-physique").title, document("suivi-infirmier-poignet").title
    morvan = room.professional("inf-morvan").go(patient_path(room))
    assert morvan.sees(report)
    assert not morvan.sees(certificate)


def test_professions_of_the_workshop_come_first_and_a_wrong_one_is_the_doctor(marie: Browser) -> None:
    marie.go("/confidentialite/professions?profession=zzz")
    first, second = marie.page.select("optgroup")
    expected = ["Médecins", "Pharmaciens", "Infirmiers", "Masseurs-kinésithérapeutes", "Secrétaires médicaux"]
    assert [text_of(one) for one in first.find_all("option")] == expected
    assert len(second.find_all("option")) == 28
    assert marie.sees("Médecins : 11 groupes")


# --- the file ----------------------------------------------------------------------------------------

def ours() -> str:
    return written(matrix.ours())


def lines(change: dict[int, str]) -> str:
    """Our file with some lines changed, by their numbers."""
    return "\r\n".join(change.get(at, line) for at, line in enumerate(ours().splitlines(), 1))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_what_is_downloaded_can_be_sent_back_whatever_the_spreadsheet(encoding: str) -> None:
    text = ours().removeprefix("\ufeff")
    assert read(decoded(text.encode(encoding))) == matrix.ours()
    assert read(decoded(text.replace(";", ",").encode(encoding))) == matrix.ours()
    assert read(decoded((text.replace("\r\n", ";;\r\n") + ";;;;\r\n").encode(encoding))) == matrix.ours()


ROW = "60 Infirmier;oui;oui;oui;oui;oui;oui;oui;oui;oui;oui;oui"
WRONG = {
    "no heading": ("Bonjour", "Ligne 1 : la première ligne doit nommer les colonnes"),
    "unknown profession": (lines({15: ROW.replace("60", "61")}), "Ligne 15 : la profession « 61 Infirmier » ne commence pas"),
    "too few": (lines({15: ROW.removesuffix(";oui")}), "Ligne 15 : il faut 11 réponses après la profession, il y en a 10."),
    "too many": (lines({15: ROW + ";oui"}), "Ligne 15 : il faut 11 réponses après la profession, il y en a 12."),
    "not an answer": (lines({15: ROW.replace("oui", "peut-être", 1)}), "Ligne 15 : « peut-être » n’est pas une réponse."),
    "empty": (lines({15: ROW.replace("oui", "", 1)}), "Ligne 15 : «  » n’est pas une réponse."),
    "except nothing": (lines({15: ROW.replace("oui", "sauf", 1)}), "Ligne 15 : « sauf » n’est pas une réponse."),
    "unknown type": (lines({15: ROW.replace("oui", "sauf 99999-9", 1)}), "Ligne 15 : « 99999-9 » n’est pas un type"),
    "type of another column": (lines({15: ROW.replace("oui", "sauf REMB", 1)}), "Ligne 15 : « REMB » n’est pas un type"),
    "twice": (ours() + ROW, "Ligne 35 : la profession « 60 » est déjà plus haut."),
    "nobody": (ours().splitlines()[0], "Il n’y a aucune profession"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_with_its_line_and_the_cure(name: str) -> None:
    text, expected = WRONG[name]
    with pytest.raises(WrongMatrix) as refused:
        read(text)
    assert refused.value.phrase.replace("\u00a0", " ").startswith(expected)
    assert refused.value.phrase.endswith(".")


def test_every_wrong_line_is_told_at_once() -> None:
    wrong = lines({15: ROW.replace("60", "61"), 17: "rien"})
    with pytest.raises(WrongMatrix) as refused:
        read(wrong)
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"PK\x03\x04\x00", b"x" * 200_001], ids=["bytes", "zip", "heavy"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(WrongMatrix, match="fichier"):
        read(decoded(content))


def test_a_cell_is_written_as_it_is_read() -> None:
    told: Matrix = read(ours())
    assert str(told[NURSE]["prescription"]) == "sauf 75496-0"
    assert str(told[NURSE]["certificat"]) == "non"
