"""Options that several verbs share, and the Settings that they make."""

from __future__ import annotations

import os
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.numbers import Seconds, WholeNumber

if TYPE_CHECKING:
    from scraper.run.crawling.shares import Share
    from scraper.settings import Settings

FOREVER = 1_000_000_000  # seconds
DAYS_DIGITS = 3  # of a number of days; longer ones are years and dates, like 2024 and 20240320
RENDER_CHOICES = ("none", "needed", "always")


@dataclass(frozen=True, slots=True)
class Manner:
    """How much a run says, and whether its counts are JSON."""

    quiet: bool = False
    verbose: bool = False
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page's blog: an archive that has learned of it, and a person's recipe."""

    archive: Path | None
    recipe_file: Path | None


class ArchivePath(click.Path):
    """A database that may not exist yet; the folder that is to hold it must.

    A link is what it leads to: what belongs to an archive is beside it, and named as it is.
    """

    def __init__(self, exists: bool = False) -> None:
        super().__init__(exists=exists, dir_okay=False, path_type=Path, readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from scraper.store.connection import archive_path

        if str(value).startswith(("http://", "https://")):
            self.fail(f"{str(value)!r} is a URL; the database stands before it", param, ctx)
        super().convert(value, param, ctx)
        path = Path(value)
        if not path.parent.is_dir():
            self.fail(f"no such folder: {path.parent}", param, ctx)
        if path.exists() and not path.is_file():
            self.fail(f"not a regular file: {path}", param, ctx)
        if path.suffix == ".warc" and not path.exists():
            self.fail(f"the name of an archive's captures, not of an archive: {path}", param, ctx)
        return archive_path(path)


EXISTING_DB = ArchivePath(exists=True)


class Moment(click.ParamType[datetime]):
    """An ISO 8601 time; UTC where no offset is given."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is not an ISO 8601 time, like 2024-03-20T12:00:00Z", param, ctx)


class BeginOfMoment(Moment):
    """The same, or a year, month or day, which stands for its beginning."""

    others = ""  # what else is taken

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return super().convert(self._day(value), param, ctx)
        except (click.BadParameter, ValueError):
            said = f"no year, month, day or time, like 2024-03-20 or 2024-03-20T12:00:00Z{self.others}"
            self.fail(f"{value!r} is {said}", param, ctx)

    def _day(self, value: Any) -> Any:
        return f"{value}-01-01"[: len("2024-03-20")] if _is_long(value) else value


class EndOfMoment(BeginOfMoment):
    """The same; a year, month or day stands for its end."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        moment = super().convert(value, param, ctx)
        is_day = isinstance(value, str) and not any(mark in value for mark in "Tt :")
        return moment.replace(hour=23, minute=59, second=59) if is_day else moment

    def _day(self, value: Any) -> Any:
        if not _is_long(value):
            return value
        year, _, month = value.partition("-")
        _, days = monthrange(int(year), int(month or "12"))
        return f"{year}-{month or '12'}-{days}"


class Since(BeginOfMoment):
    """The same, the beginning of a year, month or day, or a number of days before now."""

    others = ", nor a number of days up to 999"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, str) and value.isdecimal() and len(value) <= DAYS_DIGITS:
            return datetime.now(UTC) - timedelta(days=int(value))
        return super().convert(value, param, ctx)


def _is_long(value: Any) -> bool:
    """Whether it is a year or a month."""
    return isinstance(value, str) and re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", value) is not None


class WebAddress(click.ParamType[str]):
    """An absolute http or https URL, taken as it was typed."""

    name = "url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from scraper.text.urls import no_web_address, resolve

        if resolve(None, value) is None:
            self.fail(f"{value!r} is {no_web_address(value)}", param, ctx)
        return str(value)


class ShareOf(click.ParamType["Share"]):
    """Which of how many shares: '2/5'."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Share:
        from scraper.run.crawling.shares import Share

        if isinstance(value, Share):
            return value
        number, _, of = str(value).partition("/")
        if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
            self.fail(f"{value!r} is not a share like 2/5, the second of five", param, ctx)
        return Share(int(number), int(of))


class WriterCommand(click.Command):
    """A verb that writes. Its --wait and --render, given alone, take nothing behind them for their value."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        for at in range(end):
            behind = args[at + 1] if at + 1 < end else ""
            if args[at] == "--wait" and not behind.isdecimal():
                args[at] = f"--wait={FOREVER}"
            if args[at] == "--render" and behind not in RENDER_CHOICES:
                args[at] = "--render=needed"
        return super().parse_args(ctx, args)


def example(*lines: str) -> str:
    """The end of a verb's help: command lines to start from."""
    title = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(["\b", title, *(f"  blog-to-sqlite {line}" for line in lines)])


def base_settings(**given: Any) -> Settings:
    """The settings of the user's file, with what is given here in place of what it says."""
    from scraper.cli.config import find_settings

    context = click.get_current_context(silent=True)
    return replace(find_settings(context.find_root().obj if context else None), **given)


def with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that say how to fetch; the command gets the Settings that they make as `settings`."""

    @wraps(command)
    def run(*, contact: str | None, proxy: str | None, allow_net: tuple[str, ...], **others: Any) -> Any:
        told = base_settings()
        nets = tuple(net.strip() for given in allow_net for net in given.split(",") if net.strip())
        settings = replace(
            told, contact=contact or told.contact, proxy=proxy or told.proxy, allow_net=(*told.allow_net, *nets)
        )
        return command(settings=settings, **others)

    return _add(run, _FETCH_OPTIONS)


def with_access(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds what to show to be let in, and --render; the command's `settings` have them. Stands below with_settings."""

    @wraps(command)
    def run(
        *, settings: Any, render: Any, cookies: Path | None, auth: str | None, password_file: Path | None, **others: Any
    ) -> Any:
        from scraper.cli.access import read_secrets

        secrets = read_secrets(cookies, auth, password_file)
        return command(settings=replace(settings, secrets=secrets, render=render or settings.render), **others)

    return _add(run, _ACCESS_OPTIONS)


