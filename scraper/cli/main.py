"""`cli` is the command `blog-to-sqlite`: a group whose verbs are imported when they are asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import Any

import click

from scraper import __version__
from scraper.errors import ScraperError
from scraper.text.prose import one_line

VERBS = {  # in the order in which a person meets them
    "crawl": "scraper.cli.commands.crawl",
    "update": "scraper.cli.commands.update",
    "grab": "scraper.cli.commands.grab",
    "import": "scraper.cli.commands.imports",
    "extract": "scraper.cli.commands.extract",
    "explain": "scraper.cli.commands.explain",
    "coverage": "scraper.cli.commands.coverage",
    "runs": "scraper.cli.commands.runs",
    "list": "scraper.cli.commands.list",
    "show": "scraper.cli.commands.show",
    "search": "scraper.cli.commands.search",
    "serve": "scraper.cli.commands.serve",
    "stats": "scraper.cli.commands.stats",
    "export": "scraper.cli.commands.export",
    "changes": "scraper.cli.commands.changes",
    "remove": "scraper.cli.commands.remove",
    "forget": "scraper.cli.commands.forget",
    "merge": "scraper.cli.commands.merge",
    "reparse": "scraper.cli.commands.reparse",
    "rebuild": "scraper.cli.commands.rebuild",
    "check": "scraper.cli.commands.check",
    "backup": "scraper.cli.commands.backup",
    "schedule": "scraper.cli.commands.schedule",
    "process": "scraper.cli.commands.process",
}
OUTPUT = "standard output"


class Program(click.Group):
    """A group that imports a verb's module on demand, and turns exceptions into one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = VERBS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(module).command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _told(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> None:
        """Runs the verb and leaves with its exit code; a verb returns an int, or None for 0."""
        with _told(ctx):
            code = super().invoke(ctx)
            sys.stdout.flush()
        ctx.exit(code or 0)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="blog-to-sqlite")
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    envvar="BLOG_TO_SQLITE_CONFIG",
    show_envvar=True,
    help="Settings in TOML, in place of those in ~/.config/blog-to-sqlite/settings.toml (docs/settings.md).",
)
@click.pass_context
def cli(ctx: click.Context, config: Path | None) -> None:
    """Archive blogs, whole, in one SQLite file: posts, people and comment threads.

    Results go to stdout, progress and messages to stderr. Exit codes: 0 done; 1 failed; 2 usage; 3 done, but some
    pages or records failed; 4 the archive is locked or newer; 5 a budget ran out; 130 and 143 interrupted.
    """
    ctx.obj = config  # read by the verbs that have settings


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    _open_closed_streams()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout = _named_output(sys.stdout)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # for what a terminal's encoding cannot say
    cli(prog_name="blog-to-sqlite")


@contextmanager
def _told(ctx: click.Context) -> Iterator[None]:
    """Leaves with one line and the exit code where the block raises what is no bug."""
    try:
        yield
        return
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.ClickException as error:
        _complain(_usage(error, ctx))
        code = error.exit_code
    except ScraperError as error:
        about = f"{one_line(error.about)}: " if error.about else ""
        _complain(about + error.message)
        code = error.exit_code
    except BrokenPipeError:  # the reader has seen enough: not a failure, and nothing to say
        _drop_output()
        code = 0
    except KeyboardInterrupt:
        _complain("interrupted; all finished pages are saved")
        code = 130
    except OSError as error:
        reason = error.strerror or str(error)
        _complain(f"{one_line(str(error.filename))}: {reason}" if error.filename else reason)
        if error.filename is OUTPUT:  # and no file of that name
            _drop_output()
        code = 1
    ctx.exit(code)


def _complain(message: str) -> None:
    line = one_line(" ".join(message.split()))
    click.echo(f"blog-to-sqlite: {line}", err=True)


def _usage(error: click.ClickException, ctx: click.Context) -> str:
    """What is wrong with the arguments, and where the right ones are told."""
    message = error.format_message().rstrip(".")
    if isinstance(error, click.UsageError) and error.ctx:
        command = error.ctx.command_path
    else:  # as of an option without its value: click says of which command only where a context is at hand
        command = " ".join(filter(None, (ctx.command_path, ctx.invoked_subcommand)))
    return f"{message[:1].lower()}{message[1:]}; see `{command} --help`"


def _open_closed_streams() -> None:
    """Gives the program streams where its caller closed them, so that no file of ours is taken for one of them."""
    while (file := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(file, True)
    os.close(file)
    sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w")  # noqa: SIM115


class _Output(FileIO):
    """Standard output, whose errors name it."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            error.filename, error.strerror = OUTPUT, f"cannot be written ({error.strerror})"
            raise


def _named_output(stream: TextIOWrapper) -> TextIOWrapper:
    """The same stream, as it is buffered and encoded, with errors that name it."""
    raw = _Output(stream.fileno(), "wb", closefd=False)
    buffer: Any = raw if stream.write_through else BufferedWriter(raw)
    return TextIOWrapper(
        buffer, stream.encoding, line_buffering=stream.line_buffering, write_through=stream.write_through
    )


def _drop_output() -> None:
    """Points stdout nowhere, so that the interpreter's last flush does not fail as well."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
