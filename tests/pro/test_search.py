"""Finding a patient: a few words as one types them, the traits of an identity, and who is not to be taken for another."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from sandbox import numbers
from sandbox.account.models import Record, Role, Sex, User
from sandbox.db import db
from sandbox.pro import finding
from sandbox.pro.finding import Birth
from tests.asking import asked
from tests.browser import Browser, text_of
from tests.pro.people import done
from tests.room import Room

FAMILY, FIRST, BORN = "de La Tour-Lefèvre", "Anne-Élise", date(1958, 3, 12)
MOST_QUESTIONS = 12


@pytest.fixture
def anne(room: Room) -> str:
    """Where the record of somebody opens whose name is hard to type."""
    with room.inside():
        record = room.record(1)
        record.family_name, record.first_name, record.birth_date, record.sex = FAMILY, FIRST, BORN, Sex.FEMALE
        return f"/pro/patients/{record.ref}"


def born_together(room: Room, seat: int = 1) -> list[Record]:
    """Only inside: the twins of a seat, the girl first."""
    query = sa.select(Record).join(Record.owner).where(Record.seat == seat, User.slug.like("jum%"))
    return sorted(db.session.scalars(query), key=lambda record: record.sex)


def listed(who: Browser) -> list[str]:
    return [text_of(link) for link in who.page.select(".people tbody th a")]


WORDS = (
    "de La Tour-Lefèvre Anne-Élise", "latour lefevre", "LA TOUR", "tour-lefevre", "delatourlefevre", "anne elise de la tour", "anneelise",
    "Lefèvre 12/03/1958", "tour 12-3-58", "12.03.1958", "12 03 1958", "12031958", "1958-03-12", "12 mars 1958", "lefevre 1958", "lefev 03/1958",
)


@pytest.mark.parametrize("words", WORDS)
def test_one_field_takes_names_and_dates_as_they_are_typed(lemoine: Browser, anne: str, words: str) -> None:
    assert lemoine.go("/pro/").submit("Chercher", q=words).path == anne


def test_a_number_is_taken_whole_spaced_or_begun(room: Room, lemoine: Browser, anne: str) -> None:
    with room.inside():
        nir = room.record(1).nir
    for words in (nir, numbers.spaced_nir(nir), nir[:10], ".".join((nir[0], nir[1:3], nir[3:5], nir[5:7]))):
        assert lemoine.go("/pro/").submit("Chercher", q=words).path == anne, words


@pytest.mark.parametrize(("typed", "born"), [
    ("12/3/58", Birth(12, 3, "58")), ("1er août 1960", Birth(1, 8, "1960")), ("le 12 décembre 1958", Birth(12, 12, "1958")),
    ("12 - 03 - 1958", Birth(12, 3, "1958")), ("03/1958", None), ("1580375114", None), ("32/13/1958", Birth(32, 13, "1958")),
])
def test_a_day_is_read_day_first(typed: str, born: Birth | None) -> None:
    assert finding.day_in(typed)[0] == born


def test_nobody_found_says_what_to_check_and_who_is_near(lemoine: Browser, anne: str) -> None:
    lemoine.go("/pro/").submit("Chercher", q="zorglub")
    assert lemoine.sees("Aucun patient trouvé pour « zorglub »")
    assert lemoine.sees("ce n’est pas toujours le nom d’usage")
    assert not listed(lemoine)
    lemoine.submit("Chercher", q="delatourlefebre")
    assert lemoine.sees("Vouliez-vous dire")
    assert lemoine.click(FIRST).path == anne


def test_each_trait_finds_and_they_are_asked_together(room: Room, lemoine: Browser, anne: str) -> None:
    with room.inside():
        nir = room.record(1).nir
    page = "Chercher par traits"
    for traits in (
        {"nom": "La Tour Lefevre", "prenom": "anne"}, {"naissance": "12 03 1958", "sexe": "F"}, {"matricule": nir},
        {"nom": "lefevre", "prenom": "Anne Elise", "naissance": "12/3/1958", "sexe": "F", "matricule": numbers.spaced_nir(nir)},
    ):
        assert lemoine.go("/pro/").submit(page, **traits).path == anne, traits
    lemoine.go("/pro/recherche").submit(page, nom="lefevre", prenom="Anne", naissance="13/03/1958", sexe="F")
    assert lemoine.sees("Sans la date de naissance, on trouve 1 patient : vérifiez le jour, puis le mois, puis l’année.")
    assert not lemoine.sees("Sans le prénom")
    assert lemoine.page.find("input", attrs={"name": "nom"})["value"] == "lefevre"
    lemoine.submit(page, prenom="Zoé")
    assert lemoine.sees("Vérifiez l’orthographe du nom de naissance")


@pytest.mark.parametrize(("traits", "cure"), [
    ({"sexe": "F"}, "Écrivez au moins un nom, une date de naissance ou un matricule"),
    ({"naissance": "31/02/1958"}, "Cette date n’existe pas"), ({"naissance": "hier"}, "par exemple 12/03/1958"),
    ({"matricule": "158037511400099"}, "Un chiffre est faux dans ce matricule"), ({"matricule": "X" * 7 + "0" * 8}, "Un chiffre est faux"),
])
def test_a_trait_that_cannot_be_is_refused_with_its_cure(lemoine: Browser, traits: dict[str, str], cure: str) -> None:
    lemoine.go("/pro/recherche")
    assert lemoine.status == 200
    assert lemoine.submit("Chercher par traits", **traits).status == 422
    assert lemoine.sees(cure)


def test_an_address_made_up_breaks_nothing(lemoine: Browser) -> None:
    for query in ("sexe=Z&nom=a&found=1&page=99", "page=x", "nom=%00&q=1", "naissance=99999999", "matricule=%F0%9F%98%80"):
        assert lemoine.go(f"/pro/recherche?{query}").status in {200, 422}, query
        assert lemoine.go(f"/pro/?{query}").status == 200, query


def test_twins_are_told_apart_before_either_opens(room: Room, lemoine: Browser) -> None:
    with room.inside():
        girl, boy = born_together(room)
        born, ref, names = girl.birth_date, girl.ref, [girl.first_name, boy.first_name]
        family = girl.family_name.upper()
    lemoine.go("/pro/").submit("Chercher", q=f"{family} {born:%d/%m/%Y}")
    assert listed(lemoine) == [f"{family} {name}" for name in sorted(names)]
    assert text_of(lemoine.page.find("table", id="liste")).count("Vérifiez le prénom") == 2
    lemoine.submit("Chercher par traits", nom=family, prenom=names[0], naissance=f"{born:%d/%m/%Y}")
    assert lemoine.path.startswith("/pro/recherche")
    lemoine.click(f"{family} {names[0]}")
    assert lemoine.path == f"/pro/patients/{ref}"
    assert lemoine.sees(f"Même nom et même date de naissance que {names[1]} : vérifiez le prénom.")
    with room.inside():
        assert done("RecordConsulted") == 0


def test_two_of_the_same_name_are_told_apart_by_their_birth(room: Room, lemoine: Browser, anne: str) -> None:
    with room.inside():
        other = room.record(2)
        other.family_name, other.first_name = "De la Tour Lefevre", "Anne Élise"
    assert lemoine.go("/pro/").submit("Chercher", q="lefevre").sees("Vérifiez la date")
    assert len(listed(lemoine)) == 2


def test_a_real_number_is_refused_and_leaves_the_address(lemoine: Browser) -> None:
    real = "1580375114001"
    lemoine.go("/pro/").submit("Chercher", q=real + numbers.key(real))
    assert lemoine.sees("pourrait être celui d’une vraie personne")
    assert real not in lemoine.path + str(lemoine.page)


def test_sixty_patients_cost_no_more_questions_than_sixteen(room: Room, lemoine: Browser) -> None:
    counts = []
    lemoine.go("/pro/")  # what is due in the world is done
    for more in (0, 44):
        with room.inside():
            for number in range(more):
                add(room.record(1), number)
        with asked(room.app) as questions:
            lemoine.go("/pro/")
        counts.append(len(questions))
    assert lemoine.sees("60 patients")
    assert counts[0] == counts[1] <= MOST_QUESTIONS, counts
    assert len(listed(lemoine)) == 50
    assert len(listed(lemoine.go("/pro/?page=2"))) == 10


def test_the_identity_traits_are_asked_before_anything_is_reproached(lemoine: Browser) -> None:
    lemoine.go("/pro/").go("/pro/recherche")
    assert (lemoine.status, lemoine.page.select(".field-error, .error-summary")) == (200, [])
    assert lemoine.page.select_one("[autofocus]")["name"] == "nom"  # type: ignore[index]
    assert lemoine.submit("Chercher par traits").status == 422


def add(like: Record, number: int) -> None:
    """Only inside: somebody more, of the same seat."""
    name = f"Personne {number:02d}"
    owner = User(role=Role.DEPENDANT, slug=f"x{number}", name=name, identifier=f"x{number}", seat=like.seat)
    db.session.add(Record(
        owner=owner, family_name=name, first_name="Lou", sex=like.sex, birth_date=like.birth_date, birth_place=like.birth_place,
        birth_code=like.birth_code, address="", phone="", email="", vitale_serial="",
    ))
