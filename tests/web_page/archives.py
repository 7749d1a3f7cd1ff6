"""Archives to be served: what a grab makes of the demo blog, and rows that nobody well-meaning would have written."""

from __future__ import annotations

import shutil
from pathlib import Path

from scraper.run.crawling.grab import grab
from scraper.settings import Settings
from scraper.store.connection import open_for_writing
from scraper.store.planning.values import text_digest
from scripts.demo_server import BLOG, serve_folder
from tests.web.pictures import png

PATHS = (
    "/2021/03/mending-the-tide-clock/",
    "/2021/05/eleven-kinds-of-fog/",
    "/2021/05/eleven-kinds-of-fog/comment-page-1/",
    "/2021/09/the-ferry-that-ran-on-guesswork/",
    "/watch-notes/handing-over-in-the-dark",
    "/clock.png",
)
LONG = 2_500  # comments of the long thread
SCRIPT = "<script>window.pwned=1</script>"
EVIL_NAME = f"\"'><img src=x onerror=window.pwned=1>{SCRIPT}\u202eevil\u202c\x00\x1b[31m"
EVIL_URL = "javascript:window.pwned=1//"
EVIL_HTML = f"""<p onclick="window.pwned=1" style="position:fixed;inset:0" id="content">Kettle {SCRIPT}
<img src=x onerror=window.pwned=1><img src="http://tracker.example/p.png" alt="a &quot;b&quot; <i>c</i>">
<a href="{EVIL_URL}">click</a><a href="/archive?sql=select+1">inner</a><iframe src="http://frame.example/"></iframe>
<svg onload=window.pwned=1><a xlink:href="{EVIL_URL}"><text>x</text></a></svg><form action="/x"><input name=q></form>
<style>body{{display:none}}</style><base href="http://evil.example/"><meta http-equiv=refresh content="0;url=/x">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=1&gt;"></p>"""
HUGE = "W" * 10_000


def grab_demo(archive: Path) -> None:
    """The demo blog, and a picture that one of its posts shows."""
    blog = archive.parent / "blog"
    shutil.copytree(BLOG, blog)
    (blog / "clock.png").write_bytes(png(40))
    with serve_folder(blog, 0) as server:
        urls = [server.site + path for path in PATHS]
        grab(archive, urls, Settings(allow_net=("127.0.0.1",)), delay=0)
    connection = open_for_writing(archive)
    connection.execute("BEGIN")
    url, capture_id = connection.execute("SELECT url, id FROM captures WHERE url LIKE '%.png'").fetchone()
    connection.execute(
        "INSERT INTO media (id, url, state, media_type, capture_id) VALUES (77, ?, 'fetched', 'image/png', ?)",
        (url, capture_id),
    )
    picture = f'<p><img src="{url}" alt="A clock"><img src="http://elsewhere.example/p.png" alt="Not here"></p>'
    connection.execute("UPDATE posts SET html = ? || html WHERE url LIKE '%tide-clock%'", (picture,))
    connection.execute("COMMIT")
    connection.close()


def add_history(archive: Path) -> None:
    """The first post said something else before; one comment was not found again, one was reworded, one is deleted."""
    connection = open_for_writing(archive)
    post_id, capture_id, title, text = connection.execute(
        "SELECT posts.id, posts.capture_id, title, text FROM posts WHERE (SELECT count(*) FROM comments WHERE post_id = posts.id) > 3 LIMIT 1"
    ).fetchone()
    page_id, url = connection.execute("SELECT page_id, url FROM captures WHERE id = ?", (capture_id,)).fetchone()
    (preference,) = connection.execute(
        "SELECT preference FROM post_sightings WHERE capture_id = ?", (capture_id,)
    ).fetchone()
    old = text.replace("fog", "mist").replace("bell", "horn") + "\nA paragraph that was taken out again."
    connection.execute("BEGIN")
    older = connection.execute(
        "INSERT INTO captures (page_id, url, fetched_at, status, payload_sha256, payload_length, record_id, warc_file, warc_offset,"
        " warc_length, origin) SELECT page_id, url, '2020-01-02T03:04:05Z', 200, ?, 10, 'x', warc_file, warc_offset, 10, 'fetch'"
        " FROM captures WHERE id = ?",
        ("0" * 64, capture_id),
    ).lastrowid
    digest = text_digest(title, old)
    connection.execute(
        "INSERT INTO revisions (post_id, capture_id, cause, title, text, html, text_sha256) VALUES (?, ?, 'changed', ?, ?, '', ?)",
        (post_id, older, title, old, digest),
    )
    connection.execute(
        "INSERT INTO post_sightings (capture_id, post_id, preference, text_sha256, comments, declared, tells_thread)"
        " VALUES (?, ?, ?, ?, 7, 7, 1)",
        (older, post_id, preference, digest),
    )
    first, second, third = (
        key
        for (key,) in connection.execute(
            "SELECT id FROM comments WHERE post_id = ? ORDER BY position LIMIT 3", (post_id,)
        )
    )
    connection.execute(
        "INSERT INTO absences (comment_id, seen_capture_id, missed_capture_id) VALUES (?, ?, ?)",
        (first, older, capture_id),
    )
    connection.execute(
        "INSERT INTO revisions (comment_id, capture_id, cause, text, html, text_sha256) VALUES (?, ?, 'changed', 'Zebras graze elsewhere.', '', 'x')",
        (second, older),
    )
    connection.execute("UPDATE comments SET state = 'deleted', text = '', html = '' WHERE id = ?", (third,))
    connection.execute(
        "INSERT INTO run_events (run_id, at, level, url, message) VALUES (1, '2024-01-01T00:00:00Z', 'warning', ?, 'slow')",
        (url,),
    )
    connection.execute("COMMIT")
    connection.close()
    assert page_id


