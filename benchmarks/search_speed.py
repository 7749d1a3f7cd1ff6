"""How long a search takes in a large archive.

`python benchmarks/search_speed.py [--folder F] [--posts 100000] [--comments 1000000]` makes an archive of invented
words in F (a temporary folder, removed afterwards, if none is given; one that is there is used again) and prints the
median and the 95th percentile of each kind of query: CPU time, of a page of results and of its counts.

Words are drawn by Zipf's law, as in any language: the most frequent stands in nearly all texts, most in a few. One text
in twenty is in a script without spaces.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from scraper.query.search import count_by_facet, search
from scraper.store.connection import open_for_writing
from scraper.store.lookup.fulltext import rebuild_all
from scraper.store.reader import Reader

WORDS, CHARACTERS = 200_000, 3_000  # how many there are
BLOGS, PEOPLE, TAGS = 20, 50_000, 2_000
UNSPACED = 0.05  # share of texts
FIRST_DAY, LAST_DAY = np.datetime64("2004-01-01"), np.datetime64("2026-01-01")
SYLLABLES = [first + second for first in "bdfghklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "er", "is")]


class Language:
    """Texts of invented words, the n-th of which is drawn about 1/n times as often as the first."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        base = len(SYLLABLES)
        self.words = [self._word(number, base) for number in range(WORDS)]
        self.characters = [chr(0x4E00 + number) for number in range(CHARACTERS)]
        self._steps = {size: _zipf(size) for size in (WORDS, CHARACTERS, PEOPLE, TAGS)}

    def draw(self, size: int, number: int) -> list[int]:
        """So many ranks, of so many there are."""
        ranks: list[int] = np.searchsorted(self._steps[size], self.random.random(number)).tolist()
        return ranks

    def texts(self, number: int, length: int) -> Iterator[str]:
        """So many texts of about so many words."""
        lengths = np.maximum(3, self.random.lognormal(np.log(length), 0.8, number)).astype(int).tolist()
        unspaced = (self.random.random(number) < UNSPACED).tolist()
        for count, is_unspaced in zip(lengths, unspaced, strict=True):
            if is_unspaced:
                yield "".join(self.characters[rank] for rank in self.draw(CHARACTERS, 2 * count))
            else:
                yield " ".join([self.words[rank] for rank in self.draw(WORDS, count)])

    def days(self, number: int) -> list[str]:
        span = int((LAST_DAY - FIRST_DAY).astype(int))
        drawn = FIRST_DAY + np.sort(self.random.integers(0, span, number))
        return [str(day) for day in drawn]

    @staticmethod
    def _word(number: int, base: int) -> str:
        word = SYLLABLES[number % base]
        while number := number // base:
            word += SYLLABLES[number % base]
        return word


def _zipf(size: int) -> np.ndarray:
    weights = 1 / np.arange(1, size + 1)
    steps: np.ndarray = np.cumsum(weights / weights.sum())
    return steps


def make_archive(path: Path, posts: int, comments: int) -> None:
    """Rows as a crawl would leave them, and their indexes."""
    language = Language(7)
    with closing(open_for_writing(path)) as connection:
        connection.execute("BEGIN")
        blogs = [(n, f"blog{n}.example", f"https://blog{n}.example/") for n in range(1, BLOGS + 1)]
        connection.executemany("INSERT INTO blogs (id, host, url) VALUES (?, ?, ?)", blogs)
        people = [
            (n, n % BLOGS + 1, f"Person {language.words[n]}", f"person {language.words[n]}") for n in range(1, 500)
        ]
        connection.executemany("INSERT INTO people (id, blog_id, name, name_key) VALUES (?, ?, ?, ?)", people)
        tags = [(n, language.words[n + 300]) for n in range(1, TAGS + 1)]
        connection.executemany("INSERT INTO tags (id, name) VALUES (?, ?)", tags)
        connection.executemany(_POST, _posts(language, posts))
        signed = [(n, 0, n % 499 + 1, "author", people[n % 499][2]) for n in range(1, posts + 1)]
        connection.executemany("INSERT INTO post_people VALUES (?, ?, ?, ?, ?)", signed)
        filed = ((n, "tag", 0, rank + 1) for n, rank in enumerate(language.draw(TAGS, posts), 1))
        connection.executemany("INSERT INTO post_tags VALUES (?, ?, ?, ?)", filed)
        connection.executemany(_COMMENT, _comments(language, posts, comments))
        connection.execute("COMMIT")


_POST = """
INSERT INTO posts (id, blog_id, url, url_key, kind, title, text, html, published, published_earliest,
  published_latest, published_precision, source)
VALUES (?1, ?2, ?3, ?3, 'post', ?4, ?5, '', ?6, ?6 || 'T00:00:00Z', ?6 || 'T23:59:59Z', 'day', 'html')"""
_COMMENT = """
INSERT INTO comments (id, post_id, kind, state, position, depth, by_post_author, html, author, text, published,
  published_earliest, published_latest, published_precision)
VALUES (?1, ?2, 'comment', 'visible', ?3, 0, 0, '', ?4, ?5, ?6, ?6 || 'T00:00:00Z', ?6 || 'T23:59:59Z', 'day')"""


