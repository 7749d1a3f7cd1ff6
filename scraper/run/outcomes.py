"""How a response ends, by its status and content: `judge_response`. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scraper.model import VisitState
from scraper.run.payloads import kind_of_payload

GONE = frozenset({404, 410})  # RFC 9110, 15.5.5 and 15.5.11
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Judgement:
    """The state of the URL, why or what it is, and whether there is a page to read in the payload."""

    state: VisitState
    reason: str | None
    readable: bool = False


def judge_response(status: int, headers: Sequence[tuple[str, str]], payload: bytes) -> Judgement:
    """What has become of a URL that answered so. `payload` is without any coding.

    A good answer that is no HTML page says in its reason what it is: 'feed', 'sitemap' or the media type.

    >>> judge_response(404, (), b"")
    Judgement(state='gone', reason='status 404', readable=False)
    """
    if status == 304:
        return Judgement("not_modified", None)
    if status in GONE:
        return Judgement("gone", f"status {status}")
    if status in REDIRECTS:
        return Judgement("fetched", f"redirect to {header(headers, 'location') or 'nowhere'}")
    if not 200 <= status < 300:
        return Judgement("failed", f"status {status}")
    declared = header(headers, "content-type")
    kind = kind_of_payload(declared, payload)
    if kind == "html":
        empty = not payload or payload.isspace()
        return Judgement("failed", "empty answer") if empty else Judgement("fetched", None, readable=True)
    media_type = (declared or "").partition(";")[0].strip().lower()
    return Judgement("fetched", media_type or "unknown type" if kind == "other" else kind)


def header(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    """The value of the first header of this name, in any case."""
    return next((value for each, value in headers if each.lower() == name), None)
