"""From a pack to rows: the same story told to each seat under its own name."""

from __future__ import annotations

import hashlib
from types import SimpleNamespace

from sandbox import acts, texts
from sandbox.blobs import TEMPLATE
from sandbox.numbers import prescription_number
from sandbox.workshops import children
from sandbox.workshops.cast import INSTITUTIONS
from sandbox.workshops.packs import Item, Pack, draw, ref_of
from sandbox.workshops.papers import FIRST_PRESENTATION_DAYS, prescription_text, prescription_title
from sandbox.workshops.people import Person, seated
from sandbox.workshops.rows import Rows, told_date, told_moment
from sandbox.workshops.worlds import Part

TOLD_NOTIFICATIONS = 30
UNREAD_DAYS = 10


class Story:
    """The pack's story told to one seat."""

    def __init__(self, pack: Pack, seed: str, seat: int, blobs: dict[str, bytes]) -> None:
        self.pack, self.seed, self.seat, self.blobs = pack, seed, seat, blobs
        self.person: Person = seated(seed, seat)
        self.rows = Rows()
        self.events: list[tuple[int, str, type[acts.Act], str, str, str]] = []
        self.titles = {item["ref"]: item["title"] for item in pack.documents}
        self.names = {item["ref"]: item["name"] for item in pack.professionals} | INSTITUTIONS
        self.values = texts.names(
            self.person.family_name, self.person.first_name, feminine=self.person.sex == "F"
        )

    def part(self) -> Part:
        self._identity()
        self._standings()
        self._documents()
        self._conversations()
        self._agenda()
        self._profile()
        self._prescriptions()
        for access in self.pack.accesses:
            self._event(access, acts.RecordConsulted, access["professional"], {}, "")
        self._history()
        children.tell(self)
        return self.rows.part()

    # --- names ---

    def _ref(self, table: str, slug: str) -> str:
        return ref_of(self.seed, self.seat, table, slug)

    def _actor(self, slug: str) -> str:
        if slug == "patient":
            return self._ref("user", "owner")
        return ref_of(self.seed, 0, "user", slug)

    def _blob(self, text: str) -> str:
        content = text.encode()
        digest = hashlib.sha256(content).hexdigest()
        self.blobs[digest] = content
        return digest

    # --- the record ---

    def _identity(self) -> None:
        person = self.person
        owner = self.rows.add(
            "user", ref=self._actor("patient"), role="learner", slug=f"place-{self.seat}",
            name=person.name, identifier=person.identifier,
        )
        self.record = self.rows.add(
            "record", ref=self._ref("record", "own"), owner_id=owner, family_name=person.family_name,
            first_name=person.first_name, sex=person.sex, birth_date=person.birth, birth_place=person.birth_place,
            birth_code=person.birth_code, address=person.address, phone=person.phone, email=person.email,
            vitale_serial=person.vitale_serial,
        )

    def _standings(self) -> None:
        """Whoever has opened the record had the patient's consent from the first time."""
        persons = {p["ref"] for p in self.pack.professionals if p.get("kind") != "establishment"}
        first = {item["professional"]: item for item in reversed(self.pack.accesses)}
        for slug, item in sorted(first.items()):
            if slug in persons:
                self.rows.add(
                    "standing", ref=self._ref("standing", slug), record_id=self.record, state="authorised",
                    professional_id=self._actor(slug), since=told_moment(item["day"], item["at"]),
                )

    def _documents(self) -> None:
        for item in self.pack.folders:
            self.rows.add("folder", ref=self._ref("folder", item["name"]), record_id=self.record, name=item["name"])
        for item in self.pack.documents:
            self._document(item, self.pack.text(item["ref"]))

    def _document(self, item: Item, text: str) -> str:
        deposited: int = item["deposited"] if "deposited" in item else item["day"]
        opened = deposited < -UNREAD_DAYS or item["author"] == "patient"
        ref = self.rows.add(
            "document", ref=self._ref("document", item["ref"]), record_id=self.record,
            author_id=self._actor(item["author"]), slug=item["ref"], title=item["title"],
            category=item["category"], kind=item.get("type", ""), dated=told_date(item["day"]),
            deposited_at=told_moment(deposited, item["at"]),
            folder_id=self._ref("folder", item["folder"]) if item.get("folder") else None,
            confidentiality="MASQUE_PS" if item.get("masked") else "N", pinned=item.get("pinned", False),
            blob_hash=self._blob(text), media_type=TEMPLATE,
            opened_at=told_moment(deposited, "19:30") if opened else None,
        )
        act: type[acts.Act] = acts.DocumentAdded if item["author"] == "patient" else acts.DocumentDeposited
        self._event({"day": deposited, "at": item["at"]}, act, item["author"], {"document": {"title": item["title"]}}, ref)
        return ref

    def _conversations(self) -> None:
        for item in self.pack.conversations:
            last = item["message"][-1]
            talk = self.rows.add(
                "conversation", ref=self._ref("conversation", item["ref"]), record_id=self.record,
                professional_id=self._actor(item["professional"]), slug=item["ref"], subject=item["subject"],
                state=item.get("state", "open"), last_at=told_moment(last["day"], last["at"]),
            )
            for at, message in enumerate(item["message"]):
                self._message(item, talk, at, message)

    def _message(self, item: Item, talk: str, at: int, message: Item) -> None:
        ref = self.rows.add(
            "message", ref=self._ref("message", f"{item['ref']}-{at}"), conversation_id=talk,
            sender_id=self._actor(message["from"]), body=texts.render(message["text"].strip(), self.values),
            sent_at=told_moment(message["day"], message["at"]),
            read_at=told_moment(message["day"], "21:00") if message.get("read", True) else None,
        )
        for document in message.get("attach", []):
            self.rows.add("attachment", message_id=ref, document_id=self._ref("document", document))
        act: type[acts.Act] = acts.MessageReplied if message["from"] == "patient" else acts.MessageReceived
        self._event(message, act, message["from"], {"conversation": {"subject": item["subject"]}}, talk)

    def _agenda(self) -> None:
        places = {p["ref"]: f"{p['place']}, {p['address']}" for p in self.pack.professionals}
        for item in self.pack.appointments:
            slug = item.get("professional")
            self.rows.add(
                "appointment", ref=self._ref("appointment", item["ref"]), record_id=self.record, slug=item["ref"],
                professional_id=self._actor(slug) if slug else None, title=item["title"],
                with_name=self.names.get(slug or "", item.get("with", "")),
                place=item.get("place") or places.get(slug or "", ""),
                starts_at=told_moment(item["day"], item["at"]), minutes=item.get("minutes", 20),
                origin=item.get("origin", "synced"), status=item.get("status", "confirmed"), note=item.get("note", ""),
            )
        for item in self.pack.reminders:
            self.rows.add(
                "reminder", ref=self._ref("reminder", item["ref"]), record_id=self.record, title=item["title"],
                due_on=told_date(item["day"]), note=item.get("note", ""),
            )

    def _profile(self) -> None:
        for item in self.pack.entries:
            self.rows.add(
                "profile_entry", ref=self._ref("profile_entry", item["ref"]), record_id=self.record,
                block=item["block"], label=item["label"], started=item.get("start", ""), ended=item.get("end", ""),
                detail=item.get("detail", ""), comment=item.get("comment", ""),
            )
        for item in self.pack.measures:
            self.rows.add(
                "measure", ref=self._ref("measure", item["ref"]), record_id=self.record, kind=item["kind"],
                value=item["value"], at=told_moment(item["day"], item["at"]), source=item["source"],
                comment=item.get("comment", ""),
            )

    # --- prescriptions ---

    def _prescriptions(self) -> None:
        for item in self.pack.prescriptions:
            document = self._document(
                {
                    "ref": f"o-{item['ref']}"[:40], "title": prescription_title([x["drug"] for x in item["line"]]),
                    "category": "ORD_SOIN", "type": "57833-6", "author": item["prescriber"],
                    "day": item["day"], "at": item["at"],
                },
                prescription_text(item["line"]),
            )
            signed = self.rows.add(
                "prescription", ref=self._ref("prescription", item["ref"]), record_id=self.record,
                prescriber_id=self._actor(item["prescriber"]), document_id=document, slug=item["ref"],
                number=prescription_number(draw(self.seed, self.seat, "number", item["ref"])),
                signed_at=told_moment(item["day"], item["at"]),
                valid_until=told_date(item["day"] + FIRST_PRESENTATION_DAYS),
                cancelled_at=told_moment(item["day"], "18:00") if item.get("cancelled") else None,
            )
            for position, line in enumerate(item["line"], 1):
                self._line(item["ref"], signed, position, line)

    def _line(self, slug: str, signed: str, position: int, line: Item) -> None:
        deliveries = line.get("delivery", [])
        ref = self.rows.add(
            "line", ref=self._ref("line", f"{slug}-{position}"), prescription_id=signed, position=position,
            drug=line["drug"], posology=line["posology"], duration_days=line["duration_days"],
            quantity=line["quantity"], unit=line.get("unit", "boîte"), renewals=line.get("renewals", 0),
            substitution=line.get("substitution", True), reason=line.get("reason", ""),
            delivered=sum(d["quantity"] for d in deliveries),
        )
        for at, delivery in enumerate(deliveries):
            self.rows.add(
                "delivery", ref=self._ref("delivery", f"{slug}-{position}-{at}"), line_id=ref,
                pharmacist_id=self._actor(delivery["pharmacist"]), quantity=delivery["quantity"],
                at=told_moment(delivery["day"], delivery["at"]), substituted=delivery.get("substituted", ""),
                refused=delivery.get("refused", ""), note=delivery.get("note", ""),
            )
            act: type[acts.Act] = acts.LineRefused if delivery.get("refused") else acts.LineDelivered
            self._event(delivery, act, delivery["pharmacist"], {"line": {"drug": line["drug"]}}, signed)

    # --- what followed ---

    def _event(self, when: Item, act: type[acts.Act], actor: str, about: Item, ref: str) -> None:
        known = {name: SimpleNamespace(**values) for name, values in about.items()}
        speaker = SimpleNamespace(name=self.names.get(actor, self.person.name))
        self.events.append((when["day"], when["at"], act, actor, act.phrase.format(actor=speaker, **known), ref))

    def _history(self) -> None:
        """Every past act has its line, and the latest ones their notification, in the words of acts."""
        self.events.sort(key=lambda event: event[:2])
        for day, at, act, actor, phrase, ref in self.events:
            self.rows.add(
                "entry", record_id=self.record, actor_id=self._actor(actor), act=act.__name__, phrase=phrase,
                actor_kind=_kind_of(actor), subject_ref=ref, at=told_moment(day, at), from_pack=True,
            )
        notified = [event for event in self.events if event[2].notifies][-TOLD_NOTIFICATIONS:]
        for number, (day, at, act, actor, phrase, ref) in enumerate(notified):
            self.rows.add(
                "notification", ref=self._ref("notification", str(number)), record_id=self.record,
                actor_id=self._actor(actor), code=act.notifies, label=phrase, about=act.about, object_ref=ref,
                at=told_moment(day, at), read_at=told_moment(day, "21:00") if day < -UNREAD_DAYS else None,
            )


def _kind_of(actor: str) -> str:
    if actor == "patient":
        return "owner"
    return "system" if actor in INSTITUTIONS else "professional"
