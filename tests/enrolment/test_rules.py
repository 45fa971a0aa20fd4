"""The rules of an identifier and of a password, one by one, and the two who check them: the page and the server."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sandbox.account import rules
from sandbox.account.models import Record, User
from tests.chromium import Browser as Window

NADIA = Record(first_name="Nadia-Zoé", family_name="Le Guérin", birth_date=date(1958, 3, 12), owner=User(identifier="nadia.leguerin07"))
IN_THE_PAGE = "([rule, typed, other]) => import('{}').then((module) => module.holds(rule, typed, other))"
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
typed = st.text(st.sampled_from("aéœZ09.-_ @çÀ!€'İßﬁKµ²x"), max_size=40) | st.text(max_size=20)


def broken_identifier(text: str) -> list[str]:
    return [rule.name for rule in rules.IDENTIFIER if not rule.holds(text)]


def broken_password(text: str, identifier: str = "lavande.2026") -> list[str]:
    return [rule.name for rule in rules.failing_password(text, NADIA, identifier)]


@pytest.mark.parametrize(("text", "broken"), [
    ("nadia.leguerin07", []),
    ("court-7", ["length"]),
    ("zoé.leguerin", ["accents"]),
    ("nadia leguerin", ["signs"]),
    ("nadia/leguerin", ["signs"]),
    ("nadia@courriel.example", ["email"]),
    ("258037511400042", ["nir"]),
    ("2.58.03.75.114.000-42", ["nir"]),
    ("2-58-03-2A-114-000-42", ["nir"]),
    ("FR7630006000011234567890189", ["iban"]),
    ("FR76.3000.6000.0112.3456.7890.189", ["iban"]),
    ("é", ["length", "accents"]),
    ("jo12abcdefghijkl", []),
])
def test_an_identifier_breaks_exactly_these_rules(text: str, broken: list[str]) -> None:
    assert broken_identifier(text) == broken


@pytest.mark.parametrize(("text", "broken"), [
    ("Tisane-verte-3", []),
    ("Abricot-1234", []),
    ("Thé-1", ["length"]),
    ("tisane-verte-3", ["upper"]),
    ("TISANE-VERTE-3", ["lower"]),
    ("Tisane-verte", ["digit"]),
    ("Tisaneverte3", ["special"]),
    ("Tisane verte 3", ["special"]),
    ("Guerin-tisane-3", ["personal"]),
    ("tisane-NADIA-3", ["personal"]),
    ("Tisane-zoe-33", ["personal"]),
    ("Tisane-1958", ["personal"]),
    ("Tisane-12/03/58", ["personal"]),
    ("Le-tisane-verte-3", []),
    ("X-Lavande.2026", ["identifier"]),
    ("", ["length", "upper", "lower", "digit", "special"]),
    ("Tisane-3" * 10, ["longest"]),
])
def test_a_password_breaks_exactly_these_rules(text: str, broken: list[str]) -> None:
    assert broken_password(text) == broken


def test_without_an_identifier_beside_it_a_password_is_compared_with_the_owners() -> None:
    assert [rule.name for rule in rules.failing_password("A-nadia.leguerin07", NADIA)] == ["personal", "identifier"]
    assert broken_password("A-nadia.leguerin07", "") == ["personal"]


def test_the_error_names_every_rule_and_its_cure() -> None:
    told = " ".join(rules.explained(rules.failing_password("tisane", NADIA)).split())
    assert told.startswith("Écrivez au moins 9 signes ; ajoutez une lettre majuscule ; ")
    assert rules.explained([]) == ""


@calmly
@given(typed)
def test_what_is_accepted_is_made_of_the_signs_of_the_portal_only(text: str) -> None:
    told = {"accents", "signs", "email"} & set(broken_identifier(text))
    assert bool(told) == (re.fullmatch(r"[A-Za-z0-9._\-]*", text) is None)


@calmly
@given(typed)
def test_a_mark_says_done_exactly_when_the_server_would_not_complain(text: str) -> None:
    listed = rules.of_password(NADIA, "lavande.2026")
    broken = rules.failing_password(text, NADIA, "lavande.2026")
    for mark in rules.marks(listed, text, broken):
        assert (mark.word == rules.MET) == (mark.rule not in broken and text.strip() != "")


@example("zoé")
@calmly
@given(st.text(min_size=3, max_size=12))
def test_no_password_holds_the_identifier_however_it_is_written(identifier: str) -> None:
    long_enough = len(rules.folded(identifier.strip())) >= rules.SHORTEST_WORD
    for written in (identifier, identifier.strip().lower()):
        assert ("identifier" in broken_password(f"x{written.strip()}y", identifier)) == long_enough


@pytest.mark.browser
def test_the_page_and_the_server_read_every_rule_alike(window: Window, address: str) -> None:
    page = window.new_page()
    page.goto(f"{address}/rejoindre")
    script = IN_THE_PAGE.format(page.locator("script[type=module]").get_attribute("src").replace("app.js", "rules.js"))
    listed = [rule for rule in (*rules.IDENTIFIER, *rules.of_password(NADIA, "ﬁg.ue-3")) if rule.is_seen_as_one_types]

    @calmly
    @given(text=typed, rule=st.sampled_from(listed))
    @example(text="2.58.03.75.114.000-42", rule=rules.IDENTIFIER[4])
    @example(text="Un fig.ue-3 de Nadia", rule=listed[-1])
    @example(text="FR76.3000.6000.0112.3456.7890.189", rule=rules.IDENTIFIER[5])
    def alike(text: str, rule: rules.Rule) -> None:
        told = {"requires": rule.requires, "refuses": rule.refuses, "unlike": rule.unlike} | ({"folds": "yes"} if rule.folds else {})
        for asked in ([told, text, "ﬁg.ue-3"], [told, text]):
            assert page.evaluate(script, asked) == rule.holds(text), (rule.name, text)

    alike()
    page.close()