def with_manner(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds -q, -v and --json; the command gets them as `manner`."""

    @wraps(command)
    def run(*, quiet: bool, verbose: bool, as_json: bool, **others: Any) -> Any:
        return command(manner=Manner(quiet, verbose, as_json), **others)

    return _add(run, _MANNER_OPTIONS)


def with_crawling(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that say how a crawl goes about it; the command gets the CrawlOptions as `options`."""

    @wraps(command)
    def run(*, keep_noarchive: bool, settings: Settings, **others: Any) -> Any:
        from scraper.run.crawling.crawler import CrawlOptions

        readers = min(8, max(1, (os.cpu_count() or 1) - 1))
        told = {name: others.pop(name) for name in ("delay", "limit", "seconds", "media", "share")}
        options = CrawlOptions(readers=readers, **told)
        return command(
            options=options,
            settings=replace(settings, keep_noarchive=keep_noarchive or settings.keep_noarchive),
            **others,
        )

    return _add(run, _CRAWL_OPTIONS)


def with_known(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --profile and --recipe; the command gets them as `known`."""

    @wraps(command)
    def run(*, archive: Path | None, recipe_file: Path | None, **others: Any) -> Any:
        return command(known=Known(archive, recipe_file), **others)

    return _add(run, _KNOWN_OPTIONS)


def _add(command: Callable[..., Any], options: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


_FETCH_OPTIONS = (
    click.option(
        "--contact",
        metavar="ADDRESS",
        envvar="BLOG_TO_SQLITE_CONTACT",
        show_envvar=True,
        help="Your address or site, sent in the User-Agent.",
    ),
    click.option("--proxy", metavar="URL", help="Fetch through this proxy; none is taken from the environment."),
    click.option(
        "--allow-net",
        multiple=True,
        metavar="CIDR|HOST[,...]",
        help="Fetch from these private addresses or hosts too; repeatable.",
    ),
)
_FILE: click.Path = click.Path(exists=True, dir_okay=False, path_type=Path)
_RENDER_OPTION = click.option(
    "--render",
    type=click.Choice(RENDER_CHOICES),
    metavar="[needed|always]",
    help="Run the scripts of pages that show no post without them, or of all pages; takes the extra 'render'.",
)
_ACCESS_OPTIONS = (
    _RENDER_OPTION,
    click.option(
        "--cookies", type=_FILE, metavar="FILE", help="Show the site's cookies of this file (Netscape's format)."
    ),
    click.option(
        "--auth",
        metavar="HOST:USER",
        help="Log in by basic authentication at this host, with the password of BLOG_TO_SQLITE_PASSWORD.",
    ),
    click.option("--password-file", type=_FILE, metavar="FILE", help="Where the password for --auth stands instead."),
)
_CRAWL_OPTIONS = (
    click.option(
        "--delay",
        type=Seconds(),
        metavar="SECONDS",
        default=1.0,
        show_default=True,
        help="Least time between two requests to the same servers; 0: none.",
    ),
    click.option("--limit", type=WholeNumber(1), metavar="N", help="Stop after so many requests; robots.txt aside."),
    click.option("--max-time", "seconds", type=Seconds(), metavar="SECONDS", help="Stop after so long."),
    click.option("--keep-noarchive", is_flag=True, help="Store pages too that ask not to be archived."),
    click.option(
        "--media",
        type=click.Choice(("none", "pictures", "all")),
        default="none",
        show_default=True,
        help="Fetch the authors' pictures, or all that posts show as well, from whichever host they are on.",
    ),
    click.option(
        "--shard",
        "share",
        type=ShareOf(),
        metavar="K/N",
        default="1/1",
        help="Ask only the servers of the K-th of N shares: so many crawlers can go through one list of blogs.",
    ),
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something failed.")
_MANNER_OPTIONS = (
    quiet_option,
    click.option("-v", "--verbose", is_flag=True, help="Say how each input ended."),
    click.option("--json", "as_json", is_flag=True, help="Write the counts as JSON."),
)
wait_option = click.option(
    "--wait",
    type=WholeNumber(0, FOREVER),
    metavar="[SECONDS]",
    default=0,
    help="Where another process writes to DB, wait for its end: so long, or as long as it takes.",
)
fetched_at_option = click.option("--fetched-at", type=Moment(), help="When the file was fetched (ISO 8601).")
url_option = click.option("--url", type=WebAddress(), metavar="URL", help="The URL that the file was saved from.")
readers_option = click.option(
    "--jobs",
    type=WholeNumber(0),
    metavar="N",
    default=None,
    help="Processes that read, 0: this one does; by default one a core.",
)
recipe_option = click.option(
    "--recipe",
    "recipe_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.toml|FILE.py",
    help="What you know of this blog: selectors, or your own Python, which is run (docs/recipes.md).",
)
_KNOWN_OPTIONS = (
    click.option(
        "--profile",
        "archive",
        type=EXISTING_DB,
        metavar="DB",
        help="Read the page by what this archive has learned of its blog (docs/profiles.md).",
    ),
    recipe_option,
)
