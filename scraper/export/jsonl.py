"""`write_jsonl`: an archive as JSON lines, one post with its thread a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from scraper.export.formats import Write
from scraper.export.selection import Selection
from scraper.store.planning.times import Time
from scraper.store.reader import ArchivedPost, ThreadComment

# Line breaks to some readers of lines, and what steers a terminal: valid in JSON as they stand, escaped all the same.
_ESCAPED = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NUMBER = re.compile(r"[0-9]{1,30}")  # as the ids of any platform are; a page may state longer ones


def write_jsonl(selection: Selection, write: Write) -> int:
    """The number of posts written, oldest first; `write` gets one line at a time, all of one state of the archive."""
    return export_jsonl(selection.posts(), write)


def export_jsonl(posts: Iterable[ArchivedPost], write: Write) -> int:
    """The same of any posts. Comments stand in the order of their times, whichever order the page shows."""
    number = 0
    for number, post in enumerate(posts, 1):  # noqa: B007
        ordered = replace(post, comments=in_order_of_time(post.comments))
        write(json_line(post_record(ordered)))
    return number


def json_line(value: Any) -> str:
    """The value as one line of JSON, which can neither steer a terminal nor break for readers of lines."""
    line = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line) + "\n"


def in_order_of_time(comments: Sequence[ThreadComment]) -> tuple[ThreadComment, ...]:
    """The comments from the earliest to the latest; those whose time is open below come last.

    Where all have running numbers for ids and no time speaks against their order, it is that: bounds of relative
    times depend on when each page was fetched. Else what has the same time stands in order of its id, or as shown.
    """
    ids = [comment.platform_id or "" for comment in comments]
    if not all(_NUMBER.fullmatch(each) for each in ids):
        return tuple(sorted(comments, key=_begin))
    numbered = sorted(comments, key=lambda comment: (_begin(comment)[0], int(comment.platform_id or 0)))
    return tuple(numbered if _fits(numbered) else sorted(numbered, key=_begin))  # stable: numbers decide between equals


def _begin(comment: ThreadComment) -> tuple[bool, str]:
    return (comment.published.earliest is None, comment.published.earliest or "")


def _fits(comments: Sequence[ThreadComment]) -> bool:
    """Whether the comments can have been written in this order."""
    reached = ""
    for comment in comments:
        if comment.published.latest is not None and comment.published.latest <= reached:
            return False
        reached = max(reached, comment.published.earliest or "")
    return True


def post_record(post: ArchivedPost) -> dict[str, Any]:
    """The post as a JSON object: its people, tags and comments in it. Bio and author are those of the first byline."""
    first = post.signers[0] if post.signers else None
    return {
        "url": post.url,
        "kind": post.kind,
        "title": post.title,
        "author": first.name if first else None,
        "authors": [signer.name for signer in post.signers],
        "published": post.published.iso,
        "modified": post.modified.iso,
        "categories": list(post.categories),
        "tags": list(post.tags),
        "body": post.text,
        "bio": first.bio_text if first else None,
        "declared_comment_count": post.declared_comment_count,
        "comments": [_comment_record(comment) for comment in post.comments],
        "captured_at": post.captured_at,
        "withheld": post.withheld,
    }


def _comment_record(comment: ThreadComment) -> dict[str, Any]:
    return {
        "id": comment.id,
        "platform_id": comment.platform_id,
        "author": comment.author,
        "url": comment.author_url,
        "date": comment.published.iso,
        "date_estimate": estimate_day(comment.published),
        "date_earliest": comment.published.earliest,
        "date_latest": comment.published.latest,
        "date_shown": comment.published.shown,
        "subject": comment.subject,
        "parent": comment.parent_id,
        "text": comment.text,
        "kind": comment.kind,
    }


def estimate_day(time: Time) -> str | None:
    """The likeliest day: the stated one, else the middle of the bounds; None where one of these is open.

    >>> estimate_day(Time(None, "2012-08-01T00:00:00Z", "2012-08-31T00:00:00Z"))
    '2012-08-16'
    """
    if time.iso is not None and len(time.iso) >= len("2012-05-14"):
        return time.iso[:10]
    if time.earliest is None or time.latest is None:
        return None
    begin, end = datetime.fromisoformat(time.earliest), datetime.fromisoformat(time.latest)
    return (begin + (end - begin) / 2).date().isoformat()
