"""One request over the network, and nothing else: `Requester.ask`. No redirect is followed, nothing is judged but the
address; robots.txt and the pace are the caller's. Cookies that servers set are not kept; what the operator has to show
to be let in goes to the host that it is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scraper.fetch.access import secret_headers
from scraper.fetch.deadline import Deadline, Stopped
from scraper.fetch.exchange import Asked, Sent, read_exchange
from scraper.fetch.failure import explain_failure
from scraper.fetch.guard import AllowList, judge_name, read_allow_list
from scraper.model import Exchange
from scraper.settings import Settings

if TYPE_CHECKING:
    import requests

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
Credentials = tuple[str, str]


class Requester:
    """Requests under one Settings; a context manager, for any number of threads, each with a deadline of its own.

    `ca_bundle` names a file of root certificates to trust instead of the usual ones.
    """

    def __init__(self, settings: Settings, ca_bundle: str | None = None) -> None:
        import requests

        from scraper.fetch.connect import Gate, GuardedAdapter

        self.settings = settings
        self._allow_net: AllowList = read_allow_list(settings.allow_net)
        self._deadline = Deadline()
        self._sent = Sent()
        self._session = requests.Session()
        self._gate = Gate(self._allow_net, self._deadline, settings.connect_timeout, settings.read_timeout, self._sent)
        _set_up(self._session, settings, ca_bundle)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, GuardedAdapter(self._gate))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def abort(self) -> None:
        """End all requests under way, in whatever thread: they are Stopped."""
        self._gate.abort()

    def without_secrets(self) -> Requester:
        """The same, over the same connections, but with nothing that lets its sender in."""
        bare = copy(self)
        bare.settings = replace(self.settings, secrets=())
        return bare

    def start(self) -> None:
        """Begin the deadline of this thread anew: `settings.deadline` seconds for all requests until the next start."""
        self._deadline.start(self.settings.deadline)

    def judge_proxied(self, url: str) -> None:
        """Where a proxy resolves names, judge the name: no address will be seen here. Stopped where it may not be."""
        if self.settings.proxy and (refusal := judge_name(urlsplit(url).hostname or "", self._allow_net)):
            raise Stopped("address", refusal)

    def ask(
        self,
        url: str,
        method: str = "GET",
        *,
        max_bytes: int,
        headers: Mapping[str, str] | None = None,
        credentials: Credentials | None = None,
        keeps_start: bool = False,
    ) -> Exchange:
        """One exchange, its body read up to `max_bytes`; Stopped where no answer came.

        Of a body that is announced as longer nothing is read, but where its beginning is of use.
        """
        import requests
        from urllib3.exceptions import HTTPError

        asked = Asked(url, method, datetime.now(UTC), max_bytes, keeps_start)
        timeout = self._deadline.timeout(self.settings.connect_timeout), self.settings.read_timeout
        try:
            sent = {**(headers or {}), **secret_headers(self.settings.secrets, url)}
            request = self._session.prepare_request(requests.Request(method, url, sent, auth=credentials))
            request.url = url  # as it was judged: requests writes escapes anew
            # Not session.send: it reads the whole body of a redirect, past any budget, even when it follows none.
            adapter = self._session.get_adapter(url)
            with adapter.send(
                request, True, timeout, self._session.verify or True, None, self._session.proxies
            ) as response:
                return read_exchange(response, asked, self._sent)
        except (requests.RequestException, HTTPError, UnicodeError) as error:
            raise Stopped(*explain_failure(error)) from error


def user_agent_of(settings: Settings) -> str:
    """How all requests name themselves, with the operator's contact if one is given."""
    return settings.user_agent + (f" contact: {settings.contact}" if settings.contact else "")


def _set_up(session: requests.Session, settings: Settings, ca_bundle: str | None) -> None:
    session.trust_env = False
    session.verify = ca_bundle or True
    if settings.proxy:
        session.proxies = {"http": settings.proxy, "https": settings.proxy}
    session.headers.clear()
    session.headers.update(
        {"User-Agent": user_agent_of(settings), "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}
    )
