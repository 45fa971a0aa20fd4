"""Files as people choose them, good and bad."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image
from pypdf import PdfWriter

from sandbox.documents.uploads import File

PDF_WORDS = "Tension 13 sur 8"
RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\author Marie}}\f0 R\'e9sultats\par Tension : 13 sur 8\par}"


def photo(shade: str = "white", size: tuple[int, int] = (300, 400)) -> bytes:
    return _saved(Image.new("RGB", size, shade), "JPEG")


def camera(side: int = 3000) -> bytes:
    """A photo as heavy as a telephone's: nothing in it repeats itself."""
    return _saved(Image.effect_noise((side, side * 3 // 4), 40).convert("RGB"), "JPEG", quality=92)


def png(side: int = 40) -> bytes:
    return _saved(Image.new("RGB", (side, side), "teal"), "PNG")


def photo_on_its_side() -> bytes:
    """A telephone's photo: 60 wide and 20 high, to be turned a quarter, taken by « Appareil de Marie »."""
    picture = Image.new("RGB", (60, 20), "white")
    exif = picture.getexif()
    exif[0x0112], exif[0x010F] = 6, "Appareil de Marie"
    return _saved(picture, "JPEG", exif=exif)


def scan(sheets: int) -> bytes:
    pages = [Image.new("L", (30, 40), 255) for _ in range(sheets)]
    return _saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])


def pdf(password: str = "") -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def size_of(picture: bytes) -> tuple[int, int]:
    return Image.open(BytesIO(picture)).size


def file(picture: bytes) -> File:
    return File("page", "image/jpeg", picture)
