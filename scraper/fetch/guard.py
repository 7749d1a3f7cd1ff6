"""Which addresses may be connected to: `judge_address` gives the reason to refuse one. Pure: nothing is resolved here.

A page, a redirect or a name server must not be able to make an archive read its operator's own network. So only
addresses of the public Internet are let through, by the tables below (IANA's special-purpose address registries, RFC
6890 and updates), however an address is spelled or wrapped. `--allow-net` opens what the operator names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from scraper.errors import UsageError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Not part of the public Internet, or not a unicast host of it.
CLOSED_V4: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "unspecified"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "carrier-grade NAT"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved"),
    ("192.0.2.0/24", "documentation"),
    ("192.88.99.0/24", "reserved"),
    ("192.168.0.0/16", "private"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
)
# Of IPv6, only 2000::/3 is given out as global unicast; these are the exceptions inside it and the names outside it.
CLOSED_V6: tuple[tuple[str, str], ...] = (
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
    ("2001:db8::/32", "documentation"),
    ("2001::/23", "reserved"),
    ("3fff::/20", "documentation"),
)
# Prefixes whose addresses carry an IPv4 address: (prefix, bits below it, inverted, stands for that address alone).
WRAPPED_V4: tuple[tuple[str, int, bool, bool], ...] = (
    ("::ffff:0:0/96", 0, False, True),  # mapped, RFC 4291
    ("64:ff9b::/96", 0, False, True),  # NAT64, RFC 6052: how an IPv6-only network reaches the IPv4 Internet
    ("::ffff:0:0:0/96", 0, False, False),  # translated, RFC 2765
    ("::/96", 0, False, False),  # compatible, RFC 4291
    ("2002::/16", 80, False, False),  # 6to4, RFC 3056
    ("2001::/32", 0, True, False),  # Teredo's client, RFC 4380
)
LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa")  # RFC 6761, 6762, 8375, and in use
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")


@dataclass(frozen=True, slots=True)
class AllowList:
    """What the operator opened: networks, and host names whose every address is let through."""

    networks: tuple[Network, ...] = ()
    hosts: frozenset[str] = frozenset()


def judge_address(ip: str, host: str, allow_net: AllowList) -> str | None:
    """The reason to refuse a connection to `ip` for `host`, or None where it may be made.

    `ip` is the numeric address that is, or is about to be, connected to; `host` the name in the URL. An IPv6 address
    that carries an IPv4 address is judged by that one, and by its own prefix too.
    """
    if _plain_host(host) in allow_net.hosts:
        return None
    try:
        address = ip_address(ip)
    except ValueError:
        return f"{ip!r} is not an address"
    reasons = [_closed(face, allow_net) for face in _faces(address)]
    return next((f"{ip} is not public: {reason}" for reason in reasons if reason), None)


def judge_name(host: str, allow_net: AllowList) -> str | None:
    """The reason to refuse `host` where a proxy will resolve it, or None; only what the name itself shows is judged.

    Literal addresses are judged as addresses, in every spelling that C libraries read (0x7f.1, 017700000001), and
    names that are local by convention are refused. Where another name leads, only the proxy knows.
    """
    name = _plain_host(host)
    if name in allow_net.hosts:
        return None
    literal = name if ":" in name else read_ipv4(name)
    if literal is not None:
        return judge_address(literal, name, allow_net)
    if any(name == local or name.endswith(f".{local}") for local in LOCAL_NAMES):
        return f"{name} is a local name"
    return None


def read_allow_list(entries: Iterable[str]) -> AllowList:
    """The entries of `--allow-net` (each may hold several, with commas) as one frozen value.

    An entry is an address, a network in CIDR form, or a host name. UsageError names one that is none of them.
    """
    networks: list[Network] = []
    hosts: set[str] = set()
    for entry in (part.strip() for group in entries for part in group.split(",")):
        if not entry:
            continue
        if re.fullmatch(r"[0-9.]+(/.*)?|.*:.*|.*/.*", entry):
            networks.append(_read_network(entry))
        elif _NAME.fullmatch(name := _plain_host(entry)) and read_ipv4(name) is None:
            hosts.add(name)
        else:
            raise UsageError(f"{entry!r} is no address, network such as 10.0.0.0/8, or host name", "--allow-net")
    return AllowList(tuple(networks), frozenset(hosts))


def read_ipv4(host: str) -> str | None:
    """The dotted form of an IPv4 address in any spelling of inet_aton (one to four numbers; octal, hex), or None."""
    parts = host.split(".")
    numbers = [_read_number(part) for part in parts]
    if len(parts) > 4 or any(number is None for number in numbers):
        return None
    *high, low = [number for number in numbers if number is not None]
    if any(number > 255 for number in high) or low >= 256 ** (4 - len(high)):
        return None
    value = low + sum(number << (24 - 8 * place) for place, number in enumerate(high))
    return str(IPv4Address(value))


def _read_number(text: str) -> int | None:
    if re.fullmatch(r"0[xX][0-9a-fA-F]*", text):
        return int(text[2:] or "0", 16)
    if re.fullmatch(r"0[0-7]*", text):
        return int(text, 8)
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,10}", text) else None


def _read_network(entry: str) -> Network:
    try:
        return ip_network(entry.strip("[]"))
    except ValueError as error:
        raise UsageError(f"not a network such as 10.0.0.0/8: {error}", "--allow-net") from error


def _plain_host(host: str) -> str:
    """Lower case, without brackets and the final dot; a URL's host and an entry compare equal in this form."""
    name = host.strip().strip("[]").rstrip(".").lower()
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _faces(address: Address) -> list[Address]:
    """The addresses that must all be open: the address itself and what it carries, or that alone where it is meant."""
    if isinstance(address, IPv4Address):
        return [address]
    value = int(address)
    faces: list[Address] = [address]
    for prefix, shift, inverted, alone in WRAPPED_V4:
        if address in IPv6Network(prefix):
            carried = IPv4Address((value >> shift & 0xFFFFFFFF) ^ (0xFFFFFFFF if inverted else 0))
            faces = [carried] if alone else [*faces, carried]
    if (value >> 32) & 0xFCFFFFFF == 0x5EFE:  # ISATAP, RFC 5214: the interface part is 0000:5efe or 0200:5efe and IPv4
        faces.append(IPv4Address(value & 0xFFFFFFFF))
    return faces


def _closed(address: Address, allow_net: AllowList) -> str | None:
    if any(address in network for network in allow_net.networks):
        return None
    table = CLOSED_V4 if isinstance(address, IPv4Address) else CLOSED_V6
    for prefix, reason in table:
        if address in ip_network(prefix):
            return reason
    if isinstance(address, IPv6Address) and address not in IPv6Network("2000::/3"):
        return "outside the global unicast range"
    return None
