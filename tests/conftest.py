"""What every test may ask for: the golden fixtures, the shared corpora, and where things are.

A golden fixture is a folder `tests/fixtures/<platform>--<case>/` of `page.html` (or `page.txt`), `meta.json` and
`expected.json`. A test with an argument `golden` runs once for each; `load_golden("<folder>")` gives one by name.
tests/fixtures/README.md says what the fields of `expected.json` mean.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# On a build server the same examples every time; at a desk new ones, which is how new failures are found. No example is
# timed: a busy machine makes no property false.
settings.register_profile("desk", deadline=None)
settings.register_profile("server", deadline=None, derandomize=True)
settings.load_profile("server" if os.environ.get("CI") else "desk")

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
PAGE_NAMES = ("page.html", "page.txt")


@dataclass(frozen=True, slots=True)
class Golden:
    """One fixture folder: the page as bytes, how it came, and what a person says is in it."""

    name: str
    folder: Path
    page: bytes
    is_text: bool
    url: str | None
    fetched_at: datetime | None
    content_type: str | None
    expected: dict[str, Any]

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The response headers that `extract_page` takes."""
        return (("Content-Type", self.content_type),) if self.content_type else ()

    def write_expected(self, found: dict[str, Any]) -> None:
        """Write what was found over `expected.json`; a person then reads the difference."""
        text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
        (self.folder / "expected.json").write_text(text, encoding="utf-8")


def read_golden(name: str) -> Golden:
    folder = FIXTURES / name
    page = next(path for path in (folder / file for file in PAGE_NAMES) if path.exists())
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    fetched_at = meta.get("fetched_at")
    return Golden(
        name=name,
        folder=folder,
        page=page.read_bytes(),
        is_text=page.suffix == ".txt",
        url=meta.get("url"),
        fetched_at=datetime.fromisoformat(fetched_at) if fetched_at else None,
        content_type=meta.get("content_type"),
        expected=json.loads((folder / "expected.json").read_text(encoding="utf-8")),
    )


def golden_names() -> list[str]:
    return sorted(path.parent.name for path in FIXTURES.glob("*--*/expected.json"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-fixtures",
        action="store_true",
        help="write what was extracted over the expected.json of fixtures that differ; review every line before commit",
    )


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """The argument's name for bytes that are no text: packed ones hold the second in which they were, and tests that run
    in several processes must have one name in all of them.
    """
    return argname if isinstance(val, bytes) and not (val.isascii() and val.decode().isprintable()) else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "golden" in metafunc.fixturenames:
        names = golden_names()
        metafunc.parametrize("golden", names, indirect=True, ids=names)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return read_golden(request.param)


@pytest.fixture(scope="session")
def load_golden() -> Callable[[str], Golden]:
    return read_golden


@pytest.fixture(scope="session")
def update_fixtures(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-fixtures"))


@pytest.fixture(scope="session")
def repo_root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def fixtures_folder() -> Path:
    return FIXTURES


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpora and scorers beside the repository; the test is skipped where they are not there."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no shared/ beside this repository: its corpora and scorers are not part of it")
    return folder


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into and write to: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        for path in folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
