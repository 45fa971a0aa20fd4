"""From a pack to rows: the children of a seat, whose records their parent opens."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sandbox import acts, blobs, texts
from sandbox.blobs import TEMPLATE
from sandbox.workshops import people, starts
from sandbox.workshops.fixtures import BrokenPack, common
from sandbox.workshops.packs import Item, Pack, ref_of
from sandbox.workshops.rows import told_date, told_moment

if TYPE_CHECKING:
    from sandbox.workshops.story import Story

PARENT = "parent"
UNREAD_DAYS = 10
FILE = "records/children.toml"
REQUIRED = {
    "document": ("ref", "title", "category", "author", "day", "at"),
    "conversation": ("ref", "subject", "professional", "day", "at", "text"),
    "appointment": ("ref", "professional", "title", "day", "at"),
    "entry": ("ref", "block", "label"),
    "access": ("professional", "day", "at"),
}


def tell(story: Story) -> None:
    """Add to the seat the records of its children, each entrusted to the learner."""
    for item in story.pack.children:
        Childhood(story, item).tell()


class Childhood:
    """The record of one child, told in the seat of the parent; it may still wait to be activated."""

    def __init__(self, story: Story, item: Item) -> None:
        self.story, self.item, self.rows = story, item, story.rows
        self.child = people.minor(story.seed, story.person, item)
        self.parent = ref_of(story.seed, story.seat, "user", "owner")
        self.events: list[tuple[int, str, type[acts.Act], str, str, str]] = []

    def tell(self) -> None:
        self._identity()
        for item in self.item.get("document", []):
            self._document(item)
        for item in self.item.get("conversation", []):
            self._conversation(item)
        for item in self.item.get("appointment", []):
            self._appointment(item)
        for item in self.item.get("entry", []):
            self._entry(item)
        for item in self.item.get("access", []):
            self._access(item)
        self._history()

    def _ref(self, table: str, slug: str) -> str:
        return ref_of(self.story.seed, self.story.seat, table, f"{self.item['ref']}/{slug}")

    def _actor(self, slug: str) -> str:
        return self.parent if slug == PARENT else ref_of(self.story.seed, 0, "user", slug)

    def _identity(self) -> None:
        """The child, who never signs in; the record; and who opens it."""
        child, slug = self.child, self.child.identifier
        owner = self.rows.add(
            "user", ref=self._ref("user", "self"), role="dependant", slug=slug, name=child.name, identifier=slug
        )
        self.record = self.rows.add(
            "record", ref=self._ref("record", "own"), owner_id=owner, family_name=child.family_name,
            first_name=child.first_name, sex=child.sex, birth_date=child.birth, birth_place=child.birth_place,
            birth_code=child.birth_code, address=child.address, phone=child.phone, email=child.email,
            vitale_serial=child.vitale_serial, **starts.told(starts.Start(self.item.get("start", "active"))),
        )
        if "attached" in self.item:
            self._attach(self.item["attached"], self.item["at"])

    def _attach(self, day: int, at: str) -> None:
        """The parent has activated the profile, and opens it since then."""
        self.rows.add(
            "delegation", ref=self._ref("delegation", PARENT), delegate_id=self.parent, record_id=self.record,
            kind="LEGAL_REPRESENTATION", since=told_moment(day, at),
        )
        self._event(day, at, acts.ProfileOpened, PARENT, record=SimpleNamespace(name=self.child.name))

    def _document(self, item: Item) -> None:
        deposited: int = item["deposited"] if "deposited" in item else item["day"]
        opened = deposited < -UNREAD_DAYS or item["author"] == PARENT
        ref = self.rows.add(
            "document", ref=self._ref("document", item["ref"]), record_id=self.record,
            author_id=self._actor(item["author"]), slug=item["ref"], title=item["title"], category=item["category"],
            kind=item.get("type", ""), dated=told_date(item["day"]), deposited_at=told_moment(deposited, item["at"]),
            confidentiality="N", pinned=False, media_type=TEMPLATE,
            blob_hash=self._blob(self.story.pack.text(item["ref"])),
            opened_at=told_moment(deposited, "19:30") if opened else None,
        )
        act: type[acts.Act] = acts.DocumentAdded if item["author"] == PARENT else acts.DocumentDeposited
        self._event(deposited, item["at"], act, item["author"], ref, document=SimpleNamespace(title=item["title"]))

    def _blob(self, text: str) -> str:
        content = text.encode()
        name = blobs.name_of(content)
        self.story.blobs[name] = content
        return name

    def _conversation(self, item: Item) -> None:
        """One message of a professional, which waits to be read."""
        day, at = item["day"], item["at"]
        talk = self.rows.add(
            "conversation", ref=self._ref("conversation", item["ref"]), record_id=self.record,
            professional_id=self._actor(item["professional"]), slug=item["ref"], subject=item["subject"], state="open",
            last_at=told_moment(day, at),
        )
        values = texts.names(self.child.family_name, self.child.first_name, feminine=self.child.sex == "F")
        self.rows.add(
            "message", ref=self._ref("message", item["ref"]), conversation_id=talk,
            sender_id=self._actor(item["professional"]), body=texts.render(item["text"].strip(), values),
            sent_at=told_moment(day, at),
        )
        self._event(day, at, acts.MessageReceived, item["professional"], talk, conversation=SimpleNamespace(**item))

    def _appointment(self, item: Item) -> None:
        card = next(p for p in self.story.pack.professionals if p["ref"] == item["professional"])
        self.rows.add(
            "appointment", ref=self._ref("appointment", item["ref"]), record_id=self.record, slug=item["ref"],
            professional_id=self._actor(card["ref"]), title=item["title"], with_name=card["name"],
            place=f"{card['place']}, {card['address']}", starts_at=told_moment(item["day"], item["at"]), minutes=20,
            origin="synced", status="confirmed", note=item.get("note", ""),
        )

    def _entry(self, item: Item) -> None:
        self.rows.add(
            "profile_entry", ref=self._ref("profile_entry", item["ref"]), record_id=self.record, block=item["block"],
            label=item["label"], started=item.get("start", ""), ended="", detail=item.get("detail", ""), comment="",
        )

    def _access(self, item: Item) -> None:
        """A professional has opened the record, with the parent's consent."""
        slug, day, at = item["professional"], item["day"], item["at"]
        self.rows.add(
            "standing", ref=self._ref("standing", slug), record_id=self.record, state="authorised",
            professional_id=self._actor(slug), since=told_moment(day, at),
        )
        self._event(day, at, acts.RecordFirstConsulted, slug)

    def _event(self, day: int, at: str, act: type[acts.Act], actor: str, ref: str = "", **about: Any) -> None:
        speaker = SimpleNamespace(name=self.story.names.get(actor, self.story.person.name))
        self.events.append((day, at, act, actor, act.phrase.format(actor=speaker, **about), ref))

    def _history(self) -> None:
        """Every past act has its line, in the words of acts, and its notification where it carries one."""
        for number, (day, at, act, actor, phrase, ref) in enumerate(sorted(self.events, key=lambda event: event[:2])):
            self.rows.add(
                "entry", record_id=self.record, actor_id=self._actor(actor), act=act.__name__, phrase=phrase,
                actor_kind="representative" if actor == PARENT else "professional", subject_ref=ref,
                at=told_moment(day, at), from_pack=True,
            )
            if act.notifies and day >= -self.item.get("told_days", 0):
                self.rows.add(
                    "notification", ref=self._ref("notification", str(number)), record_id=self.record,
                    actor_id=self._actor(actor), code=act.notifies, label=phrase, about=act.about, object_ref=ref,
                    at=told_moment(day, at), read_at=told_moment(day, "21:00") if day < -UNREAD_DAYS else None,
                )


