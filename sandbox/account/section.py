"""Getting in: the blueprint that the pages of the door share."""

from __future__ import annotations

from flask import Blueprint

from sandbox.account.door import frame

bp = Blueprint("account", __name__)
bp.context_processor(frame)
