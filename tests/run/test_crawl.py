"""A crawl's own turns, over small sites on loopback: redirects, robots.txt, threads that are short, limits, moves."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import ArchiveLocked, UsageError
from scraper.extract.signature import signature_of
from scraper.model import Crawl
from scraper.run.crawling import answers
from scraper.run.crawling.crawl import crawl, update
from scraper.run.crawling.crawler import CrawlOptions
from scraper.run.crawling.remove import preview_removal
from scraper.run.report import Report
from scraper.run.session import Session
from scraper.run.watcher import Watcher
from scraper.settings import Settings
from scraper.store import schema
from scraper.store.archive import Archive
from scraper.store.schema import APPLICATION_ID, MIGRATIONS
from tests.web.server import Answer, Request, Web

HTML = ("Content-Type", "text/html; charset=utf-8")
HERE, THERE = "127.0.0.1", "127.0.0.2"
SETTINGS = Settings(contact="me@example.org", allow_net=("127.0.0.0/8",))
Given = str | Answer | Callable[[Request], Answer]


def page(title: str, *links: str, head: str = "", comments: str = "") -> str:
    words = " ".join(f"The {title} of the harbour has {number} sides, and nobody minds them." for number in range(12))
    shown = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        f'<time datetime="2012-05-14">14 May 2012</time><div class="entry-content"><p>{words}</p></div></article>'
        f"{comments}<ul>{shown}</ul></body></html>"
    )


def thread(*texts: str, count: int) -> str:
    items = "".join(
        f'<li class="comment" id="comment-{number}"><div class="comment-author"><cite class="fn">Ann</cite></div>'
        f'<div class="comment-metadata">3 years ago</div><div class="comment-content"><p>{text}</p></div></li>'
        for number, text in enumerate(texts, 1)
    )
    return f'<div id="comments"><h2>{count} comments</h2><ol class="comment-list">{items}</ol></div>'


@dataclass
class Pages:
    """A site by its paths; what is not given is 404."""

    given: dict[str, Given] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        found = self.given.get(request.target)
        if found is None:
            return Answer(404, (HTML,), b"<h1>nothing here</h1>")
        if callable(found):
            return found(request)
        return Answer(200, (HTML,), found.encode()) if isinstance(found, str) else found


@dataclass
class Place:
    """Two hosts, and an archive."""

    web: Web
    db: Path
    here: dict[str, Given]
    there: dict[str, Given]

    def url(self, path: str = "/", host: str = HERE) -> str:
        return self.web.base(host).rstrip("/") + path

    def crawl(self, path: str = "/", settings: Settings = SETTINGS, **options: Any) -> Report:
        self.web.begin_run()
        wanted = {name: options.pop(name) for name in ("include", "exclude", "since", "until") if name in options}
        given = CrawlOptions(**{"delay": 0.0, "readers": 0, **options})
        return crawl(self.db, Crawl(self.url(path), **wanted), given, settings)

    def update(self) -> Report:
        self.web.begin_run()
        return update(self.db, CrawlOptions(0.0, readers=0), SETTINGS)

    @property
    def asked(self) -> list[str]:
        """The targets of the last run, robots.txt aside."""
        last = max((each.run for each in self.web.log), default=0)
        return [each.target for each in self.web.log if each.run == last and each.target != "/robots.txt"]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.db)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def state(self, path: str, host: str = HERE) -> tuple[str, str | None]:
        return next(
            (state, reason)
            for url, state, reason in self.rows("SELECT url, state, reason FROM pages")
            if url == self.url(path, host)
        )


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    here, there = Pages(), Pages()
    with Web([HERE, THERE]) as web:
        web.put(HERE, here)
        web.put(THERE, there)
        yield Place(web, tmp_path / "voices.db", here.given, there.given)


def redirect(target: str, status: int = 301) -> Answer:
    return Answer(status, (("Location", target),))


# ---- where it begins


def test_a_blog_that_is_given_by_one_of_its_posts_is_had_from_its_first_page_on(place: Place) -> None:
    by_its_owner = thread("Thanks to all.", count=1).replace(">Ann<", "><a class=url href=/>Ann</a><")
    place.here |= {
        "/": page("Harbour", "/2012/05/tides/", "/2012/06/boats/"),
        "/2012/05/tides/": page("Tides", "/", comments=by_its_owner),
        "/2012/06/boats/": page("Boats", "/"),
    }
    place.crawl("/2012/05/tides/")
    assert "/" in place.asked
    assert (place.url("/2012/06/boats/"),) in place.rows("SELECT url FROM posts")


def test_a_blog_that_is_given_by_a_post_starts_at_its_first_page_once_that_was_had(place: Place) -> None:
    place.here |= {
        "/": page("Harbour", "/2012/05/tides/", "/2012/06/boats/"),
        "/2012/05/tides/": page("Tides", "/"),
        "/2012/06/boats/": page("Boats", "/"),
    }
    place.crawl("/2012/05/tides/")
    assert place.rows("SELECT blog, posts_known, posts_held FROM coverage") == [(place.url("/"), 2, 2)]
    del place.here["/2012/05/tides/"]
    place.crawl("/2012/05/tides/")  # by the address that it was known by
    assert place.rows("SELECT count(*) FROM crawls") == [(1,)]
    assert place.update().exit_code == 0  # a post that is gone is not the blog
    assert place.asked == ["/"]
    assert preview_removal(place.db, place.url("/2012/05/tides/"))[0].url == place.url("/")


def test_a_blog_that_is_given_by_a_post_has_its_feed_at_its_own_place(place: Place) -> None:
    head = '<meta name="generator" content="WordPress 6.4"><link rel="stylesheet" href="/wp-content/themes/tide/style.css">'
    place.here["/log/2012/05/tides/"] = page("Tides", "/log/", head=head)
    place.crawl("/log/2012/05/tides/")
    assert "/log/feed/" in place.asked
    assert "/log/2012/05/tides/feed/" not in place.asked


def test_a_blog_that_is_given_by_a_post_goes_on_from_there_where_its_first_page_is_not_had(place: Place) -> None:
    place.here |= {"/2012/05/tides/": page("Tides", "/", "/2012/06/boats/"), "/2012/06/boats/": page("Boats", "/")}
    place.crawl("/2012/05/tides/")
    assert place.rows("SELECT blog, posts_held FROM coverage") == [(place.url("/2012/05/tides/"), 2)]
    assert place.update().exit_code == 0


def test_another_post_of_a_blog_goes_on_with_its_crawl(place: Place) -> None:
    place.here |= {
        "/": page("Harbour", "/2012/05/tides/"),
        "/2012/05/tides/": page("Tides", "/"),
        "/2012/06/boats/": page("Boats", "/"),  # which nothing leads to
    }
    place.crawl("/")
    place.crawl("/2012/06/boats/")
    assert "/2012/06/boats/" in place.asked
    assert place.rows("SELECT url FROM crawls") == [(place.url("/"),)]
    assert (place.url("/2012/06/boats/"),) in place.rows("SELECT url FROM posts")
    place.crawl("/2012/06/boats/")  # it was asked for by name
    assert "/2012/06/boats/" in place.asked
    place.update()
    assert "/2012/06/boats/" not in place.asked


def test_another_part_of_a_host_or_another_choice_of_posts_is_a_crawl_of_its_own(place: Place) -> None:
    place.here |= {"/": page("Harbour"), "/notes/": page("Notes"), "/2012/05/tides/": page("Tides", "/")}
    place.crawl("/")
    place.crawl("/notes/")
    place.crawl("/2012/05/tides/", include=("*/2012/*",))
    assert [url for (url,) in place.rows("SELECT url FROM crawls ORDER BY id")] == [
        place.url("/"),
        place.url("/notes/"),
        place.url("/2012/05/tides/"),
    ]


def test_a_crawl_that_finds_no_post_says_where_it_looked(place: Place) -> None:
    place.here |= {"/": page("Harbour", "/2012/05/tides/"), "/about/": "<title>About</title><p>I mend boats.</p>"}
    place.here["/2012/05/tides/"] = page("Tides", "/")
    assert place.crawl("/about/").exit_code == 0
    said = "SELECT url, message FROM run_events WHERE level = 'warning'"
    ((about, line),) = place.rows(said)
    assert about == place.url("/about/")
    assert line.startswith("no post was found under /about/; for what is elsewhere `remove` this crawl")
    place.crawl("/")
    assert len(place.rows(said)) == 1


def test_posts_that_a_feed_lists_beside_the_place_that_is_crawled_are_told(place: Place) -> None:
    paths = ("/repairs/2012/05/tides.html", "/kitchen/2012/06/bread.html", "/kitchen/2012/07/jam.html")
    items = "".join(f"<item><title>{path}</title><link>{place.url(path)}</link></item>" for path in paths)
    feed = f"<rss version='2.0'><channel><title>Harbour</title><link>{place.url('/')}</link>{items}</channel></rss>"
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    place.here |= {path: page(path[-10:-5], head=head) for path in paths}
    place.here["/feed.xml"] = Answer(200, (("Content-Type", "application/rss+xml"),), feed.encode())
    said = "SELECT message FROM run_events WHERE level = 'warning'"
    assert place.crawl(paths[0]).exit_code == 0
    ((line,),) = place.rows(said)
    assert line.startswith(f"its feeds list posts that are not under /repairs/: 2, such as {place.url(paths[1])}; for ")
    place.update()
    assert len(place.rows(said)) == 1


def test_who_gives_a_folder_means_it(place: Place) -> None:
    items = "".join(f"<item><link>{place.url(path)}</link></item>" for path in ("/log/tides", "/shop/jam"))
    feed = f"<rss version='2.0'><channel><title>Harbour</title>{items}</channel></rss>"
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    place.here |= {"/log/": page("Log", "/log/tides", head=head), "/log/tides": page("Tides")}
    place.here["/feed.xml"] = Answer(200, (("Content-Type", "application/rss+xml"),), feed.encode())
    assert place.crawl("/log/").exit_code == 0
    assert place.rows("SELECT message FROM run_events WHERE level = 'warning'") == []


# ---- before anything is asked for


def test_without_a_contact_nobody_is_asked(place: Place) -> None:
    with pytest.raises(UsageError, match="--contact"):
        place.crawl(settings=Settings(allow_net=("127.0.0.0/8",)))
    assert (place.web.log, place.db.exists()) == ([], False)


def test_the_contact_is_given_once(place: Place) -> None:
    place.here["/"] = page("Home")
    place.crawl()
    assert place.crawl(settings=Settings(allow_net=("127.0.0.0/8",))).exit_code == 0
    assert all("me@example.org" in (each.request.header("user-agent") or "") for each in place.web.log)


@pytest.mark.parametrize("url", ["ftp://blog.example/", "nonsense", "javascript:alert(1)"])
def test_what_is_no_web_address_is_a_mistake_of_the_caller(place: Place, url: str) -> None:
    with pytest.raises(UsageError):
        crawl(place.db, Crawl(url), CrawlOptions(), SETTINGS)
    assert not place.db.exists()


def test_an_archive_without_a_blog_has_nothing_to_update(place: Place) -> None:
    with pytest.raises(UsageError, match="no such file"):
        update(place.db, CrawlOptions(), SETTINGS)
    place.db.touch()
    with pytest.raises(UsageError, match="no blog is crawled"):
        update(place.db, CrawlOptions(), SETTINGS)


def test_a_second_run_is_told_who_writes(place: Place) -> None:
    place.here["/"] = page("Home")
    with Session(place.db, "crawl", SETTINGS, Watcher()), pytest.raises(ArchiveLocked):
        place.crawl()
    assert place.web.log == []


def older(db: Path, url: str, moved_from: str = "[]") -> None:
    """Makes an archive of an older version that crawls this blog and knows the operator's contact."""
    connection = sqlite3.connect(db)
    for name in MIGRATIONS[:-1]:
        connection.executescript((Path(schema.__file__).parent / "migrations" / name).read_text())
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) - 1}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    sql = "INSERT INTO crawls (url, include, exclude, contact, moved_from, added_at) VALUES (?, ?, ?, ?, ?, ?)"
    connection.execute(sql, (url, "[]", "[]", SETTINGS.contact, moved_from, "2012-05-14T00:00:00Z"))
    connection.commit()
    connection.close()


