"""From a page's bytes to its text, in one documented order; the only place where bytes become characters.

1. a byte order mark; 2. the `charset` of the Content-Type header; 3. a `<meta>` found by the prescan of the WHATWG HTML
standard; 4. strict UTF-8; 5. a detector, over the parts that are not ASCII; 6. windows-1252. Facts outrank a label:
bytes above 127 that are valid UTF-8 are UTF-8 (99% of real pages, many of them under an old server's Latin-1 label);
those that are nearly all valid UTF-8 are UTF-8 with a few strangers (a quoted title, a cut character); a page without
NULs is not UTF-16; and a text in which the letters above 127 stand side by side is not in a Latin alphabet.
Names are those of the WHATWG Encoding standard in lower case, so 'iso-8859-1' reads as 'windows-1252'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from scraper.parse.detect import HIGH, LATIN, WIDER, cannot_be, detect_encoding
from scraper.parse.encodings import encoding_name, read_as
from scraper.parse.mojibake import repair_mojibake
from scraper.parse.prescan import declared_label

EncodingSource = Literal["bom", "header", "meta", "utf-8", "detected", "default"]

FALLBACK = "windows-1252"

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))
WIDE = ("utf-16le", "utf-16be")
ISO_2022_JP = b"\x1b$B"  # how a line in Japanese begins there

CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s;\"',]+)", re.IGNORECASE)
STRANGERS = re.compile("[\udc80-\udcff]+")  # bytes that 'surrogateescape' carried through


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text without byte order mark, NULs and lone surrogates, and how its encoding became known."""

    text: str
    encoding: str | None  # None, as the source, for what came as characters
    source: EncodingSource | None
    notices: tuple[str, ...] = ()


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """The page as text. `content_type` is the header's value. Never raises: what cannot be read becomes U+FFFD."""
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            data = data[len(mark) :]
            if name == "utf-8":
                return _narrow(data, name, "bom")
            if b"\0" in data or not _is_utf8(data):  # in UTF-16, spaces and line breaks have NULs at the least
                return _read(data, name, "bom")
    label, source = _declared(data, content_type)
    if label in WIDE or (label is None and b"\0" in data[:64]):
        wide = _wide(data)
        if wide:
            return _read(data, wide, source if label else "detected")
        if label and b"\0" not in data:
            label, source = _declared(data, None)
    return _narrow(data, label, source)


def _narrow(data: bytes, label: str | None, source: EncodingSource) -> Decoded:
    """The text of bytes that are not UTF-16, whatever the label says."""
    if data.isascii():
        if ISO_2022_JP in data and label != "iso-2022-jp":
            return _read(data, "iso-2022-jp", "detected")
        return _read(data, label or "utf-8", source)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, label, source)
    notices: tuple[str, ...] = ()
    if label not in (None, "utf-8"):
        notices += (f"encoding: labelled {label}, but the bytes are UTF-8",)
    source = source if label == "utf-8" else "utf-8"
    text, places = repair_mojibake(text, data)
    if places:
        notices += (f"encoding: {places} places were made by reading bytes as Latin-1",)
    if b"\0" not in data:  # much quicker than a look at the characters
        return Decoded(text, "utf-8", source, notices)
    return _clean(text, "utf-8", source, notices)


def declared_encoding(data: bytes, content_type: str | None = None) -> str | None:
    """What the page says of itself by mark, header or `<meta>`, as a browser reads it; None where it says nothing."""
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name
    return _declared(data, content_type)[0]


def _declared(data: bytes, content_type: str | None) -> tuple[str | None, EncodingSource]:
    found = CHARSET.search(content_type or "")
    name = encoding_name(found[1]) if found else None
    if name:
        return name, "header"
    for label in declared_label(data):
        name = encoding_name(label)
        if name:  # the standard: a page that could say so in ASCII is not UTF-16
            return ("utf-8" if name.startswith("utf-16") else name), "meta"
    return None, "utf-8"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows in its NULs, every second byte of western markup."""
    sample = data[:1024]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample):
        return None
    return "utf-16le" if odd > even else "utf-16be"


def _legacy(data: bytes, label: str | None, source: EncodingSource) -> Decoded:
    """Bytes that are not strict UTF-8: nearly UTF-8, what the label says, or what the detector finds."""
    valid = data.decode("utf-8", "ignore")
    strange = len(data) - len(valid.encode())
    known = len(valid) - len(data.translate(None, HIGH))
    # A Latin-1 page holds next to no valid sequences, a GBK page a tenth, a EUC-JP page half; a broken UTF-8 page has
    # more good than bad.
    clear = known > strange * 4 and (known >= 5 or not label)
    if clear or (label == "utf-8" and known * 4 >= strange and detect_encoding(data) not in WIDER):
        text = STRANGERS.sub(_stranger, data.decode("utf-8", "surrogateescape"))
        notice = f"encoding: {strange} bytes are not UTF-8"
        return _clean(text, "utf-8", source if label == "utf-8" else "utf-8", (notice,))
    if label and label != "utf-8" and not cannot_be(data, label):
        read = _read(data, label, source)
        if read.text.count("\ufffd") * 20 <= strange:
            return read
    found = detect_encoding(data)
    if label in LATIN and (found is None or found in LATIN):
        return _read(data, label, source)
    notices = (f"encoding: labelled {label}, which the bytes are not",) if label else ()
    return _read(data, found or FALLBACK, "detected" if found else "default", notices)


def _stranger(run: re.Match[str]) -> str:
    """One odd byte is a character of windows-1252 (a quoted title); several are a cut character."""
    if len(run[0]) > 1:
        return "\ufffd"
    return bytes([ord(run[0]) - 0xDC00]).decode("cp1252", "replace")


def _read(data: bytes, name: str, source: EncodingSource, notices: tuple[str, ...] = ()) -> Decoded:
    text = read_as(data, name)
    unreadable = text.count("\ufffd")
    if unreadable and not data.isascii():
        notices += (f"encoding: {unreadable} places are not {name}",)
    return _clean(text, name, source, notices)


def _clean(text: str, name: str, source: EncodingSource, notices: tuple[str, ...]) -> Decoded:
    if "\0" in text:
        notices += (f"removed: {text.count(chr(0))} NUL characters",)
        text = text.replace("\0", "")
    return Decoded(text, name, source, notices)
