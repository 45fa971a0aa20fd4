"""An address that somebody else tells is one of this site, or none."""

from __future__ import annotations

import pytest
from flask import Flask

from sandbox import addresses
from tests.browser import Browser

ELSEWHERE = ["//ailleurs.example/", "/\\ailleurs.example", "https://ailleurs.example/", "javascript:alert(1)", "documents/", "", "/docu\nments/", None]
REFERRERS = ["http://[", "http://ailleurs.example/documents/", "http://localhost//ailleurs.example/", "http://localhost", "about:blank", ""]


@pytest.mark.parametrize("told", ELSEWHERE)
def test_another_sites_address_is_none(told: str | None) -> None:
    assert addresses.of_this_site(told) is None


def test_a_page_of_ours_is_told_with_its_query(app: Flask) -> None:
    with app.test_request_context("/", headers={"Referer": "http://localhost/documents/?mots=sommeil"}):
        assert addresses.came_from() == "/documents/?mots=sommeil"
        assert addresses.page_of("/documents/abc?x=1") == ("documents.show", {"ref": "abc"})
        assert addresses.page_of("/nulle-part") == ("", {})


@pytest.mark.parametrize("told", REFERRERS)
def test_whatever_the_browser_says_no_page_breaks(marie: Browser, told: str) -> None:
    marie.client.environ_base["HTTP_REFERER"] = told
    for path in ("/historique/", "/lecture", "/exercises/"):
        assert marie.client.get(path).status_code < 500, path
    with marie.client.application.test_request_context("/", headers={"Referer": told}):
        assert addresses.came_from() is None
