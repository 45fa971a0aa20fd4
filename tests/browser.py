"""A person at a browser without JavaScript: every page met is checked, links and forms are used by their words."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from flask import Flask
from werkzeug.test import TestResponse

from tests.reading import is_whole, read

BAD_TYPOGRAPHY = re.compile(r"[ \w]'[\w]| [;!?»]|« (?!\w)|[\w] :|\w[;!?](\s|$)")
INLINE = re.compile(r"^on[a-z]+$|^style$")


class Browser:
    """`page` is the soup of the page being looked at, `status` its code, `path` where it is."""

    def __init__(self, app: Flask, name: str) -> None:
        self.client = app.test_client()
        self.name = name
        self.page = BeautifulSoup("", "html.parser")
        self.response: TestResponse | None = None
        self.status = 0
        self.path = ""

    # --- going about ---

    def go(self, path: str) -> Browser:
        return self._met(self.client.get(path, follow_redirects=True, headers={"Accept": "text/html"}))

    def click(self, words: str) -> Browser:
        """Follow the link whose text has these words."""
        link = next((a for a in self.page.find_all("a", href=True) if words in text_of(a)), None)
        assert link is not None, f"{self.name} ne trouve pas le lien « {words} » sur {self.path}: {self.links()}"
        return self.go(self._absolute(str(link["href"])))

    def submit(self, button: str, **fields: Any) -> Browser:
        """Fill the fields by name and press the button with these words."""
        form = self._form_of(button)
        data = form_values(form)
        for name, value in fields.items():
            assert form.find(attrs={"name": name}) is not None, f"pas de champ « {name} » sur {self.path}"
            data[name] = value
        pressed = next(b for b in form.find_all("button") if button in text_of(b))
        if pressed.get("name"):
            data[str(pressed["name"])] = str(pressed.get("value", ""))
        action = self._absolute(str(form.get("action") or self.path))
        return self._send(form, action, data)

    def _send(self, form: Tag, action: str, data: dict[str, Any]) -> Browser:
        headers = {"Accept": "text/html"}
        if str(form.get("method", "get")).lower() == "get":
            return self._met(
                self.client.get(action, query_string=data, follow_redirects=True, headers=headers)
            )
        kind = form.get("enctype") or "application/x-www-form-urlencoded"
        return self._met(
            self.client.post(action, data=data, content_type=kind, follow_redirects=True, headers=headers)
        )

    def _form_of(self, button: str) -> Tag:
        for form in self.page.find_all("form"):
            if any(button in text_of(b) for b in form.find_all("button")):
                return form
        buttons = [text_of(b) for b in self.page.find_all("button")]
        raise AssertionError(f"{self.name} ne trouve pas le bouton « {button} » sur {self.path}: {buttons}")

    def _absolute(self, href: str) -> str:
        parts = urlsplit(urljoin(f"http://localhost{self.path}", href))
        assert parts.hostname == "localhost", f"{href} sort du site"
        return parts.path + (f"?{parts.query}" if parts.query else "")

    # --- looking ---

    def sees(self, words: str) -> bool:
        return words in text_of(self.page)

    def links(self) -> list[str]:
        return [text_of(a) for a in self.page.find_all("a", href=True)]

    @property
    def heading(self) -> str:
        return text_of(self.page.find("h1"))

    def _met(self, response: TestResponse) -> Browser:
        self.response, self.status = response, response.status_code
        self.path = response.request.path + (
            f"?{response.request.query_string.decode()}" if response.request.query_string else ""
        )
        if response.mimetype == "text/html":
            self.page = check_page(response)
        return self


def text_of(node: Tag | BeautifulSoup | None) -> str:
    """The words of a node as a person reads them: any space is a space."""
    return " ".join(node.get_text(" ").split()) if node else ""


def form_values(form: Tag) -> dict[str, Any]:
    """What the browser would send if nothing were touched."""
    values: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.has_attr("disabled") or kind in {"submit", "button", "file"}:
            continue
        if kind in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        values[str(name)] = _value(field)
    return values


def _value(field: Tag) -> str:
    if field.name == "textarea":
        return field.get_text()
    if field.name == "select":
        chosen = field.find("option", selected=True) or field.find("option")
        return str(chosen.get("value", chosen.get_text())) if chosen else ""
    return str(field.get("value", "on" if field.get("type") == "checkbox" else ""))


# --- what every page owes to everybody ---------------------------------------------------------------

def check_page(response: TestResponse) -> BeautifulSoup:
    """The soup of a page. Raises AssertionError when the page fails somebody."""
    where = response.request.path
    soup = read(response.text, where)
    check_headers(response)
    check_elements(soup, where)
    check_words(soup, where)
    if is_whole(response.text):
        check_document(soup, where)
    return soup


def check_headers(response: TestResponse) -> None:
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert response.headers["Cache-Control"] == "no-store" or response.headers.get("ETag")


def check_document(soup: BeautifulSoup, where: str) -> None:
    headings = soup.find_all("h1")
    assert len(headings) == 1, f"{where} : {len(headings)} h1"
    title, heading = text_of(soup.title), text_of(headings[0])
    assert title.startswith(heading), f"{where} : le titre « {title} » ne commence pas par « {heading} »"
    assert soup.html is not None
    assert soup.html.get("lang") == "fr", f"{where} : langue {soup.html.get('lang')}"
    assert len(soup.find_all("main")) == 1, where
    assert "données fictives" in text_of(soup), f"{where} : la bannière d’entraînement manque"


def check_elements(soup: BeautifulSoup, where: str) -> None:
    tags = soup.find_all(True)
    ids = [str(tag.attrs["id"]) for tag in tags if "id" in tag.attrs]
    assert len(ids) == len(set(ids)), f"{where} : identifiants en double {sorted({i for i in ids if ids.count(i) > 1})}"
    told = {tag.get("for") for tag in tags if tag.name == "label"} - {None}
    for tag in tags:
        check_attributes(tag, where)
        if tag.name in {"input", "select", "textarea"} and tag.get("type") not in {"hidden", "submit"}:
            named = tag.get("aria-label") or tag.get("id") in told
            assert named, f"{where} : le champ {tag.get('name')} n’a pas d’étiquette"
        if tag.name in {"a", "button"}:
            assert text_of(tag) or tag.get("aria-label"), f"{where} : {tag} n’a pas de nom"


def check_attributes(tag: Tag, where: str) -> None:
    for name, value in tag.attrs.items():
        assert not INLINE.match(name), f"{where} : {name} dans <{tag.name}>"
        if name in {"src", "href", "action"}:
            assert not str(value).startswith(("http://", "https://", "//")), f"{where} : {value}"


def check_words(soup: BeautifulSoup, where: str) -> None:
    for node in soup.descendants:
        if isinstance(node, NavigableString) and node.parent and node.parent.name not in {"script", "style", "code", "pre", "textarea"}:
            wrong = BAD_TYPOGRAPHY.search(str(node))
            assert not wrong, f"{where} : typographie « {str(node).strip()[:120]} » ({wrong[0]!r})"
