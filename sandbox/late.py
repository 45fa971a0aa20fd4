"""Libraries that few pages need, loaded when one is first used, and not by every server that starts."""

from __future__ import annotations

import importlib
from typing import Any


class Late:
    """Stands for a module: `Late("PIL.Image").open(…)` loads it then. Each costs a worker megabytes and a share of its start."""

    def __init__(self, module: str) -> None:
        self.__dict__["_module"] = module

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self.__dict__["_module"]), name)
