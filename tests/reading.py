"""The soup of a page, and the proof that its HTML is valid: reading is what takes the time of the suite.

Where every tag is closed as it is opened, the grammar of HTML looks at what each tag and text stands in and at the names
of attributes, never at what words and values say, nor at how many rows there are. Each such step is proved once, by a
strict parser which takes most of the time; a page made of proved steps is read by a plain one, which makes the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.builder import HTML5TreeBuilder, HTMLTreeBuilder
from bs4.element import NavigableString, Script, Stylesheet, TemplateString

AROUND = "<!DOCTYPE html><html><head><title>.</title></head><body><div>", "</div></body></html>"
FRAME = re.compile(r"\s*<!doctype html>\s*(<html[^<>]*>\s*<head>.*</head>\s*<body[^<>]*>.*</body>\s*</html>)\s*", re.I | re.S)
ODD = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#3[49]);)|[^ -~\t\n\r\f\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]")
TOKEN = re.compile(r'<(/?[a-zA-Z][^\s/>"]*)([^>"<]*(?:"[^"]*"[^>"<]*)*)>|([^<]+)|<')
ATTRIBUTE = re.compile(r'([^\s=/]+)(?:="([^"]*)"|=([^\s"]+))?')
VALUE = re.compile(r'"[^"]*"')
INK = re.compile(r"[^ \t\n\r\f]")
STRINGS = {"script": Script, "style": Stylesheet, "template": TemplateString}
VOID = HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS

_proved: set[str] = set()


def read(text: str, where: str) -> BeautifulSoup:
    """The soup of a page, or of a fragment as the page that takes it in. Raises AssertionError when it is not valid."""
    whole = (text if is_whole(text) else f"{AROUND[0]}{text}{AROUND[1]}").replace("\r\n", "\n")
    taken = steps(whole)
    if taken and taken <= _proved:
        return plainly(whole)
    soup = strictly(whole, where)
    if taken and list(told(soup)) == list(told(plainly(whole))):
        _proved.update(taken)
    return soup


def is_whole(text: str) -> bool:
    return text.lstrip().lower().startswith("<!doctype")


def steps(text: str) -> set[str]:
    """What the grammar sees of a page; nothing where anything is out of the ordinary, which is proved each time."""
    frame = FRAME.fullmatch(text)
    if frame is None or ODD.search(text) or text.count("<head>") + text.count("<body") > 2:
        return set()
    taken, inside = set(), [""]
    for name, attributes, words in TOKEN.findall(frame[1]):
        if words:
            taken.add(inside[-1] + ("x" if INK.search(words) else " "))
        elif name[:1] == "/":
            if not inside.pop().endswith(f"<{name[1:]}>"):
                return set()
        else:
            names = VALUE.sub('""', attributes) if attributes else ""
            if not name or "'" in names:
                return set()
            taken.add(f"{inside[-1]}<{name} {names}>")
            if name not in VOID and not attributes.endswith("/"):
                inside.append(f"{inside[-1]}<{name}>")
    return taken if inside == [""] else set()


def told(node: Tag) -> Iterator[Any]:
    """A tree one step after the other, spaces apart: two parsers agree when they tell the same."""
    for child in node.children:
        if isinstance(child, Tag):
            yield child.name, sorted(child.attrs.items())
            yield from told(child)
            yield None
        elif type(child) in {NavigableString, *STRINGS.values()} and not child.isspace():
            yield " ".join(child.split())


class Strict(HTML5TreeBuilder):
    """Makes the soup and proves that it is valid, of one reading."""

    def feed(self, markup: Any) -> None:
        self.parser = html5lib.HTMLParser(tree=self.create_treebuilder, strict=True)
        assert self.underlying_builder is not None
        self.underlying_builder.parser = self.parser
        self.parser.parse(markup)


def strictly(text: str, where: str) -> BeautifulSoup:
    reader = Strict()
    try:
        return BeautifulSoup(text, builder=reader)
    except html5lib.html5parser.ParseError as error:
        line = text.splitlines()[max(0, reader.parser.errors[-1][0][0] - 1)] if reader.parser.errors else ""
        raise AssertionError(f"{where} : HTML invalide, {error} — {line.strip()[:200]}") from error


class Plain(HTMLTreeBuilder):
    """Makes the soup of a page known to be valid: tags open and close as they are written."""

    def feed(self, markup: Any) -> None:
        soup, swallow = self.soup, False
        assert soup is not None
        for name, attributes, words in TOKEN.findall(markup):
            if words:
                if said := words.removeprefix("\n") if swallow else words:
                    soup.handle_data(unescape(said))
            elif name[0] == "/":
                soup.handle_endtag(name[1:])
            else:
                soup.handle_starttag(name, None, None, values(attributes) if attributes else {})
                if name in VOID or attributes.endswith("/"):
                    soup.handle_endtag(name)
            swallow = name in {"textarea", "pre"}


class Soup(BeautifulSoup):
    def string_container(self, base_class: type[NavigableString] | None = None) -> type[NavigableString]:
        """The same answer as its parent's, in a third of the time."""
        return base_class or STRINGS.get(self.currentTag.name if self.currentTag else "", NavigableString)


def plainly(text: str) -> BeautifulSoup:
    frame = FRAME.fullmatch(text)
    assert frame is not None
    return Soup(frame[1], builder=Plain())


def values(attributes: str) -> dict[str, str]:
    return {name: unescape(quoted or bare) for name, quoted, bare in ATTRIBUTE.findall(attributes)}
