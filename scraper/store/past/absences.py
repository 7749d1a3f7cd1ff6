"""Which comments were not there any more: a pure comparison of all that captures of one post show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

ONE_VISIT = timedelta(hours=12)  # a slow crawl's pages of one thread; two nightly runs are two visits


@dataclass(frozen=True, slots=True)
class ThreadCapture:
    """A page of a post's thread as one capture shows it. `until`: it was still so then, as answers without a body say.

    `links` are the URL keys of the thread's other pages; `tells` as in post_sightings.
    """

    capture_id: int
    page: str  # URL key
    at: datetime
    until: datetime
    links: frozenset[str]
    comments: int
    declared: int | None
    tells: bool


@dataclass(frozen=True, slots=True)
class Absence:
    """A comment that `missed` should show and does not; `seen` showed it last, `back` shows it again."""

    comment_id: int
    seen: int
    missed: int
    back: int | None = None


@dataclass(slots=True)
class _Sweep:
    """The thread while its captures are gone through in the order of their times."""

    newest: dict[str, ThreadCapture] = field(default_factory=dict)
    last_seen: dict[int, ThreadCapture] = field(default_factory=dict)
    open: dict[int, tuple[Absence, datetime]] = field(default_factory=dict)  # with the time of `missed`
    found: list[Absence] = field(default_factory=list)
    declared: int | None = None


def find_absences(captures: Iterable[ThreadCapture], shown: Mapping[int, Collection[int]]) -> tuple[Absence, ...]:
    """All absences of a post's comments, by comment; `shown` are the comments of each capture, by its id.

    A comment is absent where a visit has every page of the thread and none shows it; or where the page that showed it
    last does not, and says that there are as many fewer comments as are missing there. A visit is what was captured, or
    confirmed, within ONE_VISIT; what the same visit shows later, on another page, was not absent. The
    order in which captures are given does not matter.
    """
    sweep = _Sweep()
    for capture in sorted(captures, key=lambda each: (each.at, each.capture_id)):
        _take(sweep, capture, shown.get(capture.capture_id, ()))
    # What was confirmed after the last capture may make its visit whole.
    if sweep.newest:
        last = max(sweep.newest.values(), key=lambda each: (each.at, each.capture_id))
        _miss_in_visit(sweep, last, max(each.until for each in sweep.newest.values()))
    found = (*sweep.found, *(absence for absence, _ in sweep.open.values()))
    return tuple(sorted(found, key=lambda each: (each.comment_id, each.missed)))


def _take(sweep: _Sweep, capture: ThreadCapture, shown: Collection[int]) -> None:
    sweep.newest[capture.page] = capture
    for comment_id in shown:
        sweep.last_seen[comment_id] = capture
        gap, since = sweep.open.pop(comment_id, (None, capture.at))
        if gap is not None and capture.at - since > ONE_VISIT:
            sweep.found.append(replace(gap, back=capture.capture_id))
    before, sweep.declared = sweep.declared, capture.declared if capture.declared is not None else sweep.declared
    if not _miss_in_visit(sweep, capture, capture.at) and before is not None and capture.declared is not None:
        missing = [
            each
            for each, seen in sweep.last_seen.items()
            if seen.page == capture.page and seen is not capture and each not in sweep.open
        ]
        if missing and before - capture.declared == len(missing):
            _miss(sweep, missing, capture)


def _miss_in_visit(sweep: _Sweep, capture: ThreadCapture, at: datetime) -> bool:
    """Whether the visit around this time has every page; the comments that none of them shows are absent then."""
    visit = {page: each for page, each in sweep.newest.items() if at - each.until <= ONE_VISIT}
    links = {link for each in visit.values() for link in each.links}
    if capture.page not in visit or links - visit.keys() or not all(each.tells for each in visit.values()):
        return False
    here = {id(each) for each in visit.values()}
    missing = [each for each, seen in sweep.last_seen.items() if id(seen) not in here and each not in sweep.open]
    _miss(sweep, missing, capture)
    return True


def _miss(sweep: _Sweep, missing: Iterable[int], capture: ThreadCapture) -> None:
    for each in missing:
        sweep.open[each] = Absence(each, sweep.last_seen[each].capture_id, capture.capture_id), capture.at
