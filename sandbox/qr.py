"""A QR code or a datamatrix as one short SVG path, for a page, a print or a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from sandbox.late import Late

qrcode, _datamatrix = Late("qrcode"), Late("ppf.datamatrix")
QUIET = 4  # white modules around, as the standard wants


@dataclass(frozen=True)
class Square:
    """`side` modules wide, the white border included; `path` is the black ones."""

    side: int
    path: str

    @property
    def svg(self) -> str:
        """The picture by itself."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.side} {self.side}">'
            f'<path fill="#fff" d="M0 0h{self.side}v{self.side}H0z"/><path d="{self.path}"/></svg>'
        )


@lru_cache(maxsize=512)
def square(text: str, *, robust: bool = False) -> Square:
    """The QR code of a short text; a robust one still reads when a quarter of it is stained or blurred."""
    level = qrcode.ERROR_CORRECT_Q if robust else qrcode.ERROR_CORRECT_M
    code = qrcode.QRCode(error_correction=level, border=QUIET)
    code.add_data(text, optimize=0)
    return _drawn(code.get_matrix())


@lru_cache(maxsize=512)
def matrix(text: str) -> Square:
    """The datamatrix of a short text without accents, with as wide a white border as a QR code."""
    rows = [[False] * QUIET + [bool(module) for module in row] + [False] * QUIET for row in _datamatrix.DataMatrix(text).matrix]
    above = [[False] * len(rows[0])] * QUIET
    return _drawn([*above, *rows, *above])


def _drawn(rows: list[list[bool]]) -> Square:
    return Square(len(rows), "".join(_row(number, row) for number, row in enumerate(rows)))


def _row(number: int, modules: list[bool]) -> str:
    """The black runs of one row."""
    drawn, at = "", 0
    for black, run in groupby(modules):
        length = len(list(run))
        if black:
            drawn += f"M{at} {number}h{length}v1h-{length}z"
        at += length
    return drawn
