"""Crawl a real WordPress three times: all of it, unchanged, and after a comment came.

usage: python benchmarks/live_crawl.py TOOLS/wordpress [OPTION...]

For each crawl: the requests by what they ask for, how they were answered, CPU seconds of the command, and seconds. The
options are those of `crawl`, instead of `--delay 0`.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.live.wordpress import Request, running_wordpress  # type: ignore[import-untyped]  # noqa: E402

KINDS = {  # what a path of WordPress is; the first that fits
    "robots": r"^/robots\.txt",
    "sitemap": r"^/wp-sitemap",
    "api": r"^/wp-json/",
    "feed": r"/feed/",
    "comment page": r"/comment-page-\d+/",
    "post": r"^/\d{4}/\d\d/\d\d/[^/]+/$",
    "author": r"^/author/",
    "listing": r"^/$|^/(tag|category|page)/|^/\d{4}/",
    "file": r"^/wp-(content|includes)/",
    "other": "",
}


def main(tools: Path, options: list[str]) -> int:
    """The highest exit code of the crawls."""
    with running_wordpress(tools) as site, tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "scraper", "crawl", f"{folder}/blog.db", f"{site.url}/", "-q"]
        command += ["--allow-net", "127.0.0.1", "--contact", "test@example.org", *(options or ["--delay", "0"])]
        codes = []
        for what in ("all of it", "unchanged", "one new comment on an old post"):
            if what.startswith("one"):
                site.add_comment(6, "New Reader", "A late remark.")
            site.take_requests()
            begun, spent = time.monotonic(), child_cpu()
            codes.append(subprocess.run(command, check=False, cwd=ROOT).returncode)
            took, spent = time.monotonic() - begun, child_cpu() - spent
            print(f"\n## {what}: {spent:.2f} CPU s, {took:.2f} s, exit code {codes[-1]}")
            print_requests(site.take_requests())
        return max(codes)


def print_requests(requests: list[Request]) -> None:
    kinds = Counter((kind_of(request.path), request.status) for request in requests)
    for (kind, status), number in sorted(kinds.items()):
        print(f"{number:5} {kind}, {status}")
    busy = sum(request.ended - request.began for request in requests)
    print(f"{len(requests):5} in all; the site was busy with them for {busy:.2f} s")


def kind_of(path: str) -> str:
    return next(kind for kind, pattern in KINDS.items() if re.search(pattern, path))


def child_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit((__doc__ or "").strip())
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
