"""Whose address may be called, and how a call ends that goes wrong."""

import ipaddress
import socket
from typing import Any

import pytest

from banksia.foundation.webhooks.adapters import posting
from banksia.foundation.webhooks.adapters.addresses import AddressRefused, Nearby, is_public, read_url, resolve
from banksia.foundation.webhooks.adapters.posting import post
from banksia.foundation.webhooks.tests.factories import receiving

HERE = Nearby(this_machine=True)
MODULES = Nearby(networks=(ipaddress.ip_network("10.20.0.0/24"), ipaddress.ip_network("fd00:20::/64")))


def leading_to(*addresses: str) -> Any:
    """Every name leads to these."""
    return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]


class TestIsPublic:
    @pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1"])
    def test_the_internet_is(self, address: str) -> None:
        assert is_public(address)

    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104  (it is refused, not bound)
            "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1",
            "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
        ],
    )  # fmt: skip
    def test_nothing_inside_is(self, address: str) -> None:
        assert not is_public(address)


class TestReadUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "http://practice.example.com/", "https://", "ftp://practice.example.com/", "https://localhost/",
            "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/meta-data", "https://db.internal/",
            "https://user:secret@practice.example.com/", "https://practice.example.com/#there",
            "https://practice.example.com:99999/", "https://practice.example.com/a b", "https://[::1", "hooks",
            "https://practice.example.com/\r\nX-Header: 1", f"https://practice.example.com/{'x' * 500}",
        ],
    )  # fmt: skip
    def test_refuses(self, url: str) -> None:
        with pytest.raises(AddressRefused):
            read_url(url, nearby=Nearby())

    def test_takes_http_to_this_machine_only_where_that_is_set(self) -> None:
        assert read_url("http://127.0.0.1:8000/hooks?a=1", nearby=HERE).host_header == "127.0.0.1:8000"
        with pytest.raises(AddressRefused):
            read_url("http://practice.example.com/", nearby=HERE)
        assert read_url("https://practice.example.com", nearby=Nearby()).path == "/"

    @pytest.mark.parametrize(
        "url",
        [
            "http://10.20.0.7:9000",
            "https://10.20.0.7",
            "http://bookings:9000",
            "http://[fd00:20::7]",
            "https://bookings.internal",
        ],
    )
    def test_takes_what_lies_in_a_network_of_modules_and_names_until_they_are_looked_up(self, url: str) -> None:
        assert read_url(url, nearby=MODULES).path == "/"

    @pytest.mark.parametrize(
        "url",
        [
            "http://10.20.1.7",
            "https://10.20.1.7",
            "http://localhost",
            "https://127.0.0.1",
            "http://1.1.1.1",
            "http://app.localhost",
            "ftp://10.20.0.7",
        ],
    )
    def test_refuses_what_lies_beside_it(self, url: str) -> None:
        with pytest.raises(AddressRefused):
            read_url(url, nearby=MODULES)


class TestResolve:
    @pytest.mark.parametrize(
        ("url", "found", "may"),
        [
            ("http://bookings:9000", ["10.20.0.7"], True),
            ("https://bookings.internal", ["10.20.0.7", "fd00:20::7"], True),
            ("https://bookings.example.com", ["1.1.1.1"], True),
            ("http://bookings.example.com", ["1.1.1.1"], False),
            ("http://bookings:9000", ["10.20.0.7", "10.20.1.7"], False),
            ("http://database:5432", ["10.20.1.7"], False),
            ("http://here", ["127.0.0.1"], False),
        ],
    )
    def test_judges_names_by_the_networks_of_modules(
        self, monkeypatch: pytest.MonkeyPatch, url: str, found: list[str], may: bool
    ) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", leading_to(*found))
        target = read_url(url, nearby=MODULES)
        if may:
            assert resolve(target, nearby=MODULES) == found
        else:
            with pytest.raises(AddressRefused):
                resolve(target, nearby=MODULES)


class TestPost:
    @pytest.mark.parametrize("found", ["127.0.0.1", "10.0.0.5", "::1"])
    def test_judges_what_a_name_leads_to(self, monkeypatch: pytest.MonkeyPatch, found: str) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", leading_to("1.1.1.1", found))
        answer = post("https://rebound.example.com/", "{}", {}, nearby=Nearby())
        assert answer.error == "The name rebound.example.com leads to an address that is not on the public internet."
        assert not answer.accepted

    def test_follows_no_redirect(self) -> None:
        with receiving() as first, receiving() as second:
            first.status, first.location = 302, second.url
            answer = post(first.url, "{}", {}, nearby=HERE)
        assert (answer.status, answer.error) == (302, "The answer was a redirect, and redirects are not followed.")
        assert second.heard == []

    def test_keeps_the_beginning_of_an_answer(self) -> None:
        with receiving() as receiver:
            receiver.status, receiver.answer = 500, b"no\x00t " + b"x" * 9000
            answer = post(receiver.url, "{}", {}, nearby=HERE)
        assert (answer.status, answer.accepted, len(answer.text), answer.text[:4]) == (500, False, 500, "not ")

    def test_waits_no_longer_than_it_says_even_for_one_who_drips(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(posting, "TIMEOUT_SECONDS", 0.2)
        with receiving() as receiver:
            receiver.drips = True
            answer = post(receiver.url, "{}", {}, nearby=HERE)
        assert (answer.status, answer.error) == (None, "No answer within 0 seconds.")
        assert answer.milliseconds < 600

    def test_a_server_that_is_away_is_an_answer(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            answer = post(f"http://127.0.0.1:{taken.getsockname()[1]}/", "{}", {}, nearby=HERE)
        assert answer.error == "The server refused the connection."
