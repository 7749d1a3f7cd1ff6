"""What an import learns of the blogs in it before it reads them: `learn_blogs`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from scraper.extract.taught.teaching import Teacher, post_of
from scraper.extract.taught.template import FEWEST_PAGES
from scraper.model import Entry, Profile
from scraper.parse.feed import read_feed
from scraper.run.boundary import PAGE_SECONDS, Mishap, attempt
from scraper.run.importing.copies import Copies, Copy, find_copies
from scraper.run.importing.inputs import Input
from scraper.run.session import Session
from scraper.text.urls import blog_host, url_key

MOST_BLOGS = 10_000  # whose entries are kept
MOST_TAUGHT = 100  # blogs of one import that are learned from, the largest first: each costs up to two megabytes
MOST_PAGES = 200  # of one blog that are looked at
MOST_ENTRIES = 30  # of one blog's feeds that are held against their pages
MOST_REMARKS = 20  # of one post
MOST_CHARACTERS = 50_000_000  # of all entries' contents


@dataclass(slots=True)
class _Blog:
    """What there is of one blog: how many pages, of those how many count, and what its feeds say, by URL key."""

    pages: int = 0
    new: int = 0
    looked_at: int = 0
    entries: dict[str, Entry] = field(default_factory=dict)
    remarks: dict[str, list[Entry]] = field(default_factory=dict)  # on posts, by the post's URL key


def learn_from_inputs(session: Session, inputs: Sequence[Input], max_bytes: int) -> int:
    """Learns from what is to be imported; of blogs with fewer than five pages that the archive does not hold nothing.

    Profiles are stored at once, so that a run that goes on where this one was killed reads by the same. How many are
    new.
    """

    def is_new(copy: Copy) -> bool:
        if copy.sha256 is None:
            return not session.archive.has_capture(copy.url, copy.fetched_at)
        return not session.archive.holds(copy.url, copy.sha256, copy.fetched_at)

    return learn_blogs(session, partial(find_copies, inputs, max_bytes, session.watcher.stop), is_new)


def learn_blogs(session: Session, copies: Copies, counts: Callable[[Copy], bool] = lambda copy: True) -> int:
    """Stores a profile of each blog that the copies are of, but where one that was learned from more is in force; how
    many are new.

    It looks twice over the copies: which blogs and feeds there are, then at a sample of each blog's pages. A blog of
    which fewer than five pages count is passed over.
    """
    found = [each for each in _survey(copies(), counts).items() if each[1].new >= FEWEST_PAGES]
    blogs = dict(sorted(found, key=lambda each: -each[1].pages)[:MOST_TAUGHT])
    teachers = {host: Teacher(host) for host in blogs}
    if blogs:
        _teach(session, copies(), blogs, teachers)
    stored = 0
    for teacher in teachers.values():
        profile = teacher.profile()
        if profile is not None and not session.watcher.stop.is_wanted:
            stored += _store(session, profile)
    return stored


def _survey(copies: Iterator[Copy], counts: Callable[[Copy], bool]) -> dict[str, _Blog]:
    blogs: dict[str, _Blog] = {}
    characters = 0
    for copy in copies:
        host = blog_host(copy.url)
        kind = copy.kind
        if host is None or kind == "other":
            continue
        blog = blogs.setdefault(host, _Blog())
        if kind == "html":
            blog.pages += 1
            if blog.new < FEWEST_PAGES:  # more need not be known
                blog.new += counts(copy)
        elif characters < MOST_CHARACTERS:
            characters += sum(_keep(blogs, entry) for entry in read_feed(copy.payload()))
    return blogs


def _keep(blogs: dict[str, _Blog], entry: Entry) -> int:
    """Keeps an entry that says something of a post, or is a comment on one; how many characters that are."""
    url = entry.url
    host = blog_host(url) if url and (entry.title or entry.html) else None
    if host is None or url is None or (host not in blogs and len(blogs) >= MOST_BLOGS):
        return 0
    blog = blogs.setdefault(host, _Blog())
    if "#" in url:
        return _keep_remark(blog, post_of(url), entry)
    entries = blog.entries
    key = url_key(url)
    known = entries.get(key)
    if (known is None and len(entries) >= MOST_ENTRIES) or (known is not None and len(known.html) >= len(entry.html)):
        return 0
    entries[key] = entry
    return _size(entry)


def _keep_remark(blog: _Blog, key: str, entry: Entry) -> int:
    remarks = blog.remarks.get(key, [])
    known = any(entry.url == each.url for each in remarks)
    if known or len(remarks) >= MOST_REMARKS or (not remarks and len(blog.remarks) >= MOST_ENTRIES):
        return 0
    blog.remarks[key] = [*remarks, entry]
    return _size(entry)


def _size(entry: Entry) -> int:
    return sum(map(len, (entry.html, entry.title or "", *entry.tags, *entry.authors)))


def _teach(session: Session, copies: Iterator[Copy], blogs: dict[str, _Blog], teachers: dict[str, Teacher]) -> None:
    for copy in copies:
        host = blog_host(copy.url)
        if host not in blogs or host is None or copy.kind != "html":
            continue
        blog = blogs[host]
        blog.looked_at += 1
        entry = blog.entries.get(url_key(copy.url))
        remarks = blog.remarks.get(post_of(copy.url), ())
        if entry is None and not remarks and blog.looked_at % -(-blog.pages // MOST_PAGES):
            continue  # every n-th, so that all years are in the sample
        payload = copy.payload()
        if not payload:
            continue
        watch = partial(teachers[host].watch, payload, copy.url, entry, copy.content_type, remarks)
        mishap = attempt(watch, PAGE_SECONDS)
        if isinstance(mishap, Mishap):
            session.archive.event("warning", copy.url, f"nothing learned: {mishap.message}", mishap.traceback)


def _store(session: Session, profile: Profile) -> bool:
    old = session.archive.profile_of(profile.host)
    if old is not None and (old.pages, old.entries) >= (profile.pages, profile.entries):
        return False
    session.add_profile(profile)
    fields = ", ".join(dict.fromkeys(each.field for each in profile.selectors)) or "nothing"
    message = f"learned from {profile.pages} pages and {profile.entries} entries: selectors for {fields}"
    session.archive.event("info", profile.host, f"{message}; {len(profile.template)} blocks of the template")
    return True
