"""The Markdown of stored texts: as HTML for the page, as a tree for the printed sheet. No HTML, link or picture in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

PAGE_TOP = 3  # the page has its h1, and an h2 above the text
WORDY = {"text", "code_inline", "code_block", "fence"}

_parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(
    ["image", "link", "autolink", "reference", "html_block", "html_inline"]
)
TABLE = '<div class="table-scroll" tabindex="0" role="group" aria-label="Tableau"><table class="table dense">\n'
_parser.add_render_rule("table_open", lambda *_: TABLE)
_parser.add_render_rule("table_close", lambda *_: "</table></div>\n")


def html(source: str, *, breaks: bool = False) -> Markup:
    """The text as HTML, its headings under the page's own, its tables readable on a phone."""
    tokens = _parse(source, breaks)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{token.meta['depth'] + PAGE_TOP - 1}"
    _label_cells(tokens)
    return Markup(_parser.renderer.render(tokens, _parser.options, {}))  # noqa: S704 — html is disabled, text escaped


def tree(source: str, *, breaks: bool = False) -> list[dict[str, Any]]:
    """The text as plain data for the printed sheet: `kind`, then `text` or `parts`."""
    return [_told(node) for node in SyntaxTreeNode(_parse(source, breaks)).children]


def _parse(source: str, breaks: bool) -> list[Token]:
    tokens = _parser.parse(source)
    _settle_depths(tokens)
    for token in tokens:
        for child in token.children or ():
            if breaks and child.type == "softbreak":
                child.type, child.tag = "hardbreak", "br"
    return tokens


def _settle_depths(tokens: list[Token]) -> None:
    """« ## » is the first depth, and no depth is skipped on the way down."""
    depth = 0
    for token in tokens:
        if token.type == "heading_open":
            depth = min(max(1, int(token.tag[1]) - 1), depth + 1, 4)
        if token.type in {"heading_open", "heading_close"}:
            token.meta["depth"] = depth


def _label_cells(tokens: list[Token]) -> None:
    """The first cell of a line names it; the others carry their column's name, shown when a phone stacks them."""
    names: list[str] = []
    column = 0
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            names = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            names.append(tokens[at + 1].content)
            _name_column(tokens[at:], names[-1])
        elif token.type == "td_open":
            label = names[column] if column and tokens[at + 1].content else ""
            _label_cell(tokens[at:], label, is_name=column == 0)
            column += 1


def _name_column(tokens: Sequence[Token], name: str) -> None:
    """The corner of a table may be empty: it heads nothing, and is said as nothing."""
    tokens[0].attrs = {"scope": "col"} if name else {}
    if not name:
        closing = next(token for token in tokens if token.type == "th_close")
        tokens[0].tag = closing.tag = "td"


def _label_cell(tokens: Sequence[Token], label: str, *, is_name: bool) -> None:
    tokens[0].attrs = {"data-label": label} if label else {}
    if is_name:
        tokens[0].attrs = {"scope": "row"}
        closing = next(token for token in tokens if token.type == "td_close")
        tokens[0].tag = closing.tag = "th"


def _told(node: SyntaxTreeNode) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": node.type}
    if node.type in WORDY:
        told["text"] = node.content
    if node.type == "heading":
        told["depth"] = node.meta["depth"]
    if node.children:
        told["parts"] = [_told(child) for child in node.children]
    return told
