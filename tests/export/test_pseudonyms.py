"""Commenters under pseudonyms: in every format, in every text, the same for one key and others for another."""

from __future__ import annotations

import re
import sqlite3
import stat
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import UsageError
from scraper.export.exporting import export_archive
from scraper.export.formats import FORMATS
from scraper.export.key_file import kept_key, read_key
from scraper.export.mentions import EVERYDAY, Mentions, first_name, name_key
from scraper.export.pseudonyms import Pseudonyms
from tests.export.conftest import Call, counts
from tests.export.reading import READERS

KEY = b"a key of sixteen bytes"
# What tells who commented. 'Ann Lee' signs the post and stays there; 'Bobby' is somebody else.
TELLING = ("Bob Stone", "bob stone", "@cy", "CY said", "Thanks, Bob", "bob.example", "avatars.example", "4711")


def contents(path: Path) -> str:
    """All text of an export."""
    if path.is_dir():
        return "\n".join(contents(each) for each in path.rglob("*") if each.is_file())
    if path.read_bytes()[:2] == b"PK":
        with ZipFile(path) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    if path.read_bytes()[:6] == b"SQLite":
        connection = sqlite3.connect(path)
        try:
            return "\n".join(connection.iterdump())
        finally:
            connection.close()
    if path.suffix == ".parquet":
        import duckdb

        return str(duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall())
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_no_export_tells_who_commented(form: str, made_blog: Path, tmp_path: Path) -> None:
    export_archive(made_blog, tmp_path / "named", FORMATS[form])
    export_archive(made_blog, tmp_path / "out", FORMATS[form], key=KEY)
    named, hidden = contents(tmp_path / "named"), contents(tmp_path / "out")
    assert "Bob Stone" in named
    assert [each for each in TELLING if each in hidden] == []
    assert "person-" in hidden
    assert "Lee" in hidden
    assert READERS[form](tmp_path / "out") == counts(made_blog)


def test_one_key_gives_the_same_names_and_another_key_others(made_blog: Path, tmp_path: Path) -> None:
    keys = {"one": KEY, "again": KEY, "other": b"another key of sixteen bytes"}
    texts = {}
    for name, key in keys.items():
        export_archive(made_blog, tmp_path / name, FORMATS["jsonl"], key=key)
        texts[name] = (tmp_path / name).read_text(encoding="utf-8")
    assert texts["one"] == texts["again"] != texts["other"]


@pytest.fixture
def names() -> Pseudonyms:
    people = ["Bob Stone", "cy", "Will", "May Day", "田中健一", "J.R. Smith", "bob@mail.example", "Zoë", "7", "I"]
    return Pseudonyms(KEY, people, ["https://www.bob.example/", "https://big.example/users/cy"], ["blog.example"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Bob Stone", "So says {Bob Stone}, {BOB  STONE}, {bob-stone}'s Bob Stones"),
        ("cy", "{cy}, {CY} and @{Cy}: but not cyan or lucy_cy"),
        ("Will", "I will, says {Will}; @{will} too"),
        ("May Day", "may day is {May Day}"),
        ("田中健一", "昨日{田中健一}さんが"),
        ("J.R. Smith", "{J. R. Smith} and not JR Smith"),
        ("Zoë", "composed {Zoë} or not {Zoe\u0308}"),
        ("7", "@{7} is 7"),
        ("I", "I am not @{i}"),
        ("bob@mail.example", "write to {bob@mail.example}!"),
    ],
)
def test_names_are_found_by_whole_words(name: str, text: str, names: Pseudonyms) -> None:
    hidden = names.name(name)
    assert hidden is not None
    given_text = text.replace("{", "").replace("}", "")
    assert names.text(given_text) == re.sub("{.*?}", hidden, text)


@pytest.mark.parametrize(
    ("url", "is_hidden"),
    [
        ("https://bob.example", True),
        ("http://bob.example/2012/x?y=1", True),
        ("https://big.example/users/cy/", True),
        ("https://big.example/users/ann", False),
        ("https://bobby.example/", False),
        ("https://blog.example/2012/a", False),
    ],
)
def test_addresses_of_commenters_are_hidden_and_no_others(url: str, is_hidden: bool, names: Pseudonyms) -> None:
    told = names.text(f"See {url}, there.")
    assert told.startswith("See https://pseudonym.invalid/") == is_hidden
    assert told.endswith(", there.")
    assert (told == f"See {url}, there.") != is_hidden
    assert ("pseudonym.invalid" in names.html(f'<p><a href="{url}">x</a></p>')) == is_hidden


