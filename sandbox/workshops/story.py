"""From a pack to rows: the same story told to each seat under its own name."""

from __future__ import annotations

import hashlib
from types import SimpleNamespace

from sandbox import acts, texts
from sandbox.blobs import TEMPLATE
from sandbox.workshops import children, letters, papers, starts, ties
from sandbox.workshops.cast import INSTITUTIONS
from sandbox.workshops.fixtures import common
from sandbox.workshops.packs import Item, Pack, ref_of
from sandbox.workshops.people import Person, seated
from sandbox.workshops.rows import Rows, told_date, told_moment
from sandbox.workshops.starts import Start
from sandbox.workshops.worlds import Part

TOLD_NOTIFICATIONS = 30
UNREAD_DAYS = 10
NOTICE_DAYS, MONTH_DAYS = 14, 30  # told that a document waits, then shown it (reference §1.3)


class Story:
    """The pack's story told to one seat."""

    def __init__(
        self, pack: Pack, seed: str, seat: int, blobs: dict[str, bytes], start: Start = Start.ACTIVE
    ) -> None:
        self.pack, self.seed, self.seat, self.blobs, self.start = pack, seed, seat, blobs, start
        self.person: Person = seated(seed, seat)
        self.rows = Rows()
        self.events: list[tuple[int, str, type[acts.Act], str, str, str]] = []
        self.sheets = {item["ref"]: item for item in pack.documents}
        self.names = {item["ref"]: item["name"] for item in pack.professionals} | INSTITUTIONS | ties.names()
        self.values = texts.names(
            self.person.family_name, self.person.first_name, feminine=self.person.sex == "F"
        )

    def part(self) -> Part:
        self._identity()
        self._standings()
        self._documents()
        letters.tell(self)
        self._agenda()
        self._profile()
        papers.tell(self)
        ties.tell(self)
        for access in self.pack.accesses:
            self.event(access, acts.RecordConsulted, access["professional"], {}, "")
        self._history()
        children.tell(self)
        return self.rows.part()

    # --- names ---

    def ref(self, table: str, slug: str) -> str:
        return ref_of(self.seed, self.seat, table, slug)

    def actor(self, slug: str) -> str:
        if slug == "patient":
            return self.ref("user", "owner")
        return ref_of(self.seed, 0, "user", slug)

    def blob(self, text: str) -> str:
        content = text.encode()
        digest = hashlib.sha256(content).hexdigest()
        self.blobs[digest] = content
        return digest

    # --- the record ---

    def _identity(self) -> None:
        person = self.person
        owner = self.rows.add(
            "user", ref=self.actor("patient"), role="learner", slug=f"place-{self.seat}",
            name=person.name, identifier=person.identifier,
        )
        self.record = self.rows.add(
            "record", ref=self.ref("record", "own"), owner_id=owner, family_name=person.family_name,
            first_name=person.first_name, sex=person.sex, birth_date=person.birth, birth_place=person.birth_place,
            birth_code=person.birth_code, address=person.address, phone=person.phone, email=person.email,
            vitale_serial=person.vitale_serial, **starts.told(self.start),
        )
        self._keys(owner)

    def _keys(self, owner: str) -> None:
        """The devices paired with the account, and the invitation where the space waits to be activated."""
        for at, device in enumerate(self.pack.about.get("device", [])):
            self.rows.add(
                "device", ref=self.ref("device", str(at)), user_id=owner, name=device["name"], kind=device["kind"],
                paired_at=told_moment(device["paired"], "18:10"), used_at=told_moment(device["used"], "20:45"),
            )
        state = starts.STATES[self.start]
        if state.life == "created" and state.invited is not None:
            letter = common("letters")["invitation"]
            self.rows.add(
                "mail", ref=self.ref("mail", "invitation"), user_id=owner, sender=letter["sender"],
                channel="email" if "email" in state.reach else "post",
                at=told_moment(state.invited, "09:00"), **{key: letter[key] for key in ("subject", "body", "link", "link_label")},
            )

    def _standings(self) -> None:
        """Whoever has opened the record had the patient's consent from the first time."""
        persons = {p["ref"] for p in self.pack.professionals if p.get("kind") != "establishment"}
        first = {item["professional"]: item for item in reversed(self.pack.accesses)}
        for slug, item in sorted(first.items()):
            if slug in persons:
                self.rows.add(
                    "standing", ref=self.ref("standing", slug), record_id=self.record, state="authorised",
                    professional_id=self.actor(slug), since=told_moment(item["day"], item["at"]),
                )

    def _documents(self) -> None:
        for item in self.pack.folders:
            self.rows.add("folder", ref=self.ref("folder", item["name"]), record_id=self.record, name=item["name"])
        for item in self.pack.documents:
            self.document(item, self.pack.text(item["ref"]))

    def document(self, item: Item, text: str) -> str:
        """One document of the record."""
        deposited: int = item["deposited"] if "deposited" in item else item["day"]
        opened = item["author"] == "patient" or (deposited < -UNREAD_DAYS and not item.get("hidden"))
        ref = self.rows.add(
            "document", ref=self.ref("document", item["ref"]), record_id=self.record,
            author_id=self.actor(item["author"]), slug=item["ref"], title=item["title"],
            category=item["category"], kind=item.get("type", ""), dated=told_date(item["day"]),
            deposited_at=told_moment(deposited, item["at"]),
            folder_id=self.ref("folder", item["folder"]) if item.get("folder") else None,
            confidentiality="MASQUE_PS" if item.get("masked") else "N", pinned=item.get("pinned", False),
            blob_hash=self.blob(text), media_type=TEMPLATE,
            opened_at=told_moment(deposited, "19:30") if opened else None, **_kept_back(item, deposited),
            measures=item.get("measures", ""), extraction=_extraction(item),
        )
        for act in _acts_of(item):
            self.event({"day": deposited, "at": item["at"]}, act, item["author"], {"document": item}, ref)
        return ref

    def _agenda(self) -> None:
        places = {p["ref"]: f"{p['place']}, {p['address']}" for p in self.pack.professionals}
        for item in self.pack.appointments:
            slug = item.get("professional")
            self.rows.add(
                "appointment", ref=self.ref("appointment", item["ref"]), record_id=self.record, slug=item["ref"],
                professional_id=self.actor(slug) if slug else None, title=item["title"],
                with_name=self.names.get(slug or "", item.get("with", "")),
                place=item.get("place") or places.get(slug or "", ""),
                starts_at=told_moment(item["day"], item["at"]), minutes=item.get("minutes", 20),
                origin=item.get("origin", "synced"), status=item.get("status", "confirmed"), note=item.get("note", ""),
                told_at=_reminded(item),
            )
        for item in self.pack.reminders:
            self.rows.add(
                "reminder", ref=self.ref("reminder", item["ref"]), record_id=self.record, title=item["title"],
                due_on=told_date(item["day"]), note=item.get("note", ""), told_at=_reminded(item),
            )

    def _profile(self) -> None:
        for item in self.pack.entries:
            self.rows.add(
                "profile_entry", ref=self.ref("profile_entry", item["ref"]), record_id=self.record,
                block=item["block"], label=item["label"], started=item.get("start", ""), ended=item.get("end", ""),
                detail=item.get("detail", ""), comment=item.get("comment", ""),
            )
        for item in self.pack.measures:
            self.rows.add(
                "measure", ref=self.ref("measure", item["ref"]), record_id=self.record, kind=item["kind"],
                value=item["value"], at=told_moment(item["day"], item["at"]), source=item["source"],
                comment=item.get("comment", ""), service=item.get("service", ""),
            )

    # --- what followed ---

    def event(self, when: Item, act: type[acts.Act], actor: str, about: Item, ref: str) -> None:
        known = {name: SimpleNamespace(**told) if isinstance(told, dict) else told for name, told in about.items()}
        speaker = SimpleNamespace(name=self.names.get(actor, self.person.name))
        self.events.append((when["day"], when["at"], act, actor, act.phrase.format(actor=speaker, **known), ref))

    def _history(self) -> None:
        """Every past act has its line, and the latest ones their notification, in the words of acts."""
        self.events.sort(key=lambda event: event[:2])
        for day, at, act, actor, phrase, ref in self.events:
            self.rows.add(
                "entry", record_id=self.record, actor_id=self.actor(actor), act=act.__name__, phrase=phrase,
                actor_kind=_kind_of(actor), subject_ref=ref, at=told_moment(day, at), from_pack=True,
            )
        notified = [event for event in self.events if event[2].notifies][-TOLD_NOTIFICATIONS:]
        for number, (day, at, act, actor, phrase, ref) in enumerate(notified):
            self.rows.add(
                "notification", ref=self.ref("notification", str(number)), record_id=self.record,
                actor_id=self.actor(actor), code=act.notifies, label=phrase, about=act.about, object_ref=ref,
                at=told_moment(day, at), read_at=told_moment(day, "21:00") if day < -UNREAD_DAYS else None,
            )


