"""The tally of a run, and what can be told of it from its counts alone."""

from __future__ import annotations

from collections import Counter

from scraper.run.report import Report


def test_the_counts_of_a_run_are_enough_for_its_summary() -> None:
    report = Report(Counter(fetched=2, failed=1), Counter(redirect=3), Counter(posts_added=2, comments_changed=1))
    again = Report.of(report.counts)
    assert again.counts == report.counts
    assert sorted(again.summary) == sorted(report.summary)  # the states may stand in another order


def test_a_run_that_a_budget_stopped_is_not_done_though_some_inputs_failed() -> None:
    report = Report(Counter(fetched=1, failed=1))
    assert report.exit_code == 3
    report.is_cut = True
    assert report.exit_code == 5
    assert report.summary.endswith("; stopped by a budget with more to ask for")
    assert not report.is_well


def test_a_run_that_its_budget_ended_is_well_unless_something_failed_or_the_disk_is_full() -> None:
    report = Report(Counter(fetched=1), is_cut=True)
    assert (report.exit_code, report.is_well) == (5, True)
    report.room_missing = "the disk is full"
    assert (report.exit_code, report.is_well) == (5, False)
    assert not Report(Counter(fetched=1), stopped_by=15).is_well


def test_records_are_counted_in_words() -> None:
    records = Counter(
        {"request": 429, "warcinfo": 2, "spam comment": 3, "comment on an unknown post": 2, "redirect": 1}
    )
    records |= Counter({"list of captures": 2, "listed in a WARC file": 2, "robots.txt": 2})
    besides = Report(Counter(fetched=1), records).summary.split("; ")[1]
    assert besides == (
        "besides 429 requests, 2 warcinfo, 3 spam comments, 2 comments on an unknown post, 1 redirect, 2 lists of captures, "
        "2 listed in a WARC file, 2 robots.txt"
    )
