"""The places of a learner's pages that a tour or a trainer points at: one closed list of names, each told by CSS selectors.

The first selector that is in sight wins; then the first of the ways: « Plus » leads to what waits behind it on a small screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from sandbox.navigation import LEARNER, LEARNER_MORE, Section

AWAY = '.elsewhere a[href="/"]'  # on another firm's site, the way back
PLUS = ".more > button"
PHONE = ".phone-handle :is(a, button)"


@dataclass(frozen=True, kw_only=True)
class Landmark:
    """`{href}` in a selector is the address of `endpoint`; `is_of_one`: of one thing, which the step names."""

    label: str
    selectors: tuple[str, ...]
    ways: tuple[str, ...] = ()
    endpoint: str = ""
    is_of_one: bool = False
    icon: str = ""

    def where(self, ref: str = "") -> list[str]:
        """The place itself, then what leads there, in the order to try them."""
        return [*self.places(ref), *self.ways]

    def places(self, ref: str = "") -> list[str]:
        """The place itself: whoever presses there has found it."""
        asked: dict[str, Any] = {"ref": ref} if self.is_of_one else {}
        href = url_for(self.endpoint, **asked) if self.endpoint else ""
        return [selector.replace("{href}", href) for selector in self.selectors]


def _nav(section: Section, *behind: str) -> Landmark:
    found = ('.sections a[href="{href}"]',)
    return Landmark(label=section.label, selectors=found, ways=(*behind, AWAY), endpoint=section.endpoint, icon=section.icon)


def of_section(section: Section) -> str:
    """The name of its line among the sections."""
    return f"nav.{section.endpoint.split('.')[0]}"


def _row(label: str, endpoint: str, icon: str) -> Landmark:
    return Landmark(label=label, selectors=('main a[href="{href}"]',), endpoint=endpoint, is_of_one=True, icon=icon)


def _one(label: str, *selectors: str, icon: str = "", ways: tuple[str, ...] = ()) -> Landmark:
    return Landmark(label=label, selectors=selectors, icon=icon, ways=ways)


def _link(label: str, endpoint: str, icon: str = "") -> Landmark:
    return Landmark(label=label, selectors=('main a[href="{href}"]',), endpoint=endpoint, icon=icon)


def _tool(label: str, selector: str, endpoint: str, icon: str) -> Landmark:
    return Landmark(label=label, selectors=(f".tools {selector}",), endpoint=endpoint, icon=icon)


def _press(label: str, endpoint: str, icon: str = "") -> Landmark:
    return Landmark(label=label, selectors=('main form[action="{href}"] button',), endpoint=endpoint, is_of_one=True, icon=icon)


LANDMARKS: dict[str, Landmark] = {
    **{of_section(section): _nav(section) for section in LEARNER},
    **{of_section(section): _nav(section, PLUS) for section in LEARNER_MORE},
    "more": _one("Plus", PLUS, icon="squares-plus"),
    "bell": _one("Notifications", "a.bell", ways=(AWAY,), icon="bell"),
    "profiles": _one("Changer de profil", "a.switcher", icon="user-circle"),
    "back": _one("le lien de retour", "main a.back", icon="arrow-left"),
    "phone": Landmark(label="Téléphone", selectors=(PHONE, '.tools a[href="{href}"]'), endpoint="mailbox.index", icon="device-phone-mobile"),
    "exercises": _tool("Mes exercices", 'a[href="{href}"]', "exercises.index", "clipboard-document-check"),
    "sign_out": _tool("Se déconnecter", 'form[action="{href}"] button', "account.sign_out", "arrow-right-start-on-rectangle"),
    "ease": _one("Confort de lecture", ".ease > a", icon="adjustments-horizontal"),
    "action": _one("le grand bouton", "main .button.primary", "main .page-header .button"),
    "search": _one("la recherche", 'main input[type="search"]', icon="magnifying-glass"),
    "first_row": _one("la première ligne", "main .rows a", "main .card-title a", "main .rows"),
    "first_card": _one("le premier de la liste", "main .card-title a", "main .rows a"),
    "document": _row("le document", "documents.show", "document-text"),
    "document.mask": _row("Masquer ce document", "documents.confidentiality", "eye-slash"),
    "document.mask_now": _press("Masquer ce document", "documents.mask", "eye-slash"),
    "document.delete": _row("Supprimer", "documents.delete", "trash"),
    "document.delete_now": _press("Supprimer pour toujours", "documents.delete", "trash"),
    "document.back": _link("Documents", "documents.index", "document-text"),
    "document.add": _link("Ajouter un document", "documents.add", "plus"),
    "document.file": _one("Choisir un fichier", 'main label[for="files"]', 'main input[type="file"]', icon="folder-open"),
    "talk": _row("le message", "messaging.show", "envelope"),
    "talk.new": _link("Nouveau message", "messaging.new", "pencil-square"),
    "talk.text": _one("la place pour écrire", "main textarea"),
    "contact": _row("la personne", "messaging.contact", "user"),
    "history.professionals": _one("Professionnels", 'main .who a[href*="professionnels"]'),
    "history.period": _one("Choisir une période", 'main .period a[href*="30-jours"]', "main details.confirm > summary", icon="calendar-days"),
    "prescription": _row("Afficher le code", "prescriptions.show", "qr-code"),
    "prescription.square": _one("le carré", "#code", icon="qr-code"),
    "prescription.follow": _one("où en est cette ordonnance", "#suivi"),
    "prescription.send": _row("Envoyer à une pharmacie", "prescriptions.send", "paper-airplane"),
    "prescription.pharmacies": _one("la liste des pharmacies", "main .rows", icon="building-storefront"),
    "prescription.oppose": _one("M’opposer à cette lecture", '[aria-labelledby="lecture"] summary', '[aria-labelledby="lecture"] button', icon="eye-slash"),
    "booking": _link("Prendre un rendez-vous", "partners.booking", "arrow-top-right-on-square"),
    "booking.who": Landmark(
        label="le nom du professionnel", selectors=('main a[href="{href}"]', "main .choices-list a"), endpoint="partners.hours", is_of_one=True, icon="user",
    ),
    "booking.mine": _link("Mes rendez-vous", "partners.booked_list", "calendar-days"),
    "booking.one": _one("votre rendez-vous", "main .rows a", "main"),
    "booking.hour": _one("une heure", "main .choices-list a"),
    "booking.cancel": _one("Annuler ce rendez-vous", "main details.confirm > summary", icon="x-circle"),
    "field": _one(
        "la case à remplir", 'main form :is(input:not([type="hidden"], [type="search"]), textarea, select)',
        'main :is(input:not([type="hidden"]), textarea, select)',
    ),
    "confirm": _one("Confirmer", 'main form[method="post"] button.primary'),
    "mails": _one("la liste des messages", ".phone-list", ".phone-screen", ways=(PHONE,)),
    "mail.report": _one("Signaler ce message", ".phone-report button", ".phone-screen", ways=(PHONE,), icon="flag"),
    "own_profile": _one("Revenir à mon profil", ".borrowed button", icon="arrow-uturn-left"),
}
