"""`write_markdown`: one Markdown file a post, with YAML before it and the comments below it as a nested list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdownify import MarkdownConverter

from scraper.export.answers import Placed, in_tree
from scraper.export.dates import time_text
from scraper.export.file_names import file_stem
from scraper.export.jsonl import json_line
from scraper.export.plain import plain_line
from scraper.export.polyglot import body_markup, safe_link
from scraper.export.post_markup import commenter_of
from scraper.export.selection import Selection
from scraper.store.reader import ArchivedPost

STEP = "    "  # of a list in a list
_MARKS = re.compile(r"([\\`*_{}\[\]<>#!|~&$^])")
_FENCE = re.compile("`{3,}")


def write_markdown(selection: Selection, folder: Path) -> int:
    """The number of posts."""
    number = 0
    for number, post in enumerate(selection.posts(), 1):  # noqa: B007
        name = file_stem(post.published, post.title, post.id) + ".md"
        (folder / name).write_text(markdown_of(post), encoding="utf-8", errors="replace")
    return number


def markdown_of(post: ArchivedPost) -> str:
    """The post as one Markdown document."""
    lines = ["---", *_front_matter(post), "---", "", f"# {_escaped(post.title) or '(no title)'}", ""]
    lines.append(_markdown(post.html, post.text))
    if post.comments:
        lines += ["", f"## {post.comments_held} {'comment' if post.comments_held == 1 else 'comments'}", ""]
        for placed in in_tree(post.comments):
            lines += _comment(placed)
    return "\n".join(lines) + "\n"


def _front_matter(post: ArchivedPost) -> Iterator[str]:
    """YAML, of which JSON is a part: every text stands in double quotes."""
    for name, value in _fields(post).items():
        if value not in (None, (), []):
            yield f"{name}: {json_line(value).rstrip()}"


def _fields(post: ArchivedPost) -> dict[str, Any]:
    is_interval = post.published.iso is None
    return {
        "title": plain_line(post.title),
        "subtitle": plain_line(post.subtitle) or None,
        "url": plain_line(post.url),
        "kind": post.kind,
        "date": post.published.iso,
        "date_earliest": post.published.earliest if is_interval else None,
        "date_latest": post.published.latest if is_interval else None,
        "modified": post.modified.iso,
        "authors": [plain_line(signer.name) for signer in post.signers],
        "site": plain_line(post.site_name) or None,
        "categories": [plain_line(each) for each in post.categories],
        "tags": [plain_line(each) for each in post.tags],
        "language": plain_line(post.language) or None,
        "comments": post.comments_held,
        "comments_declared": post.declared_comment_count,
        "captured_at": post.captured_at,
        "withheld": post.withheld,
    }


def _comment(placed: Placed) -> Iterator[str]:
    comment = placed.comment
    margin = STEP * placed.depth
    heads = [
        f"**{_escaped(commenter_of(comment))}**",
        "author of the post" if comment.by_post_author else "",
        comment.kind if comment.kind != "comment" else "",
        _escaped(time_text(comment.published)),
    ]
    if placed.answered and not placed.is_below:
        heads.append(f"in answer to {_escaped(commenter_of(placed.answered))}")
    if link := _target(comment.permalink):
        heads.append(f"[permalink]({link})")
    if comment.not_seen_since:
        heads.append(f"not there any more on {comment.not_seen_since[:10]}")
    yield f"{margin}- {' · '.join(filter(None, heads))}"
    if comment.subject:
        yield f"{margin}{STEP}**{_escaped(comment.subject)}**"
    yield ""
    for line in _markdown(comment.html, comment.text).split("\n"):
        yield f"{margin}{STEP}{line}" if line.strip() else ""
    yield ""


def _escaped(text: str | None) -> str:
    """One line in which nothing is Markdown."""
    return _MARKS.sub(r"\\\1", plain_line(text))


def _target(url: str | None) -> str | None:
    """The URL as it may stand in round brackets."""
    link = safe_link(url)
    return link.replace("(", "%28").replace(")", "%29") if link else None


def _markdown(html: str, text: str) -> str:
    return str(_CONVERTER.convert(body_markup(html, text, "x"))).strip("\n")


class _Converter(MarkdownConverter):
    """Text that looks like Markdown or HTML is escaped; code keeps its lines whatever fences it holds."""

    def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
        code = el.get_text()
        fence = "`" * max([3, *(len(found) + 1 for found in _FENCE.findall(code))])
        return f"\n\n{fence}\n{code.strip(chr(10))}\n{fence}\n\n" if code.strip() else ""

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        href = str(el.get("href") or "")
        link = None if href.startswith("#") else _target(href)
        return f"[{text.strip()}]({link})" if link and text.strip() else text


_CONVERTER = _Converter(heading_style="ATX", bullets="-", escape_misc=True)
