"""What the squares of a photo say: QR codes and datamatrices, read by zxing-cpp; and why nothing is read.

Run as a program: the photo on the standard input, a JSON list of texts on the standard output; with « why », the list and
what is wrong with the photo.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps

PHOTO_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
SQUARES = zxingcpp.barcode_formats_from_str("QRCode,DataMatrix,Aztec")  # the bars of a paper prescription are not ours
MOST_PIXELS, READ_SIDE = 50_000_000, 2400
REFUSED = 3  # the status of an ending that says why
LOOK_SIDE = 900  # of the small picture that is looked at when nothing is read
DARK, FLAT, SOFT = 60, 30, 45  # white of the paper, distance from black to white, steepest edges: below, it is not a good photo
EYE = (1, 1, 3, 1, 1)  # black and white across one of the three big corners of a QR code


class NotAPhoto(Exception):
    """It is not a picture, or an immense one."""


def squares(photo: Image.Image) -> list[str]:
    """The texts found, as the photo is or mended: lighter, sharper, smaller."""
    for picture in _mended(photo):
        if found := [square.text for square in zxingcpp.read_barcodes(picture, formats=SQUARES) if square.text]:
            return list(dict.fromkeys(found))
    return []


def _mended(photo: Image.Image) -> Iterator[Image.Image]:
    yield photo
    light = ImageOps.autocontrast(photo, cutoff=1)
    yield light
    yield light.filter(ImageFilter.UnsharpMask(4, 300, 0))
    half = light.reduce(2)
    yield half
    yield half.filter(ImageFilter.UnsharpMask(3, 400, 0))


def trouble(photo: Image.Image) -> str:
    """Why nothing is read: dark, blurred, cropped, spoiled; or none, there is no square."""
    small = photo.copy()
    small.thumbnail((LOOK_SIDE, LOOK_SIDE))
    black, white = _level(small, 0.02), _level(small, 0.98)
    if white < DARK:
        return "dark"
    if white - black < FLAT:
        return "none"
    light = ImageOps.autocontrast(small, cutoff=1)
    if corners := _corners(light):
        return "cropped" if corners < 3 else "spoiled"
    return "blurred" if _steepest(light) < SOFT else "none"


def _level(picture: Image.Image, part: float) -> int:
    """The grey that this part of the points does not exceed."""
    left = part * picture.width * picture.height
    for grey, count in enumerate(picture.histogram()):
        left -= count
        if left <= 0:
            return grey
    return 255


def _steepest(picture: Image.Image) -> int:
    edges = picture.filter(ImageFilter.Kernel((3, 3), (-1, -1, -1, -1, 8, -1, -1, -1, -1), scale=4))
    return _level(ImageOps.crop(edges, 2), 0.998)  # the filter leaves the border as it was


def _corners(picture: Image.Image) -> int:
    """How many big corners of QR codes are seen: three for a whole one."""
    around = picture.filter(ImageFilter.BoxBlur(max(picture.size) // 20))
    ink = ImageChops.subtract(picture, around, 1, 128).point(lambda grey: 255 if grey > 118 else 0)
    rows, columns = _lines(ink), _lines(ink.transpose(Image.Transpose.TRANSPOSE))
    found: list[list[float]] = []
    for y in range(0, len(rows), 2):
        for x, module in _eyes(rows[y]):
            if any(abs(at - y) <= 1.5 * module and 0.6 < other / module < 1.6 for at, other in _eyes(columns[x])):
                _count(found, x, y, module)
    return sum(seen >= 2 for _, _, seen in found)


def _count(found: list[list[float]], x: int, y: int, module: float) -> None:
    """One line more of a corner already met, or of a new one."""
    for corner in found:
        if abs(corner[0] - x) < 4 * module and abs(corner[1] - y) < 4 * module:
            corner[2] += 1
            return
    found.append([x, y, 1])


def _lines(picture: Image.Image) -> list[bytes]:
    points, width = picture.tobytes(), picture.width
    return [points[at : at + width] for at in range(0, len(points), width)]


def _eyes(line: bytes) -> Iterator[tuple[int, float]]:
    """Where a line crosses the middle of a big corner, and the width of a module there."""
    runs = [(grey, len(list(run))) for grey, run in groupby(line)]
    at = 0
    for number, (grey, length) in enumerate(runs[:-4]):
        widths = [width for _, width in runs[number : number + 5]]
        module = sum(widths) / 7
        if not grey and module >= 1.5 and all(_fits(width, want, module) for width, want in zip(widths, EYE, strict=True)):
            yield at + widths[0] + widths[1] + widths[2] // 2, module
        at += length


def _fits(width: int, want: int, module: float) -> bool:
    return abs(width - want * module) <= max(0.9, module * (0.55 if want == 1 else 0.7))


def picture_of(content: bytes) -> Image.Image:
    """The photo upright, grey, no larger than reading needs. Raises NotAPhoto."""
    try:
        with Image.open(BytesIO(content), formats=PHOTO_FORMATS) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                raise NotAPhoto
            photo.draft("L", (READ_SIDE, READ_SIDE))
            upright = ImageOps.exif_transpose(photo).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NotAPhoto from error
    paper = Image.new("RGBA", upright.size, "white")  # a square drawn on nothing is read as on paper
    paper.alpha_composite(upright)
    paper.thumbnail((READ_SIDE, READ_SIDE))
    return paper.convert("L")


def main() -> int:
    try:
        photo = picture_of(sys.stdin.buffer.read())
    except NotAPhoto:
        print(json.dumps({"word": "NOT_A_PHOTO", "name": ""}))
        return REFUSED
    found = squares(photo)
    told = {"texts": found, "trouble": "" if found else trouble(photo)} if "why" in sys.argv else found
    sys.stdout.buffer.write(json.dumps(told).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
