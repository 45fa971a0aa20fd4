"""Reading a pack as a proof-reader does: each problem is a sentence with its file, its line and its cure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sandbox import texts
from sandbox.clock import real_now
from sandbox.distances import read_partial
from sandbox.workshops import asked, children, fixtures, packs, planning_checks, situations, timeline
from sandbox.workshops.fixtures import BrokenPack, common
from sandbox.workshops.packs import Item, Pack
from sandbox.workshops.starts import Start

REQUIRED = {
    "professionals": ("ref", "name", "profession", "place", "address", "phone"),
    "documents": ("ref", "title", "category", "author", "day", "at"),
    "conversations": ("ref", "subject", "professional", "message"),
    "appointments": ("ref", "title", "day", "at"),
    "entries": ("ref", "block", "label"),
    "measures": ("ref", "kind", "value", "day", "at", "source"),
    "services": ("slug", "day", "at", "granted", "in_words"),
    "prescriptions": ("ref", "prescriber", "day", "at", "line"),
    "accesses": ("professional", "day", "at"),
    "exercises": ("slug", "title", "instruction", "why", "hints", "question"),
    "triggers": ("slug", "title", "act"),
    "moments": ("after", "trigger"),
}
FILES = {kind: file for kind, (file, _) in packs.TABLES.items()}
SPEAKERS = {"documents": "author", "conversations": "professional", "appointments": "professional",
            "prescriptions": "prescriber", "accesses": "professional", "triggers": "professional"}
AUTHORS = {"patient", "assurance-maladie", "portail"}
ACTS = {"deposit": "document", "message": "conversation", "prescribe": "prescription", "consult": "", "lure": "lure", "expire": "",
        "service": "service", "push": "measures", "vaccinate": "vaccine", "give": "appointment", "confirm": "", "call_off": "",
        "emergency": "reason", "withdraw": "reason", "deliver": ""}
STATUSES = ("EN_LIGNE", "HORS_LIGNE", "SUSPENDUE", "DEREFERENCEE")  # of a service
MEASURE = re.compile(r"[a-z_0-9]+=\d{1,4}(?:[.,]\d{1,2})?(?:/\d{1,3})?")
METER = re.compile(r"glycemie=\d[.,]\d{1,2}")
DEVICES = {"phone", "tablet", "computer"}
EXTRACTIONS = {"pending", "accepted", "refused"}
LIMITS = {"title": 100, "label": 120, "subject": 120, "ref": 40, "slug": 40, "measures": 120}


def check_all() -> list[str]:
    """The problems of every installed pack, none when all is well."""
    return [problem for slug in fixtures.packs() for problem in check(slug)]


def check(slug: str, folder: Path | None = None) -> list[str]:
    """The problems of one pack."""
    try:
        pack = packs.load(slug, folder)
    except BrokenPack as broken:
        return [f"{slug}/{problem}" for problem in broken.problems]
    return [f"{slug}/{problem}" for problem in _problems(pack)]


def _problems(pack: Pack) -> Iterator[str]:
    for kind in REQUIRED:
        for item in getattr(pack, kind):
            yield from _shape(pack, kind, item)
    for kind in SPEAKERS:
        yield from _speakers(pack, kind)
    for kind in ("professionals", "documents", "conversations", "appointments", "prescriptions"):
        yield from _twice(pack, kind)
    yield from _documents(pack)
    yield from _pieces(pack)
    yield from _dates(pack)
    yield from _deeds(pack)
    yield from _keys(pack)
    yield from children.problems(pack)
    for slug, problem in situations.problems(pack.exercises):
        yield f"{_at(pack, 'exercises', slug)} : {problem}"
    for slug, problem in asked.problems(pack):
        yield f"{_at(pack, 'exercises', slug)} : {problem} (« {slug} »)."
    yield from timeline.problems(pack)
    yield from planning_checks.problems(pack)


def _at(pack: Pack, kind: str, text: Any) -> str:
    return f"{pack.named(FILES[kind])}, ligne {fixtures.line_of(pack.path(FILES[kind]), str(text))}"


def _name(item: Item) -> str:
    return str(item.get("ref") or item.get("slug") or item.get("title") or item.get("professional") or "?")


def _shape(pack: Pack, kind: str, item: Item) -> Iterator[str]:
    for key in REQUIRED[kind]:
        if key not in item:
            yield f"{_at(pack, kind, _name(item))} : « {_name(item)} » n’a pas de « {key} ». Ajoutez-le."
    for key, most in LIMITS.items():
        if len(str(item.get(key, ""))) > most:
            yield f"{_at(pack, kind, _name(item))} : « {key} » dépasse {most} signes. Raccourcissez-le."


def _speakers(pack: Pack, kind: str) -> Iterator[str]:
    known = {item.get("ref") for item in pack.professionals} | (AUTHORS if kind == "documents" else set())
    for item in getattr(pack, kind):
        who = item.get(SPEAKERS[kind])
        if who is not None and who not in known:
            yield f"{_at(pack, kind, who)} : « {who} » n’est pas dans people.toml. Ajoutez cette personne ou corrigez son nom."


def _twice(pack: Pack, kind: str) -> Iterator[str]:
    seen: set[str] = set()
    for item in getattr(pack, kind):
        if item.get("ref") in seen:
            yield f"{_at(pack, kind, item['ref'])} : « {item['ref']} » est écrit deux fois. Donnez un autre nom à l’un des deux."
        seen.add(item.get("ref", ""))


def _documents(pack: Pack) -> Iterator[str]:
    folders = {folder.get("name") for folder in pack.folders} | {"", None}
    for item in pack.documents:
        where = _at(pack, "documents", item.get("ref"))
        if item.get("folder") not in folders:
            yield f"{where} : le dossier « {item.get('folder')} » n’est pas déclaré. Ajoutez un [[folder]] à ce nom."
        yield from _sheet(pack, where, item)


def _sheet(pack: Pack, where: str, item: Item) -> Iterator[str]:
    """What holds for every document, of the record, of a message or of a trigger."""
    if item.get("category") not in {category["code"] for category in common("categories")["category"]}:
        yield f"{where} : la catégorie « {item.get('category')} » n’existe pas. Voyez fixtures/common/categories.toml."
    yield from _measures(where, item)
    if item.get("hidden") and (item.get("author") == "patient" or item.get("pinned") or item.get("folder")):
        yield f"{where} : « {_name(item)} » attend d’être annoncé, et le patient ne le voit pas. Retirez son dossier, son épingle, ou « hidden »."
    try:
        texts.check(pack.text(item.get("ref", "")))
    except texts.BrokenText as broken:
        yield f"records/texts/{item.get('ref')}.md : {broken}. Voyez la liste des variables dans CONTRIBUTING.md."
    except BrokenPack as broken:
        yield from broken.problems


def _measures(where: str, item: Item) -> Iterator[str]:
    for told in str(item.get("measures", "")).split():
        if not MEASURE.fullmatch(told):
            yield f"{where} : la mesure « {told} » ne se lit pas. Écrivez par exemple « poids=68,5 tension=132/78 »."
    if "extraction" in item and (item["extraction"] not in EXTRACTIONS or not item.get("measures")):
        yield f"{where} : « extraction » dit ce que sont devenues les mesures. Écrivez « measures », et l’un de ces mots : {', '.join(sorted(EXTRACTIONS))}."


def _pieces(pack: Pack) -> Iterator[str]:
    """What messages carry: the name of a document of the record, or a sheet with its title and its text."""
    known = {item.get("ref") for item in pack.documents}
    for talk in pack.conversations:
        where = _at(pack, "conversations", talk.get("ref"))
        for piece in (piece for message in talk.get("message", []) for piece in message.get("attach", [])):
            if isinstance(piece, dict) and {"ref", "title", "category"} <= set(piece):
                yield from _sheet(pack, where, piece)
            elif isinstance(piece, dict):
                yield f"{where} : une pièce jointe de « {_name(talk)} » est incomplète. Donnez-lui « ref », « title » et « category »."
            elif piece not in known:
                yield f"{where} : la pièce jointe « {piece} » n’est pas dans records/documents.toml. Corrigez son nom."


def _dates(pack: Pack) -> Iterator[str]:
    for item in pack.entries:
        for key in ("start", "end"):
            try:
                read_partial(item.get(key, ""), real_now().date())
            except ValueError as error:
                yield f"{_at(pack, 'entries', item.get('ref'))} : {error}."


def _deeds(pack: Pack) -> Iterator[str]:
    """Triggers carry what their act needs."""
    for item in pack.triggers:
        act = item.get("act")
        if act not in ACTS:
            yield f"{_at(pack, 'triggers', _name(item))} : l’acte « {act} » n’existe pas. Choisissez parmi {', '.join(ACTS)}."
        elif ACTS[act] and ACTS[act] not in item:
            yield f"{_at(pack, 'triggers', _name(item))} : il manque « {ACTS[act]} ». Ajoutez-le."
        elif act == "message":
            yield from _copies(pack, item["conversation"])
        elif act == "deposit":
            yield from _sheet(pack, _at(pack, "triggers", _name(item)), item["document"])
        elif act == "vaccinate" and item["vaccine"] not in {one["code"] for one in common("vaccines")["vaccine"]}:
            yield f"{_at(pack, 'triggers', _name(item))} : le vaccin « {item['vaccine']} » n’existe pas. Voyez fixtures/common/vaccines.toml."
        elif act in {"service", "push"}:
            yield from _service(_at(pack, "triggers", _name(item)), item)


def _service(where: str, item: Item) -> Iterator[str]:
    """What happens to a service, or what its device sends."""
    sheet = next((one for one in common("services")["service"] if one["slug"] == item.get("service")), None)
    if sheet is None:
        yield f"{where} : le service « {item.get('service')} » n’existe pas. Voyez fixtures/common/services.toml."
        return
    if item["act"] == "push":
        if not METER.fullmatch(str(item["measures"])):
            yield f"{where} : la mesure « {item['measures']} » ne se lit pas. Écrivez par exemple « glycemie=1,42 »."
        if item["service"] != "glyco-suivi":
            yield f"{where} : « {sheet['name']} » n’a pas de lecteur simulé. Choisissez « glyco-suivi »."
    elif item.get("status", "EN_LIGNE") not in STATUSES or ("status" in item) == ("version" in item):
        yield f"{where} : dites « status » ou « version », l’un des deux ; pour « status », choisissez parmi {', '.join(STATUSES)}."
    elif item.get("version", 1) > max(need.get("since", 1) for need in sheet["data"]):
        yield f"{where} : « {sheet['name']} » n’a pas de version {item['version']}. Voyez « since » dans fixtures/common/services.toml."


def _copies(pack: Pack, talk: Item) -> Iterator[str]:
    known = {item.get("ref") for item in pack.professionals}
    for who in talk.get("copies", []):
        if who not in known:
            yield f"{_at(pack, 'triggers', who)} : « {who} », en copie, n’est pas dans people.toml. Ajoutez cette personne ou corrigez son nom."


def _keys(pack: Pack) -> Iterator[str]:
    """How the spaces start, and the devices paired with each."""
    if (start := pack.about.get("start", Start.ACTIVE)) not in set(Start):
        yield f"{_in_pack(pack, 'start')} : l’état de départ « {start} » n’existe pas. Choisissez parmi {', '.join(Start)}."
    devices = pack.about.get("device", [])
    if not isinstance(devices, list):
        yield f"{_in_pack(pack, 'device')} : les appareils s’écrivent en [[device]], un tableau par appareil."
        return
    for device in devices:
        yield from _device(pack, device)


def _device(pack: Pack, device: Item) -> Iterator[str]:
    where, name = _in_pack(pack, str(device.get("name", "[[device]]"))), device.get("name", "?")
    for key in ("name", "kind", "paired", "used"):
        if key not in device:
            yield f"{where} : l’appareil « {name} » n’a pas de « {key} ». Ajoutez-le."
    if device.get("kind", "phone") not in DEVICES:
        yield f"{where} : l’appareil « {name} » est d’un genre inconnu. Choisissez parmi {', '.join(sorted(DEVICES))}."
    paired, used = device.get("paired", 0), device.get("used", 0)
    if not (isinstance(paired, int) and isinstance(used, int) and paired <= used <= 0):
        yield f"{where} : « paired » et « used » sont des nombres de jours passés, le premier avant le second, par exemple -200 et -2."


def _in_pack(pack: Pack, text: str) -> str:
    return f"pack.toml, ligne {fixtures.line_of(pack.folder / 'pack.toml', text)}"