def problems(pack: Pack) -> Iterator[str]:
    """What is wrong in the children of a pack, each with its cure."""
    for child in pack.children:
        yield from _lacks(child, ("ref", "girls", "boys", "ages", *(("at", "told_days") if "attached" in child else ("start",))))
        yield from _names(child)
        for kind, keys in REQUIRED.items():
            for item in child.get(kind, []):
                yield from _lacks(item, keys)
                yield from _speaker(pack, item)
        for item in child.get("document", []):
            yield from _sheet(pack, item)


def _lacks(item: Item, keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        if key not in item:
            yield f"{FILE} : « {item.get('ref', item.get('professional', '?'))} » n’a pas de « {key} ». Ajoutez-le."


def _names(child: Item) -> Iterator[str]:
    for name in (*child.get("girls", []), *child.get("boys", [])):
        if people.plain(name)[:1] in set("aeiouh"):
            yield f"{FILE} : les écrans disent « le profil de Léo ». Remplacez « {name} » par un prénom qui commence par une consonne."


def _speaker(pack: Pack, item: Item) -> Iterator[str]:
    who = item.get("author", item.get("professional"))
    if who not in {None, PARENT, *(card.get("ref") for card in pack.professionals)}:
        yield f"{FILE} : « {who} » n’est pas dans people.toml. Ajoutez cette personne ou corrigez son nom."


def _sheet(pack: Pack, item: Item) -> Iterator[str]:
    if item.get("category") not in {category["code"] for category in common("categories")["category"]}:
        yield f"{FILE} : la catégorie « {item.get('category')} » n’existe pas. Voyez fixtures/common/categories.toml."
    try:
        texts.check(pack.text(item.get("ref", "")))
    except BrokenPack as broken:
        yield from broken.problems
    except texts.BrokenText as broken:
        yield f"records/texts/{item.get('ref')}.md : {broken}. Voyez la liste des variables dans CONTRIBUTING.md."
