"""The encodings that pages are written in, by their names in the WHATWG Encoding standard, and how each is read."""

from __future__ import annotations

import codecs
import re

# WHATWG name: (Python's codec that decodes it, Python's other canonical names that mean it)
ENCODINGS: dict[str, tuple[str, str]] = {
    "utf-8": ("utf-8", "utf-8-sig"),
    "utf-16le": ("utf-16-le", "utf-16"),
    "utf-16be": ("utf-16-be", ""),
    "windows-1252": ("cp1252", "iso8859-1 ascii"),
    "windows-1250": ("cp1250", ""),
    "windows-1251": ("cp1251", ""),
    "windows-1253": ("cp1253", ""),
    "windows-1254": ("cp1254", "iso8859-9"),
    "windows-1255": ("cp1255", ""),
    "windows-1256": ("cp1256", ""),
    "windows-1257": ("cp1257", ""),
    "windows-1258": ("cp1258", ""),
    "windows-874": ("cp874", "iso8859-11 tis-620"),
    "iso-8859-2": ("iso8859-2", ""),
    "iso-8859-3": ("iso8859-3", ""),
    "iso-8859-4": ("iso8859-4", ""),
    "iso-8859-5": ("iso8859-5", ""),
    "iso-8859-6": ("iso8859-6", ""),
    "iso-8859-7": ("iso8859-7", ""),
    "iso-8859-8": ("iso8859-8", ""),
    "iso-8859-10": ("iso8859-10", ""),
    "iso-8859-13": ("iso8859-13", ""),
    "iso-8859-14": ("iso8859-14", ""),
    "iso-8859-15": ("iso8859-15", ""),
    "iso-8859-16": ("iso8859-16", ""),
    "ibm866": ("cp866", ""),
    "koi8-r": ("koi8-r", ""),
    "koi8-u": ("koi8-u", ""),
    "macintosh": ("mac-roman", ""),
    "x-mac-cyrillic": ("mac-cyrillic", ""),
    "gbk": ("gb18030", "gb2312"),
    "gb18030": ("gb18030", ""),
    "big5": ("big5hkscs", "big5 cp950"),
    "euc-jp": ("euc_jp", "euc_jis_2004 euc_jisx0213"),
    "iso-2022-jp": ("iso2022_jp", "iso2022_jp_1 iso2022_jp_2 iso2022_jp_ext"),
    "shift_jis": ("cp932", "shift_jis shift_jis_2004 shift_jisx0213"),
    "euc-kr": ("cp949", "euc_kr johab"),
}

# Labels of the standard that Python has no name for, and those that mean another encoding than Python thinks.
LABELS = {
    "dos-874": "windows-874",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-8-i": "iso-8859-8",
    "logical": "iso-8859-8",
    "visual": "iso-8859-8",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "x-mac-roman": "macintosh",
    "x-mac-ukrainian": "x-mac-cyrillic",
    "x-cp1250": "windows-1250",
    "x-cp1251": "windows-1251",
    "x-cp1252": "windows-1252",
    "x-gbk": "gbk",
    "x-euc-jp": "euc-jp",
    "x-sjis": "shift_jis",
    "x-x-big5": "big5",
    "cn-big5": "big5",
    "big5-hkscs": "big5",
    "windows-949": "euc-kr",
    "windows-31j": "shift_jis",
    "x-user-defined": "windows-1252",  # as the standard has it for pages
    "unicode11utf8": "utf-8",
    "unicode20utf8": "utf-8",
    "x-unicode20utf8": "utf-8",
}

LABEL = re.compile(r"[a-z0-9][a-z0-9_.:+-]{1,39}")

# Where Python's Big5 with the Hong Kong characters has another sign than browsers show.
BIG5_SIGNS = dict(zip("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡", strict=True))
# Signs that the Windows code pages have in common, where ISO 8859 has control characters that nobody ever wrote.
WINDOWS_SIGNS = b"\x82\x84\x85\x86\x87\x89\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b"
OTHERS = bytes(set(range(256)) - set(WINDOWS_SIGNS))
NOT_EUC = re.compile("[\udca1-\udcfe]{2}")


def encoding_name(label: str | None) -> str | None:
    """The WHATWG name, in lower case, of the encoding that a label means; None for labels that mean none.

    >>> encoding_name("ISO-8859-1"), encoding_name(" gb2312 "), encoding_name("utf-7")
    ('windows-1252', 'gbk', None)
    """
    folded = (label or "").strip().lower()
    if folded in ENCODINGS:
        return folded
    if folded in LABELS:
        return LABELS[folded]
    if not LABEL.fullmatch(folded):
        return None
    try:
        canonical = codecs.lookup(folded).name
    except (LookupError, ValueError):
        return None
    for name, (codec, others) in ENCODINGS.items():
        if canonical == codec or canonical in others.split():
            return name
    return None


def read_as(data: bytes, name: str) -> str:
    """The bytes as text of that encoding, as browsers read it; U+FFFD where they are not of it."""
    codec = ENCODINGS[name][0]
    if name == "euc-jp":
        return _euc_jp(data, codec)
    text = data.decode(codec, "replace")
    if name == "big5":
        for ours, shown in BIG5_SIGNS.items():
            text = text.replace(ours, shown)
    elif name.startswith("iso-8859-"):
        for code in set(data.translate(None, OTHERS)):
            text = text.replace(chr(code), bytes([code]).decode("cp1252"))
    return text


def _euc_jp(data: bytes, codec: str) -> str:
    """Python's codec lacks the circled numbers and other signs of NEC and IBM, which cp932 has in the same places."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        text = NOT_EUC.sub(_euc_jp_sign, data.decode(codec, "surrogateescape"))
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _euc_jp_sign(pair: re.Match[str]) -> str:
    row, cell = (ord(char) - 0xDC80 for char in pair[0])
    lead = (row - 0x21 >> 1) + (0x81 if row < 0x5F else 0xC1)
    trail = cell + (0x7E if row % 2 == 0 else 0x1F if cell < 0x60 else 0x20)
    return bytes([lead, trail]).decode("cp932", "replace")
