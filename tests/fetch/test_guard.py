from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import UsageError
from scraper.fetch.guard import CLOSED_V4, AllowList, judge_address, judge_name, read_allow_list, read_ipv4

NOTHING = AllowList()
CLOSED = [ipaddress.ip_network(prefix) for prefix, _ in CLOSED_V4]
closed_v4 = st.sampled_from(CLOSED).flatmap(
    lambda net: st.integers(int(net.network_address), int(net.broadcast_address)).map(ipaddress.IPv4Address)
)
any_v4 = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "100.64.0.1", "169.254.169.254", "172.31.255.255", "192.168.0.1", "192.0.0.8",
        "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%1", "fc00::1",
        "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "::8.8.8.8",
        "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b:1::8.8.8.8", "2002:7f00:1::", "2002:c0a8:101::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe", "2606:4700::5efe:127.0.0.1", "2606:4700::200:5efe:10.0.0.1",
        "not an address", "", "127.1",
    ],
)  # fmt: skip
def test_an_address_outside_the_public_internet_is_refused(ip: str) -> None:
    assert judge_address(ip, "e.org", NOTHING)


@pytest.mark.parametrize(
    "ip", ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_a_public_address_is_let_through(ip: str) -> None:
    assert judge_address(ip, "e.org", NOTHING) is None


@given(closed_v4)
def test_a_closed_address_stays_closed_in_every_wrapping(ip: ipaddress.IPv4Address) -> None:
    value = int(ip)
    teredo = ipaddress.IPv6Address((0x20010000 << 96) | (0x08080808 << 64) | (value ^ 0xFFFFFFFF))
    wrapped = [str(ip), f"::ffff:{ip}", f"::ffff:0:{ip}", f"::{ip}", f"64:ff9b::{ip}", str(teredo)]
    wrapped.append(str(ipaddress.IPv6Address((0x2002 << 112) | (value << 80) | 1)))
    wrapped.append(f"2606:4700::5efe:{ip}")
    assert all(judge_address(spelled, "e.org", NOTHING) for spelled in wrapped)


@given(any_v4)
def test_what_is_let_through_is_global_by_the_standard_library_too(ip: ipaddress.IPv4Address) -> None:
    assert judge_address(str(ip), "e.org", NOTHING) or ip.is_global


@given(any_v4, st.integers(0, 3), st.integers(1, 4))
def test_every_spelling_of_inet_aton_is_read_as_the_c_library_does(
    ip: ipaddress.IPv4Address, base: int, parts: int
) -> None:
    octets = list(ip.packed)
    numbers = [*octets[: parts - 1], int.from_bytes(bytes(octets[parts - 1 :]))]
    spell = [str, lambda n: f"0{n:o}", lambda n: f"0x{n:x}", lambda n: f"0X{n:X}"][base]
    host = ".".join(spell(number) for number in numbers)
    assert read_ipv4(host) == socket.inet_ntoa(socket.inet_aton(host)) == str(ip)


@given(st.text(alphabet="0123456789abcdefxX.:-", max_size=24))
def test_no_host_raises(host: str) -> None:
    refusal = judge_name(host, NOTHING)
    assert refusal is None or isinstance(refusal, str)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "017700000001", "0x7f.1", "127.1", "0", "[::1]", "[::ffff:7f00:1]",
     "localhost", "LOCALHOST.", "a.localhost", "printer.local", "x.internal", "router.home.arpa", "①②⑦.0.0.1"],
)  # fmt: skip
def test_a_local_name_is_refused_before_a_proxy_sees_it(host: str) -> None:
    assert judge_name(host, NOTHING)


def test_other_names_are_left_to_the_proxy() -> None:
    assert judge_name("e.org", NOTHING) is None
    assert judge_name("8.8.8.8", NOTHING) is None
    assert judge_name("localhost", read_allow_list(["localhost"])) is None


def test_allowed_networks_open_what_is_in_them_and_no_more() -> None:
    allowed = read_allow_list(["127.0.0.0/8,10.0.0.7", "fd00::/8"])
    assert judge_address("127.3.4.5", "e.org", allowed) is None
    assert judge_address("::ffff:127.0.0.1", "e.org", allowed) is None
    assert judge_address("10.0.0.7", "e.org", allowed) is None
    assert judge_address("fd12::1", "e.org", allowed) is None
    assert judge_address("10.0.0.8", "e.org", allowed)
    assert judge_address("::1", "e.org", allowed)


def test_an_allowed_host_is_that_host_alone() -> None:
    allowed = read_allow_list(["Blog.Test."])
    assert judge_address("10.0.0.1", "blog.test", allowed) is None
    assert judge_address("10.0.0.1", "BLOG.test.", allowed) is None
    assert judge_address("10.0.0.1", "www.blog.test", allowed)


@pytest.mark.parametrize(
    "entry", ["10.0.0.1/8", "10.0.0.0/33", "300.1.2.3", "localhost:80", "http://e.org/", "e org", "*", "0x7f.1", "-a"]
)
def test_an_entry_that_means_nothing_is_named(entry: str) -> None:
    with pytest.raises(UsageError, match="--allow-net"):
        read_allow_list([entry])
