"""XML without entities: each '&' goes past the parser as a character that no document needs.

libxml2 goes on after damage, but from then on leaves out every entity, '&amp;' and '&lt;' among them: one raw '&' in a
title takes the mark-up from all that follows. What never was an entity to it is not left out, and cannot expand.
"""

from __future__ import annotations

import re

from scraper.text.entities import unescape

STAND_IN = "\x7f"
_BYTE = STAND_IN.encode()
_CDATA = b"<![CDATA["
_STRAY = re.compile(rb"<(?!/?[A-Za-z_]|\?[A-Za-z]|!--|!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION))")
_ESCAPE = re.compile(rf"{STAND_IN}(amp|lt|gt|quot|apos|#\d{{1,7}}|#[xX][0-9A-Fa-f]{{1,6}});")


def hide_ampersands(document: bytes, *, strays: bool = False) -> bytes:
    r"""The document for the parser; in CDATA, where an ampersand is one, all stays.

    :param strays: whether each '<' goes past it too that begins nothing, and would end the parser's work.

    >>> hide_ampersands(b"<a>R&amp;D<![CDATA[&]]></a>")
    b'<a>R\x7famp;D<![CDATA[&]]></a>'
    """
    first, *others = document.replace(_BYTE, b" ").split(_CDATA)
    kept = [_hidden(first, strays)]
    for each in others:
        inside, end, after = each.partition(b"]]>")
        kept.append(inside + end + _hidden(after, strays))
    return _CDATA.join(kept)


def _hidden(markup: bytes, strays: bool) -> bytes:
    hidden = markup.replace(b"&", _BYTE)
    return _STRAY.sub(_BYTE + b"lt;", hidden) if strays else hidden


def show_ampersands(text: str) -> str:
    r"""A text or an attribute of that document, as XML means it; what is no escape of XML's own stays as written.

    >>> show_ampersands("R\x7famp;D \x7fnbsp; ?a=1\x7fb=2")
    'R&D &nbsp; ?a=1&b=2'
    """
    if STAND_IN not in text:
        return text
    return _ESCAPE.sub(lambda found: unescape(f"&{found[1]};"), text).replace(STAND_IN, "&")
