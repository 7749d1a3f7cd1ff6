"""What a record states of its payload: `Stated`, for records that were read and for those of which only heads were."""

from __future__ import annotations

from datetime import datetime

from scraper.capture.header import FETCHED_AT, FETCHED_BEFORE, Header, read_date


class Stated:
    """The part that is told by a record's own header and by the HTTP headers in it."""

    __slots__ = ()
    header: Header
    kind: str
    date: datetime | None
    status: int | None
    http_headers: tuple[tuple[str, str], ...]

    @property
    def content_type(self) -> str | None:
        """The media type of the payload as stated."""
        if self.status is not None or self.http_headers:
            return next((value for name, value in self.http_headers if name.lower() == "content-type"), None)
        return self.header.get("Content-Type")

    @property
    def fetched_at(self) -> datetime | None:
        """When the payload came from the web: `date`, but for what we saved or rendered what was known then."""
        if not self._is_saved_file:
            return self.date
        return read_date(self.header.get(FETCHED_AT) or "")

    @property
    def fetched_before(self) -> datetime | None:
        """An upper bound, where a segment of ours states no more of a saved file."""
        return read_date(self.header.get(FETCHED_BEFORE) or "") if self._is_saved_file else None

    @property
    def _is_saved_file(self) -> bool:
        """Whether WARC-Date is only the time when the file was taken in."""
        return self.kind in ("resource", "conversion") and any(
            self.header.get(name) for name in (FETCHED_AT, FETCHED_BEFORE)
        )
