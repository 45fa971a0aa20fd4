"""Writing in the profile: add, change, delete; dates that may be a year alone; what is refused, and how to mend it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox import clock
from sandbox.db import db
from sandbox.journal.models import Entry
from sandbox.profile.forms import read_partial, typed
from sandbox.profile.models import ProfileEntry
from tests.browser import Browser, text_of
from tests.room import Room

BLOCKS = ("allergies", "maladies", "traitements")


@pytest.mark.parametrize(("text", "kept"), [
    ("2014", "2014"), ("03/2014", "2014-03"), ("3/2014", "2014-03"), ("12/03/2014", "2014-03-12"),
    (" 12 mars 2014 ", "2014-03-12"), ("Août 1998", "1998-08"), ("1er février 2014", "2014-02-01"),
    ("2014-03-12", "2014-03-12"), ("12.3.2014", "2014-03-12"),
])
def test_a_date_is_read_as_people_write_it(text: str, kept: str) -> None:
    assert read_partial(text) == kept
    assert read_partial(typed(kept)) == kept


@pytest.mark.parametrize("text", ["hier", "14", "12/03/14", "31/02/2014", "13/2014", "1/2/3/2014", "0000", "mars", "-"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — any
        read_partial(text)


@pytest.mark.parametrize("block", BLOCKS)
def test_an_entry_is_added_changed_and_deleted(marie: Browser, block: str) -> None:
    marie.go(f"/profil/{block}").click("Ajouter")
    marie.submit("Enregistrer", label="Essai", detail="Une précision", started="03/2014", comment="Deux\r\nlignes")
    card = next(card for card in marie.page.select("article.card") if "Essai" in text_of(card))
    assert "Depuis mars 2014" in text_of(card)
    assert "Une précision" in text_of(card)
    marie.go(str(card.find("a")["href"]))
    assert marie.page.find(attrs={"name": "started"})["value"] == "03/2014"
    marie.submit("Enregistrer", label="Essai corrigé", started="12/03/2014")
    assert marie.sees("12 mars 2014")
    marie.submit("Oui, supprimer : Essai corrigé")
    assert marie.sees("« Essai corrigé » n’est plus dans votre profil.")
    assert not any("Essai" in text_of(card) for card in marie.page.select("article.card"))


@pytest.mark.parametrize(("fields", "cure"), [
    ({"label": " "}, "Écrivez le nom de la maladie"),
    ({"label": "a" * 121}, "120 signes au plus"),
    ({"label": "Asthme", "started": "l’an dernier"}, "Écrivez l’année (2014)"),
    ({"label": "Asthme", "started": "1850"}, "avant la naissance"),
    ({"label": "Asthme", "started": "2014", "ended": "2012"}, "La fin est avant le début"),
    ({"label": "Asthme", "comment": "a" * 3001}, "3 000 signes au plus"),
    ({"label": "Asthme", "detail": "a" * 1001}, "1000 signes au plus"),
])
def test_what_is_refused_says_how_to_mend_it_and_keeps_what_was_typed(
    marie: Browser, fields: dict[str, str], cure: str
) -> None:
    marie.go("/profil/maladies/ajouter").submit("Enregistrer", **fields)
    assert marie.status == 422
    assert marie.sees(cure)
    for name in ("started", "ended"):
        assert marie.page.find(attrs={"name": name})["value"] == fields.get(name, "")


def test_errors_are_listed_in_the_order_of_the_page(marie: Browser) -> None:
    marie.go("/profil/traitements/ajouter").submit("Enregistrer", label="", started="hier", ended="demain")
    wrong = [str(link["href"]) for link in marie.page.select(".error-summary a")]
    assert wrong == ["#label", "#started", "#ended"]


def test_tomorrow_is_not_a_beginning_but_may_be_the_end_of_a_treatment(marie: Browser) -> None:
    tomorrow = f"{clock.today() + timedelta(days=1):%d/%m/%Y}"
    marie.go("/profil/traitements/ajouter").submit("Enregistrer", label="Antibiotique", started=tomorrow)
    assert marie.sees("n’est pas encore passée")
    marie.submit("Enregistrer", label="Antibiotique", started="", ended=tomorrow)
    assert marie.sees("« Antibiotique » est ajouté à votre profil.")


def test_a_comment_of_three_thousand_signs_on_several_lines_is_kept(room: Room, marie: Browser) -> None:
    comment = "\r\n".join(["a" * 99] * 30)
    marie.go("/profil/allergies/ajouter").submit("Enregistrer", label="Pollen", comment=comment)
    with room.inside():
        entry = db.session.scalars(sa.select(ProfileEntry).where(ProfileEntry.label == "Pollen")).one()
    assert entry.comment == comment.replace("\r\n", "\n")


def test_signs_that_cannot_be_seen_are_left_out(room: Room, marie: Browser) -> None:
    marie.go("/profil/allergies/ajouter").submit("Enregistrer", label="Pol\x00len\u202e\ue000", comment="Vu\u200b")
    with room.inside():
        assert db.session.scalars(sa.select(ProfileEntry).where(ProfileEntry.label == "Pollen")).one().comment == "Vu"
    assert marie.go("/profil/allergies/ajouter").submit("Enregistrer", label="\u200b").status == 422


def test_a_contact_keeps_its_quality_and_what_the_form_does_not_ask(room: Room, marie: Browser) -> None:
    marie.go("/profil/entourage").click("Modifier : Bernard Delorme")
    chosen = marie.page.select_one("input[name=quality][checked]")
    assert chosen is not None
    assert chosen["value"] == "Personne de confiance"
    marie.submit("Enregistrer", reach="Ami. 06 39 98 12 42")
    with room.inside():
        bernard = db.session.scalars(
            sa.select(ProfileEntry).where(ProfileEntry.label == "Bernard Delorme", ProfileEntry.seat == 1)
        ).one()
    assert bernard.detail == "Personne de confiance. Ami. 06 39 98 12 42"
    assert bernard.started


def test_organ_donation_is_read_once(room: Room, marie: Browser) -> None:
    marie.go("/profil/volontes").click("M’informer sur le don d’organes").submit("J’ai lu cette information")
    assert not marie.go("/profil/volontes").page.find("a", string="M’informer sur le don d’organes")
    marie.go("/profil/volontes/ajouter").submit("J’ai lu cette information")
    wishes = [text_of(title) for title in marie.go("/profil/volontes").page.select("article h2")]
    assert wishes.count("Don d’organes") == 1


def test_opening_a_block_is_traced(room: Room, marie: Browser) -> None:
    marie.go("/profil/allergies").go("/profil/mesures")
    with room.inside():
        traced = sa.select(Entry.subject_ref).where(Entry.act == "SectionOpened", Entry.record_id == room.record(1).id)
        assert {"allergies", "mesures"} <= set(db.session.scalars(traced))


def test_entourage_and_wishes_are_open_to_professionals(marie: Browser) -> None:
    for block in ("entourage", "volontes"):
        assert marie.go(f"/profil/{block}").sees("Cette partie s’ouvre aux professionnels")
        assert not marie.sees("ne voient pas ce profil")


def test_nobody_changes_anothers_entry_nor_one_under_another_name(room: Room, marie: Browser, jean: Browser) -> None:
    with room.inside():
        theirs = db.session.scalars(sa.select(ProfileEntry).where(ProfileEntry.seat == 2)).first()
        mine = db.session.scalars(
            sa.select(ProfileEntry).where(ProfileEntry.seat == 1, ProfileEntry.block == "allergies")
        ).first()
    assert theirs is not None
    assert mine is not None
    for path in (f"{theirs.block.value}/{theirs.ref}", f"maladies/{mine.ref}", "handicaps/zzzz"):
        assert marie.go(f"/profil/{path}/modifier").status == 404


@pytest.mark.parametrize("path", ["handicaps/ajouter", "nexiste/ajouter"])
def test_a_block_that_is_not_filled_here_has_no_form(marie: Browser, path: str) -> None:
    assert marie.go(f"/profil/{path}").status == 404
