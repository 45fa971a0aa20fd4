"""Hearing a page: what is said and in which order, pausing, stopping, and nothing where the browser has no voice."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.chromium import Person

VOICES = [
    {"lang": "en-US", "name": "Sam", "localService": True}, {"lang": "fr-FR", "name": "Loin", "localService": False},
    {"lang": "fr_CA", "name": "Ici", "localService": True},
]
STUB = """(voices) => {
  window.said = []; window.told = []; window.cancelled = 0;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices,
    speak(one) { said.push(one); setTimeout(() => one.onstart?.()); },
    cancel() { cancelled += 1; },
  } });
  window.goOn = () => said.at(-1).onend();
  window.readAll = () => { for (let i = 0; i < 2000 && document.querySelector("[data-speak=listen]").ariaPressed === "true"; i++) goOn(); };
}"""
NO_VOICE = "Object.defineProperty(window, 'speechSynthesis', { value: undefined })"
DEAF = "Object.defineProperty(window, 'speechSynthesis', { value: { getVoices: () => [], speak(one) { one.onerror({error: 'synthesis-failed'}); }, cancel() {} } })"


def at_a_window_with_a_voice(people: Cast, person: Person, voices: list[dict[str, Any]] = VOICES) -> Page:
    person.page.add_init_script(f"({STUB})({voices!r})".replace("True", "true").replace("False", "false"))
    return person.page


def said(page: Page) -> list[str]:
    return page.evaluate("said.map(one => one.text)")  # type: ignore[no-any-return]


def listen(page: Page) -> None:
    page.get_by_role("button", name="Écouter cette page").click()


@pytest.mark.browser
def test_the_title_comes_first_then_everything_in_order_and_nothing_that_is_typed(people: Cast) -> None:
    marie = people.learner(1)
    page = at_a_window_with_a_voice(people, marie)
    marie.go("/aide/ecrire").write("Votre message", "Un secret que je tape")
    listen(page)
    page.evaluate("readAll()")
    words = said(page)
    assert words[0] == page.locator("h1").inner_text()
    assert words.index("Sujet") < words.index("Votre message") < words.index("Envoyer au support")
    assert "secret" not in " ".join(words)
    assert "Retour" not in words
    assert "Place 1" not in words  # outside the content
    assert page.evaluate("said.every(one => one.lang === 'fr-FR' && one.voice.name === 'Ici')")
    expect(page.get_by_role("button", name="Arrêter la lecture")).to_be_hidden()


@pytest.mark.browser
def test_a_folded_part_is_not_read_and_sentences_are_cut(people: Cast) -> None:
    marie = people.learner(1)
    page = at_a_window_with_a_voice(people, marie)
    marie.go("/")
    page.evaluate("""document.querySelector('main').innerHTML = `<p>Avant. <b>Et</b> encore ?</p><h1>Titre</h1>
      <details><summary>Plus</summary><p>Replié</p></details><p hidden>Caché</p><p><span class="visually-hidden">Muet</span>1,2 Mo… Fin</p>`""")
    listen(page)
    page.evaluate("readAll()")
    assert said(page) == ["Titre", "Avant.", "Et encore ?", "Plus", "1,2 Mo…", "Fin"]


@pytest.mark.browser
def test_what_is_read_is_outlined_and_nothing_moves(people: Cast) -> None:
    marie = people.learner(1, phone=True)
    page = at_a_window_with_a_voice(people, marie)
    marie.go("/documents/")
    where = "[scrollY, document.documentElement.scrollHeight, ...[...document.querySelectorAll('main *')].slice(0, 200).map(e => Math.round(e.getBoundingClientRect().top))].join()"
    before = page.evaluate(where)
    listen(page)
    expect(page.locator("h1.being-read")).to_have_count(1)
    for _ in range(4):
        page.evaluate("goOn()")
        assert page.locator(".being-read").count() == 1
        assert page.evaluate(where) == before
    marie.look()
    page.keyboard.press("Escape")
    assert page.locator(".being-read").count() == 0
    assert page.evaluate(where) == before


@pytest.mark.browser
def test_it_pauses_goes_on_and_stops_with_the_keyboard_alone(people: Cast) -> None:
    marie = people.learner(1)
    page = at_a_window_with_a_voice(people, marie)
    marie.go("/documents/")
    page.get_by_role("button", name="Écouter cette page").focus()
    page.keyboard.press("Enter")
    page.evaluate("goOn()")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Reprendre")).to_be_focused()
    page.evaluate("goOn()")  # the voice tells the end of what was cut: nothing follows
    assert len(said(page)) == 2
    page.keyboard.press("Enter")
    assert len(said(page)) == 3
    assert said(page)[1] == said(page)[2]
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Écouter cette page")).to_be_focused()
    expect(page.get_by_role("group", name="Lecture à voix haute")).to_be_hidden()
    page.evaluate("goOn()")
    assert len(said(page)) == 3


@pytest.mark.browser
def test_leaving_the_page_stops_the_voice(people: Cast) -> None:
    marie = people.learner(1)
    page = at_a_window_with_a_voice(people, marie)
    marie.go("/documents/")
    listen(page)
    page.evaluate("addEventListener('pagehide', () => sessionStorage.setItem('cancelled', cancelled))")
    before = page.evaluate("cancelled")
    marie.click("Agenda")
    assert int(page.evaluate("sessionStorage.getItem('cancelled')")) > before


@pytest.mark.browser
def test_without_a_voice_there_is_no_button_and_a_voice_that_fails_says_so(people: Cast) -> None:
    jean = people.stranger("Jean")
    jean.page.add_init_script(NO_VOICE)
    jean.go("/rejoindre")
    jean.page.wait_for_load_state("networkidle")
    expect(jean.page.get_by_role("button", name="Écouter cette page")).to_be_hidden()
    louis = people.stranger("Louis")
    louis.page.add_init_script(DEAF)
    louis.go("/rejoindre")
    listen(louis.page)
    expect(louis.page.get_by_role("status").filter(has_text="n’a pas de voix")).to_be_visible()
    louis.look()


@pytest.mark.browser
def test_without_a_french_voice_the_browser_is_left_to_choose(people: Cast) -> None:
    lemoine = people.professional("dr-lemoine")
    page = at_a_window_with_a_voice(people, lemoine, VOICES[:1])
    lemoine.go("/pro/")
    listen(page)
    assert page.evaluate("said[0].lang + said[0].voice") == "fr-FRnull"