def add_long_thread(archive: Path) -> None:
    """A post of its own, whose comments answer each other a thousand deep, then stand side by side."""
    connection = open_for_writing(archive)
    connection.execute("BEGIN")
    (blog_id,) = connection.execute("SELECT min(id) FROM blogs").fetchone()
    connection.execute(
        "INSERT INTO posts (id, blog_id, url, url_key, kind, title, text, html, source, declared_comment_count)"
        " VALUES (9000, ?, 'http://long.example/1', 'http://long.example/1', 'post', 'A long thread', 'Go on.', '<p>Go on.</p>', 'html', 3000)",
        (blog_id,),
    )
    connection.executemany(
        "INSERT INTO comments (id, post_id, parent_id, kind, state, position, depth, author, by_post_author, text, html,"
        " published_earliest, published_latest, published_precision, published_shown)"
        " VALUES (?, 9000, ?, 'comment', 'visible', ?, 0, ?, 0, ?, '', '2011-01-01T00:00:00Z', '2012-01-01T00:00:00Z', 'interval', '12 years ago')",
        (
            (100_000 + at, 99_999 + at if 0 < at < 1_000 else None, at, f"Speaker {at % 7}", f"Words {at}.")
            for at in range(LONG)
        ),
    )
    connection.execute("INSERT INTO comments_fts (comments_fts) VALUES ('rebuild')")
    connection.execute("COMMIT")
    connection.close()


