"""One POST to a customer's server, within ten seconds from first to last, and to the address that was judged.

A redirect is an answer like any other that is not 2xx: following it would lead where nobody has looked.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from banksia.foundation.webhooks.adapters.addresses import AddressRefused, Nearby, Target, read_url, resolve

TIMEOUT_SECONDS = 10.0
KEPT_CHARACTERS = 500


@dataclass(frozen=True)
class Answer:
    """What became of one POST: the status that was answered, or why there is none."""

    status: int | None
    text: str
    error: str | None
    milliseconds: int

    @property
    def accepted(self) -> bool:
        """Whether the receiver said that it has it."""
        return self.status is not None and 200 <= self.status < 300


def post(url: str, body: str, headers: Mapping[str, str], *, nearby: Nearby) -> Answer:
    """Send a body and tell what was answered; never raises for what the other side does."""
    began, status, text, error = time.monotonic(), None, "", None
    deadline = Deadline(TIMEOUT_SECONDS)
    try:
        target = read_url(url, nearby=nearby)
        addresses = resolve(target, nearby=nearby)
        with connect(target, addresses) as connected, deadline.on(connected):
            if isinstance(connected, ssl.SSLSocket):
                connected.do_handshake()
            status, text = _exchange(target, connected, body, headers)
    except AddressRefused as refused:
        error = str(refused)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        late = deadline.passed or isinstance(problem, TimeoutError)
        error = f"No answer within {TIMEOUT_SECONDS:.0f} seconds." if late else words_of(problem)
    if status is not None and 300 <= status < 400:
        error = "The answer was a redirect, and redirects are not followed."
    return Answer(status, text, error, round((time.monotonic() - began) * 1000))


def connect(target: Target, addresses: list[str], *, seconds: float = TIMEOUT_SECONDS) -> socket.socket:
    """Open a connection to the first judged address that takes one; raises OSError. TLS has not shaken hands yet."""
    problem: OSError | None = None
    for address in addresses:
        try:
            plain = socket.create_connection((address, target.port), timeout=seconds / len(addresses))
        except OSError as error:
            problem = error
            continue
        plain.settimeout(seconds)
        if not target.secure:
            return plain
        tls = ssl.create_default_context()
        return tls.wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)
    raise problem or OSError("no address")


def _exchange(target: Target, connected: socket.socket, body: str, headers: Mapping[str, str]) -> tuple[int, str]:
    connection = http.client.HTTPConnection(target.host, target.port, timeout=TIMEOUT_SECONDS)
    connection.sock, connection.auto_open = connected, 0
    connection.request("POST", target.path, body.encode(), {"Host": target.host_header, **headers})
    response = connection.getresponse()
    try:
        raw = response.read1(4 * KEPT_CHARACTERS)
    except (OSError, http.client.HTTPException):  # the status is the answer; its text is for a person
        raw = b""
    return response.status, raw.decode(errors="replace").replace("\x00", "")[:KEPT_CHARACTERS]


class Deadline:
    """Ends a connection at its time, however slowly the other side goes on to send; a socket's limit is per read."""

    def __init__(self, seconds: float) -> None:
        """Begin to count."""
        self._at = time.monotonic() + seconds
        self._timer: threading.Timer | None = None
        self.passed = False

    def on(self, connected: socket.socket) -> "Deadline":
        """Watch over a connection until the end of the block."""
        self._timer = threading.Timer(max(0.0, self._at - time.monotonic()), self._end, [connected])
        self._timer.daemon = True
        return self

    def _end(self, connected: socket.socket) -> None:
        self.passed = True
        try:
            socket.socket.shutdown(connected, socket.SHUT_RDWR)  # also beneath TLS, without taking leave
        except OSError:
            return  # it is closed already

    def __enter__(self) -> None:
        """Begin."""
        if self._timer:
            self._timer.start()

    def __exit__(self, *_: object) -> None:
        """It was in time."""
        if self._timer:
            self._timer.cancel()


def words_of(problem: Exception) -> str:
    """Why there is no answer, as a person reads it."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"The server's TLS certificate was not accepted: {problem.verify_message}."
    if isinstance(problem, ssl.SSLError):
        return "A secure connection could not be made."
    if isinstance(problem, ConnectionRefusedError):
        return "The server refused the connection."
    return "The connection was lost before there was an answer."
