"""What a person had typed in a form that cannot be taken: given back, so that nothing is lost."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from sandbox.addresses import came_from

SECRETS = {"csrf_token", "password", "code", "current", "new", "again"}
WORTH_KEEPING = 12  # letters from which a text is given back


def typed() -> list[str]:
    """What the person had written, given back so that nothing is lost: long texts only, never a secret."""
    try:
        fields = request.form
    except RequestEntityTooLarge:  # files came along, and were not read
        return []
    return [
        value.strip()
        for name, value in fields.items()
        if name not in SECRETS and len(value.strip()) >= WORTH_KEEPING
    ]


def page_of_the_form() -> str:
    """The page that held the form, when the browser says it, or the address it was sent to."""
    return (came_from() or request.path).partition("?")[0]
