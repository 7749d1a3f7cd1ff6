"""How sure a thread is follows from what told it, and from how much of that reads as comments."""

from __future__ import annotations

import pytest

from scraper.extract.threads.thread_confidence import Basis, Confidence, Tried
from tests.extract.pages import plain, read, wordpress, wordpress_comment


@pytest.mark.parametrize(
    ("basis", "elements", "comments", "confidence"),
    [
        ("platform", 9, 1, "high"),
        ("declared", 1, 1, "high"),
        ("named", 4, 2, "medium"),
        ("named", 5, 2, "low"),
        ("named", 1, 1, "low"),
        ("times", 3, 3, "medium"),
        ("times", 2, 2, "low"),
        ("platform", 3, 0, "none"),
    ],
)
def test_confidence_follows_from_what_was_found(
    basis: Basis, elements: int, comments: int, confidence: Confidence
) -> None:
    assert Tried("rule", basis, elements, comments).confidence == confidence


@pytest.mark.parametrize(
    ("page", "confidence"),
    [
        (wordpress(wordpress_comment(1)), "high"),
        (plain(comments="<div class=remark><b class=author>Ann</b> <time datetime=2012-05-01>May</time><p>Words enough.</p></div>".replace("remark", "comment-item") * 2), "medium"),
    ],
)  # fmt: skip
def test_a_page_claims_its_thread_with_a_confidence(page: str, confidence: str) -> None:
    told = [claim.value for claim in read(page).claims if claim.field == "comments" and claim.accepted]
    assert [value.rsplit(" ", 1)[1] for value in told] == [confidence]
