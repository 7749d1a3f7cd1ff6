"""What the operator has to show to be let in: cookies and passwords, each for one host. Pure; files are read in cli/.

They are sent to the hosts that the operator named, in the same scheme or in https for http, and to nobody else,
wherever a redirect leads; request records are stored without them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from scraper.errors import UsageError
from scraper.settings import Secret

HTTP_ONLY = "#HttpOnly_"  # in front of a line's domain: not for scripts, which is nothing to us
FIELDS = 7
PORTS = {"http": 80, "https": 443}


def read_cookies(text: str, now: datetime, file: str) -> tuple[Secret, ...]:
    """The cookies of a file in Netscape's format, as curl writes it; those that are over are left out.

    Raises UsageError with the number of a line that is none. No value is ever part of a message.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.removeprefix(HTTP_ONLY)
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != FIELDS or not fields[4].strip().lstrip("-").isdecimal() or not fields[0].strip(". "):
            raise UsageError(f"line {number} is no cookie in Netscape's format (seven fields, tabs between)", file)
        domain, subdomains, path, secure, expires, name, value = fields
        if int(expires) > 0 and int(expires) <= now.timestamp():
            continue
        pair = f"{name}={value}" if name else value
        found.append(
            Secret(
                domain.strip().lstrip(".").lower(), "Cookie", pair.encode().decode("latin-1"), path or "/",
                https_only=secure.upper() == "TRUE", with_subdomains=subdomains.upper() == "TRUE",
            )
        )  # fmt: skip
    return tuple(found)


def basic_auth(host: str, user: str, password: str) -> Secret:
    """What basic authentication sends to this host, which may have a port (RFC 7617; UTF-8)."""
    return Secret(host.lower(), "Authorization", "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode())


def url_auth(url: str, user: str, password: str) -> Secret:
    """The same for the host, and port, of this URL."""
    return basic_auth(_place(url), user, password)


def limit_to(secrets: Iterable[Secret], urls: Iterable[str]) -> tuple[Secret, ...]:
    """The secrets, each bound to one of the hosts that these URLs name, with or without 'www.', and to its scheme.

    UsageError for a password that is for none of them, and where none of the cookies is for any.
    """
    given = tuple(secrets)
    named = list(dict.fromkeys(_named_hosts(urls)))
    bound = {
        secret: [
            replace(secret, host=place, https_only=secret.https_only or scheme == "https", with_subdomains=False)
            for scheme, place in named
            if _is_for(secret, place)
        ]
        for secret in given
    }
    for secret in given:
        if secret.header != "Cookie" and not bound[secret]:
            raise UsageError("nothing is to be fetched from this host", secret.host)
    if any(secret.header == "Cookie" for secret in given) and not any(
        bound[secret] for secret in given if secret.header == "Cookie"
    ):
        raise UsageError("none of the cookies is for it", ", ".join(sorted({place for _, place in named})))
    return tuple(dict.fromkeys(each for found in bound.values() for each in found))


def secret_headers(secrets: Iterable[Secret], url: str) -> dict[str, str]:
    """The headers that are for this URL; `secrets` are bound to hosts."""
    parts = urlsplit(url)
    place, path = _place(url), parts.path or "/"
    fitting = [
        secret
        for secret in secrets
        if secret.host == place
        and (parts.scheme == "https" or not secret.https_only)
        and (path == secret.path or path.startswith(secret.path.rstrip("/") + "/"))
    ]
    fitting.sort(key=lambda secret: -len(secret.path))  # RFC 6265, 5.4
    headers: dict[str, str] = {}
    for secret in fitting:
        before = headers.get(secret.header)
        if before is None:
            headers[secret.header] = secret.value
        elif secret.header == "Cookie":
            headers[secret.header] = f"{before}; {secret.value}"
    return headers


def _named_hosts(urls: Iterable[str]) -> Iterator[tuple[str, str]]:
    for url in urls:
        scheme, place = urlsplit(url).scheme, _place(url)
        yield scheme, place
        yield scheme, place.removeprefix("www.") if place.startswith("www.") else f"www.{place}"


def _is_for(secret: Secret, place: str) -> bool:
    host = place if secret.header != "Cookie" else place.rpartition(":")[0] or place
    return host == secret.host or (secret.with_subdomains and host.endswith(f".{secret.host}"))


def _place(url: str) -> str:
    """The host, with its port if that is not the scheme's own."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return host if parts.port in (None, PORTS.get(parts.scheme)) else f"{host}:{parts.port}"
