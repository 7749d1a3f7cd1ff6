"""`crawl` and `update`: whole blogs into an archive, and what is new of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from scraper.capture.records import read_record
from scraper.discover.frontier import PRIORITIES, TELLING
from scraper.discover.places import is_home
from scraper.discover.scope import scope_of
from scraper.discover.seeds import first_leads
from scraper.errors import InputError, UsageError
from scraper.fetch.access import limit_to, url_auth
from scraper.fetch.client import read_target
from scraper.fetch.deadline import Stopped
from scraper.fetch.requester import Requester
from scraper.model import Address, Crawl, Exchange, Lead, Visit
from scraper.run.crawling.blog import Blog
from scraper.run.crawling.crawler import Crawler, CrawlOptions
from scraper.run.crawling.rendering import Renderer, need_renderer
from scraper.run.leftovers import open_session
from scraper.run.readers import Readers
from scraper.run.recipes import LoadedRecipe
from scraper.run.report import Report
from scraper.run.session import Session
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store.crawls.frontier import Step
from scraper.text.hosting import politeness_group
from scraper.text.urls import no_web_address, url_key

NO_CONTACT = (
    "sites are told who crawls them: give your address or site once, with --contact you@example.org"
    " or BLOG_TO_SQLITE_CONTACT"
)
OTHERS = "its servers are left to another share"
NO_BLOG = "no blog is crawled in it yet; `crawl` begins one"


def crawl(
    archive_path: Path, wanted: Crawl, options: CrawlOptions, settings: Settings, watcher: Watcher | None = None,
    recipe: LoadedRecipe | None = None,
) -> Report:  # fmt: skip
    """Fetches a whole blog into the archive, which is made if need be; again, only what is new, changed or due.

    Raises UsageError, before anything is made or fetched, for a URL or pattern that is none, and where no contact of
    the operator is given and no archive is there that may know one.
    """
    wanted, settings = read_seed(wanted, settings)
    scope_of(wanted.url, wanted.include, wanted.exclude)
    need_renderer(settings.render)
    settings = replace(settings, secrets=limit_to(settings.secrets, [wanted.url]))
    if not is_begun(archive_path):
        settings = _with_contact(settings, (), wanted.url)
    watcher = watcher or Watcher()
    if not options.share.has(politeness_group(wanted.url)):
        watcher.tell(Visit(wanted.url, "skipped", OTHERS))
        return Report()
    with open_session(archive_path, "crawl", settings, watcher, recipe, options.told) as session:
        frontier = session.archive.frontier
        crawls = frontier.crawls()
        settings = _with_contact(settings, crawls, wanted.url)
        same = same_crawl(crawls, wanted)
        blog = replace(wanted, url=same.url if same else wanted.url, contact=settings.contact)
        session.archive.event("info", blog.url, "the blog that this run is about")
        added = frontier.add(blog, watcher.clock())
        stored = next(each for each in frontier.crawls() if each.id == added)
        frontier.write(Step(_first_addresses(session, stored, wanted.url)))
        blogs = _blogs(session, [stored])
        report = _run(session, blogs, options, settings)
        if report.exit_code == 0 and not options.roles:
            _tell_of_place(session, blogs[stored.id], wanted.url)
        return report


def update(
    archive_path: Path, options: CrawlOptions, settings: Settings, watcher: Watcher | None = None,
    recipe: LoadedRecipe | None = None,
) -> Report:  # fmt: skip
    """Fetches what is new, changed or due of all blogs that the archive crawls. UsageError where there are none."""
    need_renderer(settings.render)
    watcher = watcher or Watcher()
    need_begun(archive_path)
    with open_session(archive_path, "update", settings, watcher, recipe, options.told) as session:
        crawls = session.archive.frontier.crawls()
        if not crawls:
            raise UsageError(NO_BLOG, str(archive_path))
        for each in crawls:
            if not options.share.has(politeness_group(each.url)):
                watcher.tell(Visit(each.url, "skipped", OTHERS))
        crawls = tuple(each for each in crawls if options.share.has(politeness_group(each.url)))
        if not crawls:
            return session.report
        settings = _with_contact(settings, crawls, str(archive_path))
        settings = replace(settings, secrets=limit_to(settings.secrets, [each.url for each in crawls]))
        return _run(session, _blogs(session, crawls), options, settings)


def read_seed(wanted: Crawl, settings: Settings) -> tuple[Crawl, Settings]:
    """The crawl with a start that may be stored: a name and password in its URL become a secret for that host.

    UsageError for what is no http(s) URL.
    """
    try:
        start, pair = read_target(None, wanted.url)
    except Stopped:
        raise UsageError(no_web_address(wanted.url), wanted.url) from None
    if pair:
        settings = replace(settings, secrets=(url_auth(start, *pair), *settings.secrets))
    return replace(wanted, url=start), settings


def same_crawl(crawls: Sequence[Crawl], wanted: Crawl) -> Crawl | None:
    """The crawl that goes on: that which starts at this URL, or did before its blog moved.

    Else one that starts elsewhere in the same blog, as at another of its posts, unless other posts are let in now.
    """
    key = url_key(wanted.url)
    named = (each for each in crawls if key in map(url_key, (each.url, *each.moved_from)))
    place = scope_of(wanted.url).place
    others = (each for each in crawls if not any(wanted.let_in) or wanted.let_in == each.let_in)
    return next(named, None) or next((each for each in others if scope_of(each.url).place == place), None)


def need_begun(archive_path: Path) -> None:
    """Raises UsageError where there is no archive that may have a blog."""
    if not archive_path.exists():
        raise UsageError("no such file", str(archive_path))
    if not is_begun(archive_path):
        raise UsageError(NO_BLOG, str(archive_path))


def is_begun(archive_path: Path) -> bool:
    """Whether there is an archive, or what stands in its place; an empty file counts as none."""
    return archive_path.exists() and archive_path.stat().st_size > 0


def _with_contact(settings: Settings, crawls: Sequence[Crawl], about: str) -> Settings:
    """The settings with the operator's contact, which the archive remembers."""
    contact = settings.contact or next((each.contact for each in crawls if each.contact), None)
    if not contact:
        raise UsageError(NO_CONTACT, about)
    return replace(settings, contact=contact)


