"""What is written can be read back, and steers no terminal."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from scraper.cli.output import as_json, json_text
from scraper.model import Byline, When


def test_values_become_objects_and_times_have_their_iso_form() -> None:
    moment = datetime(2012, 5, 14, tzinfo=UTC)
    when = When(moment, None, datetime(2012, 5, 14), None, "day", "14 May 2012")
    found = as_json({"byline": Byline("Ann"), "when": (when,)})
    assert found["byline"] == {"name": "Ann", "url": None, "role": "author"}
    assert (found["when"][0]["iso"], found["when"][0]["earliest"]) == ("2012-05-14", "2012-05-14T00:00:00+00:00")


def test_signs_that_steer_a_terminal_are_escaped_and_read_back() -> None:
    text = "a\x1b[31m\x9b\u202e\u2028\ud800é日"
    written = json_text(text)
    assert json.loads(written) == text
    assert written.isprintable()
    assert "é日" in written
