"""The server: Datasette with our plugin behind the shield, on a socket of its own."""

from __future__ import annotations

import gc
import socket
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from scraper.errors import ScraperError
from scraper.store.connection import open_for_reading
from scraper.web.shield import App, Names, shielded
from scraper.web.site import STATIC, TEMPLATES

TABLES = "archive"  # the first part of the address of Datasette's pages
PRIVATE = "private_contacts"
SQL_MILLISECONDS = 2_000
MOST_BYTES = 64 * 1024 * 1024  # of one value that a query makes


@dataclass(frozen=True, slots=True)
class Serving:
    """What to serve, and to whom. `names`: further ones that the server answers to."""

    archive: Path
    host: str = "127.0.0.1"
    port: int = 8001
    names: tuple[str, ...] = ()
    sql_milliseconds: int = SQL_MILLISECONDS

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def serve(serving: Serving, tell: Callable[[str], None]) -> None:
    """Serves until it is interrupted; `tell` gets the address once it can be asked.

    Raises ArchiveError for what is no archive, ScraperError where the port cannot be had.
    """
    guest = open_for_reading(serving.archive)
    try:
        _serve(serving, tell)
    finally:
        guest.close()


def _serve(serving: Serving, tell: Callable[[str], None]) -> None:
    import uvicorn

    listening = _listen(serving)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    datasette = _datasette(serving)
    config = uvicorn.Config(
        _app(datasette, serving), log_level="warning", access_log=False, server_header=False,
        ws="none", timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)
    with listening:
        tell(f"http://{shown}:{port}/")
        try:
            server.run(sockets=[listening])
        finally:
            datasette.executor.shutdown()  # whose threads have the archive open
            gc.collect()  # closes what they had


def make_app(serving: Serving) -> App:
    """The pages as an ASGI application."""
    return _app(_datasette(serving), serving)


def _app(datasette: Any, serving: Serving) -> App:
    names = {name.lower() for name in serving.names}
    if not serving.is_local:
        names.add(serving.host.lower())
    app: App = datasette.app()
    return shielded(app, Names(frozenset(names), any_address=not serving.is_local))


def _datasette(serving: Serving) -> Any:
    from datasette.app import Datasette
    from datasette.plugins import pm

    from scraper.web import plugin

    # With rich, each mistyped query would print the server's variables to stdout.
    pm.get_plugin("datasette.handle_exception").rich = None
    if not pm.is_registered(plugin):
        pm.register(plugin)
    made = Datasette(
        metadata={
            "plugins": {plugin.NAME: {"archive": str(serving.archive), "tables": TABLES}},
            "databases": {TABLES: {"tables": {PRIVATE: {"hidden": True}}}},
        },
        template_dir=str(TEMPLATES),
        static_mounts=[("static", str(STATIC))],
        settings={
            "sql_time_limit_ms": serving.sql_milliseconds,
            "facet_time_limit_ms": 300,
            "suggest_facets": False,
            "allow_download": False,
            "max_csv_mb": 50,
            "truncate_cells_html": 300,
            "default_cache_ttl": 0,
        },
        memory=False,
    )
    made.remove_database("_memory")
    made.add_database(_database(made, serving.archive), name=TABLES)
    return made


def _database(datasette: Any, archive: Path) -> Any:
    from datasette.database import Database

    class ReadOnly(Database):  # type: ignore[misc]
        """The archive as all of ours read it: never written to, by whatever statement."""

        def connect(self, write: bool = False) -> sqlite3.Connection:
            if write:
                raise ScraperError("the archive is only read", str(archive))
            connection = open_for_reading(archive)
            connection.execute("PRAGMA query_only = 1")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
            connection.set_authorizer(_without_private)
            return connection

    return ReadOnly(datasette, path=str(archive), is_mutable=True)


def _without_private(action: int, table: str | None, column: str | None, *_: str | None) -> int:
    """Of addresses that nobody but their archive's owner is to know, every query reads null."""
    is_private = action == sqlite3.SQLITE_READ and table == PRIVATE and column not in ("comment_id", "")
    return sqlite3.SQLITE_IGNORE if is_private else sqlite3.SQLITE_OK


def _listen(serving: Serving) -> socket.socket:
    try:
        found: Sequence[Any] = socket.getaddrinfo(serving.host, serving.port, type=socket.SOCK_STREAM)
        family, address = found[0][0], found[0][4]
        return socket.create_server(address[:2], family=family, backlog=64)
    except OSError as error:
        taken = error.errno is not None and "in use" in (error.strerror or "")
        reason = "taken; --port says another one" if taken else (error.strerror or str(error)).partition(" (")[0]
        raise ScraperError(reason, f"{serving.host}:{serving.port}") from error
