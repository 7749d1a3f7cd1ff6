"""`Cluster`: tasks done by the workers of Dask, on this machine or on many."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from urllib.parse import urlsplit

from scraper.errors import MissingExtra, ScraperError, UsageError
from scraper.scale.child import do_in_child
from scraper.scale.engine import Lost

Task = TypeVar("Task")
Result = TypeVar("Result")

LOOPBACK = "127.0.0.1"
PATIENCE = 10  # seconds for a scheduler to answer
OPEN = (
    "a Dask scheduler runs what anybody sends it: use one on loopback (tcp://127.0.0.1:8786) or behind TLS (tls://...)"
)
NO_TLS = "no certificates to speak TLS with: Dask's settings distributed.comm.tls name them (docs/scale.md)"
BAD_TLS = "the certificates that Dask's settings distributed.comm.tls name cannot be used"
ONLY_TLS = "Dask's setting distributed.comm.require-encryption asks for TLS (tls://...)"


class Cluster:
    """The workers of the scheduler at `address`, or without one `workers` of a cluster on this machine's loopback.

    Each task is done by a process of its own beside the worker: there its limits of time and memory hold, and its
    death is not the worker's. Of a worker that dies Dask gives the tasks to others. Raises MissingExtra, and
    UsageError for a scheduler that anybody could send work to, or that is not there.
    """

    def __init__(self, address: str | None = None, workers: int = 2) -> None:
        dask = _distributed()
        self._cluster: Any = None
        if address is None:
            _security("--engine dask", is_secret=None)  # where settings ask for TLS, our own cluster speaks it too
            self._cluster = dask.LocalCluster(
                n_workers=workers, threads_per_worker=1, host=LOOPBACK, dashboard_address=None, memory_limit=0
            )
            self._client = dask.Client(self._cluster)
            return
        security = _security(address, is_secret=check_address(address) == "tls")
        try:
            self._client = dask.Client(address, security=security, timeout=PATIENCE)
        except (OSError, ValueError) as error:
            raise UsageError(f"no Dask scheduler answers there ({type(error).__name__})", address) from error

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Lost]]:
        """Each task with what came of it, in the order in which they end."""
        dask = _distributed()
        futures = {self._client.submit(do_in_child, work, task, pure=False): task for task in tasks}
        for future in dask.as_completed(futures):
            error = future.exception()
            if isinstance(error, dask.KilledWorker):
                yield futures[future], Lost("the workers that did it died, one after the other")
            elif error is not None:
                raise ScraperError(f"a worker could not do its task: {type(error).__name__}: {error}")
            else:
                yield futures[future], future.result()

    def close(self) -> None:
        """Gives up what is under way, and takes down a cluster of our own."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()


def check_address(address: str) -> str:
    """The protocol; UsageError for a scheduler that is reached over a network without TLS: what it carries are pickles.

    >>> check_address("tcp://127.0.0.1:8786"), check_address("tls://dask.example:8786")
    ('tcp', 'tls')
    """
    try:
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        host = parts.hostname or ""
    except ValueError:
        raise UsageError("not the address of a Dask scheduler", address) from None
    if parts.scheme not in ("tcp", "tls") or not host:
        raise UsageError("not the address of a Dask scheduler, like tcp://127.0.0.1:8786", address)
    if parts.scheme != "tls" and not _is_loopback(host):
        raise UsageError(OPEN, address)
    return parts.scheme


def _security(address: str, is_secret: bool | None) -> Any:
    """Dask's own settings; behind TLS nothing may go in the clear. UsageError where they are not enough for that.

    :param is_secret: whether it is behind TLS; None where that is for the settings to say.
    """
    make = _distributed().security.Security
    try:
        security = make(require_encryption=True) if is_secret else make()
        is_secret = security.require_encryption if is_secret is None else is_secret
        context = security.get_connection_args("client")["ssl_context"] if is_secret else None
    except (OSError, ValueError, TypeError) as error:
        reason = getattr(error, "strerror", None) or " ".join(map(str, error.args))
        raise UsageError(f"{BAD_TLS} ({reason})", address) from error
    if security.require_encryption and not is_secret:
        raise UsageError(ONLY_TLS, address)
    if is_secret and context is None:
        raise UsageError(NO_TLS, address)
    return security


def _is_loopback(host: str) -> bool:
    """Whether the host is this machine's loopback by its number; of names, only 'localhost' is known to be."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _distributed() -> Any:
    try:
        import distributed
        import distributed.security
    except ImportError as error:
        raise MissingExtra("needs the extra: pip install 'blog-to-sqlite[scale]'", "--engine dask") from error
    return distributed
