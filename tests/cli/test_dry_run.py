"""`crawl --dry-run` prints what would be fetched and what not, and makes no archive."""

from __future__ import annotations

import json
from pathlib import Path

from pytest_httpserver import HTTPServer

from tests.cli.conftest import Call

WORDS = ("--contact", "ann@example.org", "--delay", 0, "--allow-net", "127.0.0.0/8", "--dry-run")
HOME = "<title>Bread</title><p>Hello. <a href='/about'>About</a> <a href='https://elsewhere.example/'>Friends</a>"


def test_a_line_a_url_says_whether_it_is_fetched(call: Call, tmp_path: Path, httpserver: HTTPServer) -> None:
    httpserver.no_handler_status_code = 404
    httpserver.expect_request("/").respond_with_data(HOME, content_type="text/html")
    home, db = httpserver.url_for("/"), tmp_path / "new.db"
    found = call("crawl", db, home, *WORDS)
    lines = [line.split("\t") for line in found.stdout.splitlines()]
    assert found.exit_code == 0
    assert ["fetch", "home", home, "seed"] in lines
    assert ["fetch", "page", f"{home}about", f"link on {home}"] in lines
    assert ["https://elsewhere.example/", "another site"] in [line[2:] for line in lines if line[0] == "leave"]
    assert found.stderr.splitlines()[-1] == "would fetch 3 URLs and leave 1; nothing is stored"
    assert not db.exists()
    assert call("crawl", db, home, *WORDS, "-q").stderr.count("would fetch") == 0
    plan = json.loads(call("crawl", db, home, *WORDS, "--json").stdout)
    assert [each["url"] for each in plan["leave"]] == ["https://elsewhere.example/"]
    assert plan["fetch"][0]["role"] == "home"
    call("crawl", db, home, *WORDS[:-1])
    assert json.loads(call("update", db, *WORDS, "--json").stdout)["fetch"][0] == {**plan["fetch"][0], "is_known": True}
