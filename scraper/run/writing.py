"""`write_visits`: captures and what was read of them into the archive, as one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from scraper.model import Visit
from scraper.run.boundary import Mishap, attempt
from scraper.run.reading import join_threads
from scraper.run.session import Session
from scraper.store.archive import Writable


def write_visits(
    session: Session, visits: Sequence[Visit], steps: Sequence[Writable] = (), *, is_reread: bool = False
) -> list[Visit]:
    """The visits as they were stored, with what they change of the frontier. Their captures are synced first.

    One that brings a bug to light is stored as failed, without its page, and the traceback as an event; the others
    are not harmed.
    """
    session.segment.sync()
    written = _write(session, visits, steps, is_reread)
    session.look_for_room()
    return written


def _write(
    session: Session, visits: Sequence[Visit], steps: Sequence[Writable] = (), is_reread: bool = False
) -> list[Visit]:
    threads, mishaps = join_threads([visit.page for visit in visits if visit.page])
    kept = [
        fail(session, visit, mishaps[visit.page.post_url]) if visit.page and visit.page.post_url in mishaps else visit
        for visit in visits
    ]
    counts = attempt(lambda: session.archive.record(kept, threads, session.watcher.clock(), steps, is_reread))
    if not isinstance(counts, Mishap):
        session.add(asdict(counts))
        return kept
    if len(kept) > 1:
        last = kept[-1]
        return [
            stored for visit in kept for stored in _write(session, [visit], steps if visit is last else (), is_reread)
        ]
    failed = fail(session, kept[0], counts)
    return _write(session, [failed], steps, is_reread) if kept[0].page else [failed]


def fail(session: Session, visit: Visit, mishap: Mishap) -> Visit:
    """The visit as failed, without what was read; the archive's events get the traceback."""
    session.archive.event("error", visit.url, mishap.message, mishap.traceback)
    return replace(visit, state="failed", reason=f"bug: {mishap.message}", page=None)
