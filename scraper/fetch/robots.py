"""What a site's robots.txt lets us do: `read_robots` turns an answer into `Rules` (RFC 9309). Pure.

protego matches paths and wildcards. Which group speaks to whom is decided here, by the product token alone, since a
group for 'blog' is not meant for 'blog-to-sqlite'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: the least that must be read; what is beyond is not
MAX_REDIRECTS = 5  # RFC 9309, 2.3.1.2

# Names of fields, with the slips that the large search engines forgive.
FIELDS: dict[str, str] = {
    "user-agent": "user-agent",
    "useragent": "user-agent",
    "user agent": "user-agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "crawl-delay",
    "crawl delay": "crawl-delay",
    "request-rate": "request-rate",
    "request rate": "request-rate",
    "sitemap": "sitemap",
    "sitemaps": "sitemap",
    "site-map": "sitemap",
}
_NAMES = "|".join(sorted((re.escape(name) for name in FIELDS), key=len, reverse=True))
_LINE = re.compile(rf"\s*({_NAMES})(?:\s*:|\s)\s*(.*)", re.IGNORECASE)
PACES = frozenset({"crawl-delay", "request-rate"})  # no part of the RFC
_RATE = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})\s*([smh]?)", re.IGNORECASE)  # '1/10s': one request in ten seconds
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
_LETTER_ESCAPE = re.compile(r"%(?=4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae]|3[0-9]|2[de])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin. `verdict` True or False answers for every URL: there was no file, or no knowing.

    `groups` pairs the product tokens of a group with its lines, `delays` a token with seconds; `why` says where the
    verdict comes from.
    """

    groups: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = ()
    delays: tuple[tuple[str, float], ...] = ()
    verdict: bool | None = None
    why: str = "robots.txt"
    sitemaps: tuple[str, ...] = ()

    def allows(self, user_agent: str, url: str) -> bool:
        """Whether this user agent (a product token, or a User-Agent header that starts with it) may fetch the URL."""
        if self.verdict is not None:
            return self.verdict
        lines = self._lines_for(user_agent)
        decoded = _matcher(lines).can_fetch(url, "*")
        if not any(_LETTER_ESCAPE.search(text) for text in (url, *lines)):
            return decoded
        # RFC 9309 decodes escaped letters before comparing (%62 is b), the reference implementation does not; where
        # the two readings differ, the stricter one counts.
        literal = tuple(_LETTER_ESCAPE.sub("%25", line) for line in lines)
        return decoded and _matcher(literal).can_fetch(_LETTER_ESCAPE.sub("%25", url), "*")

    def crawl_delay(self, user_agent: str) -> float | None:
        """Seconds that this user agent is asked to leave between two requests, or None.

        By a crawl-delay or a request-rate, the slower one; neither is a standard field.
        """
        token = _product_token(user_agent)
        named = token if any(token in names for names, _ in self.groups) else "*"
        return next((delay for name, delay in self.delays if name == named and delay > 0), None)

    def _lines_for(self, user_agent: str) -> tuple[str, ...]:
        """The lines of all groups that name this token; where none does, of all groups for everyone."""
        token = user_agent.partition("/")[0].strip().lower()
        for name in (token, "*"):
            named = [lines for names, lines in self.groups if name in names]
            if named:
                return tuple(line for lines in named for line in lines)
        return ()


def read_robots(status: int | None, body: bytes) -> Rules:
    """The rules that an answer for /robots.txt stands for; `status` None: the server could not be reached.

    RFC 9309, 2.3.1: a 2xx answer is read, 4xx means no rules, 5xx or no answer means keep out. 3xx reaches this only
    where following it led nowhere, which is like 4xx.
    """
    if status is None:
        return Rules(verdict=False, why="robots.txt could not be reached")
    if 200 <= status < 300:
        return _read_rules(body)
    return Rules(verdict=300 <= status < 500, why=f"robots.txt answered {status}")


def _read_rules(body: bytes) -> Rules:
    lines = _read_lines(body)
    sitemaps = tuple(value for name, value in lines if name == "sitemap")
    lines = [(name, value) for name, value in lines if name != "sitemap"]
    return Rules(_read_groups(lines), tuple(_read_delays(lines).items()), sitemaps=sitemaps)


def _read_groups(lines: list[tuple[str, str]]) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """The groups as RFC 9309 has them: only allow and disallow end the naming of agents, no other field does."""
    groups: list[tuple[set[str], list[str]]] = []
    naming = False
    for name, value in lines:
        if name == "user-agent":
            if not naming:
                groups.append((set(), []))
            groups[-1][0].add(_product_token(value))
        elif groups and name not in PACES:
            groups[-1][1].append(f"{name}: {value}")
        naming = name == "user-agent" or (naming and name in PACES)
    return tuple((frozenset(names), tuple(rules)) for names, rules in groups)


def _read_delays(lines: list[tuple[str, str]]) -> dict[str, float]:
    """Seconds by token. A crawl-delay or request-rate is for the agents named directly before it."""
    delays: dict[tuple[str, str], float] = {}
    addressed: list[str] = []
    before = ""
    for name, value in lines:
        if name == "user-agent":
            addressed = [*(addressed if before == name else ()), _product_token(value)]
        elif name in PACES:
            seconds = _read_seconds(value) if name == "crawl-delay" else _read_rate(value)
            for token in addressed:
                delays.setdefault((token, name), seconds)
        before = name
    slowest: dict[str, float] = {}
    for (token, _), seconds in delays.items():
        slowest[token] = max(seconds, slowest.get(token, 0.0))
    return slowest


def _read_lines(body: bytes) -> list[tuple[str, str]]:
    """Known fields with their values in order; comments, unknown fields and what the cap cut are left out."""
    if len(body) > MAX_BYTES:
        body = body[: MAX_BYTES + 1].rpartition(b"\n")[0]
    text = body.decode("utf-8-sig", errors="replace")
    found = (_LINE.match(line.partition("#")[0]) for line in re.split(r"\r\n|\r|\n", text))
    return [(FIELDS[match[1].lower()], match[2].strip()) for match in found if match]


def _product_token(value: str) -> str:
    """The name before any version or remark: 'FooBot/1.2 (x)' and 'FooBot something' speak of foobot."""
    words = value.split()
    return words[0].partition("/")[0].lower() if words else ""


def _read_seconds(value: str) -> float:
    """The number, or 0 where it is none that one could wait for."""
    return float(value) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]*)?|\.[0-9]+", value) else 0.0


def _read_rate(value: str) -> float:
    """Seconds between two requests; a time of the day behind the rate is left out of account."""
    rate = _RATE.match(value)
    return int(rate[2]) * _UNITS[rate[3].lower()] / int(rate[1]) if rate and int(rate[1]) else 0.0


@lru_cache(maxsize=256)
def _matcher(lines: tuple[str, ...]) -> Protego:
    from protego import Protego

    return Protego.parse("\n".join(("User-agent: *", *lines)))
