"""What `make demo` runs: archive the bundled blog (or the URL given) into data/demo.db and show what is held.

The bundled blog is served on loopback for as long as the fetching takes, so that the demo goes the whole way of a real
archive: robots.txt, HTTP, WARC, extraction, SQLite. Running it again finds nothing new.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

from demo_server import BLOG, serve_folder

ROOT = Path(__file__).resolve().parent.parent
COMMAND = Path(sys.executable).with_name("blog-to-sqlite")
DB = "data/demo.db"
PORT_FILE = ROOT / "data" / "demo.port"  # the last run's port: with the same one, the pages keep their URLs
PATHS = (
    "/",
    "/2021/03/mending-the-tide-clock/",
    "/2021/05/eleven-kinds-of-fog/",
    "/2021/05/eleven-kinds-of-fog/comment-page-1/",
    "/2021/09/the-ferry-that-ran-on-guesswork/",
    "/watch-notes/handing-over-in-the-dark",
)
SHOWN = "/2021/05/eleven-kinds-of-fog/"


def main(arguments: list[str]) -> int:
    """The exit code of the first command that failed, else 0."""
    if len(arguments) > 1:
        print("usage: make demo [URL=https://...]", file=sys.stderr)
        return 2
    if arguments:
        code, url = run("grab", DB, *arguments), arguments[0]
    else:
        code, url = grab_bundled()
    return code or show_holdings(url)


def grab_bundled() -> tuple[int, str]:
    """The exit code, and the URL of the post worth showing."""
    with serve_folder(BLOG, last_port()) as server:
        PORT_FILE.write_text(f"{server.server_address[1]}\n", encoding="ascii")
        print(f"A small invented blog is being served at {server.site}; archiving its pages from there.")
        urls = [server.site + path for path in PATHS]
        return run("grab", DB, *urls, "--allow-net", "127.0.0.1", "--delay", "0"), server.site + SHOWN


def last_port() -> int:
    try:
        return int(PORT_FILE.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def show_holdings(url: str) -> int:
    code = run("list", DB) or run("show", DB, url)
    if code == 0:
        print("\nNext, try:")
        print(f"  .venv/bin/blog-to-sqlite search {DB} bell")
        print(f"  .venv/bin/blog-to-sqlite export {DB} - --to jsonl")
        print("  make demo URL=https://...   (any blog post; it goes into the same archive)")
    return code


def run(*words: str) -> int:
    """Runs the installed command as a person would, after printing it."""
    line = shlex.join(("blog-to-sqlite", *words))
    print("\n$ " + (line if len(line) < 120 else line.replace(" http", " \\\n    http")), flush=True)
    return subprocess.run([str(COMMAND), *words], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
