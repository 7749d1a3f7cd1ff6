"""An archive that is loaded into a WordPress, by the WXR that we write, and crawled there is the same archive again."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scraper.export.wxr import export_wxr
from scraper.run.importing.files import ImportOptions
from scraper.run.importing.imports import import_paths
from scraper.settings import Settings
from scraper.store.reader import Reader
from scraper.text.prose import fold
from tests.live.crawls import crawl
from tests.live.wordpress import OURS, WordPress, running_wordpress
from tests.run.soundness import exported

Post = dict[str, Any]
FRAME = "<p>video</p>"  # of frames, for who is shown none: in the HTML of the one archive, and so on the other's pages


@pytest.fixture
def archive(shared: Path, tmp_path: Path) -> Path:
    """The archive of another WordPress blog, from its WARC."""
    warc = shared / "captures" / "wordpress-tt1.warc.gz"
    if not warc.exists():
        pytest.skip("no shared/captures beside this repository")
    db = tmp_path / "before.db"
    import_paths(db, [warc], ImportOptions(), Settings())
    return db


def posts_of(db: Path) -> dict[str, Post]:
    """The posts by what stays the same where their blog moves: the end of their address."""
    return {post["url"].rstrip("/").rpartition("/")[2]: post for post in exported(db) if post["kind"] == "post"}


def test_the_same_posts_and_threads_come_back(wordpress: WordPress, archive: Path, tmp_path: Path) -> None:
    wxr = tmp_path / "voices.xml"
    with Reader(archive) as reader, wxr.open("w", encoding="utf-8") as file:
        export_wxr(reader.export_posts, file.write, now=datetime(2024, 3, 20, tzinfo=UTC))
        stats = reader.stats()
    with running_wordpress(wordpress.tools) as site:
        loaded = subprocess.run(
            ["php", OURS / "load_wxr.php", site.folder, wxr], capture_output=True, text=True, check=False
        )
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr
        counts = json.loads(loaded.stdout)
        assert (counts["posts"], counts["comments"]) == (stats.posts + stats.others, stats.comments)
        crawl(tmp_path / "after.db", site)
    before, after = posts_of(archive), posts_of(tmp_path / "after.db")
    assert set(after) == set(before) and len(before) > 40
    for name, post in before.items():
        assert told(after[name]) == told(post)


def told(post: Post) -> dict[str, Any]:
    """What the blog tells of the post and its thread, white space and typography aside.

    Pings have their times in feeds only, which the first archive has and the second did not need.
    """
    texts = {comment["id"]: fold(comment["text"]) for comment in post["comments"]}
    return {
        **{name: post[name] for name in ("author", "tags", "categories")},
        "title": post["title"].replace("’", "'"),
        "published": post["published"][:10],
        "body": fold(post["body"].replace(FRAME, "")),
        "comments": sorted(
            (
                comment["author"] or "",
                comment["date"] if comment["kind"] == "comment" else "",
                texts.get(comment["parent"], ""),
                texts[comment["id"]],
            )
            for comment in post["comments"]
        ),
    }
