from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scraper.fetch.pace import Pace
from scraper.run.crawling.rounds import PATIENCE, Rounds

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_group_that_was_taken_has_no_turn_until_it_is_given_back() -> None:
    rounds = Rounds({})
    rounds.add(("a.example", "b.example"), NOW)
    assert [rounds.take(NOW), rounds.take(NOW), rounds.take(NOW)] == ["a.example", "b.example", None]
    rounds.add(("a.example",), NOW)
    assert rounds.take(NOW) is None
    rounds.give_back("a.example", NOW)
    assert rounds.take(NOW) == "a.example"


def test_a_group_is_not_asked_before_its_time() -> None:
    rounds = Rounds({"a.example": Pace(later(2))})
    rounds.add(("a.example",), NOW)
    assert (rounds.take(NOW), rounds.wait(NOW)) == (None, 2)
    assert rounds.take(later(2)) == "a.example"


def test_who_may_be_asked_first_is_asked_first() -> None:
    rounds = Rounds({"slow.example": Pace(later(9)), "quick.example": Pace(later(1))})
    rounds.add(("slow.example", "quick.example"), NOW)
    assert rounds.take(later(10)) == "quick.example"


def test_a_group_that_wants_to_be_left_alone_for_long_is_not_waited_for() -> None:
    rounds = Rounds({"a.example": Pace(later(PATIENCE + 1), waits_for="status 503, Retry-After")})
    rounds.add(("a.example",), NOW)
    assert len(rounds) == 0
    assert rounds.left["a.example"].waits_for == "status 503, Retry-After"


def test_a_group_without_anything_more_has_no_turn() -> None:
    rounds = Rounds({})
    rounds.add(("a.example",), NOW)
    rounds.give_back(rounds.take(NOW) or "", NOW, has_more=False)
    assert (len(rounds), rounds.take(NOW)) == (0, None)
    rounds.add(("a.example",), NOW)
    assert rounds.take(NOW) == "a.example"
