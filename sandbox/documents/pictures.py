"""Pictures drawn again: upright, of a reasonable size, without what the camera wrote beside them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from sandbox.documents import cures
from sandbox.errors import Refused
from sandbox.late import Late

if TYPE_CHECKING:
    from PIL import Image, ImageOps
else:
    Image, ImageOps = Late("PIL.Image"), Late("PIL.ImageOps")

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
READ = ("JPEG", "PNG", "TIFF")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2500  # a photographed page stays readable
MOST_SHEETS = 10
SHARP = 1_000_000  # a PNG up to this size is a drawing or a screen, kept as it is; a bigger one is a photo
PAGE_HEIGHT = 842  # an A4 sheet in points
LIGHT = 300_000  # bytes of a page among others
LIGHTER = ((2200, 75), (2000, 65), (1700, 60), (1400, 50), (1100, 40))  # longest side, quality
_few = BoundedSemaphore(3)  # thirty photos opened together would fill the memory


def kept(content: bytes) -> tuple[str, bytes]:
    """A picture as we keep it, and what it has become. Raises Refused with the cure."""
    with _opened(content) as picture:
        frames = _frames(picture) if picture.format == "TIFF" else 1
        if frames > 1:
            return PDF, _scan(picture, frames)
        upright = _upright(picture)
        if picture.format == "PNG" and len(content) <= SHARP:
            return PNG, _saved(upright, "PNG")
        return JPEG, _saved(upright, "JPEG", quality=85)


def turned(media_type: str, content: bytes) -> bytes:
    """A quarter turn to the right."""
    with _opened(content) as picture:
        right = picture.transpose(Image.Transpose.ROTATE_270)
        return _saved(right, "PNG") if media_type == PNG else _saved(right, "JPEG", quality=88)


def small(content: bytes, side: int) -> bytes:
    """A JPEG to recognise the picture by."""
    with _opened(content, side) as picture:
        picture.thumbnail((side, side))
        return _saved(picture.convert("RGB"), "JPEG", quality=70)


def page(content: bytes) -> bytes:
    """A PDF of one page, light enough to be one of ten."""
    with _opened(content) as picture:
        return _first(_light(picture), lambda made: len(made) <= LIGHT)


def _light(picture: Image.Image) -> Iterator[bytes]:
    """Lighter and lighter pages."""
    for side, quality in LIGHTER:
        smaller = picture.copy()
        smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
        yield _saved(smaller, "PDF", quality=quality, resolution=max(smaller.size) * 72 / PAGE_HEIGHT)


def _first(found: Iterator[bytes], suits: Callable[[bytes], bool]) -> bytes:
    last = b""
    for last in found:
        if suits(last):
            break
    return last


@contextmanager
def _opened(content: bytes, side: int = LONGEST_SIDE) -> Iterator[Image.Image]:
    """The picture, read no bigger than it must be. Raises Refused with the cure, whatever is wrong with it."""
    try:
        with _few, warnings.catch_warnings(action="ignore"), Image.open(BytesIO(content), formats=READ) as picture:
            _measure(picture)
            picture.draft(picture.mode, (side, side))
            yield picture
    except Image.DecompressionBombError as error:
        raise Refused(cures.TOO_BIG) from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, OverflowError, KeyError, TypeError) as error:
        raise Refused(cures.BROKEN_IMAGE) from error


def _measure(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(cures.TOO_BIG)


def _upright(picture: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if turned.has_transparency_data:
        turned = Image.alpha_composite(Image.new("RGBA", turned.size, "white"), turned.convert("RGBA"))
    return turned.convert("L" if turned.mode in {"1", "L"} else "RGB")


def _frames(picture: Image.Image) -> int:
    """How many sheets a scan has, looked for one by one: the file's own word may be a lie."""
    for number in range(1, MOST_SHEETS + 1):
        try:
            picture.seek(number)
        except EOFError:
            picture.seek(0)
            return number
    raise Refused(cures.TOO_MANY_SHEETS)


def _scan(picture: Image.Image, frames: int) -> bytes:
    """The sheets of a scanned TIFF, as a PDF that any browser opens."""
    sheets = []
    for number in range(frames):
        picture.seek(number)
        _measure(picture)
        sheets.append(_upright(picture.copy()))
    height = max(sheets[0].size) * 72 / PAGE_HEIGHT
    return _saved(sheets[0], "PDF", save_all=True, append_images=sheets[1:], resolution=height)


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    fresh = Image.new(picture.mode, picture.size)  # no profile, no comment, no place
    fresh.paste(picture)
    fresh.save(out, kind, **options)
    return out.getvalue()
