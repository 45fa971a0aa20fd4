"""The people of a journey, each signed in at a window of their own."""

from __future__ import annotations

from tests.chromium import Browser, Person
from tests.room import TRAINER, Room


class Cast:
    def __init__(self, room: Room, address: str, window: Browser) -> None:
        self.room, self.address, self.window = room, address, window
        self.present: list[Person] = []

    def _seated(self, name: str, *, phone: bool = False) -> Person:
        person = Person(self.window, self.address, name, phone=phone)
        self.present.append(person)
        return person

    def stranger(self, name: str, *, phone: bool = False) -> Person:
        """Somebody who has not signed in."""
        return self._seated(name, phone=phone)

    def learner(self, seat: int, *, phone: bool = False) -> Person:
        """A beneficiary who came in with the card's QR code and the six digits of the simulated phone."""
        person = self._seated(f"place {seat}", phone=phone)
        person.go(f"/carte/{self.room.card(seat).token}").press("Se connecter")
        code = person.page.locator(".phone-screen").inner_text()
        digits = next(word.strip(".") for word in code.split() if word.strip(".").isdigit() and len(word.strip(".")) == 6)
        return person.write("Code à 6 chiffres", digits).press("Valider")

    def professional(self, identifier: str) -> Person:
        person = self._seated(identifier)
        person.go(f"/pro/carte/{self.room.card(0, identifier).token}")
        return person.press("Se connecter")

    def trainer(self) -> Person:
        person = self._seated("Samira")
        person.go("/console/connexion").write("Adresse", TRAINER[0]).write("Mot de passe", TRAINER[1])
        return person.press("Se connecter")

    def leave(self) -> None:
        for person in self.present:
            assert not person.complaints, f"{person.name} : {person.complaints}"
            person.leave()
