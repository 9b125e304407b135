"""One GET from another's server: to the address that was judged, within a time, and of so many bytes at most."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

from banksia.foundation.webhooks.adapters.addresses import AddressRefused, Nearby, Target, read_url, resolve
from banksia.foundation.webhooks.adapters.posting import Deadline, connect, words_of


@dataclass(frozen=True)
class Fetched:
    """What became of one GET: status and body, or why there is none."""

    status: int | None
    content: bytes
    content_type: str
    error: str | None

    @property
    def found(self) -> bool:
        """Whether the whole of it is here."""
        return self.error is None and self.status == 200


def get(url: str, headers: Mapping[str, str], *, nearby: Nearby, most_bytes: int, seconds: float = 10.0) -> Fetched:
    """Read an address; never raises for what the other side does. A redirect is not followed."""
    deadline = Deadline(seconds)
    try:
        target = read_url(url, nearby=nearby)
        addresses = resolve(target, nearby=nearby)
        with connect(target, addresses, seconds=seconds) as connected, deadline.on(connected):
            if isinstance(connected, ssl.SSLSocket):
                connected.do_handshake()
            connection = http.client.HTTPConnection(target.host, target.port, timeout=seconds)
            connection.sock, connection.auto_open = connected, 0
            return _exchange(connection, target, headers, most_bytes)
    except AddressRefused as refused:
        error = str(refused)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        late = deadline.passed or isinstance(problem, TimeoutError)
        error = f"No answer within {seconds:.0f} seconds." if late else words_of(problem)
    return Fetched(None, b"", "", error)


def _exchange(
    connection: http.client.HTTPConnection, target: Target, headers: Mapping[str, str], most_bytes: int
) -> Fetched:
    connection.request(
        "GET",
        target.path,
        headers={"Host": target.host_header, "Connection": "close", **headers, "Accept-Encoding": "identity"},
    )
    response = connection.getresponse()
    content_type = response.headers.get("Content-Type", "")
    if 300 <= response.status < 400:
        return Fetched(response.status, b"", content_type, "The answer was a redirect, and redirects are not followed.")
    content = response.read(most_bytes + 1)
    if len(content) > most_bytes:
        return Fetched(response.status, b"", content_type, f"The answer is larger than {most_bytes // 1024} KB.")
    error = None if response.status == 200 else f"The answer was {response.status} instead of 200."
    return Fetched(response.status, content, content_type, error)
