"""People at real Chromium windows: every page met goes through axe, the console and the network are watched."""

from __future__ import annotations

import logging
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

PATIENCE = 5_000  # milliseconds that a person waits before saying that nothing happens
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync",
         "--host-resolver-rules=MAP 192.168.1.24 127.0.0.1"]  # the Wi-Fi address of a simulated machine
EXPECTED = "status of 4", "Cross-Origin-Opener-Policy header has been ignored"  # refusals; a room's address is plain http
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
AXE = Axe().axe_script
RUN = """async (options) => (await axe.run(document, options)).violations.map(
    ({ id, nodes: [one] }) => `${id} : ${one.target} ${one.html.slice(0, 160)}`)"""
SIGHT = """[innerWidth, ...["prefers-color-scheme: dark", "prefers-contrast: more", "forced-colors: active"].map(
    (one) => matchMedia(`(${one})`).matches), document.documentElement.outerHTML].join(" ")"""
AWAKE = """() => {
    const from = document.querySelector('script[src$="/app.js"]')?.src, named = document.querySelectorAll("[data-behaviour]");
    const names = from ? [...named].flatMap((one) => one.dataset.behaviour.split(" ")) : [];
    return Promise.all(names.map((name) => import(new URL(`${name}.js`, from)))).then(() => true);
}"""
VARIES = re.compile(r'(?<=")[\w.-]{50,}(?=")|\b(?=[a-z]*\d)[a-z0-9]{8}\b|(?<![\w"-])\d+')  # tokens, refs, numbers; not h1 nor tabindex
_looked_at: dict[int, list[str]] = {}
expect.set_options(timeout=PATIENCE)


@contextmanager
def server(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine, many threads."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    http = make_server("127.0.0.1", 0, app, threaded=True)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{http.server_port}"
    http.shutdown()
    thread.join(5)


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser for the session. Chromium missing is a failure, never a skip."""
    path = os.environ.get("SANDBOX_TEST_BROWSER") or shutil.which("chromium")
    assert path, "Chromium manque : lancez scripts/test.py, qui l’installe, ou donnez SANDBOX_TEST_BROWSER"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Person:
    """Somebody at a window of their own."""

    def __init__(self, browser: Browser, address: str, name: str, *, phone: bool = False) -> None:
        self.address, self.name = address, name
        self.context: BrowserContext = browser.new_context(
            base_url=address, viewport=PHONE if phone else DESK, bypass_csp=False, locale="fr-FR"
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._watch)
        self.streaming = False
        self.page.on("response", self._answered)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and not any(words in message.text for words in EXPECTED):
            self.complaints.append(message.text)

    def _watch(self, request: Any) -> None:
        if request.is_navigation_request():
            self.streaming = False
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"demande à un autre hôte : {request.url}")

    def _answered(self, response: Any) -> None:
        self.streaming |= response.headers.get("content-type", "").startswith("text/event-stream")

    def listens(self) -> Person:
        """The page's stream is open: what happens from now on is heard at once."""
        for _ in range(PATIENCE // 10):
            if self.streaming:
                return self
            self.page.wait_for_timeout(10)
        raise AssertionError(f"{self.name}, {self.page.url} : rien n’écoute")

    def go(self, path: str) -> Person:
        self.page.goto(path)
        return self.look()

    def click(self, words: str, *, role: str = "link", exact: bool = False) -> Person:
        """Press the first link (or button) with these words, then look at the page."""
        self.page.get_by_role(role, name=words, exact=exact).first.click()
        self.page.wait_for_load_state()
        return self.look()

    def press(self, words: str) -> Person:
        return self.click(words, role="button")

    def write(self, label: str, text: str) -> Person:
        self.page.get_by_label(label).first.fill(text)
        return self

    def sees(self, words: str) -> Person:
        """The words are on the page, or come within a few seconds, without reloading."""
        expect(self.page.locator("body")).to_contain_text(words)
        return self

    def look(self) -> Person:
        """What every page owes to everybody, once its behaviours are there: nobody is quicker than they are."""
        self.page.wait_for_load_state("domcontentloaded")
        self.page.evaluate(AWAKE)
        assert not self.complaints, f"{self.name}, {self.page.url} : {self.complaints}"
        found = axe_of(self.page)
        assert not found, f"{self.name}, {self.page.url} : {found}"
        overflow = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, f"{self.name}, {self.page.url} : la page déborde de {overflow} pixels"
        return self

    def leave(self) -> None:
        self.context.close()


def axe_of(page: Page) -> list[str]:
    """What axe-core finds, one line each. A page that differs from one already looked at by its numbers alone is not looked at again."""
    page.wait_for_load_state("domcontentloaded")
    sight = hash(VARIES.sub("", page.evaluate(SIGHT)))
    if sight not in _looked_at:
        _looked_at[sight] = _found_by_axe(page)
    return _looked_at[sight]


def _found_by_axe(page: Page) -> list[str]:
    """The page's CSP allows no injected script: axe is evaluated. Only what it complains of comes back."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return found
