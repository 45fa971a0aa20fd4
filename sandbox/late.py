"""What few pages need, loaded or made when it is first used, and not by every server that starts."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class Late:
    """Stands for a module: `Late("PIL.Image").open(…)` loads it then. Each costs a worker megabytes and a share of its start."""

    def __init__(self, module: str) -> None:
        self.__dict__["_module"] = module

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self.__dict__["_module"]), name)


class LateRule(Rule):
    """An address whose two writers are compiled when one is first asked for: a start would compile nearly nine hundred."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = super()._compile_builder

        def write(rule: Rule, /, **values: Any) -> tuple[str, str]:
            writer: Callable[..., tuple[str, str]] = compiled(append_unknown).__get__(rule, None)
            setattr(rule, "_build_unknown" if append_unknown else "_build", writer)
            return writer(**values)

        return write
