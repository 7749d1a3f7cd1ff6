"""`Archive`: an archive from Python. It reads without changing the file, and takes what was read elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from scraper.errors import ArchiveError, MissingExtra
from scraper.model import Thread, Visit
from scraper.query.search import search
from scraper.store.archive import Archive as Writer
from scraper.store.batch import Counts
from scraper.store.lookup.hits import Hit
from scraper.store.lookup.listing import ListedPerson, ListedPost, ListedThread, list_people, list_posts, list_threads
from scraper.store.reader import ArchivedPost, Reader, ThreadComment

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")
Record = dict[str, Any]
Flatten = Callable[[T], Iterator[Record]]

MOMENTS = ("_earliest", "_latest", "_at", "_since", "first_published", "last_published")  # ends of columns: UTC or None
NUMBERS = ("parent_id", "comment_id", "thread_page", "comments_declared")  # whole ones or None


class Rows(Generic[T]):
    """Values that are read when they are asked for, one at a time; each loop over them begins anew."""

    def __init__(self, read: Callable[[], Iterator[T]], columns: Sequence[str], flatten: Flatten[T]) -> None:
        self._read = read
        self._flatten = flatten
        self.columns = tuple(columns)

    def __iter__(self) -> Iterator[T]:
        return self._read()

    def records(self) -> Iterator[Record]:
        """The same as flat dictionaries of the same columns; of a thread one a comment."""
        return (record for value in self for record in self._flatten(value))

    def to_frame(self) -> pandas.DataFrame:
        """All of it as a DataFrame, the bounds of times as times in UTC. Raises MissingExtra without pandas."""
        try:
            import pandas
        except ImportError as error:
            raise MissingExtra("needs the extra: pip install 'blog-to-sqlite[frames]'", "to_frame") from error
        frame = pandas.DataFrame.from_records(list(self.records()), columns=list(self.columns))
        for name in self.columns:
            if name.endswith(MOMENTS):
                frame[name] = pandas.to_datetime(frame[name], utc=True, errors="coerce")
            elif name in NUMBERS:
                frame[name] = frame[name].astype("Int64")
        return frame


class Archive:
    """An archive in one file. `posts`, `threads`, `people`, `search` and `post` read it; `record` writes to it.

    Reading takes no lock and changes nothing, also while another program writes; it raises ArchiveError where there is
    no archive. Writing creates the archive where there is none, and brings one of an older version up to date. What is
    written stays open until the end of a `with` block or `close`; to read needs neither.
    """

    def __init__(self, path: Path | str, *, readonly: bool = False) -> None:
        self.path = Path(path)
        self._readonly = readonly
        self._writer: Writer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes what `record` opened; what was recorded is in the file already."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def posts(self, *, blog: str | None = None, all_kinds: bool = False) -> Rows[ListedPost]:
        """The posts, the oldest first; of one blog, by its host; with `all_kinds` other pages with a text too."""
        return Rows(lambda: list_posts(self.path, blog, all_kinds=all_kinds), _names(ListedPost), _one)

    def threads(self, *, blog: str | None = None) -> Rows[ListedThread]:
        """The threads of all posts that have comments, in the order of their posts."""
        return Rows(lambda: list_threads(self.path, blog), _COMMENT_COLUMNS, _comments)

    def people(self, *, blog: str | None = None) -> Rows[ListedPerson]:
        """Who signs posts or is presented on a page."""
        return Rows(lambda: list_people(self.path, blog), _names(ListedPerson), _one)

    def search(self, words: str, limit: int = 100) -> Rows[Hit]:
        """The best posts and comments for what a person would type into a search box; any text will do."""

        def read() -> Iterator[Hit]:
            with Reader(self.path) as reader:
                yield from search(reader, words, limit)

        return Rows(read, _names(Hit), _one)

    def post(self, key: int | str, at: datetime | None = None) -> ArchivedPost | None:
        """One post whole, with its thread and signers, by its id or any of its URLs; with `at` as it was held then."""
        with Reader(self.path) as reader:
            return reader.post(key, at)

    def record(self, visits: Sequence[Visit], threads: Sequence[Thread] = (), now: datetime | None = None) -> Counts:
        """Writes what these visits found, all of it or on any error none, and says what was new.

        The same visits again write nothing. Raises ArchiveLocked where another program holds the lock too long.
        """
        if self._readonly:
            raise ArchiveError("opened for reading only", str(self.path))
        if self._writer is None:
            self._writer = Writer(self.path)
        return self._writer.record(visits, threads, now)


def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_OF_POST = ("post_id", "blog", "post_url", "post_title")
_COMMENT_COLUMNS = (
    *_OF_POST,
    *(name for name in _names(ThreadComment) if name != "published"),
    *("published", "published_earliest", "published_latest", "published_precision", "published_shown"),
)


def _one(value: Any) -> Iterator[Record]:
    yield {name: getattr(value, name) for name in _names(type(value))}


def _comments(thread: ListedThread) -> Iterator[Record]:
    of_post = {name: getattr(thread, name) for name in _OF_POST}
    for comment in thread.comments:
        record = asdict(comment)
        time = record.pop("published")
        record["published"] = time.pop("iso")
        yield of_post | record | {f"published_{name}": value for name, value in time.items()}
