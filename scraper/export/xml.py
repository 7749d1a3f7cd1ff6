"""XML as it is written, element by element: `Xml`. What no XML document can hold is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from xml.sax.saxutils import escape, quoteattr

# All but the characters of XML 1.0, section 2.2.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_ATTRIBUTES: Mapping[str, str] = {}


class Xml:
    """Elements, each on lines of its own. Names are the caller's to get right; texts may be anything."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str] = NO_ATTRIBUTES) -> Iterator[None]:
        """An element with what is written in the block."""
        self._write(f"<{_opened(name, attributes)}>\n")
        yield
        self._write(f"</{name}>\n")

    def text(self, name: str, text: str, attributes: Mapping[str, str] = NO_ATTRIBUTES) -> None:
        """An element with a text."""
        self._write(f"<{_opened(name, attributes)}>{escape(allowed(text))}</{name}>\n")

    def cdata(self, name: str, text: str, attributes: Mapping[str, str] = NO_ATTRIBUTES) -> None:
        """The same as a CDATA section, which a text cannot end."""
        inside = allowed(text).replace("]]>", "]]]]><![CDATA[>")
        self._write(f"<{_opened(name, attributes)}><![CDATA[{inside}]]></{name}>\n")


def allowed(text: str) -> str:
    r"""The text without the characters that XML forbids.

    >>> allowed("a\x00b\x1b[31m\ud800c\ufffe")
    'ab[31mc'
    """
    return _FORBIDDEN.sub("", text)


def _opened(name: str, attributes: Mapping[str, str]) -> str:
    return " ".join([name, *(f"{key}={quoteattr(allowed(value))}" for key, value in attributes.items())])
