"""Write predictions for the thread scorer, score_comments.py: one `<id>.json` for each page of a folder of .html.gz.

usage: python benchmarks/comments.py FOLDER OUT [--without-platforms] [--without-names]

OUT is made; then: score_comments.py GOLD OUT --pages. The rules were written with these pages at hand: how they do on
engines that nobody wrote any for is shown by reading without those of all platforms, and on sites that give their
elements names of their own by reading with each word of all classes and ids, but for its number, as another.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
from pathlib import Path
from typing import Any
from unittest import mock

from scraper import Comment, Page, extract_page
from scraper.extract.platforms import all_platforms

NAMES = re.compile(rb"""(\s(?:class|id)\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.I)
WORD = re.compile(rb"([^\s]*?)(\d*)(?=\s|$)")


def as_prediction(page: Page) -> dict[str, Any]:
    return {"comments": [as_row(comment) for comment in page.comments], "bio": bio_of(page)}


def bio_of(page: Page) -> str | None:
    """The bios of those who sign the post, one a line; where none of them has one, the first that the page shows."""
    told = [person for person in page.people if person.bio_text]
    signers = {byline.name for byline in page.post.bylines} if page.post else set()
    signed = [person for person in told if person.name in signers]
    return "\n".join(person.bio_text or "" for person in signed or told[:1]) or None


def as_row(comment: Comment) -> dict[str, Any]:
    when = comment.published
    return {
        "author": comment.author,
        "date": when.iso if when else None,
        "date_raw": when.shown if when else None,
        "subject": comment.subject,
        "text": comment.text,
        "parent": comment.parent,
        "kind": comment.kind,
    }


def without_names(html: bytes) -> bytes:
    """The page with words that say nothing for its classes and ids, the same for the same; numbers at the end stay."""

    def renamed(word: re.Match[bytes]) -> bytes:
        if not word[0]:
            return b""
        number = b"-" + word[2] if word[2] else b""
        return b"x" + hashlib.md5(word[1], usedforsecurity=False).hexdigest()[:6].encode() + number

    def changed(names: re.Match[bytes]) -> bytes:
        return names[1] + b'"' + WORD.sub(renamed, names[2] or names[3] or b"") + b'"'

    return NAMES.sub(changed, html)


def main(source: Path, target: Path, *, with_names: bool) -> None:
    target.mkdir(parents=True, exist_ok=True)
    spent, count = 0.0, 0
    for file in sorted((source / "pages").glob("*.html.gz")):
        name = file.name.removesuffix(".html.gz")
        url = json.loads((source / "gold" / f"{name}.json").read_text(encoding="utf-8")).get("url")
        data = gzip.decompress(file.read_bytes())
        data = data if with_names else without_names(data)
        start = time.process_time()
        page = extract_page(data, url)
        spent, count = spent + time.process_time() - start, count + 1
        text = json.dumps(as_prediction(page), ensure_ascii=False)
        (target / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"{count} pages, CPU {1000 * spent / max(count, 1):.1f} ms a page", file=sys.stderr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--without-platforms", action="store_true")
    parser.add_argument("--without-names", action="store_true")
    given = parser.parse_args()
    platforms = () if given.without_platforms else all_platforms()
    with mock.patch("scraper.extract.kinds.all_platforms", lambda: platforms):
        main(given.source, given.target, with_names=not given.without_names)
