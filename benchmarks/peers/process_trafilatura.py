"""`process` with trafilatura in the place of our extractor, for process_speed.py.

usage: python process_trafilatura.py SITE_PACKAGES OUT INPUT...    SITE_PACKAGES has trafilatura
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scraper.model import Byline, Comment, Page, Post
from scraper.run import captured
from scraper.run.processing import shard
from scraper.run.processing.process import ProcessOptions, process
from scraper.run.reading import Source
from scraper.settings import Settings


def read(source: Source, recipes: Sequence[Any] = ()) -> Page:
    """The page as trafilatura has it: text, title, author, comments as one text."""
    import trafilatura

    found = trafilatura.bare_extraction(source.payload, url=source.url, with_metadata=True, include_comments=True)
    post: Post | None = None
    comments: tuple[Comment, ...] = ()
    if found is not None:
        bylines = tuple(Byline(name, None, "author") for name in (found.author or "").split("; ") if name)
        text = found.text or ""
        tags, categories = tuple(found.tags or ()), tuple(found.categories or ())
        post = Post(found.title, None, bylines, html=f"<p>{text}</p>", text=text, tags=tags, categories=categories)
        comments = tuple(_comment(number, text) for number, text in enumerate((found.comments or "").splitlines()))
    return Page(
        url=source.url, canonical_url=None, post_url=source.url, comment_page=None, comment_pages=(),
        kind="post" if post else "other", post=post, people=(), comments=comments, comments_complete=None,
        comments_elsewhere=None, site_name=found.sitename if found else None, platform=None, encoding=None,
        encoding_source=None, contexts=(), removals=(), claims=(), notices=(), source="html",
        extractor_version="trafilatura",
    )  # fmt: skip


def _comment(number: int, text: str) -> Comment:
    return Comment(
        id=None, permalink=None, parent=None, parent_ref=None, position=number, depth=0, author=None, author_url=None,
        avatar_url=None, by_post_author=False, subject=None, published=None, html=f"<p>{text}</p>", text=text,
        kind="comment", state="visible", votes=None,
    )  # fmt: skip


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    vars(captured)["read_source"] = read
    vars(shard)["learn_from_inputs"] = lambda *arguments: 0
    done = process([Path(each) for each in sys.argv[3:]], Path(sys.argv[2]), ProcessOptions("serial"), Settings())
    sys.stdout.write(json.dumps(done.counts))
