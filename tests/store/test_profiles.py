from __future__ import annotations

from pathlib import Path

from scraper.model import Profile, Recurring, Taught
from scraper.store.archive import Archive

TAUGHT = (Taught("title", "div.qa-h", 4, 5), Taught("title", "#head", 3, 5), Taught("body", "div.qa-main", 5, 5))
BLOCKS = (Recurring(2**62 + 1, "p", 40, 9, "Write to the editors"), Recurring(7, "div", 12, 5, "Tide Notes"))


def parts(profile: Profile | None) -> tuple[object, ...]:
    assert profile is not None
    return (profile.host, profile.pages, profile.entries, profile.selectors, profile.template)


def test_a_profile_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    with Archive(tmp_path / "voices.db") as archive:
        profile = Profile("tide.example", 9, 5, TAUGHT, BLOCKS)
        archive.add_profile(profile)
        assert parts(archive.profile_of("tide.example")) == parts(profile)
        assert archive.profile_of("other.example") is None


def test_the_newest_profile_is_in_force_and_the_older_ones_stay(tmp_path: Path) -> None:
    with Archive(tmp_path / "voices.db") as archive:
        archive.add_profile(Profile("tide.example", 9, 5, TAUGHT, ()))
        archive.add_profile(Profile("tide.example", 12, 6, (), BLOCKS))
        assert parts(archive.profile_of("tide.example")) == ("tide.example", 12, 6, (), BLOCKS)
        assert archive.profiled_hosts() == {"tide.example"}
        (count,) = archive._connection.execute("SELECT count(*) FROM profiles").fetchone()
    assert count == 2
