"""Files that cannot be read or written, also where the tests run as root: `lock_up`, for a child that is nobody."""

from __future__ import annotations

import os
from pathlib import Path

NOBODY = 65534


def lock_up(folder: Path) -> None:
    """Takes the right to write from the folder and all in it."""
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


def become_nobody() -> None:
    """Gives up root's rights for good, in a child: to root every file can be read and written."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
