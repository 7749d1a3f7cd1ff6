"""`process` behind TLS: a scheduler and two workers of Dask, which take work from those whom their authority vouches for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dask
import distributed
import pytest
from distributed.security import Security

from scraper.errors import UsageError
from scraper.run.processing.process import ProcessOptions, process
from scraper.scale.cluster import Cluster
from scraper.settings import Settings
from tests.run.shards import fill, said_by

DOCS = Path(__file__).parents[2] / "docs" / "scale.md"
PATIENCE = 60  # seconds until a scheduler and its workers are there


@dataclass(frozen=True)
class Party:
    """Whom one authority vouches for."""

    folder: Path

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """The authority's certificate; one of its own and the key to it."""
        return self.folder / "ca.pem", self.folder / "cert.pem", self.folder / "key.pem"

    @property
    def environment(self) -> dict[str, str]:
        """As docs/scale.md has it; paths are of this folder."""
        path = os.pathsep.join(each for each in sys.path if each)
        script = f"{docs_script('export DASK', 'dask scheduler')}env -0"
        found = subprocess.run(["sh", "-ec", script], check=True, capture_output=True, text=True).stdout
        return {**dict(each.split("=", 1) for each in found.split("\0") if each), "PYTHONPATH": path}


def docs_script(first: str, last: str) -> str:
    """The lines of docs/scale.md from one that begins so until one that begins so."""
    found = re.search(rf"^{first}.*?(?=^{last})", DOCS.read_text(encoding="utf-8"), re.M | re.S)
    assert found
    return found[0]


def make_party(folder: Path) -> Party:
    if not shutil.which("openssl"):
        pytest.skip("no openssl command here to make certificates with")
    folder.mkdir()
    subprocess.run(["sh", "-ec", docs_script("ec=", "```")], cwd=folder, check=True, capture_output=True)
    return Party(folder)


@pytest.fixture(scope="module")
def party(tmp_path_factory: pytest.TempPathFactory) -> Party:
    return make_party(tmp_path_factory.mktemp("tls") / "party")


@pytest.fixture(scope="module")
def scheduler(party: Party) -> Iterator[str]:
    """The address of a scheduler with two workers, each a process."""
    stated = party.folder / "scheduler.json"
    quiet = ["--no-dashboard", "--scheduler-file", str(stated)]
    with (
        started(party, "scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", "0", *quiet),
        started(party, "worker", "--host", "127.0.0.1", "--nworkers", "2", "--nthreads", "1", *quiet),
    ):
        ends = time.monotonic() + PATIENCE
        while not (address := address_in(stated)) and time.monotonic() < ends:
            time.sleep(0.1)
        assert address, "no scheduler said where it is"
        yield address


def address_in(stated: Path) -> str | None:
    """The address in the file, where it is written whole."""
    try:
        return str(json.loads(stated.read_text())["address"])
    except (OSError, json.JSONDecodeError):
        return None


@contextmanager
def started(party: Party, *words: str) -> Iterator[None]:
    with (party.folder / f"{words[0]}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words], cwd=party.folder, env=party.environment, stdout=log, stderr=log
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def run(party: Party, *words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scraper", "process", *map(str, words)]
    return subprocess.run(command, cwd=party.folder, env=party.environment, capture_output=True, text=True, check=False)


def test_workers_behind_tls_make_the_shards_that_one_process_makes(
    party: Party, scheduler: str, tmp_path: Path
) -> None:
    assert scheduler.startswith("tls://127.0.0.1:")
    warcs = fill(tmp_path / "warcs")
    ca, certificate, key = map(str, party.files)
    security = Security(tls_ca_file=ca, tls_client_cert=certificate, tls_client_key=key, require_encryption=True)
    with distributed.Client(scheduler, security=security, timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(2, PATIENCE)
        workers = client.scheduler_info()["workers"]
    assert [address.partition("127")[0] for address in workers] == ["tls://", "tls://"]
    done = run(party, warcs, "--out", tmp_path / "secure", "--engine", "dask", "--scheduler", scheduler, "--json")
    assert done.returncode == 3, done.stderr  # one of the WARCs is damaged
    counts = json.loads(done.stdout)
    process([warcs], tmp_path / "serial", ProcessOptions("serial"), Settings())
    shards = said_by(tmp_path / "secure")
    assert (counts["made"], len(shards)) == (4, 4)
    assert shards == said_by(tmp_path / "serial")


def test_who_is_vouched_for_by_another_gives_no_work(scheduler: str, tmp_path: Path) -> None:
    stranger = make_party(tmp_path / "stranger")
    warcs = fill(tmp_path / "warcs")
    done = run(stranger, warcs, "--out", tmp_path / "out", "--engine", "dask", "--scheduler", scheduler)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert "no Dask scheduler answers there" in done.stderr
    assert not list((tmp_path / "out").glob("[!.]*"))


def test_a_certificate_without_its_key_and_half_of_the_settings_are_told(party: Party, tmp_path: Path) -> None:
    ca, certificate, key = map(str, party.files)
    for settings, message in (
        ({"ca-file": ca}, "no certificates to speak TLS with"),
        ({"ca-file": ca, "client.cert": certificate}, "cannot be used"),
        ({"ca-file": str(tmp_path / "none"), "client.cert": certificate, "client.key": key}, "No such file"),
    ):
        named = {f"distributed.comm.tls.{name}": value for name, value in settings.items()}
        with dask.config.set(named), pytest.raises(UsageError, match=message):
            Cluster("tls://127.0.0.1:1")


def test_who_asks_for_tls_alone_is_not_led_past_it_by_an_address() -> None:
    with (
        dask.config.set({"distributed.comm.require-encryption": True}),
        pytest.raises(UsageError, match="asks for TLS"),
    ):
        Cluster("tcp://127.0.0.1:1")


def test_who_asks_for_tls_alone_has_no_cluster_of_ours_without_certificates() -> None:
    with (
        dask.config.set({"distributed.comm.require-encryption": True}),
        pytest.raises(UsageError, match="no certificates"),
    ):
        Cluster()


def test_nothing_is_sent_to_a_scheduler_on_a_network_without_tls(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(distributed, "Client", lambda *words, **_: asked.append(words))
    with pytest.raises(UsageError, match="runs what anybody sends it"):
        process(
            [fill(tmp_path / "warcs")],
            tmp_path / "out",
            ProcessOptions("dask", scheduler="tcp://192.0.2.7:8786"),
            Settings(),
        )
    assert not asked
