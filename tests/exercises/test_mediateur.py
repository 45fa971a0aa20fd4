"""The pack of advisors in training, as it is written."""

from __future__ import annotations

from collections import Counter

import pytest

from sandbox.exercises import service
from sandbox.workshops import checks
from tests.exercises.advisors import GESTURES, PACK, exercises, plain, situations

ASKED = {  # what a permanence meets, by the words that must be there
    "code expiré": "code-expire", "hameçonnage": "faux-sms", "code demandé au téléphone": "code-au-telephone",
    "refus": "refus-d-essayer", "opposition": "s-opposer", "mot de passe confié": "mot-de-passe-confie",
    "aidant": "aidant", "adolescente": "adolescente", "bris de glace": "acces-en-urgence",
    "peur": "peur-pour-ses-donnees", "masquage": "supprimer-ou-masquer", "document d’un autre": "document-d-un-autre",
    "espace fermé": "espace-clos", "qui voit quoi": "qui-voit-quoi", "ni portable ni e-mail": "ni-portable-ni-adresse",
    "carte perdue": "carte-perdue", "professionnel qui demande": "professionnel-demande", "messagerie": "ecrire-la-premiere",
    "catalogue": "service-curieux", "décès": "conjoint-decede", "majorité": "dix-huit-ans", "proche pressé": "proche-presse",
    "avis médical": "avis-medical", "urgence": "malaise-a-la-permanence",
}


def test_the_proof_reader_finds_nothing() -> None:
    assert checks.check(PACK) == []
    assert service.problems(exercises()) == []


def test_every_trouble_of_a_permanence_is_met() -> None:
    met = {one["slug"] for one in situations()}
    assert not {trouble: slug for trouble, slug in ASKED.items() if slug not in met}
    assert {one["slug"] for one in exercises()} == met | set(GESTURES)


def test_the_certificate_says_of_each_what_one_can_do() -> None:
    told = [one["learned"] for one in exercises()]
    assert len(set(told)) == len(told)
    assert not [words for words in told if words.endswith(".") or len(words) > 80]


def test_neither_the_place_nor_the_length_of_an_answer_gives_it_away() -> None:
    places, longest = Counter[int](), 0
    for one in situations():
        places.update(number for number, told in enumerate(one["answer"], 1) if told["right"])
        longest += max(one["answer"], key=lambda told: len(told["text"]))["right"]
    told = len(situations())
    assert max(places.values()) < told / 2
    assert longest < told / 2


@pytest.mark.parametrize("situation", situations(), ids=lambda one: one["slug"])
def test_a_situation_reads_in_two_minutes(situation: dict[str, str]) -> None:
    assert 80 <= len(plain(situation["told"])) <= 320
    assert 350 <= len(plain(situation["explanation"])) <= 900
    assert len(plain(situation["say"])) <= 160
    assert "«" not in situation["say"]
