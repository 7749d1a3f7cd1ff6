r"""Text from the web as other programs can take it: `plain`, several lines, and `plain_line`, one of them."""

from __future__ import annotations

import re

from scraper.text.prose import fold

# Control characters but tab and line feed, halves and holes of Unicode (no XML takes them), and the marks that turn the
# direction of what follows, which could make a name or a link look like another one.
_LEFT_OUT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def plain(text: str | None) -> str:
    r"""The text without characters that steer a terminal, turn its direction or end it.

    >>> plain("a\x1b[31m\0b\nc")
    'a[31mb\nc'
    """
    return _LEFT_OUT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")) if text else ""


def plain_line(text: str | None) -> str:
    """The same, white space folded."""
    return fold(plain(text))