def test_blogs_of_an_older_archive_are_updated_in_the_first_run_too(place: Place) -> None:
    place.here["/"] = page("Home")
    older(place.db, place.url())
    assert update(place.db, CrawlOptions(0.0, readers=0), Settings(allow_net=("127.0.0.0/8",))).exit_code == 0
    assert place.rows("SELECT command, exit_code FROM runs") == [("update", 0)]


def test_an_older_archive_knows_its_operator_and_its_blogs_that_moved(place: Place) -> None:
    place.here["/"] = redirect(place.url("/", THERE))
    place.there["/"] = page("Home")
    older(place.db, place.url("/", THERE), json.dumps([place.url()]))
    assert place.crawl(settings=Settings(allow_net=("127.0.0.0/8",))).exit_code == 0
    assert place.rows("SELECT url FROM crawls") == [(place.url("/", THERE),)]


def test_an_archive_that_knows_no_operator_asks_for_one_before_anybody_else_is_asked(place: Place) -> None:
    Archive(place.db).close()
    with pytest.raises(UsageError, match="--contact"):
        place.crawl(settings=Settings(allow_net=("127.0.0.0/8",)))
    assert (place.web.log, place.rows("SELECT * FROM crawls")) == ([], [])
    with pytest.raises(UsageError, match="no blog is crawled"):
        place.update()


