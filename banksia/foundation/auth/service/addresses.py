"""The network addresses under which guests are counted."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.requests import Request

ONE_CONNECTION_BITS = 64
"""Of an IPv6 address, what a provider gives to one connection; whoever has it chooses among 2^64 addresses."""


def client_address(request: Request) -> str:
    """Where a request comes from, as the server or its trusted proxy saw it, to count by: see `counted_address`."""
    return counted_address(request.client.host) if request.client else "unknown"


@lru_cache(maxsize=1024)
def counted_address(host: str) -> str:
    """An IPv4 address as it is, also when it is written as IPv6; of an IPv6 address the network of its connection."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), ONE_CONNECTION_BITS), strict=False))
