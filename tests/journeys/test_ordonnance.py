"""The pack « ordonnance »: a patient and those who play the pharmacies and the nurse, on both sides of the counter."""

from __future__ import annotations

import pytest

from sandbox.workshops import packs
from tests.browser import Browser, text_of
from tests.pro.counters import SAVE, on, show
from tests.room import Room

PACK = "ordonnance"


def number_on(patient: Browser) -> str:
    """What the patient's screen says under the square, and the other person types."""
    return text_of(patient.page.select_one(".code-figure"))


def opens(patient: Browser, drug: str) -> Browser:
    """From the list of prescriptions, where each says what it prescribes."""
    row = next(row for row in patient.go("/").click("Ordonnances").page.select(".rows > li") if drug in text_of(row))
    return patient.go(str(row.a["href"]))  # type: ignore[index]


def is_done(who: Browser, slug: str) -> bool:
    return who.go(f"/exercises/{slug}").sees("C’est fait !")


def reads_it(room: Room, marie: Browser) -> None:
    marie.go("/").click("Documents").click("Ordonnance numérique – metformine")
    assert is_done(marie, "lire-son-ordonnance")


def receives_two_lines_and_learns_why_not_the_third(room: Room, marie: Browser) -> None:
    marie.go("/").click("Documents").click("Ordonnance numérique – metformine").click("Afficher le code pour la pharmacie")
    assert not is_done(marie, "recevoir-ses-medicaments")
    opens(marie, "metformine")
    garnier = show(room.professional("pharm-garnier"), number_on(marie))
    garnier.submit(SAVE, **on(garnier, "atorvastatine", reason="Le patient en a encore"))
    assert is_done(marie, "recevoir-ses-medicaments")
    assert not is_done(marie, "comprendre-un-refus")
    assert opens(marie, "metformine").sees("Motif : Le patient en a encore")
    assert is_done(marie, "comprendre-un-refus")


def finds_the_trace(room: Room, marie: Browser) -> None:
    assert marie.go("/").click("Historique d’activité").sees("Hélène Garnier a délivré : metformine")
    assert is_done(marie, "retrouver-la-trace")


def sends_then_renews_elsewhere(room: Room, marie: Browser) -> None:
    opens(marie, "paracétamol, genouillère").click("Envoyer à une pharmacie")
    marie.click("Pharmacie du Marché").submit("Envoyer mon ordonnance")
    assert is_done(marie, "envoyer-a-la-pharmacie")
    nguyen = room.professional("pharm-nguyen").go("/pro/messages").click("Ordonnance du")
    assert nguyen.sees("Pouvez-vous la préparer")
    opens(marie, "paracétamol, genouillère")
    show(nguyen, number_on(marie))
    assert nguyen.sees("S’ouvre le")  # périndopril
    nguyen.submit(SAVE, **on(nguyen, "genouillère", quantity="0"))
    assert is_done(marie, "renouveler-ailleurs")


def shows_it_to_the_nurse(room: Room, marie: Browser) -> None:
    opens(marie, "surveillance de la tension")
    garnier = show(room.professional("pharm-garnier"), number_on(marie))
    assert not garnier.page.select("fieldset.handing")
    show(room.professional("inf-morvan"), number_on(marie)).submit("Noter un passage")
    assert is_done(marie, "montrer-a-l-infirmiere")


def objects(room: Room, marie: Browser) -> None:
    opens(marie, "metformine").submit("Oui, m’opposer à cette lecture")
    assert is_done(marie, "choisir-qui-lit")


def test_a_patient_and_three_counters_play_the_whole_pack(pairs: Room) -> None:
    marie, jean = pairs.learner(1), pairs.learner(2)
    for plays in (
        reads_it, receives_two_lines_and_learns_why_not_the_third, finds_the_trace, sends_then_renews_elsewhere,
        shows_it_to_the_nurse, objects,
    ):
        plays(pairs, marie)
    every = len(packs.load(PACK).exercises)
    assert marie.go("/exercises/").sees(f"{every} sur {every}")
    assert jean.go("/exercises/").sees(f"0 sur {every}")


@pytest.mark.parametrize("slug", ["renouveler-ailleurs", "choisir-qui-lit", "comprendre-un-refus", "montrer-a-l-infirmiere"])
def test_each_is_done_again(pairs: Room, slug: str) -> None:
    marie = pairs.learner(1)
    play = {
        "renouveler-ailleurs": sends_then_renews_elsewhere, "choisir-qui-lit": objects,
        "comprendre-un-refus": receives_two_lines_and_learns_why_not_the_third, "montrer-a-l-infirmiere": shows_it_to_the_nurse,
    }[slug]
    play(pairs, marie)
    marie.submit("Oui, refaire cet exercice")
    assert not is_done(marie, slug)
    if slug == "comprendre-un-refus":  # the refusal is still written: it is enough to read it again
        opens(marie, "metformine")
    else:
        play(pairs, marie)
    assert is_done(marie, slug)


def test_the_trainer_may_play_the_counters(pairs: Room) -> None:
    samira, marie = pairs.trainer(), pairs.learner(1)
    for slug in ("pharmacie-de-la-gare-delivre", "infirmiere-passe"):
        samira.go(f"/console/{pairs.code}/faire-arriver?slug={slug}").submit("Faire arriver")
    for slug in ("recevoir-ses-medicaments", "renouveler-ailleurs", "montrer-a-l-infirmiere"):
        assert is_done(marie, slug)
