"""« Catalogue de services »: the blueprint that its pages share."""

from __future__ import annotations

from sandbox.learner import portal

bp = portal("catalogue", __name__, "/catalogue")