# ---- redirects


def test_a_redirect_is_an_address_of_its_own(place: Place) -> None:
    place.here |= {"/": page("Home", "/old"), "/old": redirect("/new"), "/new": page("New")}
    assert place.crawl().exit_code == 0
    assert place.state("/old") == ("fetched", "redirect to /new")
    assert place.state("/new")[0] == "fetched"


def test_redirects_in_a_circle_come_to_an_end(place: Place) -> None:
    place.here |= {"/": page("Home", "/a"), "/a": redirect("/b", 302), "/b": redirect("/a", 302)}
    place.crawl()
    assert place.asked.count("/a") == 1


def test_a_redirect_to_the_very_same_address_is_followed_no_more(place: Place) -> None:
    place.here |= {"/": page("Home", "/a"), "/a": redirect("/a", 302)}
    assert place.crawl().exit_code == 3
    assert place.asked.count("/a") == 1
    assert place.state("/a") == ("failed", f"redirects: in a circle, back to {place.url('/a')}")


def test_redirects_without_end_come_to_an_end(place: Place) -> None:
    def on(request: Request) -> Answer:
        return redirect(f"/x?n={int(request.target.partition('=')[2] or 0) + 1}", 302)

    place.here["/"] = page("Home", "/x?n=0")
    place.here |= {f"/x?n={number}": on for number in range(100)}
    report = place.crawl()
    assert (report.exit_code, len(place.asked) < 20) == (3, True)


