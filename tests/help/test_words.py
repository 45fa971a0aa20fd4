"""The words of the site: one list for the page, the popovers and the code."""

from __future__ import annotations

import ast
import re

import pytest

from sandbox import glossary
from sandbox.config import resources
from tests.browser import Browser, text_of
from tests.cast import Cast
from tests.test_architecture import FILES

TEMPLATES = {path: path.read_text(encoding="utf-8") for path in resources("templates").rglob("*.html")}
ALONE = {"term.html", "_readers.html", "mask_all.html", "confidentiality.html"}  # who reads a document, and why: not words of the glossary
LONGEST = 30  # words of a sentence


def named(text: str) -> set[str]:
    """The slugs that a template names."""
    lists = [one for line in re.findall(r"\bwords=(\[.*)", text) for one in re.findall(r"\[([^\]]*)\]", line)]
    return set(re.findall(r'\bword\("([a-z0-9-]+)"', text)) | {slug for one in lists for slug in re.findall(r'"([^"]+)"', one)}


def test_every_word_that_a_page_names_is_known() -> None:
    unknown = {f"{path.name} : {slug}" for path, text in TEMPLATES.items() for slug in named(text) - set(glossary.words())}
    assert not unknown


def test_every_word_is_on_the_page_and_most_are_explained_in_place(marie: Browser) -> None:
    marie.go("/aide/").click("Les mots du site")
    assert [text_of(node) for node in marie.page.select(".glossary dfn")] == [" ".join(one.word.split()) for one in glossary.alphabetical()]
    in_place = set().union(*(named(text) for text in TEMPLATES.values()))
    assert len(glossary.words()) >= 25
    assert len(in_place) >= 35


def test_no_page_explains_a_word_of_its_own() -> None:
    own = [path.name for path, text in TEMPLATES.items() if re.search(r"\bterm\(", text) and path.name not in ALONE]
    assert not own


def test_no_page_names_the_same_word_twice_in_its_header() -> None:
    for path, text in TEMPLATES.items():
        for listed in re.findall(r"words=\[([^\]]*)\]", text):
            slugs = re.findall(r'"([^"]+)"', listed)
            assert len(slugs) == len(set(slugs)) <= 5, path.name


@pytest.mark.parametrize("one", glossary.words().values(), ids=lambda one: one.slug)
def test_a_word_is_explained_plainly(one: glossary.Word) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", one.slug)
    assert one.explanation.endswith((".", "…"))
    assert one.variants
    for sentence in re.split(r"(?<=[.!?]) ", one.explanation):
        assert len(sentence.split()) <= LONGEST, sentence


def test_every_word_has_its_name_in_the_code() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in FILES if path.name != "glossary.py")
    known = {node.name for path in FILES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ClassDef)}
    for one in glossary.words().values():
        assert one.name in known or re.search(rf"\b{re.escape(one.name)}\b", code), f"{one.slug} : {one.name}"


@pytest.mark.parametrize(("typed", "first"), [
    ("phishing", "Hameçonnage"), ("GENERIQUE", "Substitution"), ("DMP", "Espace santé"), ("briser la glace", "Bris de glace"), ("tuteur", "Représentant légal"),
])
def test_a_word_is_found_with_ones_own_words(marie: Browser, typed: str, first: str) -> None:
    marie.go("/aide/mots").submit("Chercher", q=typed)
    assert text_of(marie.page.select_one(".glossary dfn")) == first


@pytest.mark.parametrize("typed", ["zzzz", "<b>", "%_\\", "x" * 500])
def test_a_word_that_is_not_there_has_a_way_on(marie: Browser, typed: str) -> None:
    assert marie.go("/aide/mots").submit("Chercher", q=typed).sees("Ce mot n’est pas dans la liste")


@pytest.mark.parametrize("path", ["/ordonnances/", "/confidentialite/", "/documents/", "/messages/", "/historique/", "/profil/", "/parametres/identite"])
def test_the_words_of_a_page_are_explained_on_it(marie: Browser, path: str) -> None:
    marie.go(path)
    terms = marie.page.select("button.term[popovertarget]")
    assert terms
    for term in terms:
        card = marie.page.find(id=term["popovertarget"])
        assert text_of(card).startswith(text_of(term.dfn))


@pytest.mark.browser
def test_a_word_opens_where_it_stands_and_closes_with_the_keyboard(people: Cast) -> None:
    marie = people.learner(1, phone=True).go("/ordonnances/")
    marie.page.get_by_role("button", name="Délivrance").focus()
    marie.page.keyboard.press("Enter")
    marie.sees("Le moment où le pharmacien vous remet")
    assert marie.page.get_by_text("Le moment où le pharmacien").is_visible()
    marie.look().page.keyboard.press("Escape")
    assert not marie.page.get_by_text("Le moment où le pharmacien").is_visible()
