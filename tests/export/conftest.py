"""Archives to export: one of a blog with a thread, and one whose every text is hostile."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scraper.cli.main import cli
from scraper.store.connection import open_for_writing

Call = Callable[..., Result]

HTML = """<h2>Flour</h2><p>Ask <b>Bob Stone</b> or @cy, or see
<a href="https://bob.example/bread">his page</a>.</p><pre><code>x = 1 &lt; 2
```
</code></pre><ul><li>one<ul><li>two</li></ul></li></ul><p><img src="https://pictures.example/loaf.png" alt="A loaf"></p>"""
EVIL = (
    "=cmd|' /C calc'!A1 \x1b[31m\x9b2J \u202egnp.exe \0 ../../../etc/passwd <script>alert(1)</script>"
    " \"quoted\" 'single' & {braces} \\back $x% #1 ~^ ]]> --- \r\n| `tick` *star*\u2028"
)
EVIL_HTML = (
    "<b><p>bold <i>around</b> blocks</i></p><script>alert(1)</script><p onclick='alert(1)' id='a b'>x</p><p id='a b'>y"
    "<a href='javascript:alert(1)'>j</a><a href='https://e.example/a b%zz\"<>#x#y'>u</a><a href='#nowhere'>n</a>"
    "<iframe src='https://evil.example/'></iframe><img src=x onerror=alert(1)><img src='https://evil.example/t.gif'>"
    "<ul>text<p>stray<li><table><td>lost cell<li>in cell</table></ul><dl>no<dd>term</dl><h1><div>h</div></h1>"
    "<table><caption><p>c</table><ruby>k<rt>r</ruby><details>d<summary>s</details><bdo>b</bdo><li>alone"
    "<svg><style><a title='</style><img src=x onerror=alert(1)>'></a></svg>"
    + "<blockquote>" * 300
    + "deep\0\x1b[0m\ufffe"
)


class Rows:
    """A database that rows are put into."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = open_for_writing(path)

    def add(self, table: str, **values: object) -> None:
        marks = ", ".join("?" * len(values))
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(map(_storable, values.values()))
        )

    def add_page(self, key: int, url: str) -> None:
        """A captured page of the post with this key."""
        self.add("pages", id=key, url=url, url_key=f"{url} {key}", state="fetched", blog_id=1)
        self.add(
            "captures",
            id=key,
            page_id=key,
            url=url,
            fetched_at="2024-03-20T12:00:00Z",
            payload_sha256="ab",
            payload_length=1,
            record_id=f"urn:uuid:{key}",
            warc_file="voices.warc/a.warc.gz",
            warc_offset=key,
            warc_length=1,
            origin="fetch",
        )
        self.connection.execute("UPDATE pages SET capture_id = id WHERE id = ?", (key,))

    def add_post(self, key: int, url: str, **values: object) -> None:
        self.add_page(key, url)
        common = {"kind": "post", "source": "html", "blog_id": 1, "capture_id": key, "url_key": f"{url} {key}"}
        self.add("posts", id=key, url=url, **{"text": "", "html": "", **common, **values})
        self.connection.execute("UPDATE pages SET post_id = id, kind = 'post' WHERE id = ?", (key,))

    def add_comment(self, key: int, post: int, **values: object) -> None:
        common = {"kind": "comment", "state": "visible", "position": key, "depth": 0, "by_post_author": 0}
        texts = {"text": "", "html": "", "first_capture_id": post, "last_capture_id": post}
        self.add("comments", id=key, post_id=post, **{**common, **texts, **values})
        self.add("comment_sightings", comment_id=key, capture_id=post)

    def index(self) -> None:
        for table in ("posts_fts", "comments_fts"):
            self.connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")


def published(
    precision: str, earliest: str, latest: str, iso: str | None = None, shown: str | None = None
) -> dict[str, str | None]:
    """The columns of a time."""
    names = ("published", "published_earliest", "published_latest", "published_precision", "published_shown")
    return dict(zip(names, (iso, earliest, latest, precision, shown), strict=True))


def _storable(value: object) -> object:
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


@pytest.fixture
def call() -> Call:
    def run(*arguments: object) -> Result:
        return CliRunner().invoke(cli, [str(each) for each in arguments], prog_name="blog-to-sqlite")

    return run


def make_blog(path: Path) -> Path:
    """Two posts and a page about the blog; a thread of four, three deep."""
    rows = Rows(path)
    rows.add("blogs", id=1, host="blog.example", url="https://blog.example/")
    rows.add_post(
        7,
        "https://blog.example/2012/slow-bread",
        title="Slow bread: Bob Stone's way",
        subtitle="A long read",
        text="Flour\nAsk Bob Stone or @cy, or see his page.\nx = 1 < 2\none\ntwo",
        html=HTML,
        language="en-GB",
        site_name="The Bakery",
        declared_comment_count=4,
        **published("second", "2012-05-14T08:04:00Z", "2012-05-14T08:04:01Z", "2012-05-14T10:04:00+02:00"),
    )
    rows.add_post(
        8, "https://blog.example/rye", title="Rye", text="Rye is for winter.", html="<p>Rye is for winter.</p>"
    )
    rows.add_post(
        9, "https://blog.example/about", title="About", text="A bakery.", html="<p>A bakery.</p>", kind="about"
    )
    rows.add("people", id=1, blog_id=1, name="Ann Lee", name_key="ann lee", url="https://blog.example/ann")
    rows.add("people", id=2, blog_id=1, name="Nobody", name_key="nobody")
    rows.add("post_people", post_id=7, position=0, person_id=1, role="author", name="Ann Lee")
    rows.add("bios", person_id=1, text="Ann bakes.", html="<p>Ann bakes.</p>", capture_id=7)
    rows.add("tags", id=1, name="bread")
    rows.add("post_tags", post_id=7, kind="tag", position=0, tag_id=1)
    url = "https://blog.example/2012/slow-bread"
    rows.add_comment(
        11,
        7,
        author="Bob Stone",
        author_url="https://bob.example/",
        avatar_url="https://avatars.example/bob.png",
        platform_id="c-4711",
        permalink=f"{url}#c-4711",
        text="Good bread.",
        html="<p>Good bread.</p>",
        **published("day", "2012-05-14T10:00:00Z", "2012-05-16T12:00:00Z", "2012-05-15"),
    )
    rows.add_comment(
        12,
        7,
        parent_id=11,
        author="cy",
        text="Thanks, Bob! See https://bob.example/bread and CY said so, not Bobby.",
        html='<p>Thanks, Bob! See <a href="https://www.bob.example/bread?x=1">https://bob.example/bread</a> and CY said so, not Bobby.</p>',
        **published("interval", "2012-08-01T00:00:00Z", "2012-08-31T00:00:00Z", shown="11 years ago"),
    )
    rows.add_comment(13, 7, parent_id=12, author="Ann Lee", by_post_author=1, text="Well said, @bob stone.", html="")
    rows.add_comment(14, 7, author=None, kind="pingback", text="Elsewhere", html="<p>Elsewhere</p>")
    rows.index()
    rows.connection.close()
    return rows.path


@pytest.fixture(scope="session")
def made_blog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The blog of `make_blog`, which no test changes."""
    return make_blog(tmp_path_factory.mktemp("blog") / "voices.db")


@pytest.fixture
def blog(made_blog: Path, tmp_path: Path) -> Path:
    """A copy of its own of `made_blog`."""
    path = tmp_path / "voices.db"
    for end in ("", "-wal", "-shm"):
        if Path(f"{made_blog}{end}").exists():
            shutil.copy(f"{made_blog}{end}", f"{path}{end}")
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that a page can say is said with bad intent; a circle of answers, and a thread 300 deep."""
    rows = Rows(tmp_path_factory.mktemp("hostile") / "hostile.db")
    rows.add("blogs", id=1, host="evil.example", url="https://evil.example/")
    titles: Sequence[str | None] = (EVIL, "x" * 10_000, "CON", "..", "/", "\0", None, "<b>&amp;", "../" * 50, "-" * 300)
    for key, title in enumerate(titles, 1):
        rows.add_post(
            key,
            f'https://evil.example/{key}"><script>alert({key})</script>',
            title=title,
            subtitle=title,
            text=EVIL,
            html=EVIL_HTML,
            language='"><script>' if key % 2 else "en_US",
            site_name=EVIL,
            published=EVIL if key % 2 else "2012-05",
            published_earliest="2012-04-30T10:00:00Z",
            published_shown=EVIL,
            published_precision="interval",
            withheld="paywall",
        )
    rows.add(
        "people", id=1, blog_id=1, name=EVIL, name_key="evil", url="javascript:alert(1)", profiles=f'["{EVIL[:5]}", 3]'
    )
    rows.add("post_people", post_id=1, position=0, person_id=1, role="author", name=EVIL)
    rows.add("bios", person_id=1, text=EVIL, html=EVIL_HTML, picture_url="javascript:alert(1)", capture_id=1)
    rows.add("tags", id=1, name=EVIL)
    rows.add("post_tags", post_id=1, kind="tag", position=0, tag_id=1)
    for key in range(1, 301):
        rows.add_comment(
            key,
            1,
            parent_id=key - 1 or None,
            author=EVIL if key % 3 else None,
            author_url="javascript:alert(1)",
            permalink=f"javascript:alert({key})",
            platform_id=EVIL,
            html=EVIL_HTML if key < 20 else "<p>x</p>",
            **dict.fromkeys(("subject", "text", "published_shown"), EVIL),
        )
    rows.add_comment(301, 1, text="round", html="<p>round</p>")
    rows.add_comment(302, 1, parent_id=301, text="and round", html="<p>and round</p>")
    rows.connection.execute("UPDATE comments SET parent_id = 302 WHERE id = 301")
    rows.index()
    rows.connection.close()
    return rows.path


def counts(db: Path, where: str = "1") -> tuple[int, int]:
    """Posts and comments of an archive."""
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    try:
        (posts,) = connection.execute(f"SELECT count(*) FROM posts WHERE {where}").fetchone()
        (comments,) = connection.execute(
            f"SELECT count(*) FROM comments WHERE post_id IN (SELECT id FROM posts WHERE {where})"
        ).fetchone()
    finally:
        connection.close()
    return posts, comments
