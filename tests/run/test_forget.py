"""What was forgotten is in no table, no free page and no record any more, and no way in brings it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.run.files import ImportOptions
from scraper.run.forget import forget, preview_forgetting
from scraper.run.imports import import_paths
from scraper.settings import Settings
from scraper.store.forget_target import Wish
from tests.run.conftest import DATE, SiteWarc
from tests.run.soundness import assert_sound
from tests.run.soundness import rows as rows_of
from tests.run.traces import traces

URL = "https://blog.example/slow-bread"


def test_smoke(db: Path, page_file: Path) -> None:
    import_paths(db, [page_file], ImportOptions(), Settings())
    assert traces(db, "Good bread.", "Bob")
    print(preview_forgetting(db, Wish("Bob")))
    print(forget(db, Wish("Bob"), Settings()))
    assert traces(db, "Good bread.", "Bob") == []
    assert_sound(db)