def test_a_redirect_to_another_site_is_not_followed(place: Place) -> None:
    place.here |= {"/": page("Home", "/out"), "/out": redirect(place.url("/x", THERE))}
    place.there["/x"] = page("Elsewhere")
    place.crawl()
    assert place.state("/out")[0] == "refused"
    assert [each for each in place.web.log if each.host == THERE] == []


def test_a_blog_that_has_moved_is_followed_and_its_old_address_is_kept(place: Place) -> None:
    place.here["/"] = redirect(place.url("/", THERE))
    place.there |= {"/": page("Home", "/a"), "/a": page("Post")}
    assert place.crawl().exit_code == 0
    assert place.state("/a", THERE)[0] == "fetched"
    ((url, moved),) = place.rows("SELECT url, moved_from FROM crawls")
    assert (url, json.loads(moved)) == (place.url("/", THERE), [place.url()])
    assert place.crawl().exit_code == 0  # by the old address
    assert place.rows("SELECT count(*) FROM crawls") == [(1,)]


def test_a_home_page_that_is_elsewhere_for_a_moment_has_not_moved(place: Place) -> None:
    place.here["/"] = redirect(place.url("/", THERE), 302)
    place.there["/"] = page("Please log in")
    assert place.crawl().exit_code == 3
    assert place.rows("SELECT url, moved_from FROM crawls") == [(place.url(), None)]


def test_a_blog_has_moved_only_where_the_new_address_answers(place: Place) -> None:
    place.here["/"] = redirect(place.url("/", THERE))
    place.there["/"] = Answer(500)
    assert place.crawl().exit_code == 3
    assert place.rows("SELECT url, moved_from FROM crawls") == [(place.url(), None)]


# ---- robots.txt and other reasons why a first page is not had


@pytest.mark.parametrize(
    ("robots", "first", "said"),
    [
        ("", Answer(404), "is gone: status 404"),
        ("User-agent: *\nDisallow: /", Answer(200), "is refused: robots: robots.txt disallows"),
        ("", Answer(302, (("Location", "http://blog.example/"),)), "is refused: scope: redirects to"),
    ],
)
def test_why_a_first_page_is_not_had_is_told(place: Place, robots: str, first: Answer, said: str) -> None:
    place.here |= {"/robots.txt": Answer(200, (), robots.encode()), "/": first}
    notes: list[str] = []
    watcher = Watcher(note=notes.append)
    report = crawl(place.db, Crawl(place.url()), CrawlOptions(0.0, readers=0), SETTINGS, watcher)
    assert report.exit_code == 3
    assert [note.startswith(f"{place.url()}: the blog's first page {said}") for note in notes] == [True]
    assert update(place.db, CrawlOptions(0.0, readers=0), SETTINGS, watcher).exit_code == 3
    assert notes[1:] == notes[:1]
    assert place.rows("SELECT count(*) FROM run_events WHERE level = 'warning'") == [(2,)]


def test_a_home_page_that_robots_txt_disallows_is_said(place: Place) -> None:
    place.here |= {"/robots.txt": Answer(200, (), b"User-agent: *\nDisallow: /"), "/": page("Home")}
    assert (place.crawl().exit_code, place.asked) == (3, [])


