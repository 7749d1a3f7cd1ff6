"""How the archive fares: what is held of each crawled blog, what is missing and why, and the runs."""

from __future__ import annotations

from scraper.store.crawls.coverage import read_coverage
from scraper.store.run_log import read_events, read_run, read_runs
from scraper.web.asked import Answer, Asked, missing
from scraper.web.pager import Pager

LISTED = 20  # missing posts and short threads of a blog
RUNS, EVENTS = 30, 200  # on a page


def page(asked: Asked) -> Answer:
    """Coverage by blog, and the runs."""
    total = asked.reader.connection.execute("SELECT count(*) FROM runs").fetchone()[0]
    pager = Pager.of(asked.page, total, RUNS)
    runs = read_runs(asked.reader.path, pager.offset + RUNS)[pager.offset :]
    coverage = read_coverage(asked.reader.path, LISTED)
    return Answer("health.html", {"coverage": coverage, "runs": runs, "pager": pager, "link": asked.link})


def run(asked: Asked) -> Answer:
    """One run with what it had to say."""
    found = read_run(asked.reader.path, asked.key)
    if found is None:
        return missing("No run has this number.")
    pager = Pager.of(asked.page, found.events, EVENTS)
    events = read_events(asked.reader.path, asked.key, pager.offset, EVENTS)
    return Answer("run.html", {"run": found, "events": events, "pager": pager, "link": asked.link})
