"""Which addresses others may make this server call: public ones, and those that an operator allows beside them.

A name is looked up first and every address it has is judged, then the one that was judged is called: a name that points
somewhere else a moment later (DNS rebinding) gains nothing.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from banksia.foundation.webhooks.schemas import LONGEST_URL

_PLAIN = re.compile(r"[\x21-\x7e]+")
_PORTS = {"http": 80, "https": 443}


class AddressRefused(Exception):  # noqa: N818  (named for what it says)
    """The address may not be called; the text says why, to the customer."""


@dataclass(frozen=True)
class Target:
    """An address in its parts."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """Host, and port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS["https" if self.secure else "http"] else f"{host}:{self.port}"


@dataclass(frozen=True)
class Nearby:
    """What may be called beside the public internet, also by http."""

    this_machine: bool = False
    """Loopback addresses, for the demo."""
    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()

    def holds(self, address: str) -> bool:
        """Whether an address is one of these."""
        ip = ipaddress.ip_address(address.partition("%")[0])
        return (self.this_machine and ip.is_loopback) or any(ip in network for network in self.networks)

    def may_hold(self, host: str) -> bool:
        """Whether a host may be one of these; what a name leads to is judged when it is looked up."""
        try:
            return self.holds(host)
        except ValueError:  # a name
            return (self.this_machine and host == "localhost") or bool(self.networks and not _is_local(host))


def read_url(url: str, *, nearby: Nearby) -> Target:
    """Take an address apart; raises AddressRefused for one that can never be called. Nothing is looked up yet."""
    if len(url) > LONGEST_URL or not _PLAIN.fullmatch(url):
        raise AddressRefused(f"Write the address in at most {LONGEST_URL} plain characters, without spaces.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise AddressRefused("This is no address. It looks like https://example.com/webhooks.") from error
    near = nearby.may_hold(host)
    if parts.scheme != "https" and not (near and parts.scheme == "http"):
        raise AddressRefused("The address must begin with https://.")
    if not host or parts.username is not None or parts.fragment:
        raise AddressRefused("Write the address without a user name and without anything after a #.")
    if not near and (_is_local(host) or host.endswith((".local", ".internal")) or _is_inside(host)):
        raise AddressRefused("The address must be one on the public internet.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", host, port or _PORTS[parts.scheme], path)


def resolve(target: Target, *, nearby: Nearby) -> list[str]:
    """Look the host up and answer its addresses; raises AddressRefused when one of them may not be called."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(f"The name {target.host} cannot be found.") from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for address in addresses:
        if nearby.holds(address):
            continue
        if not is_public(address):
            raise AddressRefused(f"The name {target.host} leads to an address that is not on the public internet.")
        if not target.secure:
            raise AddressRefused(f"The name {target.host} is on the public internet: there, https:// is needed.")
    return addresses


def is_public(address: str) -> bool:
    """Whether an address, and an IPv4 address that is written inside it, lies on the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if any(each is not None and not is_public(str(each)) for each in inner):
            return False
        if ip.ipv4_mapped is not None:
            return True
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _is_inside(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:  # a name
        return False


def _is_local(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")
