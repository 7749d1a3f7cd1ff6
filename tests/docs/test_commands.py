"""Commands that the documentation shows: each one is one that the program knows, and those that need no network run."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from scraper.cli.main import cli

COMMAND = re.compile(r"^(?: {4}|\$ )(?:\d+ [\d*]+ [* ]+)?(?:BLOG_TO_SQLITE_PASSWORD=\S+ )?(blog-to-sqlite .*)$", re.M)
NOT_OURS = re.compile(r"\s(?:&&|\||;|>)\s|\\$")  # behind which another command begins
PLACES = ("/mnt/backups", "/mnt/new", "/home/ann", "/var/log", "/var/lib/node_exporter")
FAR = {"crawl", "grab", "update", "serve"}  # verbs that need a network, or do not end
BLOG = Path(__file__).parents[1] / "fixtures" / "demo-blog"


def shown(page: Path) -> Iterator[list[str]]:
    """The words of each command of a page, without what a shell does with them."""
    for line in COMMAND.findall(page.read_text(encoding="utf-8")):
        words = shlex.split(NOT_OURS.split(line)[0], comments=True)[1:]
        if words[:1] == ["--config"]:
            words = words[2:]
        if words and words[0] != "VERB":
            yield words


def pages(repo_root: Path) -> list[Path]:
    return [repo_root / "README.md", *sorted((repo_root / "docs").glob("*.md"))]


def test_every_command_is_one_that_the_program_knows(repo_root: Path) -> None:
    unknown, number = [], 0
    with click.Context(cli, info_name="blog-to-sqlite") as parent:
        for page in pages(repo_root):
            for verb, *words in shown(page):
                number += 1
                command = cli.get_command(parent, verb)
                if command is None:
                    unknown.append((page.name, verb))
                    continue
                alone = [f"{word}=needed" if word == "--render" else word for word in words]  # see WriterCommand
                try:
                    with click.Context(command, info_name=verb, parent=parent) as context:
                        command.make_parser(context).parse_args(alone)
                except click.UsageError as error:
                    unknown.append((page.name, f"{verb} {words}: {error.format_message()}"))
    assert number > 80
    assert unknown == []


def fill(folder: Path) -> None:
    """What the pages speak of: an archive, two others, saved pages, and places for copies."""
    shutil.copytree(BLOG, folder / "saved-pages")
    for place in PLACES:
        (folder / place[1:]).mkdir(parents=True)
    (folder / "friend").mkdir()
    for name, part in (("voices.db", "2021"), ("laptop.db", "watch-notes"), ("friend/voices.db", "about")):
        words = ["import", str(folder / name), str(BLOG / part), "-q"]
        assert CliRunner().invoke(cli, words).exit_code == 0


@pytest.mark.parametrize("name", ["keeping.md", "moving.md", "cron.md"])
def test_what_keeps_an_archive_runs_as_it_stands(
    repo_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    fill(tmp_path)
    monkeypatch.chdir(tmp_path)
    ran = []
    for verb, *words in shown(repo_root / "docs" / name):
        if verb in FAR:
            continue
        if verb == "rebuild":  # the database is lost
            for file in tmp_path.glob("voices.db*"):
                file.unlink()
        if "all-voices.db" in words:  # the archive under another name
            shutil.copy("voices.db", "all-voices.db")
            shutil.copytree("voices.warc", "all-voices.warc")
        words = [
            next((word.replace(place, f"{tmp_path}{place}") for place in PLACES if place in word), word)
            for word in words
        ]
        words = [word.replace(f"{tmp_path}/home/ann/", "") for word in words]
        done = CliRunner().invoke(cli, [verb, *words])
        if verb == "check" and "mnt/new" in " ".join(words):  # its WARC files are copied by another program
            assert done.exit_code == 1
        else:
            assert done.exit_code == 0, (verb, words, done.output)
        ran.append(verb)
    assert len(ran) >= 2
