"""Which export a file is: `kind_of_export` by its beginning, `kind_of_members` by the names in a ZIP file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

ExportKind = Literal["wxr", "blogger", "movable_type", "disqus", "ghost", "substack", "takeout"]
ZipKind = Literal["wacz", "substack", "takeout"]

MARKS: tuple[tuple[re.Pattern[bytes], ExportKind], ...] = (
    (re.compile(rb"<rss\b[^>]{0,2000}//wordpress\.org/export/"), "wxr"),
    (re.compile(rb"<feed\b[^>]{0,2000}//schemas\.google\.com/blogger/20"), "blogger"),
    (re.compile(rb"<feed\b[^>]{0,2000}>\s{0,99}<id>tag:blogger\.com,1999:blog-\d+\.archive"), "blogger"),
    (re.compile(rb"<disqus\b[^>]{0,2000}//disqus\.com"), "disqus"),
    (re.compile(rb'\A\s*\{\s*(?:"db"\s*:\s*\[\s*\{\s*)?"meta"\s*:\s*\{[^{}]{0,500}"exported_on"'), "ghost"),
    (
        re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:[A-Z][A-Z ]{1,20}:[^\n]{0,1000}\n){2,50}-----\r?\n[A-Z ]{4,20}:"),
        "movable_type",
    ),
)
MEMBERS: tuple[tuple[re.Pattern[str], ZipKind], ...] = (  # the first that a member's name matches
    (re.compile(r"archive/[^/]+\.warc(?:\.gz)?|datapackage\.json"), "wacz"),
    (re.compile(r"(?:[^/]+/)?posts\.csv"), "substack"),
    (re.compile(r"(?:.*/)?Blogger/Blogs/[^/]+/feed\.atom"), "takeout"),
)


def kind_of_export(head: bytes) -> ExportKind | None:
    """What the first bytes of a file tell that it is; None where it is no export."""
    return next((kind for pattern, kind in MARKS if pattern.search(head)), None)


def kind_of_members(names: Sequence[str]) -> ZipKind | None:
    """What a ZIP file with members of these names is; None where it is nothing that is read."""
    return next((kind for pattern, kind in MEMBERS if any(map(pattern.fullmatch, names))), None)