def test_a_robots_txt_that_is_too_long_counts_as_far_as_it_is_read(place: Place) -> None:
    body = b"User-agent: *\nDisallow: /a\n" + b"# " + b"x" * 2_000_000
    place.here |= {"/robots.txt": Answer(200, (), body), "/": page("Home", "/a"), "/a": page("A")}
    place.crawl()
    assert "/a" not in place.asked


def test_an_origin_without_rules_does_not_keep_its_host_s_others_from_being_asked(place: Place) -> None:
    secure = place.url("/secure").replace("http://", "https://")
    place.here |= {"/": page("Home", "/a", "/b"), "/a": redirect(secure), "/b": page("B")}
    assert place.crawl().exit_code == 3
    assert place.state("/b")[0] == "fetched"


def test_what_robots_txt_disallows_is_a_row_and_not_asked_for(place: Place) -> None:
    place.here["/robots.txt"] = Answer(200, (), b"User-agent: *\nDisallow: /private")
    place.here |= {"/": page("Home", "/private/a", "/b"), "/private/a": page("Private"), "/b": page("B")}
    assert place.crawl().exit_code == 0
    assert place.state("/private/a")[0] == "refused"
    assert "/private/a" not in place.asked


def test_a_server_whose_robots_txt_fails_is_left_alone(place: Place) -> None:
    place.here |= {"/robots.txt": Answer(503), "/": page("Home")}
    report = place.crawl()
    assert (report.exit_code, place.asked) == (3, [])
    assert place.state("/") == ("refused", "robots: robots.txt answered 503")


def test_a_server_that_the_guard_barred_is_asked_by_the_next_run_that_may(place: Place) -> None:
    place.here["/"] = page("Home", "/a")
    place.here["/a"] = page("A")
    assert place.crawl(settings=replace(SETTINGS, allow_net=())).exit_code == 3
    assert place.web.log == []
    assert place.crawl().exit_code == 0
    assert (place.state("/")[0], place.state("/a")[0]) == ("fetched", "fetched")


def test_robots_txt_is_good_for_a_day(place: Place) -> None:
    place.here["/"] = page("Home")
    place.crawl()
    place.crawl()
    assert [each.target for each in place.web.log].count("/robots.txt") == 1


def test_what_a_killed_run_stored_of_a_robots_txt_is_not_stored_again(place: Place) -> None:
    place.here |= {"/": "<h1>Voices</h1>", "/robots.txt": "User-agent: *"}
    place.crawl()
    with closing(sqlite3.connect(place.db)) as connection, connection:  # as if it had been killed before its rules' row
        assert connection.execute("DELETE FROM robots").rowcount == 1
        connection.execute("UPDATE captures SET fetched_at = '2026-01-01T00:00:00Z' WHERE url LIKE '%/robots.txt'")
    place.crawl()
    assert place.rows("SELECT count(*) FROM captures WHERE url LIKE '%/robots.txt'") == [(1,)]
    assert place.rows("SELECT count(*) FROM robots") == [(1,)]


def test_a_robots_txt_may_be_on_another_host(place: Place) -> None:
    place.here["/robots.txt"] = redirect(place.url("/rules.txt", THERE))
    place.there["/rules.txt"] = Answer(200, (), b"User-agent: *\nDisallow: /b")
    place.here |= {"/": page("Home", "/a", "/b"), "/a": page("A"), "/b": page("B")}
    place.crawl()
    assert sorted(place.asked) == ["/", "/a", "/rules.txt", "/sitemap.xml"]


def test_its_sitemaps_are_read(place: Place) -> None:
    place.here["/robots.txt"] = Answer(200, (), f"Sitemap: {place.url('/map.xml')}".encode())
    urls = f"<url><loc>{place.url('/hidden')}</loc></url>"
    place.here["/map.xml"] = Answer(200, (("Content-Type", "text/xml"),), f"<urlset>{urls}</urlset>".encode())
    place.here |= {"/": page("Home"), "/hidden": page("Hidden")}
    place.crawl()
    assert place.state("/hidden")[0] == "fetched"
    assert "/sitemap.xml" not in place.asked


# ---- what is kept


@pytest.mark.parametrize("by", ["meta", "header"])
def test_a_page_that_asks_not_to_be_archived_is_not(place: Place, by: str) -> None:
    head = '<meta name="robots" content="noarchive">' if by == "meta" else ""
    headers = (HTML, ("X-Robots-Tag", "noarchive")) if by == "header" else (HTML,)
    secret = Answer(200, headers, page("Secret", head=head).encode())
    place.here |= {"/": page("Home", "/secret"), "/secret": secret}
    place.crawl()
    assert place.state("/secret") == ("refused", "noarchive: the page asks not to be archived")
    assert place.rows("SELECT count(*) FROM captures WHERE url LIKE '%secret'") == [(0,)]


