"""Searching the help: with one's own words, accents or not, and never a dead end."""

from __future__ import annotations

import pytest
from flask import Flask, url_for

from sandbox.help import questions
from sandbox.workshops.fixtures import common
from tests.browser import Browser, text_of


def answers(person: Browser) -> list[str]:
    return [text_of(a) for a in person.page.find("main").select("ul.rows .row-title a")]


def test_marie_searches_with_her_words_and_goes_where_one_does_it(marie: Browser) -> None:
    marie.go("/").click("Aide").submit("Chercher", q="CACHER un documents")
    assert answers(marie)[1] == "Quelle différence entre masquer et supprimer ?"
    marie.click("Quelle différence entre masquer et supprimer ?")
    assert marie.path == "/aide/questions/masquer-ou-supprimer"
    assert marie.sees("peut seulement être masqué")
    assert marie.click("Ouvrir mes documents").status == 200


@pytest.mark.parametrize("asked", ["medecin traitant", "MÉDECIN TRAITANT", "  médecins   traitants "])
def test_accents_capitals_and_plurals_do_not_count(asked: str) -> None:
    assert [one.slug for one in questions.search(asked)] == ["administrateur"]


def test_the_popular_questions_come_first_then_every_subject_with_its_own(marie: Browser) -> None:
    marie.go("/aide/")
    popular, labels = [one.question for one in questions.popular()], [theme.label for theme in questions.themes().values()]
    assert [words.replace("\u202f", " ") for words in answers(marie)] == [
        words.replace("\u202f", " ").replace("\xa0", " ") for words in (*popular, *labels)
    ]
    listed = [marie.go(f"/aide/?sujet={slug}") and len(answers(marie)) for slug in questions.themes()]
    assert sum(listed) == len(questions.questions())
    assert marie.go("/aide/?sujet=rien").status == 200


def test_a_search_that_finds_half_of_the_words_says_so_and_one_that_finds_nothing_teaches(marie: Browser) -> None:
    marie.go("/aide/").submit("Chercher", q="médecin licorne")
    assert marie.sees("Aucune réponse pour « médecin licorne »")
    assert marie.sees("Peut-être ceci")
    marie.submit("Chercher", q="licorne")
    assert marie.sees("Essayez avec un seul mot")
    assert marie.click("Écrire au support").heading == "Écrire au support (simulé)"


@pytest.mark.parametrize("asked", ["", "   ", "de la", "?!", "a" * 500, "%00'; drop table", "<b>"])
def test_whatever_is_searched_the_page_holds(marie: Browser, asked: str) -> None:
    assert marie.go("/aide/").submit("Chercher", q=asked).status == 200


def test_the_real_phone_line_is_told_and_nobody_is_to_call_it(marie: Browser) -> None:
    marie.go("/aide/")
    for words in ("3422", "8 h 30 à 17 h 30", "Service gratuit, plus le prix de l’appel", "N’appelez pas pour cet exercice"):
        assert marie.sees(words)


def test_every_answer_is_whole_and_leads_somewhere_that_exists(app: Flask) -> None:
    known, slugs = questions.questions(), [item["slug"] for item in common("help")["question"]]
    assert len(slugs) == len(set(slugs)) >= 25
    with app.test_request_context():
        for one in known.values():
            assert one.question.endswith("?") or "." not in one.question
            assert len(one.answer) > 80, one.slug
            assert not one.does or url_for(one.does.endpoint).startswith("/")


def test_every_question_has_its_page(marie: Browser) -> None:
    for slug, one in questions.questions().items():
        assert marie.go(f"/aide/questions/{slug}").heading == " ".join(one.question.split())
    assert marie.go("/aide/questions/rien").status == 404
