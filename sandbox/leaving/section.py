"""« Clôture du profil »: the blueprint that its pages share."""

from __future__ import annotations

from sandbox.learner import portal

bp = portal("closing", __name__, "/parametres/cloture")