def test_a_page_that_says_the_same_in_other_bytes_is_not_stored_again(place: Place) -> None:
    numbers = iter(range(100))
    place.here["/"] = lambda request: Answer(200, (HTML,), page("Home", head=f"<!-- {next(numbers)} -->").encode())
    place.crawl()
    report = place.crawl()
    assert (report.states["not_modified"], report.stored["captures"]) == (1, 0)
    assert place.rows("SELECT count(*) FROM captures WHERE url LIKE '%/'") == [(1,)]


def test_an_html_page_where_a_feed_was_to_be_is_no_post(place: Place) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
    place.here |= {"/": page("Home", head=link), "/feed/": page("Home")}
    place.crawl()
    assert place.state("/feed/") == ("skipped", "an HTML page, no feed")
    assert [url for (url,) in place.rows("SELECT url FROM posts")] in ([], [place.url()])


# ---- threads


def interface(comments: list[dict[str, Any]]) -> Answer:
    return Answer(200, (("Content-Type", "application/json"),), json.dumps(comments).encode())


def test_a_thread_that_is_short_is_completed_from_the_platforms_interface(place: Place) -> None:
    post = place.url("/2012/05/14/harbour/")
    head = (
        f'<link rel="https://api.w.org/" href="{place.url("/wp-json/")}"><meta name="generator" content="WordPress 6.4">'
        f'<link rel="shortlink" href="{place.url("/?p=7")}">'
    )
    place.here["/"] = page("Home", post)
    place.here["/2012/05/14/harbour/"] = page("Harbour", head=head, comments=thread("One.", "Two.", count=3))
    stated = [
        {"id": number, "post": 7, "parent": 1 if number == 3 else 0, "author_name": "Ann", "author_url": "",
         "date_gmt": f"2023-05-1{number}T10:00:00", "link": f"{post}#comment-{number}", "type": "comment",
         "content": {"rendered": f"<p>{text}</p>"}, "status": "approved"}
        for number, text in enumerate(("One.", "Two.", "Three."), 1)
    ]  # fmt: skip
    root = "/wp-json/wp/v2/comments?post=7&per_page=100&order=asc&page=1"

    def comments(request: Request) -> Answer:
        return interface(stated) if request.target.startswith(root) else Answer(404)

    targets = "_fields=id,post,parent,author_name,author_url,author_avatar_urls,date,date_gmt,link,content,type,status"
    place.here[f"{root}&{targets}"] = comments
    place.crawl()
    sql = "SELECT comments.text, parent.text, comments.published FROM comments LEFT JOIN comments AS parent"
    assert place.rows(f"{sql} ON parent.id = comments.parent_id ORDER BY comments.id") == [
        ("One.", None, "2023-05-11T10:00:00+00:00"),
        ("Two.", None, "2023-05-12T10:00:00+00:00"),
        ("Three.", "One.", "2023-05-13T10:00:00+00:00"),
    ]
    assert place.rows("SELECT comments_complete FROM posts WHERE title = 'Harbour'") == [(1,)]


def test_a_thread_that_is_whole_is_asked_for_nowhere_else(place: Place) -> None:
    head = f'<link rel="alternate" type="application/rss+xml" title="Comments" href="{place.url("/a/feed/")}">'
    place.here |= {"/": page("Home", "/a/"), "/a/": page("A", head=head, comments=thread("One.", count=1))}
    place.crawl()
    assert "/a/feed/" not in place.asked


def test_all_pages_of_a_long_thread_are_asked_for_though_each_repeats_its_post(place: Place) -> None:
    def shown(number: int) -> str:
        older = f'<nav class="comment-navigation"><a href="/a/comment-page-{number - 1}/#comments">Older</a></nav>'
        said = thread(f"Remark of page {number}.", count=8).replace("comment-1", f"comment-{number}")
        return page("A", comments=said + (older if number > 1 else ""))

    place.here |= {f"/a/comment-page-{number}/": shown(number) for number in range(1, 8)}
    place.here |= {"/": page("Home", "/a/"), "/a/": shown(8)}
    place.crawl()
    assert sorted(path for path in place.asked if "comment-page" in path) == [
        f"/a/comment-page-{number}/" for number in range(1, 8)
    ]
    assert place.rows("SELECT count(*) FROM comments") == [(8,)]


# ---- limits


