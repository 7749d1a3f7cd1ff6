"""`unescape`: character references as their characters, however many digits a page gives one."""

from __future__ import annotations

import html
import re

# Python refuses to read a whole number of more than 4,300 digits; no character has one of so many.
_ENDLESS = re.compile(r"&#[0-9]{1000,};?")


def unescape(text: str) -> str:
    """The text with its character references resolved, as `html.unescape` does; this one never raises.

    >>> unescape("Bread &amp; salt&#8230;"), unescape("&#" + "9" * 5000 + ";")
    ('Bread & salt…', '\ufffd')
    """
    return html.unescape(_ENDLESS.sub("\ufffd", text) if "&#" in text else text)
