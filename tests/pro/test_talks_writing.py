"""A message being written: what is typed and attached stays, whatever is refused, until it goes."""

from __future__ import annotations

from io import BytesIO

import pytest

from sandbox.account import life
from sandbox.documents.models import Confidentiality
from sandbox.messaging import budget
from sandbox.workshops.starts import Start
from tests.browser import Browser
from tests.documents import samples
from tests.pro.exchanges import last, newest, opened, press, told
from tests.pro.people import document, done, name_of, patient_path
from tests.room import Room


def written(person: Browser) -> str:
    area = person.page.find("textarea")
    assert area is not None
    return area.get_text().strip()


def test_what_is_typed_cannot_pass_for_a_date_of_the_pack(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire").submit("Envoyer", subject="Date", text="\ue000j5\ue001 fin")
    assert lemoine.sees("j5 fin")
    assert lemoine.sees(name_of(room))


def test_what_may_no_longer_be_read_does_not_go_with_a_message(room: Room) -> None:
    haddad = room.professional("dr-haddad").go(f"{patient_path(room)}/ecrire")
    with room.inside():
        own = document("o-genou-et-tension")
    press(haddad, "dossier")
    press(haddad, f"document:{own.ref}")
    with room.inside():
        document("o-genou-et-tension").confidentiality = Confidentiality.MASKED
    assert haddad.submit("Envoyer", subject="Votre résultat", text="Le voici.").status == 422
    assert haddad.sees(f"Vous ne pouvez plus lire « {own.title} » dans le dossier : retirez-le du message.")
    press(haddad, str(haddad.page.select_one("button[value^='retirer:']")["value"]))  # type: ignore[index]
    assert haddad.submit("Envoyer", subject="Votre résultat", text="Le voici.").heading == "Votre résultat"


def test_an_empty_message_is_refused(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire").submit("Envoyer", subject="", text=" ")
    assert lemoine.status == 422
    assert lemoine.sees("2 points sont à corriger")


def test_ten_thousand_signs_are_refused_and_kept(room: Room, lemoine: Browser) -> None:
    text = "Prenez votre tension. " * 455
    ref = opened(room)
    lemoine.go(f"/pro/messages/{ref}").submit("Envoyer", text=text)
    assert lemoine.status == 422
    assert lemoine.sees("3 000 au plus. Raccourcissez-le, ou joignez un document.")
    assert written(lemoine) == text.strip()
    assert written(lemoine.go(f"/pro/messages/{ref}")) == text.strip()
    with room.inside():
        assert len(told(ref).messages) == 1


def test_the_mark_typed_in_the_subject_ends_the_exchange_and_the_page_says_so(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire").submit("Envoyer", subject="[fin] Fermeture du cabinet", text="Fermé lundi.")
    assert lemoine.heading == "[FIN] Fermeture du cabinet"
    assert lemoine.sees("l’échange est terminé par la marque [FIN]")
    with room.inside():
        assert (newest().subject, newest().is_ended) == ("Fermeture du cabinet", True)


def test_the_mark_alone_is_no_subject(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire").submit("Envoyer", subject="[FIN] ", text="Fermé lundi.")
    assert lemoine.status == 422
    assert lemoine.sees("Écrivez l’objet après la marque")


def test_an_automatic_sender_is_not_answered(room: Room, lemoine: Browser, marie: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire").submit("Envoyer", subject="Rappel", text="Pensez au vaccin.", no_reply="y")
    assert lemoine.sees("sans réponse possible")
    with room.inside():
        ref = newest().ref
    assert marie.go(f"/messages/{ref}").sees("Pensez au vaccin.")
    assert not marie.page.find("textarea")


def test_several_files_and_a_document_of_the_record_go_together(room: Room, lemoine: Browser, marie: Browser) -> None:
    with room.inside():
        own = document("o-genou-et-tension")
    lemoine.go(f"{patient_path(room)}/ecrire")
    files = [(BytesIO(samples.png()), "genou droit.png"), (BytesIO(b"Marchez un peu."), "conseils.txt")]
    press(lemoine, "joindre", subject="Votre genou", text="Voici.", file=files)
    assert lemoine.sees("Il reste")
    press(lemoine, "dossier")
    press(lemoine, "dossier", titled=own.title.split()[0])
    press(lemoine, f"document:{own.ref}")
    assert written(lemoine) == "Voici."
    lemoine.submit("Envoyer")
    with room.inside():
        ref = newest().ref
        carried = [one.document for one in last(ref).attachments]
        assert [piece.title for piece in carried] == ["genou droit", "conseils", own.title]
        assert all(piece.loose for piece in carried)
    assert marie.go(f"/messages/{ref}").click(own.title).status == 200
    assert not written(lemoine.go(f"{patient_path(room)}/ecrire"))


def test_a_piece_is_taken_off_and_the_draft_thrown_away(room: Room, lemoine: Browser) -> None:
    ref = opened(room)
    lemoine.go(f"/pro/messages/{ref}")
    press(lemoine, "joindre", text="Voici.", file=(BytesIO(b"Marchez un peu."), "conseils.txt"))
    press(lemoine, str(lemoine.page.select_one("button[value^='retirer:']")["value"]))  # type: ignore[index]
    assert not lemoine.sees("conseils")
    assert lemoine.submit("Effacer ce brouillon").status == 200
    assert not written(lemoine)
    assert not written(lemoine.go(f"/pro/messages/{ref}"))


def test_what_is_heavier_than_the_budget_is_refused_with_the_cure(
    room: Room, lemoine: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "MOST", 30)
    lemoine.go(f"/pro/messages/{opened(room)}")
    press(lemoine, "joindre", text="Voici.", file=(BytesIO(b"Marchez un peu."), "conseils.txt"))
    press(lemoine, "joindre", file=(BytesIO(b"Marchez encore un peu."), "encore.txt"))
    assert lemoine.status == 422
    assert lemoine.page.select(".field-error")
    assert lemoine.sees("conseils")
    assert written(lemoine) == "Voici."


def test_a_document_that_one_may_not_read_cannot_be_attached(room: Room) -> None:
    haddad = room.professional("labo-horizon")
    haddad.go(f"{patient_path(room)}/ecrire")
    with room.inside():
        other = document("o-genou-et-tension").ref
    press(haddad, "dossier")
    assert not haddad.page.select(f"button[value='document:{other}']")
    button = haddad.page.select_one("button[value='dossier']")
    button["value"] = f"document:{other}"  # type: ignore[index]
    assert press(haddad, f"document:{other}").status == 404


def test_words_in_a_search_box_never_send_by_surprise(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire").submit("Envoyer", subject="Vos résultats", text="Passez.", colleague="haddad")
    assert lemoine.sees("Karim Haddad")
    with room.inside():
        assert done("MessageReceived") == 0


def test_a_patient_who_has_not_come_yet_will_read_later(room: Room, lemoine: Browser) -> None:
    with room.inside():
        life.put(room.record(1), Start.CREATED)
    assert lemoine.go(f"{patient_path(room)}/ecrire").sees("n’a pas encore activé son espace")
    lemoine.submit("Envoyer", subject="Vos résultats", text="Passez.")
    assert lemoine.sees("le lira quand son espace sera activé")


def test_a_draft_is_found_again_the_next_time(room: Room, lemoine: Browser, garnier: Browser) -> None:
    path = f"{patient_path(room)}/ecrire"
    lemoine.go(path)
    press(lemoine, "chercher", subject="Vos résultats", text="À finir.", colleague="haddad")
    assert written(lemoine.go(path)) == "À finir."
    assert not written(garnier.go(path))


def pause(person: Browser, **typed: str) -> tuple[int, str]:
    """The fingers rest: what a page with JavaScript sends by itself, and what is answered."""
    token = person.page.find("input", attrs={"name": "csrf_token"})
    assert token is not None
    answer = person.client.post(f"{person.path}/brouillon", data={"csrf_token": token["value"], **typed})
    return answer.status_code, answer.text


def test_what_is_typed_is_kept_at_each_pause(room: Room, lemoine: Browser) -> None:
    for path in (f"/pro/messages/{opened(room)}", f"{patient_path(room)}/ecrire"):
        status, said = pause(lemoine.go(path), text="Je commence à vous écrire.")
        assert (status, said[:22]) == (200, "Brouillon enregistré à")
        assert written(lemoine.go(path)) == "Je commence à vous écrire."


def test_the_key_enter_loses_nothing_and_sends_nothing(room: Room, lemoine: Browser) -> None:
    lemoine.go(f"{patient_path(room)}/ecrire")
    first = lemoine.page.select_one("form[data-keep] button")
    assert first is not None
    press(lemoine, str(first["value"]), subject="Vos résultats", text="À finir.")
    assert lemoine.status == 200
    assert written(lemoine) == "À finir."
    with room.inside():
        assert done("MessageReceived") == 0


def test_nothing_real_is_kept(room: Room, lemoine: Browser) -> None:
    path = f"{patient_path(room)}/ecrire"
    status, said = pause(lemoine.go(path), text="Mon numéro : 06 12 34 56 78, appelez-moi.")
    assert status == 422
    assert said
    assert not written(lemoine.go(path))


def test_what_has_just_gone_does_not_come_back_as_a_draft(room: Room, lemoine: Browser) -> None:
    path = f"/pro/messages/{opened(room)}"
    lemoine.go(path).submit("Envoyer", text="Passez demain matin au cabinet.")
    assert pause(lemoine, text="Passez demain matin au") == (200, "")
    assert not written(lemoine.go(path))


def test_somebody_else_s_exchange_keeps_nothing(room: Room, lemoine: Browser, garnier: Browser) -> None:
    ref = opened(room)
    garnier.go(f"{patient_path(room)}/ecrire")
    garnier.path = f"/pro/messages/{ref}"
    assert pause(garnier, text="Bonjour")[0] == 404
