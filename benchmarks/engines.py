"""Run a real WordPress with other themes and settings than the tests do, crawl it, and hold that against its database.

usage: python benchmarks/engines.py TOOLS/wordpress SCORE_ARCHIVE.py [NAME...]

The names are those of SITES. Needs the servers of scripts/servers.sh; the tools install a theme that is missing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

FIRST_PORT = 8410


@dataclass(frozen=True, slots=True)
class Site:
    """A theme, the language of its words, settings of the site, and what of the gold it does not show."""

    theme: str
    locale: str = "en_US"
    options: str = "{}"
    shown: str = '{"bio": false}'


FLAT = '{"thread": 0, "page_comments": 0, "permalink": "/%postname%/", "block_bio": 1}'
SITES = {
    "tt2": Site("twentytwentytwo"),
    "tt2-flat": Site("twentytwentytwo", options=FLAT, shown='{"threads": false}'),
    "tt3": Site("twentytwentythree", options='{"block_bio": 1, "order": "desc", "default_page": "oldest"}', shown="{}"),
    "tt3-de": Site("twentytwentythree", "de_DE", '{"excerpt": 1, "depth": 10, "tz": "Europe/Berlin"}'),
    "tt1-ja": Site("twentytwentyone", "ja", '{"comments_per_page": 5, "order": "desc", "tz": "Asia/Tokyo"}', "{}"),
    "kubrick-3": Site("rig-kubrick", options='{"depth": 3, "bylinebox": 1, "more": 1, "share_top": 1}', shown="{}"),
}


def main(tools: Path, scorer: Path, names: list[str]) -> int:
    """1 if a site could not be run, else 0."""
    with tempfile.TemporaryDirectory() as folder:
        return max(run(tools, scorer, name, Path(folder) / name) for name in names or SITES)


def run(tools: Path, scorer: Path, name: str, folder: Path) -> int:
    site, port = SITES[name], FIRST_PORT + list(SITES).index(name)
    url = f"http://127.0.0.1:{port}"
    folder.mkdir()
    options = folder.with_suffix(".options")
    options.write_text(site.options, encoding="utf-8")
    content = tools / "content.json"
    started = ["bash", str(tools / "start_wordpress.sh"), str(folder), str(port), str(content)]
    started += [site.theme, site.locale, url, str(options)]
    try:
        if subprocess.run(started, check=False, stdout=subprocess.DEVNULL).returncode:
            return 1
        gold = write_gold(tools, site, url, folder)
        print(f"\n## {name}\n", flush=True)
        return score(scorer, gold, f"{url}/", folder.with_suffix(".db"))
    finally:
        subprocess.run(["bash", tools / "stop_wordpress.sh", folder], check=False)


def write_gold(tools: Path, site: Site, url: str, folder: Path) -> Path:
    raw, gold = folder.with_suffix(".raw"), folder.with_suffix(".gold")
    environment = {**os.environ, "RIG_DIR": str(folder), "RIG_URL": url}
    with raw.open("wb") as file:
        subprocess.run(["php", tools / "dump_gold.php"], check=True, stdout=file, env=environment)
    shown = json.dumps({"pings": "short", **json.loads(site.shown)})
    form = ["--engine", "wordpress", "--theme", site.theme, "--shown", shown]
    subprocess.run(["python3", tools / "gold.py", raw, gold, *form], check=True, stdout=subprocess.DEVNULL)
    return gold


def score(scorer: Path, gold: Path, url: str, database: Path) -> int:
    scraper, exported = [sys.executable, "-m", "scraper"], database.with_suffix(".jsonl")
    crawl = ["--allow-net", "127.0.0.1", "--contact", "test@example.org", "--delay", "0", "-q"]
    crawled = subprocess.run([*scraper, "crawl", str(database), url, *crawl], check=False).returncode
    if crawled not in (0, 3):
        return 1
    subprocess.run([*scraper, "export", str(database), str(exported), "--to", "jsonl"], check=True)
    return int(subprocess.run([sys.executable, str(scorer), str(gold), str(exported)], check=False).returncode != 0)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit((__doc__ or "").strip())
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
