"""Which export a file is, by its beginning: `kind_of_export`."""

from __future__ import annotations

import re
from typing import Literal

ExportKind = Literal["wxr"]
MARKS: tuple[tuple[re.Pattern[bytes], ExportKind], ...] = (
    (re.compile(rb"<rss\b[^>]{0,2000}//wordpress\.org/export/"), "wxr"),
)


def kind_of_export(head: bytes) -> ExportKind | None:
    """What the first bytes of a file tell that it is; None where it is no export."""
    return next((kind for pattern, kind in MARKS if pattern.search(head)), None)