def _posts(language: Language, number: int) -> Iterator[tuple[object, ...]]:
    titles, texts, days = language.texts(number, 6), language.texts(number, 250), language.days(number)
    for key, (title, text, day) in enumerate(zip(titles, texts, days, strict=True), 1):
        blog = (key * 7919) % BLOGS + 1
        yield key, blog, f"https://blog{blog}.example/{key}", title, text, day


def _comments(language: Language, posts: int, number: int) -> Iterator[tuple[object, ...]]:
    names, texts, days = language.draw(PEOPLE, number), language.texts(number, 30), language.days(number)
    for key, (name, text, day) in enumerate(zip(names, texts, days, strict=True), 1):
        yield key, (key - 1) * posts // number + 1, key, f"Person {language.words[name]}", text, day


def fill_indexes(path: Path) -> None:
    """Makes the full-text indexes, as a repair would."""
    with closing(open_for_writing(path)) as connection:
        rebuild_all(connection)


def queries(language: Language, number: int) -> dict[str, list[str]]:
    """So many of each kind; words are drawn from the 50th most frequent on, as people look for them."""

    def word(first: int = 50, last: int = 20_000) -> str:
        return language.words[int(np.exp(language.random.uniform(np.log(first), np.log(last))))]

    def character(first: int = 0) -> str:
        return language.characters[int(language.random.integers(first, 400))]

    common = [language.words[rank] for rank in range(number)]
    year = [2005 + rank % 20 for rank in range(number)]
    places = [f"blog:blog{1 + rank % BLOGS}.example after:{y}-05 before:{y}-06" for rank, y in enumerate(year)]
    return {
        "a word": [word() for _ in range(number)],
        "two words": [f"{word()} {word()}" for _ in range(number)],
        "one of the most frequent words": common,
        "two of the most frequent words": [f"{a} {b}" for a, b in zip(common, common[1:] + common[:1], strict=True)],
        "a frequent and another word": [f"{each} {word(1000)}" for each in common],
        "a phrase": [f'"{word(5, 200)} {word(5, 200)}"' for _ in range(number)],
        "a word without another": [f"{word()} -{word(1, 50)}" for _ in range(number)],
        "a word, by an author": [f"{word()} author:{language.words[1 + rank]}" for rank in range(number)],
        "a word, in a blog": [f"{word()} blog:blog{1 + rank % BLOGS}.example" for rank in range(number)],
        "a word, in a year": [f"{word()} after:{each} before:{each + 1}" for each in year],
        "a word, under a tag": [f"{word()} tag:{language.words[301 + rank]}" for rank in range(number)],
        "a frequent word, in a blog and year": [
            f"{each} {place}" for each, place in zip(common, places, strict=True)
        ],
        "all of an author": [f"author:{language.words[1 + rank]}" for rank in range(number)],
        "all of a month in a blog": places,
        "two characters, without spaces": [character() + character() for _ in range(number)],
        "one character": [character(20) for _ in range(number)],
        "four characters": ["".join(character() for _ in range(4)) for _ in range(number)],
    }  # fmt: skip


def measure(path: Path, number: int) -> None:
    """Prints the milliseconds of a page of results, and of its counts by blog, year and kind, as a table."""
    print("| query | found, median | page: median, ms | p95, ms | counts: median, ms | p95, ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    every: list[list[float]] = [[], []]
    with Reader(path) as reader:
        for name, typed in queries(Language(11), number).items():
            times: list[list[float]] = [[], []]
            totals = []
            for words in typed:
                started = time.process_time()
                search(reader, words)
                paged = time.process_time()
                totals.append(count_by_facet(reader, words).total)
                times[0].append((paged - started) * 1000)
                times[1].append((time.process_time() - paged) * 1000)
            for at in (0, 1):
                every[at] += times[at]
            print(f"| {name} | {np.median(totals):,.0f} | {_figures(times[0])} | {_figures(times[1])} |", flush=True)
    print(f"| all | | {_figures(every[0])} | {_figures(every[1])} |")


def _figures(times: Sequence[float]) -> str:
    return " | ".join(f"{figure:.1f}" for figure in (np.median(times), np.percentile(times, 95)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, help="keep the archive there, or use the one that is there")
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=40, help="of each kind")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = (arguments.folder or Path(temporary)) / "voices.db"
        if not path.exists():
            started = time.process_time()
            make_archive(path, arguments.posts, arguments.comments)
            made = time.process_time()
            fill_indexes(path)
            seconds = time.process_time() - made
            size = path.stat().st_size / 1e6
            print(f"{made - started:.0f} s for the rows, {seconds:.0f} s for the indexes, {size:,.0f} MB\n")
        measure(path, arguments.queries)


if __name__ == "__main__":
    main()
