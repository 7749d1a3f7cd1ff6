"""What keeps an archive up to date by itself, as text: a crontab line, and a service and a timer of systemd."""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHARED_FOLDERS = ("/tmp", "/var/tmp")  # which a service of its own does not see
FIRST_HOUR, HOURS = 2, 4  # archives are updated in the small hours, each at a time of its own


@dataclass(frozen=True, slots=True)
class Job:
    """A command that is to run each day, where it writes, and as whom. Paths are absolute."""

    words: tuple[str, ...]
    db: Path
    user: str
    hour: int
    minute: int
    writes: tuple[Path, ...] = ()  # folders besides the archive's own

    @property
    def name(self) -> str:
        """The units' name: of the archive's, with a few letters that tell archives of one name apart."""
        stem = re.sub(r"[^A-Za-z0-9_.-]", "_", self.db.stem)[:80]
        return f"blog-to-sqlite-{stem}-{_digest(self.db)[:4]}"


def quiet_time(db: Path) -> tuple[int, int]:
    """Hour and minute for this archive, so that not all of a machine or of the world begin at once."""
    number = int(_digest(db), 16) % (HOURS * 60)
    return FIRST_HOUR + number // 60, number % 60


def crontab_line(job: Job) -> str:
    """A line for `crontab -e`: quoted for the shell that runs it, and for cron, to which a bare % is a newline."""
    command = shlex.join(job.words).replace("%", r"\%")
    return f"{job.minute} {job.hour} * * * {command}"


def service_unit(job: Job) -> str:
    """The service: one run, which may write to the archive's folder and nowhere else."""
    folder = job.db.parent
    writes = " ".join(_quoted(str(each)) for each in dict.fromkeys((folder, *job.writes)))
    own_tmp = not any(each.is_relative_to(shared) for each in (folder, *job.writes) for shared in SHARED_FOLDERS)
    return SERVICE.format(
        file=f"/etc/systemd/system/{job.name}.service",
        about=_plain(str(job.db)),
        user=_plain(job.user),
        command=" ".join(_quoted(word).replace("$", "$$") for word in job.words),
        folder=_plain(str(folder)),
        writes=writes,
        tmp="yes" if own_tmp else "no",
    )


def timer_unit(job: Job) -> str:
    """The timer: daily, caught up where the machine was off, and not to the second."""
    return TIMER.format(
        file=f"/etc/systemd/system/{job.name}.timer", about=_plain(str(job.db)), hour=job.hour, minute=job.minute
    )


def is_sayable(words: Sequence[str]) -> bool:
    """Whether the words can stand in a crontab and in units: they have no newlines and the like, and are UTF-8."""
    return all(word.isprintable() for word in words)


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()


def _plain(text: str) -> str:
    """Text of a unit where % begins a specifier; a backslash at its end would join lines."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of a unit's list or command, in quotes."""
    return '"' + _plain(word).replace("\\", "\\\\").replace('"', '\\"') + '"'


SERVICE = """# {file}
[Unit]
Description=Update the blog archive {about}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
ExecStart={command}
WorkingDirectory={folder}
Nice=10
IOSchedulingClass=idle
TimeoutStopSec=120
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writes}
PrivateTmp={tmp}
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
"""
TIMER = """# {file}
[Unit]
Description=Update the blog archive {about} each day

[Timer]
OnCalendar=*-*-* {hour:02}:{minute:02}:00
Persistent=true
RandomizedDelaySec=30min

[Install]
WantedBy=timers.target
"""