@pytest.mark.parametrize(
    ("html", "hidden"),
    [
        ("<p>So <b>Bob</b> Stone says.</p>", "<p>So <b>{}</b> says.</p>"),
        ("<p>So <em>Bob Sto</em>ne&lt;.</p>", "<p>So <em>{}</em>&lt;.</p>"),
        ("<p>B<i>o</i>b <b>Stone</b>, <b>Bob</b> <i>St</i>one</p>", "<p>{}<i></i><b></b>, <b>{}</b><i></i></p>"),
        ("<p>Bob<br>Stone says</p>", "<p>{}<br> says</p>"),
        ("<p>Bob said</p><p>Stone, <b>Bob Stone</b>says</p>", "<p>Bob said</p><p>Stone, <b>{}</b>says</p>"),
    ],
)
def test_a_name_with_tags_within_it_is_hidden(html: str, hidden: str, names: Pseudonyms) -> None:
    assert names.html(html).replace("<br />", "<br>") == hidden.replace("{}", names.name("Bob Stone") or "")


def test_html_keeps_its_elements_and_hides_in_attributes_too(names: Pseudonyms) -> None:
    html = '<p>Ask <b>Bob Stone</b> &amp; <a href="https://blog.example/a#comment-9">cy</a> <img src="https://x.example/cy.png" alt="cy &lt;3"></p>'
    bob, cy = names.name("Bob Stone"), names.name("cy")
    assert names.html(html) == (
        f'<p>Ask <b>{bob}</b> &amp; <a href="https://blog.example/a" rel="nofollow noopener">{cy}</a>'
        f' <img src="https://x.example/{cy}.png" alt="{cy} &lt;3"></p>'
    )


@pytest.mark.parametrize("end", ["comment/47", "a?replytocom=47", "a?x=1&showComment=47", "a#comment-47"])
def test_addresses_on_the_blog_name_no_comment(end: str, names: Pseudonyms) -> None:
    told = names.text(f"https://blog.example/{end}")
    assert told.startswith("https://blog.example/")
    assert "47" not in told
    assert names.text("https://other.example/comment/47") == "https://other.example/comment/47"


def test_first_names_stand_for_who_commented_on_the_same_post(names: Pseudonyms) -> None:
    more = names.first_names(["Bob Stone", "May Day", "anon ymous", None])
    assert names.text("Bob, may I? Bobby, bob!", more) == f"{names.name('Bob Stone')}, may I? Bobby, bob!"
    assert names.text("Bob") == "Bob"
    assert first_name("The Baker") is None


@given(st.text(), st.lists(st.text(max_size=8), max_size=5))
def test_no_text_and_no_name_raises_and_what_is_hidden_stays_hidden(text: str, people: list[str]) -> None:
    mentions = Mentions(people, lambda key: "#")
    once = mentions.hide(text)
    assert mentions.hide(once, {}) is not None
    for name in people:
        if (
            len(name_key(name)) > 2
            and not name_key(name).isdecimal()
            and " " not in name_key(name)
            and name_key(name) not in EVERYDAY
        ):
            assert name_key(name) not in name_key(once).split(" ")


def test_time_does_not_grow_with_the_number_of_names() -> None:
    mentions = Mentions((f"a b c d{number}" for number in range(20_000)), lambda key: "x")
    assert mentions.hide("a b c d7 " * 5_000).count("x") == 5_000


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path, is_new, key = kept_key(tmp_path / "voices.db")
    assert (path, is_new) == (tmp_path / "voices.db.pseudonyms", True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept_key(tmp_path / "voices.db") == (path, False, key)
    (tmp_path / "short").write_text("secret\n")
    with pytest.raises(UsageError, match="16 bytes"):
        read_key(tmp_path / "short")


def test_the_command_takes_a_key_or_keeps_one(blog: Path, tmp_path: Path, call: Call) -> None:
    first = call("export", blog, "-", "--to", "jsonl", "--pseudonymise")
    again = call("export", blog, "-", "--to", "jsonl", "--pseudonymise")
    assert "the key of the pseudonyms" in first.stderr
    assert (again.stderr, again.stdout) == ("", first.stdout)
    (tmp_path / "key").write_bytes(KEY)
    other = call("export", blog, "-", "--to", "jsonl", "--pseudonymise", "--key-file", tmp_path / "key")
    assert other.stdout not in (first.stdout, "")
    assert call("export", blog, "-", "--to", "jsonl", "--key-file", tmp_path / "key").exit_code == 2
