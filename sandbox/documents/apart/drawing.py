"""A PDF's pages as pictures and as words, by PDFium: no viewer is needed to read.

Run as a program: the PDF on the standard input, the answer on the standard output.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image, ImageChops
from pypdfium2 import raw

MOST = 300  # pages shown
WIDEST, HIGHEST = 1000, 3000  # pixels
MOST_PIXELS = 40_000_000  # of one picture inside a page: an A4 sheet scanned at 600 points per inch
LONGEST = 100_000  # letters read out of one file
CUT, GOES_ON = re.compile(r"[\ufffe\x02]\n"), re.compile(r"(?<=\S)\n(?=[a-zà-ÿœ])")


class Unreadable(Exception):
    """PDFium cannot open this file, or draw this page."""


@dataclass(frozen=True)
class Sheets:
    """How many pages can be shown, out of how many, and the words of each, until there are too many."""

    pages: int
    total: int
    words: tuple[str, ...]


def sheets(content: bytes) -> Sheets:
    """Raises Unreadable."""
    with _opened(content) as pdf:
        pages = min(len(pdf), MOST)
        return Sheets(pages, len(pdf), tuple(_words(pdf, pages)))


def picture(content: bytes, number: int) -> bytes:
    """One page, from 1, as a PNG or a JPEG, whichever is smaller. Raises Unreadable."""
    with _opened(content) as pdf:
        if not 1 <= number <= min(len(pdf), MOST):
            raise Unreadable(f"no page {number}")
        drawn = _draw(pdf, number - 1)
    return min(_saved(drawn, "PNG"), _saved(drawn, "JPEG", quality=80), key=len)


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    pdf = None
    try:
        pdf = pypdfium2.PdfDocument(content)
        yield pdf
    except (pypdfium2.PdfiumError, MemoryError, ValueError) as error:
        raise Unreadable(str(error)) from error
    finally:
        if pdf is not None:
            pdf.close()


def _words(pdf: Any, pages: int) -> Iterator[str]:
    room = LONGEST
    for number in range(pages):
        if room <= 0:
            return
        page = pdf[number]
        try:
            found = page.get_textpage().get_text_range()[:room]
        except pypdfium2.PdfiumError:
            found = ""  # this page cannot be read; others may
        finally:
            page.close()
        room -= len(found)
        yield _tidy(found)


def _tidy(words: str) -> str:
    """Without signs that are not read; a line that goes on in small letters is one with the next, a cut word is whole."""
    lines = GOES_ON.sub(" ", CUT.sub("", words.replace("\r\n", "\n").replace("\r", "\n")))
    return "".join(sign for sign in lines if sign.isprintable() or sign == "\n").strip()


def _draw(pdf: Any, index: int) -> Image.Image:
    page = pdf[index]
    try:
        _refuse_a_bomb(page)
        width, height = page.get_size()
        scale = min(WIDEST / max(width, 1), HIGHEST / max(height, 1))
        drawn: Image.Image = page.render(scale=scale, limit_image_cache=True).to_pil().convert("RGB")
    finally:
        page.close()
    return drawn if _has_colour(drawn) else drawn.convert("L")


def _refuse_a_bomb(page: Any) -> None:
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        width, height = found.get_px_size()
        if width * height > MOST_PIXELS:
            raise Unreadable("a picture of this page is immense")


def _has_colour(drawn: Image.Image) -> bool:
    red, green, blue = drawn.split()
    return any(ImageChops.difference(one, green).getbbox() is not None for one in (red, blue))


def _saved(drawn: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    drawn.save(out, kind, **options)
    return out.getvalue()


def main(what: str, number: str = "1") -> int:
    """`sheets`, or `picture` and the page's number."""
    content = sys.stdin.buffer.read()
    try:
        told = picture(content, int(number)) if what == "picture" else json.dumps(asdict(sheets(content))).encode()
    except Unreadable:
        return 1
    sys.stdout.buffer.write(told)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
