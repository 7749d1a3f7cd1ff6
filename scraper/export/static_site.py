"""`write_site`: an archive as pages that open from a disk, and run and load nothing but their own search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from importlib import resources
from pathlib import Path

from scraper.export.dates import time_text, year_of
from scraper.export.file_names import file_stem
from scraper.export.plain import plain_line
from scraper.export.polyglot import body_markup, safe_link
from scraper.export.post_markup import language_of, line, post_markup, title_of
from scraper.export.selection import Selection
from scraper.export.site_search import SearchIndex
from scraper.store.lookup.selecting import ArchivedPerson
from scraper.store.reader import ArchivedPost
from scraper.text.prose import excerpt

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'"
NEWEST = 20  # posts on the first page
LONGEST_TITLE = 200  # characters in a list
ASSETS = ("style.css", "search.js")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A post in a list."""

    title: str
    file: str
    date: str
    year: str
    author: str
    comments: int


@dataclass(slots=True)
class _Site:
    """What is known of the site so far, with one entry a post."""

    folder: Path
    entries: list[_Entry] = field(default_factory=list)
    by_person: dict[int, list[_Entry]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)  # of the blogs, and how many posts each has

    @property
    def name(self) -> str:
        found = sorted(self.names, key=lambda each: -self.names[each])
        return ", ".join(found[:3]) or "Archive"

    def write(self, path: str, title: str, body: Iterable[str], *, language: str | None = None) -> None:
        up = "../" * path.count("/")
        text = "".join((_HEAD.format(language=language or "en", title=line(title), policy=POLICY, up=up), *body, _FOOT))
        (self.folder / path).write_text(text, encoding="utf-8", errors="replace")


def write_site(selection: Selection, folder: Path) -> int:
    """The number of posts. `index.html` leads to all pages."""
    for name in ("posts", "years", "people", "assets"):
        (folder / name).mkdir()
    for name in ASSETS:
        asset = resources.files("scraper.export") / "site" / name
        (folder / "assets" / name).write_text(asset.read_text(encoding="utf-8"), encoding="utf-8")
    site = _Site(folder)
    index = SearchIndex(folder / "assets")
    for post in selection.posts():
        _add_post(site, index, post)
    index.close()
    people = [_add_person(site, person) for person in selection.people()]
    _write_lists(site, people)
    site.write("search.html", "Search", _search(index.files))
    return len(site.entries)


def _add_post(site: _Site, index: SearchIndex, post: ArchivedPost) -> None:
    title = excerpt(title_of(post), LONGEST_TITLE)
    author = ", ".join(plain_line(signer.name) for signer in post.signers)[:LONGEST_TITLE]
    file = file_stem(post.published, post.title, post.id) + ".html"
    when = time_text(post.published)
    entry = _Entry(title, file, when, year_of(post.published), author, post.comments_held)
    site.entries.append(entry)
    for signer in post.signers:
        site.by_person.setdefault(signer.person_id, []).append(entry)
    if post.site_name:
        name = excerpt(plain_line(post.site_name))
        site.names[name] = site.names.get(name, 0) + 1
    index.add(post, (title, when, author, file, excerpt(plain_line(post.text[:1000]), 160)))
    site.write(f"posts/{file}", title, post_markup(post, "../people/"), language=language_of(post))


def _add_person(site: _Site, person: ArchivedPerson) -> tuple[str, str, int]:
    """The person's name, page and number of posts."""
    name = excerpt(plain_line(person.name), LONGEST_TITLE) or "(no name)"
    path = f"people/{person.id}.html"
    entries = site.by_person.get(person.id, [])
    site.write(path, name, _person(person, name, entries))
    return name, path, len(entries)


def _person(person: ArchivedPerson, name: str, entries: list[_Entry]) -> Iterator[str]:
    yield f'<h1 dir="auto">{escape(name)}</h1>'
    links = [link for url in (person.url, *person.profiles) if (link := safe_link(url))]
    if links:
        yield '<p class="about">' + " · ".join(f'<a href="{escape(each)}">{line(each)}</a>' for each in links) + "</p>"
    if person.bio_text:
        bio = body_markup(person.bio_html, person.bio_text, "bio")
        yield f'<div class="bio" dir="auto">{bio}</div>'
    yield f"<h2>{_number(len(entries), 'post')}</h2>"
    yield from _list(reversed(entries), "../")


def _write_lists(site: _Site, people: list[tuple[str, str, int]]) -> None:
    years: dict[str, list[_Entry]] = {}
    for entry in site.entries:
        years.setdefault(entry.year, []).append(entry)
    for year, entries in years.items():
        body = (f"<h1>{year}</h1>", *_list(reversed(entries), "../"))
        site.write(f"years/{year}.html", year, body)
    site.write("index.html", site.name, _index(site, years))
    people.sort(key=lambda each: (-each[2], each[0].casefold()))
    rows = (
        f'<li><a href="{path}"><bdi>{escape(name)}</bdi></a> <span class="about">{_number(count, "post")}</span></li>'
        for name, path, count in people
    )
    site.write("people.html", "People", ("<h1>People</h1>", '<ul class="posts">', *rows, "</ul>"))


def _index(site: _Site, years: dict[str, list[_Entry]]) -> Iterator[str]:
    comments = sum(entry.comments for entry in site.entries)
    yield f'<h1 dir="auto">{escape(site.name)}</h1>'
    yield f'<p class="about">{_number(len(site.entries), "post")}, {_number(comments, "comment")}</p>'
    yield '<h2>By date</h2><ul class="years">'
    for year in sorted(years, key=lambda each: (each != "undated", each), reverse=True):
        count = _number(len(years[year]), "post")
        yield f'<li><a href="years/{year}.html">{year}</a> <span class="about">{count}</span></li>'
    yield "</ul><h2>Newest</h2>"
    yield from _list(reversed(site.entries[-NEWEST:]), "")


def _list(entries: Iterable[_Entry], up: str) -> Iterator[str]:
    yield '<ul class="posts">'
    for entry in entries:
        about = " · ".join(filter(None, (entry.date, entry.author, _number(entry.comments, "comment"))))
        link = f'<a href="{up}posts/{entry.file}" dir="auto">{escape(entry.title)}</a>'
        yield f'<li>{link}<div class="about" dir="auto">{escape(about)}</div></li>'
    yield "</ul>"


def _search(files: list[str]) -> Iterator[str]:
    yield _SEARCH
    for name in ("search.js", *files):
        yield f'<script src="assets/{name}"></script>'


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


_HEAD = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="stylesheet" href="{up}assets/style.css">
</head>
<body>
<header><a class="skip" href="#main">To the text</a>
<a href="{up}index.html">All posts</a> <a href="{up}people.html">People</a>
<a href="{up}search.html">Search</a></header>
<main id="main">
"""
_FOOT = "\n</main>\n</body>\n</html>\n"
_SEARCH = """<h1>Search</h1>
<form id="form" role="search"><label for="words">Words in posts and comments</label>
<input id="words" name="q" type="search" autocomplete="off"> <button>Search</button></form>
<noscript><p class="notice">The search takes JavaScript; all posts are listed by date.</p></noscript>
<p id="number" class="about" role="status"></p><ul id="results" class="posts"></ul>
"""
