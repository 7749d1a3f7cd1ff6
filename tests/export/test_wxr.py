"""An archive as WXR is what WordPress writes: valid, complete, and the same archive again when it is imported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scraper.export.wxr import export_wxr
from scraper.export.wxr_values import clock, comment_body, slug
from scraper.store.connection import open_for_writing
from scraper.store.planning.times import NO_TIME, Time
from scraper.store.reader import ArchivedPost, Reader, Signer, ThreadComment
from tests.export import archives
from tests.export.archives import take
from tests.run.soundness import exported

imported, crawled = archives.imported, archives.crawled
NOW = datetime(2024, 3, 22, tzinfo=UTC)
SPACES = {"wp": "http://wordpress.org/export/1.2/", "content": "http://purl.org/rss/1.0/modules/content/"}
HOSTILE = "a]]>b<!-- wp:shortcode -->[gallery]\x00\x1b[31m\ufffe<script>alert(1)</script>&amp;&unknown;\u2028"


def write(db: Path, target: Path) -> Path:
    with Reader(db) as reader, target.open("w", encoding="utf-8") as file:
        export_wxr(reader.export_posts, file.write, now=NOW)
    return target


def text_of(*posts: ArchivedPost) -> bytes:
    written: list[str] = []
    assert export_wxr(lambda: iter(posts), written.append, now=NOW) == len(posts)
    return "".join(written).encode()


def check(document: bytes, grammar: Path) -> Any:
    """The document, once it is held against the grammar."""
    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, huge_tree=True))
    judge = etree.RelaxNG(etree.parse(grammar))
    assert judge.validate(root), judge.error_log.last_error
    return root


@pytest.fixture(scope="session")
def grammar(repo_root: Path) -> Path:
    return repo_root / "tests" / "export" / "wxr-1.2.rng"


def posts_of(db: Path) -> list[dict[str, Any]]:
    """What is exported as JSON lines, without what belongs to an archive and not to its posts."""
    posts = exported(db)
    for post in posts:
        ids = {comment["id"]: place for place, comment in enumerate(post["comments"])}
        for comment in post["comments"]:
            comment["parent"] = ids.get(comment["parent"])
            for name in ("id", "platform_id", "date_shown"):
                del comment[name]
        for name in ("bio", "declared_comment_count"):
            del post[name]
    return sorted(posts, key=lambda post: str(post["url"]))


@pytest.fixture
def crawled_again(crawled: Path, tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    again = tmp_path / "again.db"
    take(again, write(crawled, tmp_path / "crawled.xml"))
    yield crawled, again


@pytest.mark.parametrize("archive", ["imported", "crawled"])
def test_it_is_valid(archive: str, tmp_path: Path, request: pytest.FixtureRequest, grammar: Path) -> None:
    db: Path = request.getfixturevalue(archive)
    root = check(write(db, tmp_path / "all.xml").read_bytes(), grammar)
    with Reader(db) as reader:
        stats = reader.stats()
        assert len(root.findall(".//item")) == stats.posts + stats.others
        assert len(root.findall(".//wp:comment", SPACES)) == stats.comments > 0
        assert len(root.findall(".//wp:author", SPACES)) == stats.authors > 0


def test_imported_it_is_the_same_posts_and_threads(crawled_again: tuple[Path, Path]) -> None:
    crawled, again = crawled_again
    before = posts_of(crawled)
    assert any(comment["parent"] is not None for post in before for comment in post["comments"])
    assert posts_of(again) == before


def post(number: int = 1, **values: Any) -> ArchivedPost:
    told = {
        "id": number, "url": f"https://blog.example/post-{number}", "kind": "post", "title": "A", "subtitle": None,
        "section": None, "language": None, "text": "One", "html": "<p>One</p>", "published": NO_TIME, "modified": NO_TIME,
        "declared_comment_count": None, "view_count": None, "captured_at": None, "withheld": None, "missing_pages": (),
        "signers": (), "tags": (), "categories": (), "comments": (),
    }  # fmt: skip
    return ArchivedPost(**{**told, **values})


def comment(number: int, **values: Any) -> ThreadComment:
    told = {
        "id": number, "parent_id": None, "platform_id": None, "permalink": None, "kind": "comment", "state": "visible",
        "thread_page": None, "position": number, "depth": 0, "author": "Bob", "author_url": None, "by_post_author": False,
        "subject": None, "text": "Hm", "html": "<p>Hm</p>", "published": NO_TIME,
    }  # fmt: skip
    return ThreadComment(**{**told, **values})


def signer(number: int, name: str) -> Signer:
    return Signer(number, name, "author", None, None, None, None, None)


def test_nothing_in_an_archive_leaves_its_element(grammar: Path) -> None:
    hostile = post(
        url=f"https://blog.example/{HOSTILE}", title=HOSTILE, subtitle=HOSTILE, text=HOSTILE, html=HOSTILE,
        language=HOSTILE, site_name=HOSTILE, signers=(signer(1, HOSTILE),), tags=(HOSTILE,), categories=(HOSTILE,),
        comments=(comment(1, author=HOSTILE, author_url="javascript:alert(1)", subject=HOSTILE, html=HOSTILE),),
    )  # fmt: skip
    document = text_of(hostile).decode()
    root = etree.fromstring(document.encode())
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in ("script", "gallery")
    assert (
        root.findtext(".//item/title")
        == "a]]&gt;b&lt;!-- wp:shortcode --&gt;[gallery][31m&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&amp;unknown;\u2028"
    )
    content = root.findtext(".//content:encoded", namespaces=SPACES)
    assert content.count("<!--") == 2 and "[" not in content  # no block and no code but ours
    assert root.findtext(".//wp:comment_author_url", namespaces=SPACES) == ""


@given(st.text(), st.text())
def test_any_text_makes_a_document(title: str, words: str) -> None:
    document = text_of(post(title=title, html="", text=words, tags=(words,), signers=(signer(1, title),)))
    assert len(etree.fromstring(document).findall(".//item")) == 1


def test_authors_and_terms_have_names_of_their_own(grammar: Path) -> None:
    one = post(1, signers=(signer(1, "Zoë"), signer(2, "Zoe")), tags=("C", "C++", "新聞"), categories=("C",))
    two = post(2, signers=(signer(2, "Zoe"),), tags=("c",))
    root = check(text_of(one, two), grammar)
    assert [each.text for each in root.findall(".//wp:author_login", SPACES)] == ["zoe", "zoe-2"]
    assert [each.text for each in root.findall(".//wp:tag_slug", SPACES)] == ["c", "c-2", "tag-3", "c-4"]
    numbers = [each.text for each in root.findall(".//wp:term_id", SPACES)]
    assert numbers == ["1", "2", "3", "4", "5"]
    creators = root.findall(".//{http://purl.org/dc/elements/1.1/}creator")
    assert [each.text for each in creators] == ["zoe", "zoe-2"]


def test_several_signers_a_subject_and_what_is_known_of_times_come_back(tmp_path: Path, grammar: Path) -> None:
    times = {
        "2012-05-14T10:04:05+02:00": Time("2012-05-14T10:04:05+02:00", None, None, "second"),
        "2012-05-14T10:04": Time("2012-05-14T10:04", None, None, "minute"),
        "2012-05-14": Time("2012-05-14", None, None, "day"),
        "2012-05": Time("2012-05", "2012-04-30T10:00:00Z", "2012-06-01T12:00:00Z", "month"),
    }
    span = Time(None, "2012-05-01T00:00:00Z", "2012-05-31T00:00:00Z", "interval", "11 years ago")
    comments = [comment(number, published=time) for number, time in enumerate(times.values(), 1)]
    comments += [comment(9, published=span, subject="Re: <b> & co", parent_id=1, kind="pingback")]
    held = post(signers=(signer(1, "Ann & Lee"), signer(2, "Bob")), published=times["2012-05-14"], comments=comments)
    document = text_of(held)
    check(document, grammar)
    (tmp_path / "some.xml").write_bytes(document)
    take(tmp_path / "again.db", tmp_path / "some.xml")
    with Reader(tmp_path / "again.db") as reader:
        (again,) = reader.export_posts()
    assert [each.name for each in again.signers] == ["Ann & Lee", "Bob"]
    assert again.published.iso == "2012-05-14"
    assert [each.published.iso for each in again.comments] == [*times, None]
    last = again.comments[-1]
    assert (last.published.earliest, last.published.latest) == (span.earliest, span.latest)
    assert (last.subject, last.kind, last.parent_id) == ("Re: <b> & co", "pingback", again.comments[0].id)


@pytest.mark.parametrize(
    ("url", "kind"), [("https://blog.example/about", "about"), ("https://blog.example/links", "other")]
)
def test_a_page_comes_back_as_the_kind_that_its_address_tells(url: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "some.xml").write_bytes(text_of(post(kind=kind, url=url)))
    take(tmp_path / "again.db", tmp_path / "some.xml")
    with Reader(tmp_path / "again.db") as reader:
        assert [each.kind for each in reader.export_posts()] == [kind]


def test_a_time_that_nobody_knows_is_none() -> None:
    assert (clock(NO_TIME).local, clock(NO_TIME).known) == ("0000-00-00 00:00:00", None)
    assert clock(Time(None, None, "2012-05-31T00:00:00Z", "interval")).known == "../2012-05-31T00:00:00Z"
    late = clock(Time("9999-12-31T23:59:59-12:00", None, None, "second"))
    assert (late.gmt, late.utc) == ("0000-00-00 00:00:00", None)


@pytest.mark.parametrize("iso", ["=cmd|' /C calc'!A1", "Tea time", "<b>2012", "2012-13-45", "0000000"])
def test_what_is_no_time_is_none(iso: str) -> None:
    assert clock(Time(iso, iso, iso, "day")) == clock(NO_TIME)


def test_lines_of_a_comment_run_on_but_for_code() -> None:
    assert comment_body("<p>One\n two</p>\n<pre>a\n b</pre>", "") == "<p>One two</p> <pre>a\n b</pre>"
    assert comment_body("", "One <\ntwo") == "<p>One &lt;</p><p>two</p>"


def test_an_empty_archive_is_an_empty_channel(tmp_path: Path, grammar: Path) -> None:
    open_for_writing(tmp_path / "empty.db").close()
    root = check(write(tmp_path / "empty.db", tmp_path / "empty.xml").read_bytes(), grammar)
    assert root.findall(".//item") == []


@given(st.text())
def test_a_slug_is_part_of_an_address(name: str) -> None:
    made = slug(name)
    assert made == slug(made) and len(made) <= 180