def test_a_limit_ends_the_run_and_the_next_one_goes_on(place: Place) -> None:
    place.here |= {"/": page("Home", "/a", "/b", "/c"), **{path: page(path[1:]) for path in ("/a", "/b", "/c")}}
    assert place.crawl(limit=2).exit_code == 5
    assert len(place.asked) == 2
    assert place.update().exit_code == 0
    assert {place.state(path)[0] for path in ("/a", "/b", "/c")} == {"fetched"}


def test_a_run_that_is_out_of_time_asks_for_nothing_more(place: Place) -> None:
    place.here |= {"/": page("Home", "/a")}
    assert place.crawl(seconds=0.0).exit_code == 5
    assert place.web.log == []


def test_only_what_is_included_and_nothing_that_is_excluded(place: Place) -> None:
    links = ("/2012/05/a.html", "/2012/05/b.html", "/2013/05/c.html")
    place.here |= {"/": page("Home", *links), **{path: page(path[-6:-5]) for path in links}}
    place.crawl(include=("*/2012/*",), exclude=("*b.html",))
    assert [path for path in place.asked if path in links] == ["/2012/05/a.html"]


def test_only_posts_of_the_days_that_were_asked_for(place: Place) -> None:
    links = ("/2012/05/01/a.html", "/2012/06/01/b.html", "/2012/07/01/c.html")
    place.here |= {"/": page("Home", *links), **{path: page(path[-6:-5]) for path in links}}
    place.crawl(since=date(2012, 6, 1), until=date(2012, 6, 30))
    assert [path for path in place.asked if path in links] == ["/2012/06/01/b.html"]


# ---- failures


def test_what_fails_for_a_moment_is_tried_again_in_the_same_run(place: Place) -> None:
    answers = iter([Answer(500), Answer(200, (HTML,), page("A").encode())])
    place.here |= {"/": page("Home", "/a", "/b"), "/b": page("B"), "/a": lambda request: next(answers)}
    assert place.crawl().exit_code == 0
    assert place.state("/a")[0] == "fetched"
    assert [path for path in place.asked if path in ("/a", "/b")] == ["/a", "/b", "/a"]


def test_what_goes_on_failing_is_left_for_another_day(place: Place) -> None:
    place.here |= {"/": page("Home", "/a"), "/a": Answer(500)}
    assert place.crawl().exit_code == 3
    assert place.asked.count("/a") == 3
    place.update()
    assert "/a" not in place.asked


def test_a_304_that_nobody_asked_for_is_a_failure(place: Place) -> None:
    place.here |= {"/": page("Home", "/a"), "/a": Answer(304)}
    place.crawl()
    assert place.state("/a") == ("failed", "protocol: 304 without having been asked for it")


# ---- what goes wrong on the way


def test_a_retry_after_beyond_the_calendar_ends_no_crawl(place: Place) -> None:
    headers = (("Retry-After", "Fri, 31 Dec 9999 23:59:59 -1200"),)
    answers = iter([Answer(503, headers), Answer(200, (HTML,), page("A").encode())])
    place.here |= {"/": page("Home", "/a"), "/a": lambda request: next(answers)}
    assert place.crawl().exit_code == 0
    assert place.state("/a")[0] == "fetched"


