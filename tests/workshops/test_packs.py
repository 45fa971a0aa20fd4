"""A broken pack: each problem names its file, its line and its cure."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.config import resources
from sandbox.exercises import service as exercises
from sandbox.workshops import checks, packs
from sandbox.workshops.fixtures import BrokenPack


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the pack that one may spoil."""
    return Path(shutil.copytree(resources("fixtures") / "decouverte", tmp_path / "essai"))


def spoil(file: str, before: str, after: str) -> Callable[[Path], None]:
    def change(pack: Path) -> None:
        text = (pack / file).read_text(encoding="utf-8")
        assert before in text
        (pack / file).write_text(text.replace(before, after, 1), encoding="utf-8")

    return change


def one_device(pack: Path) -> None:
    file = pack / "pack.toml"
    about = file.read_text(encoding="utf-8").split("[[device]]")[0]
    file.write_text(f'{about}device = "téléphone"', encoding="utf-8")


SPOILT: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "syntax": (spoil("people.toml", '"Lemoine"', '"Lemoine'), "people.toml", "syntaxe"),
    "unknown category": (spoil("records/documents.toml", '"BIOLOGIE"', '"BIO"'), "records/documents.toml", "BIO"),
    "unknown author": (spoil("records/documents.toml", '"labo-horizon"', '"labo-rien"'), "records/documents.toml", "labo-rien"),
    "same ref": (spoil("records/documents.toml", 'ref = "radio-poignet"', 'ref = "urgences-poignet"'), "documents.toml", "deux fois"),
    "missing text": (lambda p: (p / "records/texts/bilan-lipidique.md").unlink(), "documents.toml", "bilan-lipidique.md"),
    "unknown variable": (
        lambda p: (p / "records/texts/bilan-lipidique.md").write_text("{{ patient.salaire }}", encoding="utf-8"),
        "bilan-lipidique.md", "salaire"),
    "unclosed variable": (
        lambda p: (p / "records/texts/bilan-lipidique.md").write_text("{{ patient.nom }", encoding="utf-8"),
        "bilan-lipidique.md", "variables"),
    "bad partial date": (spoil("records/profile.toml", 'start = "-12y"', 'start = "2014"'), "records/profile.toml", "-12y"),
    "unknown act": (spoil("triggers.toml", 'act = "deposit"', 'act = "danse"'), "triggers.toml", "danse"),
    "unknown moment": (spoil("timeline.toml", '"lettre-hopital"', '"lettre-rien"'), "timeline.toml", "lettre-rien"),
    "negative minutes": (spoil("timeline.toml", "after = 5\n", "after = -5\n"), "timeline.toml", "nombre de minutes"),
    "minutes in words": (spoil("timeline.toml", "after = 5\n", 'after = "cinq"\n'), "timeline.toml", "nombre de minutes"),
    "moments out of order": (spoil("timeline.toml", "after = 5\n", "after = 500\n"), "timeline.toml", "dans l’ordre"),
    "moment at no seat": (spoil("timeline.toml", 'seats = "all"', "seats = [0]"), "timeline.toml", "numéros de places"),
    "moment without trigger": (spoil("timeline.toml", 'trigger = "lettre-hopital"', "declencheur = 1"), "timeline.toml", "trigger"),
    "missing file": (lambda p: (p / "exercises.toml").unlink(), "exercises.toml", "manque"),
    "missing key": (spoil("records/appointments.toml", "title = ", "titre = "), "records/appointments.toml", "title"),
    "long title": (spoil("records/documents.toml", 'title = "', f'title = "{"très " * 30}'), "records/documents.toml", "dépasse"),
    "unreadable measure": (spoil("records/documents.toml", "poids=75,6", "poids:75"), "documents.toml", "poids=68,5"),
    "extraction of nothing": (spoil("records/documents.toml", 'measures = "hba1c=6,8"\n', ""), "documents.toml", "measures"),
    "filed but hidden": (spoil("records/documents.toml", "hidden = true", 'hidden = true\npinned = true'), "documents.toml", "annoncé"),
    "unknown attachment": (spoil("records/conversations.toml", '["releves-tension"]', '["releves"]'), "conversations.toml", "releves"),
    "incomplete attachment": (spoil("records/conversations.toml", ', category = "AUTR_DOC"', ""), "conversations.toml", "incomplète"),
    "attachment without text": (lambda p: (p / "records/texts/fiche-mesurer-tension.md").unlink(), "documents.toml", "fiche-mesurer"),
    "trigger without text": (lambda p: (p / "records/texts/t-a-annoncer.md").unlink(), "documents.toml", "t-a-annoncer"),
    "unknown start": (spoil("pack.toml", 'start = "active"', 'start = "endormi"'), "pack.toml, ligne 7", "code_expired"),
    "device without kind": (spoil("pack.toml", 'kind = "phone"\n', ""), "pack.toml", "kind"),
    "unknown kind of device": (spoil("pack.toml", 'kind = "tablet"', 'kind = "montre"'), "Ancienne tablette", "computer"),
    "device used before it was paired": (spoil("pack.toml", "used = -2", "used = -300"), "pack.toml", "-200 et -2"),
    "one device, not a list": (one_device, "pack.toml", "[[device]]"),
    "asks about no document": (
        spoil("exercises.toml", 'document = "bilan-lipidique"', 'document = "bilan"'), "exercises.toml, ligne ", "lire-un-document"),
    "asks about no prescription": (
        spoil("exercises.toml", 'prescription = "traitement-de-fond"', 'prescription = "traitement"'), "exercises.toml", "prescription = traitement"),
    "undeclared folder": (spoil("records/documents.toml", 'name = "Papiers"', 'name = "Autre"'), "documents.toml", "Papiers"),
}