def _first_addresses(session: Session, stored: Crawl, given: str) -> list[Address]:
    """Where the crawl starts, and the URL that was given this time, as far as they are not in the frontier yet.

    What is there and was given as another address of the blog is due.
    """
    leads = first_leads(stored.url)
    is_other = url_key(given) != url_key(stored.url)
    if is_other:
        again = first_leads(given)[0]
        leads = (*leads, again if is_home(given) or again.role != "home" else Lead(given, "post", "seed"))
    known = session.archive.frontier.known(stored.id, {url_key(lead.url) for lead in leads})
    now = session.watcher.clock()
    asked_for = [replace(each, due_at=now) for each in known.values() if is_other and each.url_key == url_key(given)]
    new = [
        Address(
            crawl_id=stored.id, url=lead.url, url_key=url_key(lead.url), role=lead.role, source=lead.source,
            group=politeness_group(lead.url), found_on=None, found_at=now, due_at=now, priority=PRIORITIES[lead.role],
            every_run=lead.role in TELLING,
        )
        for lead in leads
        if url_key(lead.url) not in known
    ]  # fmt: skip
    return [*new, *(each for each in asked_for if not each.refusal)]


def _tell_of_place(session: Session, blog: Blog, given: str) -> None:
    """Says of a crawl that went well where it looked, if it found no post there, or feeds list posts beside it.

    So it is with a page about the blog's author, and where posts stand in folders by category. Who gives a folder, and
    no post in it, means that, and what else the author writes on a hosting platform is in other blogs.
    """
    place = blog.scope.path
    if not session.archive.frontier.holds_post(blog.crawl.id):
        line = f"no post was found under {place}"
    elif blog.outside and not blog.scope.is_front(given) and blog.scope.tenant is None:
        line = f"its feeds list posts that are not under {place}: {len(blog.outside):,}, such as {min(blog.outside)}"
    else:
        return
    if place != "/":
        line = f"{line}; for what is elsewhere `remove` this crawl, and give the address of the blog's first page"
    session.archive.event("warning", blog.crawl.url, line)
    session.watcher.note(f"{blog.crawl.url}: {line}")


def _blogs(session: Session, crawls: Sequence[Crawl]) -> dict[int, Blog]:
    frontier, now = session.archive.frontier, session.watcher.clock()
    return {each.id: Blog(each, frontier, now, session.watcher.leave_out) for each in crawls}


def _run(session: Session, blogs: dict[int, Blog], options: CrawlOptions, settings: Settings) -> Report:
    session.archive.frontier.begin(blogs, session.watcher.clock())
    session.report.expects_refusals = True
    with (
        Requester(settings) as requester,
        Readers(session.archive.path, options.readers, session.recipes) as readers,
        Renderer(settings) as renderer,
    ):
        crawler = Crawler(session, blogs, requester, readers, renderer, options)
        _settle_leftovers(session, crawler, list(blogs), settings.max_page_bytes)
        crawler.run()
    return session.report


def _settle_leftovers(session: Session, crawler: Crawler, crawls: Sequence[int], max_bytes: int) -> None:
    """Settles what was captured by a run that did not get to its end, or by `grab`, from the captures."""
    folder, pictures = session.archive.path.parent, session.archive.pictures
    for address, capture in list(session.archive.frontier.unsettled(crawls)):
        if capture.fetched_at is None or capture.status is None:
            continue
        held = pictures.same_payload(capture.payload_sha256) if address.role == "media" else None
        place = held or capture  # a picture that was here already is a revisit, without a body of its own
        try:
            record = read_record(folder / place.warc_file, place.warc_offset, max_bytes)
        except InputError as error:
            session.archive.event("warning", address.url, error.message)
            continue
        exchange = Exchange(
            address.url, b"", b"", capture.status, record.http_headers, record.entity, capture.fetched_at,
            truncated="length" if record.header.get("WARC-Truncated") else None,
        )  # fmt: skip
        crawler.settle_captured(crawler.answers.receive(address, exchange, capture))