def test_an_answer_that_brings_a_bug_to_light_is_a_failure_and_the_crawl_goes_on(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_on_a(page: Any, addresses: Any) -> str:
        if page.url.endswith("/a"):
            raise ZeroDivisionError("a bug")
        return signature_of(page, addresses)

    monkeypatch.setattr(answers, "signature_of", fail_on_a)
    place.here |= {"/": page("Home", "/a", "/b"), "/a": page("A"), "/b": page("B")}
    assert place.crawl().exit_code == 3
    assert place.state("/a") == ("failed", "bug: ZeroDivisionError: a bug")
    assert place.state("/b")[0] == "fetched"


def test_a_robots_txt_that_wanders_over_three_hosts_is_found(place: Place) -> None:
    with Web(["127.0.0.3"]) as web:
        last = Pages({"/r": Answer(200, (), b"User-agent: *\nDisallow: /a")})
        web.put("127.0.0.3", last)
        place.here["/robots.txt"] = redirect(place.url("/r", THERE))
        place.there["/r"] = redirect(web.base("127.0.0.3").rstrip("/") + "/r")
        place.here |= {"/": page("Home", "/a", "/b"), "/a": page("A"), "/b": page("B")}
        assert place.crawl().exit_code == 0
        assert [each.target for each in web.log] == ["/r"]
    assert [path for path in place.asked if path in ("/", "/a", "/b")] == ["/", "/b"]


def test_robots_txts_that_lead_to_each_other_come_to_an_end(place: Place) -> None:
    place.here["/robots.txt"] = redirect(place.url("/robots.txt", THERE))
    place.there["/robots.txt"] = redirect(place.url("/robots.txt"))
    place.here["/"] = page("Home")
    assert place.crawl().exit_code == 0  # where following it leads nowhere there are no rules: RFC 9309, 2.3.1.2
    assert place.state("/")[0] == "fetched"


def test_pages_that_always_fail_do_not_make_the_host_one_that_is_down(place: Place) -> None:
    links = [f"/{number}" for number in range(6)]
    place.here |= {"/": page("Home", *links, "/z"), **dict.fromkeys(links, Answer(500)), "/z": page("Z")}
    report = place.crawl()
    assert (report.exit_code, report.is_waiting) == (3, False)
    assert [place.asked.count(link) for link in links] == [3] * 6


# ---- which posts there are


def sitemap(*urls: str) -> Answer:
    places = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return Answer(200, (("Content-Type", "text/xml"),), f"<urlset>{places}</urlset>".encode())


def test_a_sitemap_that_names_a_part_of_the_posts_does_not_hide_the_others(place: Place) -> None:
    posts = [f"/20{year}/0{month}/post-of-month/" for year in (10, 11, 12) for month in (1, 2, 3)]
    months = [path.removesuffix("post-of-month/") for path in posts]
    place.here |= {path: page(f"Post {path[1:8]}") for path in posts}
    place.here |= {month: page(f"Month {month}", path) for month, path in zip(months, posts, strict=True)}
    place.here |= {"/": page("Home", posts[-1], *reversed(months)), "/robots.txt": Answer(404)}
    place.here["/sitemap.xml"] = sitemap(*(place.url(path) for path in posts[-3:]))
    place.crawl()
    assert {place.state(path)[0] for path in posts} == {"fetched"}


def test_what_is_left_out_later_is_not_asked_for_and_comes_back_when_it_is_let_in(place: Place) -> None:
    posts = ("/2012/05/a.html", "/2013/05/b.html")
    place.here |= {"/": page("Home", *posts), **{path: page(path[-6:-5]) for path in posts}}
    place.crawl(limit=1)
    place.crawl(exclude=("*/2013/*",))
    assert [path for path in place.asked if path in posts] == ["/2012/05/a.html"]
    place.crawl()  # as it was said before
    assert "/2013/05/b.html" not in place.asked
    place.crawl(exclude=("*/tag/*",))
    assert "/2013/05/b.html" in place.asked


def test_a_sitemap_that_is_empty_for_once_makes_nothing_due(place: Place) -> None:
    posts = [f"/2012/05/post-{number}.html" for number in range(12)]
    place.here |= {"/": page("Home"), **{path: page(path[-7:-5]) for path in posts}}
    place.here["/sitemap.xml"] = sitemap(*map(place.url, posts))
    place.crawl()
    place.here["/sitemap.xml"] = sitemap()
    place.update()
    assert [path for path in place.asked if path in posts] == []


def test_a_link_with_a_password_is_not_followed(place: Place) -> None:
    place.here |= {"/": page("Home", place.url("/a").replace("//", "//ann:secret@")), "/a": page("A")}
    place.crawl()
    assert "/a" not in place.asked


def test_a_first_page_that_is_missing_is_said(place: Place) -> None:
    assert place.crawl("/typo/").exit_code == 3


@pytest.mark.parametrize(("status", "code"), [(404, 0), (410, 0), (403, 3)])
def test_other_pages_that_are_gone_make_no_run_fail(place: Place, status: int, code: int) -> None:
    place.here |= {"/": page("Home", "/about/"), "/about/": Answer(status, (HTML,), b"<h1>nothing here</h1>")}
    assert place.crawl().exit_code == code
    assert place.state("/about/")[0] == ("failed" if code else "gone")


@pytest.mark.parametrize("status", [404, 410])
def test_a_blog_that_has_closed_is_said_by_each_update(place: Place, status: int) -> None:
    place.here["/"] = page("Home")
    assert place.crawl().exit_code == 0
    place.here["/"] = Answer(status, (HTML,), b"<h1>nothing here</h1>")
    assert [place.update().exit_code, place.update().exit_code] == [3, 3]


def test_a_feed_that_asks_not_to_be_archived_is_not(place: Place) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    headers = (("Content-Type", "application/rss+xml"), ("X-Robots-Tag", "blog-to-sqlite: noarchive"))
    place.here |= {"/": page("Home", head=link), "/feed": Answer(200, headers, b"<rss><channel></channel></rss>")}
    place.crawl()
    assert place.state("/feed")[0] == "refused"
    assert place.rows("SELECT count(*) FROM captures WHERE url LIKE '%/feed'") == [(0,)]
