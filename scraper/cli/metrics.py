"""`write_metrics`: a run's figures in the text format of Prometheus, for the node exporter's textfile collector."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.capture import disk

if TYPE_CHECKING:
    from scraper.run.report import Report

HELP = {
    "run_exit_code": "What the last run returned: 0 done, 3 some pages failed, 5 stopped by a budget, others failed.",
    "run_end_timestamp_seconds": "When the last run ended.",
    "run_success_timestamp_seconds": "When a run last ended with exit code 0.",
    "run_duration_seconds": "How long the last run took.",
    "run_inputs": "Inputs of the last run, by how they ended.",
    "run_stored": "Rows that the last run wrote, by kind.",
    "archive_bytes": "Size of the database.",
    "disk_free_bytes": "What is free on the archive's disk.",
}
SUCCESS = "run_success_timestamp_seconds"


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: of which archive and verb, how it ended, when (Unix time), how long it took, and what it counted."""

    archive: str
    verb: str
    exit_code: int
    ended: float
    seconds: float
    report: Report | None


def write_metrics(path: Path, run: Measured) -> None:
    """Writes the file beside its place and renames it. What it says of the last success stays where there is no newer.

    Raises OSError.
    """
    disk.place(path, [_text(run, _last_success(path, run)).encode()])
    path.chmod(0o644)  # the exporter is another user


def _text(run: Measured, success: float | None) -> str:
    lines: dict[str, list[str]] = {}
    for name, labels, value in _figures(run, success):
        told = {"archive": run.archive, "verb": run.verb, **labels}
        inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in told.items())
        lines.setdefault(name, []).append(f"blog_to_sqlite_{name}{{{inside}}} {value:.17g}")
    parts = []
    for name, found in lines.items():
        parts += [f"# HELP blog_to_sqlite_{name} {HELP[name]}", f"# TYPE blog_to_sqlite_{name} gauge", *found]
    return "\n".join(parts) + "\n"


def _figures(run: Measured, success: float | None) -> Iterator[tuple[str, Mapping[str, str], float]]:
    yield "run_exit_code", {}, run.exit_code
    yield "run_end_timestamp_seconds", {}, round(run.ended, 3)
    if success is not None:
        yield SUCCESS, {}, success
    yield "run_duration_seconds", {}, round(run.seconds, 3)
    for state, number in sorted(run.report.states.items()) if run.report else ():
        yield "run_inputs", {"state": state}, number
    for kind, number in sorted(run.report.stored.items()) if run.report else ():
        yield "run_stored", {"kind": kind}, number
    folder = os.path.dirname(run.archive)
    if os.path.exists(run.archive):
        yield "archive_bytes", {}, os.path.getsize(run.archive)
    if os.path.isdir(folder):
        found = os.statvfs(folder)
        yield "disk_free_bytes", {}, found.f_bavail * found.f_frsize


def _last_success(path: Path, run: Measured) -> float | None:
    """When a run last succeeded: this one, or what the file says until now."""
    if run.exit_code == 0:
        return round(run.ended, 3)
    try:
        found = re.search(rf"^blog_to_sqlite_{SUCCESS}\{{.*\}} ([0-9.]+)$", path.read_text("utf-8", "replace"), re.M)
    except OSError:
        return None
    return float(found[1]) if found else None


def _escaped(text: str) -> str:
    text = text.encode("utf-8", "replace").decode()
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
