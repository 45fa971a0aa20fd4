"""What may come in: the type is decided by content, names are cleaned, files made safe. A refusal says the cure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from sandbox import guard
from sandbox.documents import cures, pdfs, pictures, rtf
from sandbox.errors import Refused

MOST = 5 * 1024 * 1024
MOST_PHOTO = 15 * 1024 * 1024  # before it is made lighter
SPACES = " \t\r\n"
PLAIN = "text/plain"
EXTENSIONS = {pdfs.PDF: "pdf", pictures.JPEG: "jpg", pictures.PNG: "png", PLAIN: "txt", rtf.RTF: "rtf"}
TOO_HEAVY = cures.TOO_HEAVY
KNOWN_AS_OTHER = (
    (b"\xd0\xcf\x11\xe0", cures.WRITTEN), (b"PK\x03\x04", cures.ARCHIVE), (b"Rar!", cures.ARCHIVE),
    (b"7z\xbc\xaf", cures.ARCHIVE), (b"\x1f\x8b", cures.ARCHIVE), (b"GIF8", cures.OTHER_PICTURE),
    (b"RIFF", cures.OTHER_PICTURE), (b"BM", cures.OTHER_PICTURE),
)
MARKUP = re.compile(r"<(?:!doctype|\?xml|html|head|body|svg|script|iframe|!--)", re.IGNORECASE)
OFFICE = re.compile(r"\.(docx?|odt|rtf|pages)$", re.IGNORECASE)
READERS: dict[str, Callable[[bytes], str]] = {pdfs.PDF: pdfs.words, PLAIN: bytes.decode, rtf.RTF: rtf.words}
PICTURE_NAME = re.compile(r"\.(pdf|jpe?g|png|tiff?|gif|webp|heic|bmp|svg)$", re.IGNORECASE)


@dataclass(frozen=True)
class File:
    """A file that may be kept: its cleaned title, what it really is, its bytes as we keep them."""

    title: str
    media_type: str
    content: bytes


def checked(name: str, content: bytes) -> File:
    """What a person sends, made safe to keep. Raises Refused with the cure."""
    if not content:
        raise Refused(cures.EMPTY)
    if len(content) > MOST:
        raise Refused(cures.TOO_HEAVY)
    media_type, kept = _reader(name, content)(name, content)
    if len(kept) > MOST:
        raise Refused(cures.TOO_HEAVY)
    _holds_nothing_real(name, media_type, kept)
    return File(title_of(name), media_type, kept)


def _holds_nothing_real(name: str, media_type: str, content: bytes) -> None:
    """A real paper, chosen by mistake, does not come in: its name and its words are looked at, a picture cannot be."""
    read = READERS.get(media_type)
    words = read(content) if read else ""
    if guard.seen_in(title_of(name)) or guard.seen_in(words):
        guard.note()
        raise Refused(cures.REAL)


def lightened(name: str, content: bytes) -> File:
    """The same, but a photo may arrive heavier: it is kept lighter. Raises Refused with the cure."""
    if len(content) <= MOST or not content.startswith(pictures.BEGINNINGS):
        return checked(name, content)
    if len(content) > MOST_PHOTO:
        raise Refused(cures.PHOTO_TOO_HEAVY)
    _holds_nothing_real(name, "", b"")
    return File(title_of(name), *_image(name, content))


def clean(text: str) -> str:
    """Words of a person on one line, without signs that cannot be seen: controls, direction marks, private use."""
    seen = "".join(sign for sign in unicodedata.normalize("NFC", text) if _is_seen(sign) or sign in SPACES)
    return re.sub(f"[{SPACES}]+", " ", seen).strip()


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def title_of(name: str) -> str:
    """A document's name from the name of its file: no folder, no extension."""
    bare = re.split(r"[/\\]", clean(name))[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", bare).replace("_", " ")
    return (clean(stem).strip(" .") or "Document sans nom")[:80]


def shown(name: str) -> str:
    """The name of a file as its owner knows it, short enough for a sentence."""
    bare = re.split(r"[/\\]", clean(name))[-1]
    return bare if len(bare) <= 40 else f"{bare[:30]}…{bare[-8:]}"


def file_name(title: str, media_type: str) -> str:
    """The name a document is downloaded under, fit for any system."""
    safe = clean(re.sub(r'[<>:"/\\|?*]', " ", clean(title))).strip(" .")
    return f"{safe or 'document'}.{EXTENSIONS.get(media_type, 'pdf')}"


Reader = Callable[[str, bytes], tuple[str, bytes]]


def _reader(name: str, content: bytes) -> Reader:
    if b"%PDF-" in content[:1024]:
        return _pdf
    if content.startswith(pictures.BEGINNINGS):
        return _image
    if content.startswith(rtf.BEGINNING):
        return _letter
    if content[4:8] == b"ftyp":
        raise Refused(cures.PHONE_PHOTO)
    for beginning, cure in KNOWN_AS_OTHER:
        if content.startswith(beginning):
            raise Refused(cures.WRITTEN if OFFICE.search(name) else cure)
    return _text


def _pdf(name: str, content: bytes) -> tuple[str, bytes]:
    return pdfs.PDF, pdfs.checked(content)


def _image(name: str, content: bytes) -> tuple[str, bytes]:
    return pictures.kept(content)


def _letter(name: str, content: bytes) -> tuple[str, bytes]:
    return rtf.checked(content)


def _text(name: str, content: bytes) -> tuple[str, bytes]:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", "replace")
    if MARKUP.search(words[:2000]):
        raise Refused(cures.WEB_PAGE)
    unseen = {sign for sign in set(words) - {*"\t\r\n\f"} if not _is_seen(sign)}
    if PICTURE_NAME.search(name):
        raise Refused(cures.NOT_AN_IMAGE)
    if any(unicodedata.category(sign) == "Cc" for sign in unseen):
        raise Refused(cures.OTHER)
    lines = words.replace("\f", "\n").splitlines()
    return PLAIN, "\n".join(lines).translate({ord(sign): None for sign in unseen}).encode()