def make_hostile(archive: Path) -> None:
    """All texts are hostile, those that should have been sanitised too."""
    connection = open_for_writing(archive)
    connection.execute("BEGIN")
    time = "'2012-05-14', '2012-05-14T00:00:00Z', '2012-05-15T00:00:00Z', 'day', ?"
    connection.execute(
        "INSERT INTO blogs (id, host, url, name) VALUES (1, ?, ?, ?)", (EVIL_NAME, EVIL_URL, EVIL_NAME + HUGE)
    )
    connection.execute(
        "INSERT INTO pages (id, url, url_key, blog_id, state, reason, kind, capture_id, post_id, platform, encoding, notices)"
        " VALUES (1, ?, 'k', 1, 'fetched', ?, 'post', NULL, NULL, ?, ?, ?)",
        (EVIL_URL, EVIL_NAME, EVIL_NAME, EVIL_NAME, f'["{SCRIPT}"]'),
    )
    connection.execute(
        "INSERT INTO captures (id, page_id, url, fetched_at, fetched_before, status, content_type, payload_sha256, payload_length, record_id, warc_file, warc_offset, warc_length, origin) VALUES (1, 1, ?, '2024-01-01T00:00:00Z', NULL, 200, ?, ?, 10, ?, '../../etc/passwd', 0, 10, 'fetch')",
        (EVIL_URL, EVIL_NAME, EVIL_NAME, EVIL_NAME),
    )
    for key, title in ((1, EVIL_NAME), (2, HUGE), (3, "\u202e" * 200 + "drawkcab")):
        connection.execute(
            "INSERT INTO posts (id, blog_id, capture_id, url, url_key, kind, title, subtitle, section, language, text, html,"
            " published, published_earliest, published_latest, published_precision, published_shown, source)"
            f" VALUES (?, 1, 1, ?, ?, 'post', ?, ?, ?, ?, ?, ?, {time}, 'html')",
            (key, EVIL_URL, f"k{key}", title, EVIL_NAME, EVIL_NAME, '" onload="', EVIL_NAME, EVIL_HTML, EVIL_NAME),
        )
    connection.execute("UPDATE pages SET capture_id = 1, post_id = 1")
    connection.execute(
        "INSERT INTO people (id, blog_id, name, name_key, url, profiles) VALUES (1, 1, ?, 'x', ?, ?)",
        (EVIL_NAME, EVIL_URL, f'["{EVIL_URL}"]'),
    )
    connection.execute(
        "INSERT INTO post_people (post_id, position, person_id, role, name) VALUES (1, 0, 1, ?, ?)",
        (EVIL_NAME, EVIL_NAME),
    )
    connection.execute(
        "INSERT INTO bios (id, person_id, capture_id, text, html, source, picture_url, picture_alt) VALUES (1, 1, 1, ?, ?, ?, ?, ?)",
        (EVIL_NAME, EVIL_HTML, EVIL_NAME, EVIL_URL, EVIL_NAME),
    )
    for key, parent in ((1, None), (2, 1), (3, 2)):
        connection.execute(
            "INSERT INTO comments (id, post_id, parent_id, permalink, kind, state, position, depth, author, author_url, avatar_url,"
            " by_post_author, subject, text, html, published, published_earliest, published_latest, published_precision, published_shown)"
            f" VALUES (?, 1, ?, ?, 'comment', 'visible', ?, 0, ?, ?, ?, 1, ?, ?, ?, {time})",
            (
                key,
                parent,
                EVIL_URL,
                key,
                EVIL_NAME,
                EVIL_URL,
                EVIL_URL,
                EVIL_NAME,
                EVIL_NAME + HUGE,
                EVIL_HTML,
                EVIL_NAME,
            ),
        )
    connection.execute("UPDATE comments SET parent_id = 3 WHERE id = 1")  # they answer each other in a ring
    connection.execute("INSERT INTO tags (id, name) VALUES (1, ?)", (EVIL_NAME,))
    connection.execute("INSERT INTO post_tags (post_id, kind, position, tag_id) VALUES (1, 'tag', 0, 1)")
    connection.execute(
        "INSERT INTO revisions (id, post_id, comment_id, person_id, capture_id, cause, title, text, html, text_sha256) VALUES (1, 1, NULL, NULL, 1, 'changed', ?, ?, ?, 'old')",
        (HUGE, f"{SCRIPT} was", EVIL_HTML),
    )
    connection.execute(
        "INSERT INTO post_sightings (capture_id, post_id, preference, comment_page, post_page, text_sha256, comments, declared, tells_thread, thread_pages, confirmed_at) VALUES (1, 1, 1, NULL, NULL, 'old', 3, 9, 1, NULL, NULL)"
    )
    connection.execute(
        "INSERT INTO claims (capture_id, position, field, value, source, place, accepted) VALUES (1, 0, 'title', ?, ?, ?, 1)",
        (EVIL_NAME, EVIL_NAME, EVIL_NAME),
    )
    connection.execute(
        "INSERT INTO removals (capture_id, position, step, kind, rule, place, characters, excerpt) VALUES (1, 0, ?, ?, ?, ?, 5, ?)",
        (EVIL_NAME, EVIL_NAME, EVIL_NAME, EVIL_NAME, EVIL_NAME),
    )
    connection.execute(
        "INSERT INTO runs (id, command, settings, version, started_at, finished_at, counts, exit_code) VALUES (1, ?, '{}', ?, '2024-01-01T00:00:00Z', '2024-01-01T00:01:00Z', ?, 3)",
        (EVIL_NAME, EVIL_NAME, f'{{"{SCRIPT}": 3}}'),
    )
    connection.execute(
        "INSERT INTO run_events (id, run_id, at, level, url, message, traceback) VALUES (1, 1, '2024-01-01T00:00:00Z', 'error', ?, ?, ?)",
        (EVIL_URL, EVIL_NAME, EVIL_NAME),
    )
    for table in ("posts", "comments"):
        connection.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
    connection.execute("COMMIT")
    connection.close()