@pytest.mark.parametrize(("change", "file", "words"), SPOILT.values(), ids=SPOILT.keys())
def test_a_problem_is_told_with_its_file_and_its_cure(
    pack: Path, change: Callable[[Path], None], file: str, words: str
) -> None:
    assert checks.check("essai", pack) == []
    change(pack)
    problems = checks.check("essai", pack)
    assert any(file in problem and words in problem for problem in problems), problems
    assert all(problem.endswith(".") for problem in problems)


def test_the_line_is_the_right_one(pack: Path) -> None:
    spoil("records/documents.toml", 'author = "labo-horizon"', 'author = "labo-rien"')(pack)
    lines = (pack / "records/documents.toml").read_text(encoding="utf-8").splitlines()
    number = next(at for at, line in enumerate(lines, 1) if "labo-rien" in line)
    assert any(f"ligne {number}\u00a0" in problem for problem in checks.check("essai", pack))


@pytest.mark.parametrize(("question", "params"), [("rien", {}), ("document_opened", {}), ("document_added", {"x": 1})])
def test_an_exercise_that_asks_what_cannot_be_asked_is_told(question: str, params: dict[str, object]) -> None:
    assert exercises.problems([{"slug": "essai", "question": question, "params": params}])


def test_a_pack_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(BrokenPack, match="decouverte"):
        packs.load("rien")


def test_a_pack_needs_no_timeline(pack: Path) -> None:
    (pack / "timeline.toml").unlink()
    assert checks.check("essai", pack) == []


@pytest.fixture
def heir(tmp_path: Path) -> Path:
    """A pack that has its exercises, and everything else of « decouverte »."""
    folder = tmp_path / "suite"
    folder.mkdir()
    (folder / "pack.toml").write_text('version = 1\nslug = "suite"\ntitle = "La suite"\nextends = "decouverte"', encoding="utf-8")
    (folder / "exercises.toml").write_text("", encoding="utf-8")
    return folder


def test_a_pack_extends_another_by_the_files_that_it_has(heir: Path) -> None:
    base, pack = packs.load("decouverte"), packs.load("suite", heir)
    assert pack.exercises == []
    assert (pack.documents, pack.triggers) == (base.documents, base.triggers)
    assert pack.text("bilan-lipidique") == base.text("bilan-lipidique")
    assert (pack.about["title"], pack.about["device"]) == ("La suite", base.about["device"])
    assert checks.check("suite", heir) == []


def test_a_document_s_text_is_told_otherwise(heir: Path) -> None:
    (heir / "records/texts").mkdir(parents=True)
    (heir / "records/texts/bilan-lipidique.md").write_text("Tout va bien.", encoding="utf-8")
    assert packs.load("suite", heir).text("bilan-lipidique") == "Tout va bien."


@pytest.mark.parametrize("name", ["suite", "rien"])
def test_a_pack_extends_neither_itself_nor_what_does_not_exist(heir: Path, name: str) -> None:
    spoil("pack.toml", 'extends = "decouverte"', f'extends = "{name}"')(heir)
    assert any("extends" in problem and "decouverte" in problem for problem in checks.check("suite", heir))


def test_a_problem_of_the_extended_pack_is_told_where_it_stands(heir: Path) -> None:
    cast = (resources("fixtures") / "decouverte" / "people.toml").read_text(encoding="utf-8")
    (heir / "people.toml").write_text(cast.replace('ref = "dr-haddad"', 'ref = "dr-autre"'), encoding="utf-8")
    (heir / "timeline.toml").write_text("", encoding="utf-8")
    problems = checks.check("suite", heir)
    assert any(problem.startswith("suite/../decouverte/records/accesses.toml, ligne ") and "dr-haddad" in problem for problem in problems)
    assert not any("people.toml, ligne" in problem for problem in problems)


def test_packs_that_extend_each_other_in_a_circle_are_told(heir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "resources", lambda name: heir.parent)
    monkeypatch.setattr(packs, "packs", lambda: ["retour", "suite"])
    shutil.copytree(heir, heir.parent / "retour")
    for folder, other in (("suite", "retour"), ("retour", "suite")):
        spoil("pack.toml", '"decouverte"', f'"{other}"')(heir.parent / folder)
    assert [problem for problem in checks.check("suite", heir) if "extends" in problem and "suite" in problem]
