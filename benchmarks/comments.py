"""Write predictions for the thread scorer, score_comments.py: one `<id>.json` for each page of a folder of .html.gz.

usage: python benchmarks/comments.py FOLDER OUT      (OUT is made; then: score_comments.py GOLD OUT --pages)
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path
from typing import Any

from scraper import Comment, Page, extract_page


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


def main(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    spent, count = 0.0, 0
    for file in sorted((source / "pages").glob("*.html.gz")):
        name = file.name.removesuffix(".html.gz")
        url = json.loads((source / "gold" / f"{name}.json").read_text(encoding="utf-8")).get("url")
        data = gzip.decompress(file.read_bytes())
        start = time.process_time()
        page = extract_page(data, url)
        spent, count = spent + time.process_time() - start, count + 1
        text = json.dumps(as_prediction(page), ensure_ascii=False)
        (target / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"{count} pages, CPU {1000 * spent / max(count, 1):.1f} ms a page", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit((__doc__ or "").strip())
    main(Path(sys.argv[1]), Path(sys.argv[2]))
