"""Which encoding the bytes of a page look like, where no label says so or the label cannot be right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from scraper.parse.encodings import encoding_name

SAMPLE_BYTES = 16 * 1024  # as much as the detector is shown
CHUNK_BYTES = 512  # of them have a vote each, and there are at least so many votes:
FEWEST_CHUNKS = 16
SURE = 0.1  # confidence; next to none is what one broken character leaves of a page in Chinese or Japanese
HEAD_BYTES = 4096  # in which a page has stated its language

# None of these bytes is part of a character in any of the encodings, so that none is cut in two here.
APART = bytes.maketrans(b'<>\r";=', b"\n" * 6)
LANGUAGE = re.compile(rb"<html\b[^>]*?\slang\s*=\s*[\"']?([a-zA-Z]{2})")
# Languages whose letters windows-1252 has not, and how they were written.
HOME = {
    **dict.fromkeys("bs cs hr hu pl ro sk sl sq".split(), ("windows-1250", "iso-8859-2")),
    **dict.fromkeys("et lt lv".split(), ("windows-1257", "iso-8859-13")),
    **dict.fromkeys("az tr".split(), ("windows-1254",)),
    "vi": ("windows-1258",),
}
NEAR = 0.5  # of the best one's confidence, and the language decides

LATIN = frozenset({"windows-1252", "windows-1250", "windows-1254", "windows-1257", "macintosh"}) | {
    f"iso-8859-{number}" for number in (2, 3, 4, 10, 13, 14, 15, 16)
}
WIDER = frozenset("euc-jp shift_jis gbk gb18030 big5 euc-kr".split())  # two bytes a letter: not all pairs are one
HIGH = bytes(range(0x80, 0x100))
ONLY_HIGH = bytes(32 if code < 0x80 or code == 0xA0 else code for code in range(256))  # no-break spaces come in rows
FEW = 100  # where only one byte of so many is above ASCII, there are too few to judge by
MOST_ACCENTS = 2  # different ones that Latin letters in a row have; lines are drawn with one sign


def detect_encoding(data: bytes) -> str | None:
    """The encoding that the parts above ASCII look like; None where nothing can be said.

    A character that is cut in two rules out the encoding of the whole, so then each part has a vote of its own.
    """
    pieces = [piece for piece in data.translate(APART).split(b"\n") if not piece.isascii()]
    if not pieces:
        return None
    sample = next(_chunks(pieces, SAMPLE_BYTES))
    return _best(sample, _language(data)) or _voted(pieces, min(CHUNK_BYTES, len(sample) // FEWEST_CHUNKS))


def cannot_be(data: bytes, label: str) -> bool:
    """Whether the bytes are no text in Latin letters, though the label says so: their accents would touch.

    The labels meant are those that any bytes fulfil, and that servers put on every page.
    """
    high = len(data) - len(data.translate(None, HIGH))
    if label not in LATIN or high * FEW < len(data):
        return False
    runs = set(data.translate(ONLY_HIGH).split())
    return 2 * sum(len(set(run)) > MOST_ACCENTS for run in runs) > len(runs)


def _best(sample: bytes, language: str) -> str | None:
    from turbohtml.detect import detect_all  # only bytes that no rule explains pay for the import

    found = [(name, each.confidence) for each in detect_all(sample) if (name := encoding_name(each.encoding))]
    if not found or found[0][1] < SURE:
        return None
    best, confidence = found[0]
    if best == "windows-1252":
        near = (name for name, each in found if name in HOME.get(language, ()) and each > NEAR * confidence)
        return next(near, best)
    return best


def _voted(pieces: list[bytes], size: int) -> str | None:
    from turbohtml.detect import detect

    votes: Counter[str] = Counter()
    shown = 0
    for chunk in _chunks(pieces, size):
        match = detect(chunk)
        name = encoding_name(match.encoding)
        if name and match.confidence > 0:
            votes[name] += round(match.confidence * len(chunk) * 1000)
        shown += len(chunk)
        if shown > SAMPLE_BYTES:
            break
    return votes.most_common(1)[0][0] if votes else None


def _chunks(pieces: list[bytes], size: int) -> Iterator[bytes]:
    """The pieces joined to chunks of at least that size, or what there is."""
    chunk: list[bytes] = []
    length = 0
    for piece in pieces:
        chunk.append(piece)
        length += len(piece) + 1
        if length >= size:
            yield b"\n".join(chunk)
            chunk, length = [], 0
    if chunk:
        yield b"\n".join(chunk)


def _language(data: bytes) -> str:
    found = LANGUAGE.search(data[:HEAD_BYTES])
    return found[1].decode("ascii").lower() if found else ""
