"""Encodings: the labels of a browser's test cases, and real pages put back into the old encodings of their languages.

usage: python benchmarks/decoding.py SHARED [--cap N] [--misses]

SHARED holds conformance/html_encoding.json and corpora/*/pages/*.html.gz. A page counts for an encoding if it is of a
language that was written in it, and the encoding has nearly all of its letters; what it lacks becomes a character
reference, as it was done then. All labels are taken out. Right is a page whose text comes back as it was. Two columns
more are ours under a header that says UTF-8, and with one byte lost in the middle (right is then the encoding).
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scraper.parse.decode import declared_encoding, decode
from scraper.parse.encodings import read_as

# encoding: (script of its letters, languages as pages state them, or none where the script alone tells)
ENCODINGS = {
    "windows-1252": ("LATIN", "de fr es pt it nl da sv no nb fi is"),
    "windows-1250": ("LATIN", "pl cs hu sk sl hr sh"),
    "iso-8859-2": ("LATIN", "pl cs hu sk sl hr sh"),
    "windows-1251": ("CYRILLIC", ""),
    "koi8-r": ("CYRILLIC", ""),
    "shift_jis": ("KANA", ""),
    "euc-jp": ("KANA", ""),
    "gbk": ("HAN", ""),
    "big5": ("HAN", ""),
    "euc-kr": ("HANGUL", ""),
    "windows-1256": ("ARABIC", ""),
    "windows-1253": ("GREEK", ""),
    "windows-1254": ("LATIN", "tr"),
    "windows-1255": ("HEBREW", ""),
    "windows-1257": ("LATIN", "lt lv et"),
}
CODECS = {"shift_jis": "cp932", "big5": "cp950", "euc-kr": "cp949"}  # as browsers read these names
ENOUGH = 30  # letters that are not ASCII
HELD = 0.95  # of them, those that the encoding must have
LANGUAGE = re.compile(r"<html[^>]*?\blang\s*=\s*[\"']?([a-zA-Z]{2})")
LABEL = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?[\w-]+[\"']?", re.IGNORECASE)
Decoder = Callable[[bytes], str]


@dataclass(slots=True)
class Score:
    pages: int = 0
    right: int = 0
    seconds: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cap", type=int, default=40, help="pages an encoding")
    parser.add_argument("--misses", action="store_true", help="name the pages that went wrong")
    options = parser.parse_args()
    print_declared(options.shared / "conformance" / "html_encoding.json")
    pages = list(read_pages(options.shared / "corpora"))
    print_detected(pages, options.cap, options.misses)


def print_declared(path: Path) -> None:
    cases = json.loads(path.read_text(encoding="utf-8"))
    found = [declared_encoding(base64.b64decode(case["bytes_base64"])) or "windows-1252" for case in cases]
    right = sum(name == case["encoding"].lower() for name, case in zip(found, cases, strict=True))
    print(f"declared encoding: {right} of {len(cases)}\n")


def print_detected(pages: list[tuple[str, str]], cap: int, misses: bool) -> None:
    decoders = dict(decoders_here())
    totals = {name: Score() for name in decoders}
    print(f"| encoding | pages | {' | '.join(decoders)} |\n| --- | ---: |{' ---: |' * len(decoders)}")
    for encoding, (script, languages) in ENCODINGS.items():
        codec = CODECS.get(encoding, encoding)
        chosen = [page for page in pages if is_of(page[1], codec, script, languages)][:cap]
        scores = {name: Score() for name in decoders}
        for ident, text in chosen:
            data = LABEL.sub("", text).encode(codec, "xmlcharrefreplace")
            for name, decoder in decoders.items():
                if not measure(decoder, data, codec, scores[name], totals[name]) and misses and name == "ours":
                    print(f"  {encoding}: {ident}: {decode(data).encoding}")
        print(f"| {encoding} | {len(chosen)} | {' | '.join(str(score.right) for score in scores.values())} |")
    shares = (f"{score.right / score.pages:.3f}" for score in totals.values())
    print(f"| all | {totals['ours'].pages} | {' | '.join(shares)} |")
    times = (f"{score.seconds * 1000 / score.pages:.1f}" for score in totals.values())
    print(f"| ms a page | | {' | '.join(times)} |")


def measure(decoder: Decoder, data: bytes, codec: str, *scores: Score) -> bool:
    start = time.process_time()
    right = decoder(data) == data.decode(codec)
    for score in scores:
        score.pages += 1
        score.right += right
        score.seconds += time.process_time() - start
    return right


def read_pages(corpora: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(corpora.glob("*/pages/*.html.gz")):
        text = decode(gzip.decompress(path.read_bytes())).text
        if not text.isascii():
            yield f"{path.parent.parent.name}/{path.name}", text


def is_of(text: str, codec: str, script: str, languages: str) -> bool:
    """Whether the page is of a language of that encoding, and has enough letters that the encoding holds."""
    found = LANGUAGE.search(text)
    if languages and (found is None or found[1].lower() not in languages.split()):
        return False
    letters = [char for char in text if char > "\x7f" and char.isalpha()]
    if len(letters) < ENOUGH or script_of(letters) != script:
        return False
    held = sum(bool(char.encode(codec, "ignore")) for char in letters)
    return held >= max(ENOUGH, HELD * len(letters))


def script_of(letters: list[str]) -> str:
    names = Counter(unicodedata.name(char, "?").split()[0] for char in letters)
    kana = names["HIRAGANA"] + names["KATAKANA"]
    if kana and kana * 10 > names["CJK"]:
        return "KANA"
    return {"CJK": "HAN"}.get(name := names.most_common(1)[0][0], name)


def decode_damaged(data: bytes) -> str:
    """The whole page, read as what it looks like when the middle one of its bytes above ASCII is missing."""
    high = [place for place, byte in enumerate(data) if byte > 127]
    middle = high[len(high) // 2]
    name = decode(data[:middle] + data[middle + 1 :]).encoding
    return read_as(data, name) if name else ""


def decoders_here() -> Iterator[tuple[str, Decoder]]:
    """Ours, and of the peers those that are installed."""
    yield "ours", lambda data: decode(data).text
    yield "ours, labelled utf-8", lambda data: decode(data, "text/html; charset=utf-8").text
    yield "ours, one byte lost", decode_damaged
    try:
        from bs4 import UnicodeDammit

        yield "UnicodeDammit", lambda data: UnicodeDammit(data, is_html=True).unicode_markup or ""
    except ImportError:
        pass
    try:
        from charset_normalizer import from_bytes

        yield "charset-normalizer", lambda data: str(from_bytes(data).best() or "")
    except ImportError:
        pass


if __name__ == "__main__":
    main()
