"""`cli` is the command `blog-to-sqlite`: a group whose verbs are imported when they are asked for."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import IO, Any

import click

from scraper import __version__
from scraper.errors import ScraperError
from scraper.text.prose import one_line

VERBS = {  # in the order in which a person meets them
    "grab": "scraper.cli.commands.grab",
    "import": "scraper.cli.commands.imports",
    "extract": "scraper.cli.commands.extract",
    "explain": "scraper.cli.commands.explain",
    "list": "scraper.cli.commands.list",
    "show": "scraper.cli.commands.show",
    "search": "scraper.cli.commands.search",
    "export": "scraper.cli.commands.export",
    "check": "scraper.cli.commands.check",
}


class Program(click.Group):
    """A group that imports a verb's module on demand, and turns our exceptions into one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = VERBS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(module).command
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Wrong arguments, like all that goes wrong, are one line."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise _OneLine(error) from error

    def invoke(self, ctx: click.Context) -> None:
        """Runs the verb and leaves with its exit code; a verb returns an int, or None for 0."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except click.UsageError as error:
            raise _OneLine(error) from error
        except ScraperError as error:
            _complain(str(error))
            code = error.exit_code
        except BrokenPipeError:  # the reader has seen enough: not a failure, and nothing to say
            _drop_output()
            code = 0
        except KeyboardInterrupt:
            _complain("interrupted; all finished pages are saved")
            code = 130
        except OSError as error:
            reason = error.strerror or str(error)
            _complain(f"{error.filename}: {reason}" if error.filename else reason)
            code = 1
        ctx.exit(code or 0)


class _OneLine(click.UsageError):
    """A mistake in the arguments, shown in one line with the command that explains them."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(error.format_message(), error.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        command = self.ctx.command_path if self.ctx else "blog-to-sqlite"
        message = " ".join(self.message.split())
        stop = "" if message.endswith(".") else "."
        click.echo(f"blog-to-sqlite: {one_line(message)}{stop} See: {command} --help", file=file, err=file is None)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="blog-to-sqlite")
def cli() -> None:
    """Archive blogs, whole, in one SQLite file: posts, people and comment threads.

    Results go to stdout, progress and messages to stderr. Exit codes: 0 done; 1 failed; 2 usage; 3 done, but some
    pages or records failed; 4 the archive is locked or newer; 5 a budget ran out; 130 and 143 interrupted.
    """


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # for what a terminal's encoding cannot say
    cli(prog_name="blog-to-sqlite")


def _complain(message: str) -> None:
    click.echo(f"blog-to-sqlite: {one_line(message)}", err=True)


def _drop_output() -> None:
    """Points stdout nowhere, so that the interpreter's last flush does not fail as well."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
