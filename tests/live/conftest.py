"""Real blog software on loopback, where it is installed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.wordpress import WordPress, running_wordpress


@pytest.fixture(scope="session")
def wordpress(shared: Path, repo_root: Path) -> Iterator[WordPress]:
    """A WordPress with 52 posts and 518 comments that anybody may read, its processes stopped at the end."""
    tools = shared / "tools" / "wordpress"
    if not tools.is_dir():
        pytest.skip("no shared/tools/wordpress beside this repository")
    servers = ["sh", str(repo_root / "scripts" / "servers.sh"), "--missing"]
    missing = subprocess.run(servers, capture_output=True, text=True, check=True).stdout.strip()
    if missing:
        pytest.skip(f"{missing} (sh scripts/servers.sh)")
    with running_wordpress(tools) as site:
        yield site
