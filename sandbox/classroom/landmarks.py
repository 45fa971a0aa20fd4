"""The places of a learner's page that a trainer may show: how they are said, and how the page finds them."""

from __future__ import annotations

from dataclasses import dataclass

SECTIONS = "dans les rubriques"
MORE = "dans les rubriques ; sur un petit écran, appuyez d’abord sur « Plus »"
TOOLS = "dans « Outils de l’exercice »"


@dataclass(frozen=True)
class Landmark:
    """`selectors`: the place itself, then what leads to it on a small screen."""

    label: str
    where: str
    selectors: tuple[str, ...]

    @property
    def told(self) -> str:
        return f"{self.label}, {self.where}"


def _section(label: str, path: str) -> Landmark:
    return Landmark(f"« {label} »", SECTIONS, (f'.sections a[href="{path}"]',))


def _more(label: str, path: str) -> Landmark:
    return Landmark(f"« {label} »", MORE, (f'#plus a[href="{path}"]', ".more > button"))


def _tool(label: str, selector: str) -> Landmark:
    return Landmark(f"« {label} »", TOOLS, (f".tools {selector}",))


LANDMARKS = {
    "accueil": _section("Accueil", "/"),
    "documents": _section("Documents", "/documents/"),
    "messages": _section("Messages", "/messages/"),
    "profil": _section("Profil médical", "/profil/"),
    "prevention": _more("Prévention", "/agenda/examens/"),
    "agenda": _more("Agenda", "/agenda/"),
    "ordonnances": _more("Ordonnances", "/ordonnances/"),
    "catalogue": _more("Catalogue de services", "/catalogue/"),
    "acces": _more("Qui peut voir mon dossier", "/confidentialite/"),
    "historique": _more("Historique d’activité", "/historique/"),
    "donnees": _more("Mes données", "/mes-donnees/"),
    "parametres": _more("Paramètres", "/parametres/"),
    "aide": _more("Aide", "/aide/"),
    "cloche": Landmark("La cloche des notifications", "en haut à droite", ("a.bell",)),
    "profils": Landmark("« Changer de profil »", "en haut de la page", ("a.switcher",)),
    "action": Landmark("Le bouton principal", "dans la page", ("main .button.primary",)),
    "champ": Landmark("La première case à remplir", "dans la page", ("main :is(input:not([type=hidden]), textarea, select)",)),
    "retour": Landmark("Le lien de retour", "juste au-dessus du titre", ("main a.back",)),
    "telephone": Landmark("Le téléphone simulé", TOOLS + " ou au bord de l’écran", (".phone-handle :is(a, button)", '.tools a[href="/telephone/"]')),
    "exercices": _tool("Mes exercices", 'a[href="/exercises/"]'),
    "quitter": _tool("Se déconnecter", 'form[action="/deconnexion"] button'),
    "confort": Landmark("« Confort de lecture »", "tout en haut", (".ease > a",)),
}
