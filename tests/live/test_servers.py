"""The servers are had where they can be had, stopped however the tests end, and named where they are missing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.live.wordpress import WordPress, pids_of, running_wordpress


def test_no_process_and_no_file_is_left_where_the_tests_fail(wordpress: WordPress) -> None:
    with pytest.raises(ZeroDivisionError), running_wordpress(wordpress.tools) as site:
        folder, pids = site.folder, pids_of(site.folder)
        raise ZeroDivisionError
    assert len(pids) >= 2
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
    assert not folder.exists()


@pytest.mark.parametrize("argument", [[], ["--missing"]])
def test_without_packages_of_debian_that_is_said_and_nothing_fails(
    repo_root: Path, tmp_path: Path, argument: list[str]
) -> None:
    assert "no packages of Debian here" in run_script(repo_root, tmp_path, argument)


def test_what_is_missing_is_named_to_who_may_not_install_it(repo_root: Path, tmp_path: Path) -> None:
    write_program(tmp_path / "dpkg-query", '[ "$3" = wordpress ] && echo "ii "')
    write_program(tmp_path / "id", "echo 1000")
    said = run_script(repo_root, tmp_path, [])
    assert said.startswith("not installed, since that takes root: wordpress-theme-twentytwentyone php-cli ")
    assert said.endswith(" mariadb-server chromium epubcheck\n")


def test_where_all_is_there_nothing_is_said_or_done(repo_root: Path, tmp_path: Path) -> None:
    write_program(tmp_path / "dpkg-query", 'echo "ii "')
    assert run_script(repo_root, tmp_path, []) == ""


def test_a_failed_installation_names_what_is_missing_and_does_not_fail(repo_root: Path, tmp_path: Path) -> None:
    write_program(tmp_path / "dpkg-query", "exit 1")
    write_program(tmp_path / "id", "echo 0")
    write_program(tmp_path / "apt-get", "exit 100")
    assert run_script(repo_root, tmp_path, []).splitlines()[-1].startswith("not installed: wordpress ")


def run_script(root: Path, programs: Path, arguments: list[str]) -> str:
    """What the script says where there are no other programs than these."""
    grep, sh = shutil.which("grep"), shutil.which("sh")
    assert grep and sh
    (programs / "grep").symlink_to(grep)
    command = [sh, str(root / "scripts" / "servers.sh"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": str(programs)})
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def write_program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
