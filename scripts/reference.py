"""Write docs/cli.md and the man page: what each verb says of itself with --help, word for word.

python scripts/reference.py           writes both
python scripts/reference.py --check   exits with 1 where one is not current
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from scraper.cli.main import VERBS, cli

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH = 100
MAN_WIDTH = 73  # man(1) indents, on a terminal of 80 columns
HEAD = """# Command line
`blog-to-sqlite VERB DB ...`, or `python -m scraper VERB DB ...`. This page is what `--help` says, verb by verb.

Results go to stdout, everything else to stderr. What goes wrong is said in one line with its path or URL.

| exit code | meaning |
| --- | --- |
| 0 | done, also when nothing was new, and when pages are gone (404, 410), which is an answer |
| 1 | failed: not our database, disk full, damaged archive |
| 2 | usage: wrong arguments, a missing path, an extra that is not installed |
| 3 | done, but pages or records failed, are damaged or (not in crawls) refused; or a blog's first page was not had |
| 4 | another process writes to the archive, or a newer version wrote it |
| 5 | stopped by a budget with more to ask for |
| 130, 143 | interrupted; all finished pages are saved, by `process` all finished shards |

Where a shell is to complete verbs and options at TAB, put one line into its settings:

    eval "$(_BLOG_TO_SQLITE_COMPLETE=bash_source blog-to-sqlite)"    # ~/.bashrc
    eval "$(_BLOG_TO_SQLITE_COMPLETE=zsh_source blog-to-sqlite)"     # ~/.zshrc
    _BLOG_TO_SQLITE_COMPLETE=fish_source blog-to-sqlite | source     # ~/.config/fish/config.fish
"""


MAN_HEAD = """.TH BLOG-TO-SQLITE 1 "" "blog-to-sqlite" "User Commands"
.SH NAME
blog-to-sqlite \\- archive a blog, whole: posts, people and comment threads in one SQLite file
"""
MAN_END = """.SH SEE ALSO
.BR sqlite3 (1),
.BR datasette (1)
"""


def reference() -> str:
    """The page of the documentation."""
    return "\n".join([HEAD, *(f"## {name}\n```text\n{text}\n```\n" for name, text in _helps(WIDTH))])


def man_page() -> str:
    """The same in roff, for man(1)."""
    sections = (f'.SH "{name.upper()}"\n.nf\n{_roff(text)}\n.fi\n' for name, text in _helps(MAN_WIDTH))
    return MAN_HEAD + "".join(sections) + MAN_END


def _helps(width: int) -> Iterator[tuple[str, str]]:
    """What the program and each of its verbs say with --help."""
    settings = {**cli.context_settings, "terminal_width": width}
    with click.Context(cli, info_name="blog-to-sqlite", **settings) as parent:
        yield "blog-to-sqlite", cli.get_help(parent)
        for verb in VERBS:
            command = cli.get_command(parent, verb)
            assert command is not None  # it is in the table
            with click.Context(command, info_name=verb, parent=parent, **settings) as context:
                yield verb, command.get_help(context)


def _roff(text: str) -> str:
    """The text as it stands: roff takes backslashes, and dots and quotes at the beginning of a line, for its own."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    return "\n".join(rf"\&{line}" if line.startswith((".", r"\(aq")) else line for line in escaped.split("\n"))


def main(arguments: list[str]) -> int:
    """0, or 1 where --check finds another page than there would be."""
    pages = {DOCS / "cli.md": reference(), DOCS / "blog-to-sqlite.1": man_page()}
    if "--check" not in arguments:
        for path, page in pages.items():
            path.write_text(page, encoding="utf-8")
        return 0
    stale = [str(path) for path, page in pages.items() if not path.exists() or path.read_text("utf-8") != page]
    for name in stale:
        print(f"{name} is not current: python scripts/reference.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
