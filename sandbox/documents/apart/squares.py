"""What the squares of a photo say: QR codes and datamatrices, read by zxing-cpp.

Run as a program: the photo on the standard input, a JSON list of texts on the standard output.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO

import zxingcpp
from PIL import Image, ImageOps

PHOTO_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
MOST_PIXELS, READ_SIDE = 50_000_000, 2400
REFUSED = 3  # the status of an ending that says why


class NotAPhoto(Exception):
    """It is not a picture, or an immense one."""


def squares(content: bytes) -> list[str]:
    """The texts found. Raises NotAPhoto."""
    return [square.text for square in zxingcpp.read_barcodes(_picture(content)) if square.text]


def _picture(content: bytes) -> Image.Image:
    """The photo upright, grey, no larger than reading needs."""
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
        found = squares(sys.stdin.buffer.read())
    except NotAPhoto:
        print(json.dumps({"word": "NOT_A_PHOTO", "name": ""}))
        return REFUSED
    sys.stdout.buffer.write(json.dumps(found).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
