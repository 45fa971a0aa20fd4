"""A pack: what an author writes in `fixtures/<pack>/`, read, checked, and expanded into a snapshot."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.config import resources
from sandbox.tenancy import REF_ALPHABET, REF_LENGTH
from sandbox.workshops import situations
from sandbox.workshops.fixtures import BrokenPack, packs, read

Item = dict[str, Any]
TABLES = {  # each list of a pack: its file, and the name of its tables there
    "professionals": ("people.toml", "professional"),
    "folders": ("records/documents.toml", "folder"),
    "documents": ("records/documents.toml", "document"),
    "conversations": ("records/conversations.toml", "conversation"),
    "appointments": ("records/appointments.toml", "appointment"),
    "reminders": ("records/appointments.toml", "reminder"),
    "entries": ("records/profile.toml", "entry"),
    "measures": ("records/profile.toml", "measure"),
    "services": ("records/services.toml", "service"),
    "prescriptions": ("records/prescriptions.toml", "prescription"),
    "accesses": ("records/accesses.toml", "access"),
    "children": ("records/children.toml", "child"),
    "exercises": ("exercises.toml", "exercise"),
    "triggers": ("triggers.toml", "trigger"),
    "moments": ("timeline.toml", "moment"),
}
OPTIONAL = {"timeline.toml"}


@dataclass(frozen=True)
class Pack:
    """The files of one pack as written."""

    slug: str
    folder: Path
    about: Item
    professionals: list[Item]
    folders: list[Item]
    documents: list[Item]
    conversations: list[Item]
    appointments: list[Item]
    reminders: list[Item]
    entries: list[Item]
    measures: list[Item]
    services: list[Item]
    prescriptions: list[Item]
    accesses: list[Item]
    children: list[Item]
    exercises: list[Item]
    triggers: list[Item]
    moments: list[Item]

    base: Pack | None = None  # the pack that it extends

    def path(self, file: str) -> Path:
        """A file of the pack: its own, or its base's when it has none."""
        own = self.folder / file
        return own if self.base is None or own.is_file() else self.base.path(file)

    def named(self, file: str) -> str:
        """How to lead its author to that file, from the pack's folder."""
        path = self.path(file)
        return file if path.is_relative_to(self.folder) or not path.is_file() else f"../{path.relative_to(resources('fixtures')).as_posix()}"

    def text(self, ref: str) -> str:
        """The body of a document. Raises BrokenPack."""
        try:
            return self.path(f"records/texts/{ref}.md").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise BrokenPack(
                [f"records/documents.toml : le texte de « {ref} » manque. Écrivez records/texts/{ref}.md."]
            ) from None


def load(slug: str, folder: Path | None = None, heirs: tuple[str, ...] = ()) -> Pack:
    """Read a pack's files; those that it lacks are of the pack that it extends. Raises BrokenPack."""
    folder = folder or resources("fixtures") / slug
    if not (folder / "pack.toml").is_file():
        raise BrokenPack([f"Le pack « {slug} » n’existe pas. Packs installés : {', '.join(packs())}."])
    about = read(folder / "pack.toml")
    base = _base(about.get("extends", ""), (*heirs, slug))
    found = {field: _read(folder, field, base) for field in TABLES}
    return Pack(slug=slug, folder=folder, about=(base.about if base else {}) | about, base=base, **found)


def _base(slug: Any, heirs: tuple[str, ...]) -> Pack | None:
    if not slug:
        return None
    if slug in heirs or slug not in packs():
        raise BrokenPack([f"pack.toml : « extends » nomme un autre pack installé, pas « {slug} ». Choisissez parmi {', '.join(packs())}."])
    return load(slug, heirs=heirs)


def _read(folder: Path, field: str, base: Pack | None) -> list[Item]:
    file, table = TABLES[field]
    if not (folder / file).is_file() and (base or file in OPTIONAL):
        return getattr(base, field) if base else []
    found: list[Item] = read(folder / file).get(table, [])
    return [situations.whole(item) for item in found] if field == "exercises" else found


def draw(seed: str, *parts: object) -> bytes:
    """Bytes that depend on the seed and the parts alone."""
    return hashlib.sha256("\x1f".join(map(str, (seed, *parts))).encode()).digest()


def ref_of(seed: str, seat: int, table: str, slug: str) -> str:
    """The ref of what a pack defines: the same for the same seed, so that a link survives a reset."""
    number = int.from_bytes(draw(seed, seat, table, slug)[:12])
    signs = []
    for _ in range(REF_LENGTH):
        number, rest = divmod(number, len(REF_ALPHABET))
        signs.append(REF_ALPHABET[rest])
    return "".join(signs)
