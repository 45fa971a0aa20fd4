"""Two whole visits: a patient met for the first time, and an emergency."""

from __future__ import annotations

import pytest

from sandbox.documents import service as documents
from sandbox.documents.models import Confidentiality
from sandbox.settings import ins
from tests.browser import Browser, text_of
from tests.pro.people import document, done, name_of, notified, patient_path
from tests.room import Room

REASON = "Malaise, patiente confuse, traitement à connaître"


def titles(who: Browser) -> set[str]:
    return {text_of(link) for link in who.page.select("section[aria-labelledby=documents] tbody th a")}


@pytest.fixture
def kermarrec(room: Room) -> Browser:
    """Yann Kermarrec, physiotherapist, whom the patient has never met."""
    return room.professional("kine-kermarrec")


@pytest.fixture
def faure(room: Room) -> Browser:
    """Dr Faure, of the SAMU."""
    return room.professional("dr-faure")


@pytest.mark.practises("P01")
def test_a_new_patient_is_found_asked_and_read_as_far_as_allowed(room: Room, kermarrec: Browser, marie: Browser) -> None:
    path = patient_path(room)
    with room.inside():
        record = room.record(1)
        traits = {"nom": record.family_name, "prenom": record.first_name, "naissance": f"{record.birth_date:%d/%m/%Y}", "sexe": record.sex.value}
        card, hidden, barred = ins.said(record), document("bilan-lipidique"), deposited_for_psychologists(room)
        masked = hidden.title
    kermarrec.go("/pro/").submit("Chercher par traits", **traits)
    assert kermarrec.path == path
    kermarrec.go("/pro/").click("Lire une carte").submit("Ouvrir le dossier", told=card)
    assert kermarrec.sees("vérifiez l’identité à voix haute")
    assert kermarrec.heading.startswith("Accord de")
    kermarrec.submit("Le patient est informé et d’accord")
    assert masked in titles(kermarrec)
    assert barred not in titles(kermarrec)
    mask(room)
    assert masked not in titles(kermarrec.go(path))
    marie.go("/confidentialite/professionnels").click("Yann Kermarrec").click("Bloquer").submit("Bloquer")
    assert kermarrec.go(path).sees("Ce patient vous a bloqué")
    assert not titles(kermarrec)
    with room.inside():
        assert [done(act) for act in ("RecordFirstConsulted", "ProfessionalBlocked")] == [1, 1]


def deposited_for_psychologists(room: Room) -> str:
    """Only inside: the title of a paper that the matrix opens to few professions."""
    return documents.deposit_text(
        room.user("dr-lemoine"), room.record(1), title="Bilan psychologique", category="CPT_REND", kind="83901-9", text="Bilan."
    ).title


def mask(room: Room) -> None:
    with room.inside():
        documents.mask(room.record(1).owner, document("bilan-lipidique"))


@pytest.mark.practises("P04")
def test_the_glass_is_broken_with_a_reason_and_the_samu_comes_in(room: Room, faure: Browser, marie: Browser) -> None:
    perrin, path = room.professional("dr-perrin"), patient_path(room)
    with room.inside():
        told = notified("ACCES_BRIS_GLACE")
        masked = document("bilan-lipidique")
        masked.confidentiality = Confidentiality.MASKED
        title = masked.title
    perrin.go("/pro/").submit("Chercher", q=name_of(room)).click("Urgence : ouvrir sans accord")
    assert perrin.sees("Restent fermés : les documents masqués")
    assert perrin.submit("Ouvrir le dossier en urgence", reason="Vite").status == 422
    perrin.submit("Ouvrir le dossier en urgence", reason=REASON)
    assert perrin.sees("Accès en urgence jusqu’au")
    assert titles(perrin)
    assert title not in titles(perrin)
    assert faure.go(path).sees("Accès en urgence du SAMU")
    assert titles(faure) == titles(perrin)
    assert marie.go("/historique/").sees(f"Motif écrit : {REASON}")
    assert marie.sees("Dr Lucie Faure a consulté votre dossier en urgence (SAMU)")
    marie.go("/confidentialite/urgence").submit("Enregistrer", samu="", glass="")
    assert faure.go(path).sees("Ce patient a dit non à l’accès du SAMU")
    assert perrin.go(path).sees("Ce patient a refusé le bris de glace")
    with room.inside():
        assert notified("ACCES_BRIS_GLACE") == told + 1
