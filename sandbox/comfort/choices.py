"""How one browser shows its pages: size of the text, contrast, spacing. A plain cookie says it until somebody leaves."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import Self, TypeVar

from flask import Response, after_this_request, current_app, request
from markupsafe import Markup

COOKIE = "lecture"
BETWEEN = "."
Choice = TypeVar("Choice", bound=StrEnum)


class Text(StrEnum):
    NORMAL = "normal"
    LARGE = "large"
    LARGER = "larger"
    LARGEST = "largest"


class Contrast(StrEnum):
    NORMAL = "normal"
    STRONG = "strong"


class Spacing(StrEnum):
    NORMAL = "normal"
    WIDE = "wide"


def _known(kind: type[Choice], told: str | None) -> Choice:
    """The choice of that name; the normal one for whatever else a browser may say."""
    return kind(told) if told in {each.value for each in kind} else kind("normal")


@dataclass(frozen=True)
class Comfort:
    text: Text = Text.NORMAL
    contrast: Contrast = Contrast.NORMAL
    spacing: Spacing = Spacing.NORMAL

    @classmethod
    def told(cls, text: str | None = None, contrast: str | None = None, spacing: str | None = None) -> Self:
        return cls(_known(Text, text), _known(Contrast, contrast), _known(Spacing, spacing))

    @classmethod
    def of_cookie(cls, said: str) -> Self:
        """What a cookie says, however it was tampered with."""
        parts = said[:60].split(BETWEEN)
        return cls.told(*parts) if len(parts) == 3 else cls()

    @property
    def is_normal(self) -> bool:
        return self == Comfort()

    def keep(self, response: Response) -> None:
        """Remember it in this browser until it is closed, or until somebody leaves."""
        if self.is_normal:
            return forget(response)
        response.set_cookie(
            COOKIE, BETWEEN.join(astuple(self)), httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
        )
        return None


def here() -> Comfort:
    """What this browser asked for."""
    return Comfort.of_cookie(request.cookies.get(COOKIE, "")) if request else Comfort()


def marks() -> Markup:
    """The attributes of <html> that say it: the page arrives as it will stay."""
    chosen = here()
    told = {"text": chosen.text, "contrast": chosen.contrast, "spacing": chosen.spacing}
    return Markup("").join(
        Markup(' data-{}="{}"').format(name, value) for name, value in told.items() if value != "normal"
    )


def forget(response: Response) -> None:
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"])


def put_back() -> None:
    """Somebody leaves this computer: the next person finds it as everybody does, and cannot tell who reads with difficulty."""

    @after_this_request
    def _forget(response: Response) -> Response:
        forget(response)
        return response
