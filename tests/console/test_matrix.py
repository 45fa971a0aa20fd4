"""The trainer's own matrix: downloaded, sent, obeyed at once, put back."""

from __future__ import annotations

from io import BytesIO

from tests.browser import Browser, text_of
from tests.pro.people import document, patient_path
from tests.room import Room

OURS, CLOSED = "60 Infirmier;sauf", "60 Infirmier;non;non;non;non;non;non;non;non;non;non;non"


def downloaded(samira: Browser, room: Room) -> str:
    samira.go(f"/console/{room.code}/matrice.csv")
    assert samira.response is not None
    assert samira.response.mimetype == "text/csv"
    assert samira.response.data.startswith(b"\xef\xbb\xbf")
    return samira.response.data.decode("utf-8-sig")


def sends(samira: Browser, room: Room, content: bytes) -> Browser:
    samira.go(f"/console/{room.code}/matrice")
    return samira.submit("Mettre en place", file=(BytesIO(content), "matrice.csv"))


def without_nurses(text: str) -> str:
    return "\r\n".join(CLOSED if line.startswith(OURS) else line for line in text.splitlines())


def test_a_trainers_matrix_is_obeyed_at_once_and_ours_comes_back(room: Room, samira: Browser, marie: Browser) -> None:
    with room.inside():
        report = document("lettre-cardiologue").title
    morvan, path = room.professional("inf-morvan"), patient_path(room)
    assert morvan.go(path).sees(report)
    samira.go(f"/console/{room.code}/reglages").click("Voir ou remplacer la matrice")
    assert samira.sees("Celle du logiciel")
    sends(samira, room, without_nurses(downloaded(samira, room)).encode("cp1252"))
    assert samira.sees("les professionnels de l’atelier la suivent dès maintenant")
    assert samira.sees("9 réponses différentes de celle du logiciel")
    assert not morvan.go(path).sees(report)
    assert marie.go("/confidentialite/professions?profession=60").sees("aucun groupe de documents n’est accessible")
    assert CLOSED in downloaded(samira, room)
    samira.go(f"/console/{room.code}/matrice").submit("Remettre celle du logiciel")
    assert morvan.go(path).sees(report)


def test_a_wrong_file_says_every_line_and_changes_nothing(room: Room, samira: Browser) -> None:
    text = downloaded(samira, room)
    wrong = text.replace("60 Infirmier;", "61 Infirmier;").replace("98 Manip", "zz Manip")
    assert sends(samira, room, wrong.encode()).status == 422
    assert samira.sees("Ligne 15 : la profession « 61 Infirmier » ne commence pas par un code connu")
    assert samira.sees("Ligne 32 : la profession « zz Manipulateur")
    assert samira.sees("Celle du logiciel")
    assert samira.submit("Mettre en place").sees("Choisissez le fichier CSV que vous avez modifié.")


def test_professions_left_out_are_said(room: Room, samira: Browser) -> None:
    text = "\r\n".join(line for line in downloaded(samira, room).splitlines() if not line.startswith("60 "))
    sends(samira, room, text.encode())
    assert "Elles ne lisent rien dans cet atelier : Infirmier." in text_of(samira.page)


