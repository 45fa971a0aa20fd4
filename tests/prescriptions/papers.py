"""Photographs of prescriptions: a sheet with words, with or without a square, and what happens to a photo."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from sandbox import qr
from tests.prescriptions.test_code import drawn

WIDTH, HEIGHT = 1000, 1400
CORNER = (90, 1080)


def sheet(*said: str) -> Image.Image:
    """An A4 sheet with lines of small black shapes, and a square at the bottom for each of these texts."""
    page, draw = Image.new("L", (WIDTH, HEIGHT), 248), random.Random(1)
    pen = ImageDraw.Draw(page)
    for top in range(90, 960, 40):
        left = 80
        while left < draw.randint(600, 880):
            for at in range(left, left + draw.randint(20, 90), 9):
                pen.rectangle((at, top + draw.randint(0, 6), at + 4, top + 18), fill=30)
            left += 110
    for number, text in enumerate(said):
        page.paste(drawn(qr.square(text, robust=True), 5), (CORNER[0] + 420 * number, CORNER[1]))
    return page


def tilted(page: Image.Image) -> Image.Image:
    """Held askew, and not quite in front."""
    wide, high = page.size
    leaning = page.transform(page.size, Image.Transform.QUAD, (-90, -40, 60, high + 80, wide + 40, high, wide + 190, -70), fillcolor=110)
    return leaning.rotate(14, expand=True, fillcolor=110)
