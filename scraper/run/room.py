"""`Room`: how much of a disk is to stay free."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Room:
    """What is free on the disk of this folder, and how many bytes of it a run has to leave."""

    folder: Path
    least: int

    @property
    def is_short(self) -> bool:
        """Whether less is free than is to be left; where nobody can tell, no."""
        if not self.least:
            return False
        try:
            found = os.statvfs(self.folder)
        except OSError:
            return False
        return found.f_bavail * found.f_frsize < self.least

    @property
    def reason(self) -> str:
        """Why a run stops that finds it short."""
        return f"less than {-(-self.least // MEGABYTE):,} MB are free on the disk of {self.folder}"
