"""The person at the browser does refuse what fails somebody; what it remembers of a page takes no check away."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask, Response

from tests import reading
from tests.browser import Browser, text_of

GOOD = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Documents – Mon espace</title></head>
<body><p>Des données fictives</p><main id="contenu"><h1>Documents</h1>
<form method="post" action="/documents/"><label for="mots">Vos mots</label><input id="mots" name="mots">
<textarea name="texte" aria-label="Texte">
Deux
lignes</textarea><button>Chercher</button></form>
<ul><li><a href="/documents/1">Ordonnance &amp; courrier</a></li><li><a href="/documents/2">Bilan</a></li></ul>
<table><tbody><tr><td>1</td></tr></tbody></table>
<svg viewBox="0 0 1 1" aria-hidden="true"><path d="M0 0"/></svg></main></body></html>
"""
SAFE = {"Content-Security-Policy": "default-src 'none'", "Cache-Control": "no-store"}
OPEN = "HTML invalide"
FAULTS = [
    ('id="mots"', 'id="contenu"', "identifiants en double"), ('<label for="mots">', "<label>", "n’a pas d’étiquette"),
    (' aria-label="Texte"', "", "n’a pas d’étiquette"), ('for="mots"', 'for="mot"', "n’a pas d’étiquette"),
    ("Bilan", "", "n’a pas de nom"), ("Chercher", " ", "n’a pas de nom"), ("<h1>Documents</h1>", "", "0 h1"),
    ("<ul>", "<h1>Documents</h1><ul>", "2 h1"), ("<title>Documents", "<title>Agenda", "ne commence pas"),
    ('lang="fr"', 'lang="en"', "langue en"), ("<main ", "<div ", OPEN), ("données fictives", "Bonjour", "bannière"),
    ("Vos mots", "L'âge", "typographie"), ("Vos mots", "Quoi ?", "typographie"), ("Vos mots", "Quoi?", "typographie"),
    ("<ul>", '<ul style="color: red">', "style dans"), ("<ul>", '<ul onclick="x()">', "onclick dans"),
    ("/documents/2", "https://ailleurs.example", "https://"), ("/documents/2", "//ailleurs.example", "//"),
]
BROKEN = [
    ("</li><li>", "</li></li><li>"), ("<h1>Documents</h1>", "<h1><p>Documents</h1></p>"), ("<tbody><tr>", "<tbody><div></div><tr>"),
    ("&amp; courrier", "&courrier; "), ("&amp; courrier", "&#0; "), ("<ul>", '<ul id="a" id="b">'), ("<svg", "<p/><svg"),
    ("<ul>", '<ul class="a"title="b">'), ("</main>", "</main></p>"), ("</body>", "</body>Fin"), ("<head>", "<head><div></div>"),
    ("<form", '<a href="/1">un <a href="/2">deux</a></a><form'), ("</form>", "<form></form></form>"), ("M0 0", "M0 \x01"),
    ("</body>", "</body><body></body>"), ("</head>", "</head><head></head>"), ("Bilan", "<i><b>Bilan</i></b>"),
    ("<!doctype html>", ""), ("<p>Des données fictives</p>", "<p>données fictives<div></div></p>"),
]


@pytest.fixture(autouse=True)
def _nothing_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_proved", set())


def show(page: str, **headers: str) -> BeautifulSoup:
    """The page, met by a browser."""
    app = Flask("page")
    app.add_url_rule("/", view_func=lambda: Response(page, headers=SAFE | headers, mimetype="text/html"))
    return Browser(app, "Personne").go("/").page


def changed(old: str, by: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, by, 1)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was read by the strict parser."""
    read: list[str] = []
    strictly = reading.strictly
    monkeypatch.setattr(reading, "strictly", lambda text, where: read.append(text) or strictly(text, where))
    return read


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(("old", "by", "said"), FAULTS)
def test_a_page_that_fails_somebody_is_refused_known_or_not(known: bool, old: str, by: str, said: str) -> None:
    if known:
        show(GOOD)
    with pytest.raises(AssertionError, match=re.escape(said)):
        show(changed(old, by))


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(("old", "by"), BROKEN)
def test_html_that_is_not_valid_is_refused_known_or_not_and_never_learned(known: bool, old: str, by: str) -> None:
    if known:
        show(GOOD)
    for _ in range(2):
        with pytest.raises(AssertionError, match="HTML invalide"):
            show(changed(old, by))


@pytest.mark.parametrize("policy", ["default-src 'none'; script-src 'unsafe-inline'", "default-src 'self'"])
def test_a_page_whose_headers_are_loose_is_refused_though_known(policy: str) -> None:
    show(GOOD)
    with pytest.raises(AssertionError):
        show(GOOD, **{"Content-Security-Policy": policy})
    with pytest.raises(AssertionError):
        show(GOOD, **{"Cache-Control": "public"})


def test_other_words_values_and_rows_are_not_proved_again(readings: list[str]) -> None:
    first = show(GOOD)
    row = '<li><a href="/documents/3">Lettre de sortie</a></li>'
    second = show(changed("</ul>", f"{row}{row}</ul>").replace("Ordonnance", "Certificat").replace('"mots"', '"m"'))
    assert len(readings) == 1
    assert [text_of(link) for link in second.find_all("a")][-1] == "Lettre de sortie"
    assert len(second.find_all("a")) == len(first.find_all("a")) + 2


def test_what_stands_elsewhere_or_is_new_is_proved(readings: list[str]) -> None:
    show(GOOD)
    for count, (old, by) in enumerate([
        ("</h1>", "</h1><h2>Du mois</h2>"), ("<h1>", '<h1 class="a">'), ("<ul>", "<ul>\n"), ("Bilan", "Bilan <span>1</span>"),
    ], start=2):
        show(changed(old, by))
        assert len(readings) == count, by


def test_both_parsers_make_the_same_tree() -> None:
    strict, plain = show(GOOD), show(GOOD)
    assert list(reading.told(strict)) == list(reading.told(plain))
    assert plain.textarea is not None
    assert plain.textarea.get_text() == "Deux\nlignes"
    assert text_of(plain.a) == "Ordonnance & courrier"


@pytest.mark.parametrize(("old", "by"), [("<tbody>", ""), ("</li><li>", "<li>"), ("Bilan", "Bilan 🙂"), ("Bilan", "Bilan&eacute;")])
def test_what_the_plain_parser_would_read_otherwise_stays_with_the_strict_one(readings: list[str], old: str, by: str) -> None:
    page = changed(old, by).replace("</tbody>", "" if old == "<tbody>" else "</tbody>")
    assert str(show(page)) == str(show(page))
    assert len(readings) == 2


def test_a_fragment_is_read_as_the_page_that_takes_it_in(readings: list[str]) -> None:
    assert text_of(show("<p>Un document</p>").p) == text_of(show("<p>Un document</p>").p) == "Un document"
    assert len(readings) == 1
    with pytest.raises(AssertionError, match="HTML invalide"):
        show("<p>Un document</p></div>")
