"""Words are found in titles and inside documents, whatever their accents."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.blobs import Words
from sandbox.db import db
from sandbox.documents import search, service
from tests.browser import Browser, text_of
from tests.documents import samples
from tests.documents.papers import added, pdf
from tests.documents.shelves import put, titles
from tests.room import Room


def found(who: Browser, words: str) -> list[str]:
    return titles(who.go("/documents/").submit("Chercher", mots=words))


@pytest.mark.practises("D02")
def test_marie_finds_a_word_of_a_title_or_of_what_is_written_inside(marie: Browser) -> None:
    assert "Synthèse médicale du médecin traitant" in found(marie, "SYNTHESE medecin")
    assert found(marie, "eruption traitant penicilline")[:1] == ["Synthèse médicale du médecin traitant"]
    assert {text_of(mark) for mark in marie.page.find(class_="excerpt").find_all("mark")} == {"éruption", "Pénicilline"}
    assert found(marie, "introuvable") == []
    assert marie.sees("Aucun document ne contient « introuvable », ni dans son titre ni dans son texte.")


def test_a_word_of_the_title_needs_no_excerpt(marie: Browser) -> None:
    assert "Bilan lipidique et glycémie" in found(marie, "lipidique")
    row = next(row for row in marie.page.select("ul.rows > li") if "Bilan lipidique" in text_of(row))
    assert row.find(class_="excerpt") is None


def test_each_word_may_be_in_the_title_or_inside(room: Room, marie: Browser) -> None:
    put(room, 1, "Ordonnance de l’œil", "## Traitement\n\n**Collyre** : une goutte à l’Œil droit, matin et soir.")
    assert found(marie, "l'oeil COLLYRE goutte matin") == ["Ordonnance de l’œil"]
    assert [text_of(mark) for mark in marie.page.find(class_="excerpt").find_all("mark")] == ["Collyre", "goutte", "l’Œil", "matin"]
    assert found(marie, "collyre absent") == []


def test_a_long_line_is_cut_around_the_word(room: Room, marie: Browser) -> None:
    put(room, 1, "Journal", "mot " * 80 + "ménisque " + "fin " * 80)
    assert found(marie, "menisque journal") == ["Journal"]
    excerpt = marie.page.find(class_="excerpt")
    assert text_of(excerpt.find("mark")) == "ménisque"
    assert len(text_of(excerpt)) < 190


@pytest.mark.parametrize("words", ["100%sûr", "a_b", "c\\d", "50%"])
def test_signs_mean_themselves(room: Room, marie: Browser, words: str) -> None:
    put(room, 1, "Notes", "Ceci est 100%sûr, a_b puis c\\d et 50% de plus.")
    put(room, 1, "Piège", "Ceci est 1000sûr, axb puis cd et 500 de plus.")
    assert found(marie, words) == ["Notes"]


def test_what_is_found_is_text_never_markup(room: Room, marie: Browser) -> None:
    added(room, b"Pouls <script>alert(1)</script> tranquille", "text/plain", "Mesures")
    assert found(marie, "tranquille") == ["Mesures"]
    assert "<script>alert(1)</script>" in text_of(marie.page.find(class_="excerpt"))


def test_the_words_of_a_pdf_are_found_and_a_picture_has_none(room: Room, marie: Browser) -> None:
    added(room, pdf("Votre tension est mirobolante."), "application/pdf", "Consultation")
    added(room, samples.png(), "image/png", "Ornithorynque")
    assert found(marie, "mirobolante consultation") == ["Consultation"]
    assert found(marie, "ornithorynque") == ["Ornithorynque"]


def test_words_of_a_pack_are_found_but_not_its_variables(marie: Browser) -> None:
    assert found(marie, "patient.nom_complet") == []
    assert found(marie, "auteur.nom") == []


def test_files_are_read_once(room: Room, marie: Browser) -> None:
    found(marie, "tension")
    with room.inside():
        held = db.session.scalar(sa.select(sa.func.count(Words.id)))
        assert list(search.unread(room.record(1))) == []
    found(room.learner(1), "poids")
    with room.inside():
        assert db.session.scalar(sa.select(sa.func.count(Words.id))) == held


def test_what_waits_to_be_announced_or_belongs_to_another_is_not_found(room: Room, marie: Browser, jean: Browser) -> None:
    hidden = put(room, 1, "Anapath", "Cellules zygomorphes", by="dr-lemoine")
    with room.inside():
        service.find(hidden[-8:]).hidden_until = clock.now() + timedelta(days=3)  # type: ignore[union-attr]
    put(room, 1, "Carnet", "Mon secret est zygomorphe")
    assert found(marie, "zygomorphe") == ["Carnet"]
    assert found(jean, "zygomorphe") == []


def test_searching_leaves_no_trace_of_its_words(marie: Browser) -> None:
    found(marie, "diabète")
    assert not marie.go("/historique/?onglet=moi").sees("diabète »")
