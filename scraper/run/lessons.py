"""What an import learns of the blogs in it before it reads them: `learn_blogs`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from scraper.capture.records import WarcRecord, read_records
from scraper.errors import InputError
from scraper.extract.teaching import Teacher, post_of
from scraper.extract.template import FEWEST_PAGES
from scraper.model import Entry, Profile
from scraper.parse.feed import read_feed
from scraper.run.boundary import PAGE_SECONDS, Mishap, attempt
from scraper.run.contents import read_bytes
from scraper.run.inputs import Input
from scraper.run.payloads import kind_of_payload
from scraper.run.session import Session
from scraper.text.urls import blog_host, url_key

MOST_PAGES = 200  # of one blog that are looked at
MOST_ENTRIES = 50  # of one blog's feeds that are held against their pages
MOST_REMARKS = 20  # of one post
MOST_CHARACTERS = 50_000_000  # of all entries' contents
# A hint only, to sort saved files by blogs without parsing them: a page is read by what it states in full.
STATED = re.compile(
    rb"<link\s[^>]{0,400}?\bcanonical\b[^>]{0,400}>|<meta\s[^>]{0,400}?\bog:url\b[^>]{0,400}>", re.IGNORECASE
)
ADDRESS = re.compile(rb"https?://[^\s\"'<>]{1,1000}", re.IGNORECASE)
LOOK = 200_000  # bytes in which a page states its address


@dataclass(frozen=True, slots=True)
class _Copy:
    """One page or feed among the inputs."""

    url: str
    sha256: str
    fetched_at: datetime | None
    content_type: str | None
    payload: Callable[[], bytes]


@dataclass(slots=True)
class _Blog:
    """What there is of one blog: how many pages, of those how many are new, and what its feeds say, by URL key."""

    pages: int = 0
    new: int = 0
    looked_at: int = 0
    entries: dict[str, Entry] = field(default_factory=dict)
    remarks: dict[str, list[Entry]] = field(default_factory=dict)  # on posts, by the post's URL key


def learn_blogs(session: Session, inputs: Sequence[Input], max_bytes: int) -> None:
    """Looks twice over the inputs: which blogs and feeds there are, then at a sample of each blog's pages.

    A blog of which at least five pages are new gets a profile, stored at once, so that a run that goes on where this
    one was killed reads by the same. One that was learned from more pages stays in force.
    """
    copies = partial(_copies, session, inputs, max_bytes)
    blogs = {host: blog for host, blog in _survey(session, copies()).items() if blog.new >= FEWEST_PAGES}
    teachers = {host: Teacher(host) for host in blogs}
    if blogs:
        _teach(session, copies(), blogs, teachers)
    for teacher in teachers.values():
        profile = teacher.profile()
        if profile is not None and session.watcher.stop.signal is None:
            _store(session, profile)


def _copies(session: Session, inputs: Sequence[Input], max_bytes: int) -> Iterator[_Copy]:
    """The pages and feeds in the inputs; what cannot be read is told of when its turn comes."""
    for each in inputs:
        try:
            for copy in _in_warc(each.path, max_bytes) if each.kind == "warc" else _in_file(each, max_bytes):
                if session.watcher.stop.signal is not None:
                    return
                yield copy
        except InputError:
            continue


def _in_warc(path: Path, max_bytes: int) -> Iterator[_Copy]:
    for record in read_records(path, max_bytes):
        if isinstance(record, WarcRecord) and record.url and _is_answer(record):
            yield _Copy(record.url, record.sha256, record.fetched_at, record.content_type, partial(_payload, record))


def _is_answer(record: WarcRecord) -> bool:
    return record.kind in ("response", "resource") and (record.status is None or 200 <= record.status < 300)


def _payload(record: WarcRecord) -> bytes:
    return record.payload


def _in_file(each: Input, max_bytes: int) -> Iterator[_Copy]:
    if each.kind == "html":
        payload = read_bytes(each.path, max_bytes)
        stated = STATED.search(payload, 0, LOOK)
        address = ADDRESS.search(stated[0]) if stated else None
        if address:
            digest = hashlib.sha256(payload).hexdigest()
            yield _Copy(address[0].decode("utf-8", "replace"), digest, None, "text/html", lambda: payload)


def _survey(session: Session, copies: Iterator[_Copy]) -> dict[str, _Blog]:
    blogs: dict[str, _Blog] = {}
    characters = 0
    for copy in copies:
        host = blog_host(copy.url)
        kind = _kind_of(copy)
        if host is None or kind == "other":
            continue
        blog = blogs.setdefault(host, _Blog())
        if kind == "html":
            blog.pages += 1
            blog.new += not session.archive.holds(copy.url, copy.sha256, copy.fetched_at)
        elif characters < MOST_CHARACTERS:
            characters += sum(_keep(blogs, entry) for entry in read_feed(copy.payload()))
    return blogs


def _kind_of(copy: _Copy) -> str:
    """What it is, by the type alone where that cannot be a feed: most copies are pictures or pages."""
    declared = (copy.content_type or "").partition(";")[0].strip().lower()
    if declared.startswith(("image/", "video/", "audio/", "font/")) or declared in ("text/css", "text/plain"):
        return "other"
    return kind_of_payload(copy.content_type, copy.payload())


def _keep(blogs: dict[str, _Blog], entry: Entry) -> int:
    """Keeps an entry that says something of a post, or is a comment on one; how many characters that are."""
    url = entry.url
    host = blog_host(url) if url and (entry.title or entry.html) else None
    if host is None or url is None:
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
    return len(entry.html)


def _keep_remark(blog: _Blog, key: str, entry: Entry) -> int:
    remarks = blog.remarks.get(key, [])
    known = any(entry.url == each.url for each in remarks)
    if known or len(remarks) >= MOST_REMARKS or (not remarks and len(blog.remarks) >= MOST_ENTRIES):
        return 0
    blog.remarks[key] = [*remarks, entry]
    return len(entry.html)


def _teach(session: Session, copies: Iterator[_Copy], blogs: dict[str, _Blog], teachers: dict[str, Teacher]) -> None:
    for copy in copies:
        host = blog_host(copy.url)
        if host not in blogs or host is None or _kind_of(copy) != "html":
            continue
        blog = blogs[host]
        blog.looked_at += 1
        entry = blog.entries.get(url_key(copy.url))
        remarks = blog.remarks.get(post_of(copy.url), ())
        if entry is None and not remarks and blog.looked_at % -(-blog.pages // MOST_PAGES):
            continue  # every n-th, so that all years are in the sample
        watch = partial(teachers[host].watch, copy.payload(), copy.url, entry, copy.content_type, remarks)
        mishap = attempt(watch, PAGE_SECONDS)
        if isinstance(mishap, Mishap):
            session.archive.event("warning", copy.url, f"nothing learned: {mishap.message}", mishap.traceback)


def _store(session: Session, profile: Profile) -> None:
    old = session.archive.profile_of(profile.host)
    if old is not None and (old.pages, old.entries) >= (profile.pages, profile.entries):
        return
    session.add_profile(profile)
    fields = ", ".join(dict.fromkeys(each.field for each in profile.selectors)) or "nothing"
    message = f"learned from {profile.pages} pages and {profile.entries} entries: selectors for {fields}"
    session.archive.event("info", profile.host, f"{message}; {len(profile.template)} blocks of the template")
