"""Each verb shows what an archive or a page holds, for a person or as JSON."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from pytest_httpserver import HTTPServer

from tests.cli.conftest import ABOUT_HTML, POST_HTML, Call

URL = "https://blog.example/slow-bread"


def test_list_has_a_line_for_each_post(call: Call, db: Path) -> None:
    (line,) = call("list", db).stdout.splitlines()
    assert line.split("\t") == ["1", "2012-05-14", "Ann Lee", "Slow bread", "2/2", URL]
    (post,) = json.loads(call("list", db, "--json").stdout)
    assert (post["url"], post["comments_held"], post["comments_declared"]) == (URL, 2, 2)


def test_other_pages_are_listed_with_all_and_their_kind(call: Call, db: Path, tmp_path: Path) -> None:
    about = tmp_path / "about.html"
    about.write_bytes(ABOUT_HTML)
    run = call("import", db, about)
    assert run.stderr.endswith("; 1 other page\n")
    assert len(call("list", db).stdout.splitlines()) == 1
    lines = [line.split("\t") for line in call("list", db, "--all").stdout.splitlines()]
    assert sorted((line[1], line[-1]) for line in lines) == [("about", "https://blog.example/about"), ("post", URL)]
    assert {post["kind"] for post in json.loads(call("list", db, "--all", "--json").stdout)} == {"about", "post"}
    assert call("search", db, "bakery").stdout.startswith("about page 2: ")
    assert "bakery" in call("show", db, "https://blog.example/about").stdout
    exported = call("export", db, "-", "--to", "jsonl").stdout.splitlines()
    assert {json.loads(line)["kind"] for line in exported} == {"about", "post"}


def test_show_has_the_post_and_its_thread_as_a_tree(call: Call, db: Path) -> None:
    lines = call("show", db, URL).stdout.splitlines()
    assert "Slow bread" in lines[0]
    (bob,) = [line for line in lines if line.strip().startswith("Bob")]
    (cy,) = [line for line in lines if line.strip().startswith("Cy")]
    indents = [len(line) - len(line.lstrip()) for line in (bob, cy)]
    assert indents[0] < indents[1]
    assert call("show", db, 1).stdout == call("show", db, URL).stdout


def test_show_takes_every_name_of_a_post_that_other_verbs_print(call: Call, db: Path) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE comments SET permalink = 'https://blog.example/comment/78#comment-78' WHERE id = 2")
    shown = call("show", db, 1).stdout
    names = ("post:1", "comment:2", URL + "/", "https://blog.example/comment/78#comment-78")
    assert [call("show", db, name).stdout for name in names] == [shown] * 4
    assert call("show", db, "https://blog.example/comment/78").stdout == shown


def test_text_from_the_web_cannot_steer_a_terminal(call: Call, db: Path) -> None:
    outputs = [
        call("show", db, 1),
        call("show", db, 1, "--json"),
        call("search", db, "good"),
        call("extract", db.parent / "post.html"),
    ]
    for found in outputs:
        assert found.exit_code == 0
        assert "[31m" in found.stdout
        assert "\x1b" not in found.stdout


def test_show_of_what_is_not_there_is_a_usage_error(call: Call, db: Path) -> None:
    absent = ("https://blog.example/absent", "https://blog.example/comment/7", "99", "post:9", "comment:9", "words")
    for post in absent:
        found = call("show", db, post)
        assert (found.exit_code, found.stdout) == (2, "")
        assert found.stderr.startswith("blog-to-sqlite: ")


def test_show_as_json_has_the_thread(call: Call, db: Path) -> None:
    post = json.loads(call("show", db, 1, "--json").stdout)
    first, second = post["comments"]
    assert (post["title"], first["author"], second["parent"]) == ("Slow bread", "Bob", first["id"])


def test_search_finds_posts_and_comments(call: Call, db: Path) -> None:
    found = json.loads(call("search", db, "bread", "--json").stdout)
    assert {hit["kind"] for hit in found} == {"post", "comment"}
    assert "[Indeed], Bob." in call("search", db, "indeed").stdout
    assert call("search", db, '"', "NEAR(", "*").exit_code == 0


def test_export_writes_lines_to_stdout_or_a_whole_file(call: Call, db: Path, tmp_path: Path) -> None:
    written = call("export", db, "-", "--to", "jsonl").stdout
    (post,) = [json.loads(line) for line in written.splitlines()]
    assert (post["url"], len(post["comments"])) == (URL, 2)
    dest = tmp_path / "out.jsonl"
    assert call("export", db, dest, "--to", "jsonl").exit_code == 0
    assert dest.read_text(encoding="utf-8") == written
    assert [path for path in tmp_path.iterdir() if "out.jsonl" in path.name] == [dest]
    assert call("export", db, tmp_path / "no" / "out.jsonl", "--to", "jsonl").exit_code == 2


def test_extract_reads_a_file_or_stdin_without_a_database(call: Call, page_file: Path) -> None:
    page = json.loads(call("extract", page_file).stdout)
    assert (page["url"], page["post"]["title"]) == (URL, "Slow bread")
    assert page["post"]["published"]["iso"] == "2012-05-14"
    piped = json.loads(call("extract", "-", "--url", "https://blog.example/x", data=POST_HTML).stdout)
    assert (piped["url"], len(piped["comments"])) == ("https://blog.example/x", 2)


def test_extract_of_a_url_goes_through_the_guard(call: Call, web: HTTPServer) -> None:
    web.expect_request("/slow-bread").respond_with_data(POST_HTML, content_type="text/html")
    url = web.url_for("/slow-bread")
    refused = call("extract", url)
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert "address" in refused.stderr
    allowed = call("extract", url, "--allow-net", "127.0.0.1,localhost")
    assert json.loads(allowed.stdout)["post"]["title"] == "Slow bread"


def test_explain_says_what_went_and_which_value_won(call: Call, page_file: Path) -> None:
    text = call("explain", page_file).stdout
    assert all(title in text for title in ("Kept", "Taken off", "Fields"))
    facts = json.loads(call("explain", page_file, "--json").stdout)
    assert {removal["kind"] for removal in facts["removals"]} >= {"menu"}
    assert any(claim["accepted"] and claim["field"] == "title" for claim in facts["claims"])


def test_fetched_at_has_to_be_a_time(call: Call, page_file: Path) -> None:
    assert call("extract", page_file, "--fetched-at", "yesterday").exit_code == 2
    assert call("extract", page_file, "--fetched-at", "2024-03-20").exit_code == 0


def test_explain_and_show_say_that_a_post_goes_on_elsewhere(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><body><article><h1>Bread</h1><div class=entry-content>"
        + "<p>Bread takes its time, always.</p>" * 9
        + '<p>Subscribe to continue reading</p></div><div class="page-links"><a href="/bread/2/">2</a></div></article>',
        encoding="utf-8",
    )
    said = call("explain", path, "--url", "https://blog.example/bread/").stdout
    assert "page 1 of a post that stands on several: https://blog.example/bread/2/" in said
    assert "not all of it: the page says that it is not free" in said
    db = tmp_path / "bread.db"
    call("import", db, path, "--url", "https://blog.example/bread/")
    shown = call("show", db, "https://blog.example/bread/")
    assert "(not held: page 2 of this post)" in shown.stdout
    assert "(not all of it: the page says that it is not free)" in shown.stdout
    assert json.loads(call("show", db, "1", "--json").stdout)["withheld"] == "paywall"
