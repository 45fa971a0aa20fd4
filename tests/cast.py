"""The people of a journey, each signed in at a window of their own."""

from __future__ import annotations

from sandbox.audience import Audience
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
        """A beneficiary who is in already: the door has its own stories."""
        card = self.room.card(seat)
        person = self._inside(f"place {seat}", Audience.LEARNER, card.ref, phone=phone)
        return person.go("/")

    def at_the_door(self, seat: int, *, phone: bool = False) -> Person:
        """A beneficiary who comes in with the card's QR code and the six digits of the simulated phone."""
        person = self._seated(f"place {seat}", phone=phone)
        person.go(f"/carte/{self.room.card(seat).token}").press("Se connecter")
        code = person.page.locator(".phone-screen").inner_text()
        digits = next(word.strip(".") for word in code.split() if word.strip(".").isdigit() and len(word.strip(".")) == 6)
        return person.write("Code à 6 chiffres", digits).press("Valider")

    def professional(self, identifier: str) -> Person:
        """A professional who is in already."""
        card = self.room.card(0, identifier)
        return self._inside(identifier, Audience.PROFESSIONAL, card.ref).go("/pro/")

    def at_the_practices_door(self, identifier: str) -> Person:
        """A professional who comes in with the card."""
        person = self._seated(identifier)
        person.go(f"/pro/carte/{self.room.card(0, identifier).token}")
        return person.press("Se connecter")

    def _inside(self, name: str, audience: Audience, ref: str, *, phone: bool = False) -> Person:
        person = self._seated(name, phone=phone)
        person.context.add_cookies([self.room.session_of(audience, ref) | {"url": f"{self.address}/"}])
        return person

    def trainer(self) -> Person:
        person = self._seated("Samira")
        person.go("/console/connexion").write("Adresse", TRAINER[0]).write("Mot de passe", TRAINER[1])
        return person.press("Se connecter")

    def leave(self) -> None:
        for person in self.present:
            assert not person.complaints, f"{person.name} : {person.complaints}"
            person.leave()
