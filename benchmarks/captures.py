"""Score whole sites: import a capture, export it as JSON lines, and hold that against the engine's own database.

usage: python benchmarks/captures.py FOLDER SCORE_ARCHIVE.py [NAME...]

For each NAME.warc.gz with a NAME.gold.jsonl beside it: what the scorer prints, and the CPU seconds of the import.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path


def main(captures: Path, scorer: Path, names: list[str]) -> int:
    """1 if a command failed, else 0."""
    found = names or sorted(path.name.removesuffix(".gold.jsonl") for path in captures.glob("*.gold.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        return max((score(captures, scorer, name, Path(folder)) for name in found), default=1)


def score(captures: Path, scorer: Path, name: str, folder: Path) -> int:
    database, exported = folder / f"{name}.db", folder / f"{name}.jsonl"
    before = child_cpu()
    scraper = [sys.executable, "-m", "scraper"]
    imported = subprocess.run([*scraper, "import", str(database), str(captures / f"{name}.warc.gz")], check=False)
    spent = child_cpu() - before
    if imported.returncode not in (0, 3):
        return 1
    exported.unlink(missing_ok=True)
    if subprocess.run([*scraper, "export", str(database), str(exported), "--to", "jsonl"], check=False).returncode:
        return 1
    print(f"\n## {name}: import took {spent:.1f} CPU s\n", flush=True)
    gold = captures / f"{name}.gold.jsonl"
    return int(subprocess.run([sys.executable, str(scorer), str(gold), str(exported)], check=False).returncode != 0)


def child_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit((__doc__ or "").strip())
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
