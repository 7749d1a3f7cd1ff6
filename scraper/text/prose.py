"""Plain text made comparable and printable: `fold`, `loose_key`, `excerpt`, `printable`, `one_line`, `counted`."""

from __future__ import annotations

import re
import unicodedata

# Marks that a reader does not see and that break a comparison: soft hyphen, zero-width space, word joiner, byte order
# mark. The joiners U+200C and U+200D stay: Persian and Indic words and emoji are spelled with them.
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_SIGNS = re.compile(r"[\W_]+")
_ELLIPSIS = "…"
AMPLE = 4  # times an excerpt's length: so much text nearly always holds it, white space and all
_LINE_BREAKS = frozenset("\n\t")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # Cf holds the bidirectional overrides
_JOINERS = frozenset("\u200c\u200d")


def fold(text: str) -> str:
    r"""The text with every run of white space as one space, stripped, soft hyphens and zero-width marks dropped.

    >>> fold("  Ger\u00adman \n\t\u00a0blogs\u200b ")
    'German blogs'
    """
    return " ".join((text if text.isascii() else without_unseen(text)).split())


def loose_key(text: str) -> str:
    """The words of a text as a reader compares them: without case, accents and signs.

    >>> loose_key("  José-Luis, jr. ")
    'jose luis jr'
    """
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", fold(text))
        text = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(_SIGNS.split(text.casefold())).strip()


def without_unseen(text: str) -> str:
    """The text without soft hyphens and zero-width marks."""
    if not text.isascii():
        for mark in _UNSEEN:  # hardly a text has one: looking for them takes a tenth of a regular expression's time
            if mark in text:
                text = text.replace(mark, "")
    return text


def whole_characters(text: str) -> str:
    r"""The text with U+FFFD for halves of characters (lone surrogates), which no file and no database takes.

    NULs go: to a database they end a text.

    >>> whole_characters("a\ud83d b\0") == "a\ufffd b"
    True
    """
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def excerpt(text: str, limit: int = 80) -> str:
    """The folded text, cut at a word to at most `limit` characters, with '…' where something was cut off.

    >>> excerpt("The quick brown fox jumps", 16)
    'The quick brown…'
    """
    folded = fold(text[: limit * AMPLE])
    if len(folded) <= limit < len(text) / AMPLE:
        folded = fold(text)
    if len(folded) <= limit:
        return folded
    if limit < 1:
        return ""
    head = folded[: limit - 1]
    space = head.rfind(" ")
    if folded[limit - 1] != " " and space > limit // 2:  # a word much longer than the rest is cut where it falls
        head = head[:space]
    return head.rstrip() + _ELLIPSIS


def printable(text: str) -> str:
    r"""The text with control characters made visible, so that a page cannot steer the terminal it is shown on.

    Line feeds and tabs stay. A lone surrogate, which no terminal can encode, is shown too.

    >>> printable("red \x1b[31m")
    'red \\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def one_line(text: str) -> str:
    r"""As `printable`, with line feeds and tabs made visible too: names of files may hold any of them.

    >>> one_line("failed: a\nb.html")
    'failed: a\\x0ab.html'
    """
    return printable(text).replace("\n", "\\x0a").replace("\t", "\\x09")


def _shown(character: str) -> str:
    if character in _LINE_BREAKS or character in _JOINERS:
        return character
    if unicodedata.category(character) not in _HIDDEN_CATEGORIES:
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def counted(number: int, one: str, more: str = "") -> str:
    """A number of things in words; `more` is what several are called, where that is not only an 's' more.

    >>> counted(1, "post"), counted(2_500, "post"), counted(0, "person", "people")
    ('1 post', '2,500 posts', '0 people')
    """
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
