"""A hostile archive: nothing runs, nothing leaves its folder, nothing steers a terminal, and every export stays valid."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.export.csv_tables import FORMULA
from scraper.export.exporting import export_archive
from scraper.export.formats import FORMATS
from tests.export.conftest import Call
from tests.export.reading import bibtex_entries, read_table

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("key", [None, b"a key of sixteen bytes"])
def test_nothing_is_written_but_the_export(form: str, key: bytes | None, hostile: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "a" / "folder"
    folder.mkdir(parents=True)
    export_archive(hostile, folder / "out", FORMATS[form], key=key)
    assert [path for path in tmp_path.rglob("*") if folder / "out" not in (path, *path.parents)] == [
        tmp_path / "in",
        tmp_path / "in" / "a",
        folder,
    ]
    assert {path.name.removesuffix("-shm").removesuffix("-wal") for path in hostile.parent.iterdir()} == {hostile.name}
    assert not any(path.is_symlink() for path in folder.rglob("*"))


@pytest.mark.parametrize("form", ["jsonl", "markdown", "html", "csv", "bibtex", "csl-json"])
def test_no_text_steers_a_terminal(form: str, hostile: Path, tmp_path: Path) -> None:
    export_archive(hostile, tmp_path / "out", FORMATS[form])
    files = [path for path in (tmp_path / "out", *(tmp_path / "out").rglob("*")) if path.is_file()]
    for path in files:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n" if path.suffix == ".csv" else "\r\n")
        assert not STEERING.search(text), path
        assert not STEERING.search(path.name)


@pytest.mark.parametrize("form", [name for name, each in FORMATS.items() if each.makes == "text"])
def test_what_goes_to_stdout_is_what_goes_to_a_file(
    form: str, hostile: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.export.wxr.utc_now", lambda: datetime(2024, 3, 20, 12, tzinfo=UTC))
    written = call("export", hostile, "-", "--to", form)
    assert (written.exit_code, written.stderr) == (0, "")
    export_archive(hostile, tmp_path / "out", FORMATS[form])
    assert (tmp_path / "out").read_text(encoding="utf-8") == written.stdout


def test_no_cell_of_a_table_is_a_formula(hostile: Path, tmp_path: Path) -> None:
    export_archive(hostile, tmp_path / "out", FORMATS["csv"])
    cells = [
        value
        for name in ("posts", "comments", "people")
        for row in read_table(tmp_path / "out" / f"{name}.csv")
        for value in row.values()
    ]
    assert len(cells) > 5_000
    assert not [cell for cell in cells if cell.startswith(FORMULA)]
    assert any(cell.startswith("'=cmd") for cell in cells)


def test_pages_hold_no_scripts_and_lead_nowhere_else(hostile: Path, tmp_path: Path) -> None:
    import lxml.html

    export_archive(hostile, tmp_path / "out", FORMATS["html"])
    for path in (tmp_path / "out").rglob("*.html"):
        tree = lxml.html.parse(str(path)).getroot()
        own = {"../assets/style.css", "assets/style.css", "assets/search.js", "assets/words-1.js"}
        assert {element.get("src") for element in tree.iter("script")} <= own
        assert {element.get("href") for element in tree.iter("link")} <= own
        assert not [
            element.tag for tag in ("img", "iframe", "svg", "style", "object", "base") for element in tree.iter(tag)
        ]
        assert not [
            name for element in tree.iter(lxml.etree.Element) for name in element.attrib if name.startswith("on")
        ]
        for link in tree.xpath("//a/@href"):
            target = link.partition("#")[0]
            assert re.match("https?://", link) or not target or (path.parent / target).is_file(), link
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'")


def test_front_matter_is_yaml_and_the_rest_is_no_html(hostile: Path, tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with Datasette (extra 'web')")
    export_archive(hostile, tmp_path / "out", FORMATS["markdown"])
    for path in (tmp_path / "out").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        _, front, body = text.split("---\n", 2)
        fields = yaml.safe_load(front)
        assert fields["url"].startswith("https://evil.example/")
        assert isinstance(fields["title"], str)
        assert not re.search(r"(?<!\\)<\w", re.sub(r"^( *)```.*?^\1```", "", body, flags=re.M | re.S))


def test_citations_keep_their_braces(hostile: Path, tmp_path: Path) -> None:
    export_archive(hostile, tmp_path / "bib", FORMATS["bibtex"])
    entries = bibtex_entries((tmp_path / "bib").read_text(encoding="utf-8"))
    assert all(re.fullmatch("[a-z0-9-]+", key) for key in entries)
    export_archive(hostile, tmp_path / "csl", FORMATS["csl-json"])
    assert [item["id"] for item in json.loads((tmp_path / "csl").read_text(encoding="utf-8"))] == list(entries)