def _acts_of(item: Item) -> list[type[acts.Act]]:
    """What the arrival of a document leaves in the history."""
    if item.get("hidden"):
        return [acts.DocumentKeptBack]
    found = [acts.MeasuresFound] if _extraction(item) == "pending" else []
    return [acts.DocumentAdded if item["author"] == "patient" else acts.DocumentDeposited, *found]


def _extraction(item: Item) -> str | None:
    """What became of the measures that a document holds: to be taken over, unless the author says it is done."""
    return item.get("extraction", "pending") if item.get("measures") and not item.get("hidden") else None


def _reminded(item: Item) -> str | None:
    """What is past, or of tomorrow, was reminded of before the workshop."""
    return told_moment(item["day"] - 1, "09:00") if item["day"] <= 1 else None


def _kept_back(item: Item, deposited: int) -> Item:
    """When a document kept back is told of, then shown: at midnight, and counted in plain days."""
    if not item.get("hidden"):
        return {}
    notice, shown = deposited + NOTICE_DAYS, deposited + MONTH_DAYS
    return {"notice_at": f"{notice:+d}T00:00:00", "hidden_until": f"{shown:+d}T00:00:00"}


def _kind_of(actor: str) -> str:
    if actor == "patient":
        return "owner"
    if actor in ties.names():
        return "service"
    return "system" if actor in INSTITUTIONS else "professional"
