"""Invented blogs: what `make_blog` makes of a seed is at once what a server shows and what an archive has to hold."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

NOUNS = (
    "kettle lantern harbour ferry barrel compass ledger orchard chimney gate saddle bellows anchor ladder cellar mirror"
    " pantry quarry riddle sextant thimble umbrella valley wagon anvil bramble candle dovecote easel funnel glacier hinge"
).split()
VERBS = "borrowed mended painted counted weighed carried hid measured sold polished dropped found".split()
PLACES = "the attic,the north shore,our street,the old mill,the market,the garden,the workshop,the station".split(",")
REASONS = "rain,a quarrel,the harvest,good luck,an old habit,the frost,a wager,lack of string".split(",")
WRITERS = ("Marta Holm", "Piet Vermeer", "Ingrid Salo", "Tomas Berg")
READERS = (
    "Anna Lind,Boris Kahn,Clara Weiss,David Frost,Edith Moreau,Felix Braun,Greta Olsen,Hugo Lemaire,Irene Costa,"
    "Jonas Falk,Karin Stein,Lukas Brandt,Mona Petit,Nils Dahl,Olga Ferro,Paul Grau"
).split(",")
CATEGORIES = ("Workshop", "Weather", "Voyages")
FIRST_DAY = datetime(2011, 2, 7, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment; `parent` is the number of the one that it answers."""

    number: int
    author: str
    written: datetime
    text: str
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    number: int
    slug: str
    title: str
    author: str
    published: datetime
    modified: datetime
    category: str
    paragraphs: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def latest(self) -> datetime:
        """When the page last changed."""
        return max([self.modified, *(remark.written for remark in self.remarks)])


@dataclass(frozen=True, slots=True)
class Blog:
    """Articles stand from the oldest to the newest; `bios` holds each author's."""

    name: str
    bios: dict[str, str]
    articles: tuple[Article, ...]

    def with_article(self, article: Article) -> Blog:
        """The blog with this article, instead of the one of its number if there is one."""
        others = [each for each in self.articles if each.number != article.number]
        return replace(self, articles=tuple(sorted([*others, article], key=lambda each: each.number)))

    def without_article(self, number: int) -> Blog:
        return replace(self, articles=tuple(each for each in self.articles if each.number != number))


def make_blog(seed: int, articles: int, most_remarks: int = 8, long_thread: int = 0) -> Blog:
    """A blog of so many articles, a week apart, the same for the same arguments.

    :param long_thread: comments of every seventh article, so that its thread takes several pages.
    """
    lot = random.Random(seed)
    name = f"The {lot.choice(NOUNS).title()} and the {lot.choice(NOUNS).title()}, No. {seed}"
    writers = lot.sample(WRITERS, 2)
    bios = {
        writer: f"{writer} has kept the {lot.choice(NOUNS)} of this house for {lot.randrange(3, 30)} years, and writes "
        f"about it on the evenings when {lot.choice(REASONS)} leaves the time."
        for writer in writers
    }
    return Blog(
        name, bios, tuple(make_article(lot, number, writers, most_remarks, long_thread) for number in range(articles))
    )


def make_article(
    lot: random.Random, number: int, writers: list[str], most_remarks: int, long_thread: int = 0
) -> Article:
    first, second = lot.sample(NOUNS, 2)
    published = FIRST_DAY + timedelta(days=7 * number, minutes=lot.randrange(600))
    paragraphs = tuple(_paragraph(lot, number, part) for part in range(lot.randrange(4, 7)))
    remarks = lot.choice((0, *range(2, most_remarks + 1)))  # one alone shows no pattern on a page made by hand
    if long_thread and number % 7 == 3:
        remarks = long_thread
    return Article(
        number=number,
        slug=f"{first}-and-{second}-{number}",
        title=f"How the {first} came to the {second}, part {number}",
        author=writers[number % 2],
        published=published,
        modified=published,
        category=CATEGORIES[number % 3],
        paragraphs=paragraphs,
        remarks=tuple(_remarks(lot, number, published, remarks)),
    )


def _paragraph(lot: random.Random, number: int, part: int) -> str:
    return " ".join(_sentence(lot, f"{number}.{part}.{line}") for line in range(lot.randrange(2, 5)))


def _sentence(lot: random.Random, mark: str) -> str:
    thing, other = lot.sample(NOUNS, 2)
    return (
        lot.choice(
            (
                f"In the spring we {lot.choice(VERBS)} the {thing} behind {lot.choice(PLACES)}, and nobody asked about the {other}.",
                f"It was {lot.choice(REASONS)} that kept the {thing} from {lot.choice(PLACES)} for so many years.",
                f"Whoever {lot.choice(VERBS)} the {other} has to answer for the {thing}, as my aunt used to say at supper.",
                f"The {thing} stood beside the {other} until somebody {lot.choice(VERBS)} both of them near {lot.choice(PLACES)}.",
            )
        )[:-1]
        + f", which is noted under {mark}."
    )


def _remarks(lot: random.Random, number: int, published: datetime, count: int) -> Iterator[Remark]:
    written = published
    numbers: list[int] = []
    for place in range(count):
        written += timedelta(hours=1, minutes=lot.randrange(60))
        parent = lot.choice(numbers[-3:]) if numbers and lot.random() < 0.4 else None
        key = 1000 + number * 100 + place
        yield Remark(key, lot.choice(READERS), written, remark_text(lot, key), parent)
        numbers.append(key)


def remark_text(lot: random.Random, key: int) -> str:
    thing, other = lot.sample(NOUNS, 2)
    return f"Our {thing} was {lot.choice(VERBS)} as well, and the {other} with it. I keep a list of such days, and this is entry {key}."
