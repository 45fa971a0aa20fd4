"""What may come in: the type is decided by content, names are cleaned, pictures re-encoded. A refusal says the cure."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps
from pypdf import PdfReader

from sandbox.errors import Refused

MOST = 5 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2500  # a photographed page stays readable
MOST_SHEETS = 10
SPACES = " \t\r\n"
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/plain": "txt"}
TYPES = "PDF, JPEG, PNG, TIFF ou TXT"

EMPTY = "Ce fichier est vide. Choisissez un autre fichier."
TOO_HEAVY = "Ce fichier dépasse 5 Mo. Prenez une photo moins grande, ou enregistrez le document en PDF allégé."
OTHER = f"Ce type de fichier n’est pas accepté. Choisissez un fichier {TYPES}."
WRITTEN = (
    "Ce document vient d’un traitement de texte. Ouvrez-le, choisissez « Enregistrer au format PDF », "
    "puis ajoutez le PDF."
)
ARCHIVE = "Un dossier compressé ne peut pas être lu ici. Ouvrez-le, puis ajoutez un par un les documents qu’il contient."
PHONE_PHOTO = (
    "Ce format de photo n’est pas lu partout. Dans le téléphone, envoyez la photo au format JPEG, "
    "ou faites une capture d’écran."
)
OTHER_PICTURE = "Ce format d’image n’est pas accepté. Ouvrez l’image et enregistrez-la au format JPEG ou PNG."
WEB_PAGE = (
    f"Ce fichier est une page web ou un dessin, même si son nom dit autre chose. Choisissez un fichier {TYPES}, "
    "ou imprimez la page en PDF."
)
NOT_AN_IMAGE = "Ce fichier porte un nom d’image ou de PDF, mais n’en est pas un. Retrouvez le document d’origine."
BROKEN_IMAGE = "Cette image est abîmée. Reprenez la photo, ou ouvrez l’image et enregistrez-la de nouveau."
TOO_BIG = "Cette image est trop grande pour être lue ici. Réduisez ses dimensions, puis recommencez."
BROKEN_PDF = "Ce PDF est abîmé. Ouvrez-le, imprimez-le « vers un PDF », puis ajoutez la nouvelle copie."
LOCKED_PDF = (
    "Ce PDF est protégé par un mot de passe. Ouvrez-le avec son mot de passe, enregistrez une copie sans protection, "
    "puis ajoutez cette copie."
)
KNOWN_AS_OTHER = (
    (b"{\\rtf", WRITTEN), (b"\xd0\xcf\x11\xe0", WRITTEN), (b"PK\x03\x04", ARCHIVE), (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf", ARCHIVE), (b"\x1f\x8b", ARCHIVE), (b"GIF8", OTHER_PICTURE), (b"RIFF", OTHER_PICTURE), (b"BM", OTHER_PICTURE),
)
MARKUP = re.compile(r"<(?:!doctype|\?xml|html|head|body|svg|script|iframe|!--)", re.IGNORECASE)
OFFICE = re.compile(r"\.(docx?|odt|rtf|pages)$", re.IGNORECASE)
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
        raise Refused(EMPTY)
    if len(content) > MOST:
        raise Refused(TOO_HEAVY)
    media_type, kept = _reader(name, content)(name, content)
    return File(title_of(name), media_type, kept)


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


def file_name(title: str, media_type: str) -> str:
    """The name a document is downloaded under, fit for any system."""
    safe = clean(re.sub(r'[<>:"/\\|?*]', " ", clean(title))).strip(" .")
    return f"{safe or 'document'}.{EXTENSIONS.get(media_type, 'pdf')}"


Reader = Callable[[str, bytes], tuple[str, bytes]]


def _reader(name: str, content: bytes) -> Reader:
    if b"%PDF-" in content[:1024]:
        return _pdf
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")):
        return _image
    if content[4:8] == b"ftyp":
        raise Refused(PHONE_PHOTO)
    for beginning, cure in KNOWN_AS_OTHER:
        if content.startswith(beginning):
            raise Refused(WRITTEN if OFFICE.search(name) else cure)
    return _text


def _pdf(name: str, content: bytes) -> tuple[str, bytes]:
    try:
        reader = PdfReader(BytesIO(content))
        locked, pages = reader.is_encrypted, 0 if reader.is_encrypted else len(reader.pages)
    except Exception as error:  # noqa: BLE001 — a broken file may break the reader in any way
        raise Refused(BROKEN_PDF) from error
    if locked:
        raise Refused(LOCKED_PDF)
    if not pages:
        raise Refused(BROKEN_PDF)
    return "application/pdf", content


def _image(name: str, content: bytes) -> tuple[str, bytes]:
    """Drawn again, upright, without what the camera wrote beside it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=("JPEG", "PNG", "TIFF"))
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(TOO_BIG)
            if picture.format == "TIFF" and getattr(picture, "n_frames", 1) > 1:
                return "application/pdf", _sheets(picture)
            return _drawn(picture)
    except Image.DecompressionBombError as error:
        raise Refused(TOO_BIG) from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise Refused(BROKEN_IMAGE) from error


def _upright(picture: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if turned.has_transparency_data:
        turned = Image.alpha_composite(Image.new("RGBA", turned.size, "white"), turned.convert("RGBA"))
    return turned.convert("L" if turned.mode in {"1", "L"} else "RGB")


def _drawn(picture: Image.Image) -> tuple[str, bytes]:
    upright = _upright(picture)
    if picture.format == "PNG" and len(png := _saved(upright, "PNG", optimize=True)) <= MOST:
        return "image/png", png
    return "image/jpeg", _saved(upright, "JPEG", quality=85, optimize=True)


def _sheets(picture: Image.Image) -> bytes:
    """The sheets of a scanned TIFF, as a PDF that any browser opens."""
    sheets = []
    for number in range(min(picture.n_frames, MOST_SHEETS)):  # type: ignore[attr-defined]
        picture.seek(number)
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(TOO_BIG)
        sheets.append(_upright(picture.copy()))
    return _saved(sheets[0], "PDF", save_all=True, append_images=sheets[1:])


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    fresh = Image.new(picture.mode, picture.size)  # no profile, no comment, no place
    fresh.paste(picture)
    fresh.save(out, kind, **options)
    return out.getvalue()


def _text(name: str, content: bytes) -> tuple[str, bytes]:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252", "replace")
    if MARKUP.search(words[:2000]):
        raise Refused(WEB_PAGE)
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n\f" for sign in words):
        raise Refused(NOT_AN_IMAGE if PICTURE_NAME.search(name) else OTHER)
    if PICTURE_NAME.search(name):
        raise Refused(NOT_AN_IMAGE)
    lines = words.replace("\f", "\n").splitlines()
    return "text/plain", "\n".join("".join(s for s in line if s == "\t" or _is_seen(s)) for line in lines).encode()
