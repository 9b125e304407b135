"""Programs that stand outside, as they behave: ClamAV's daemon, and the commands that read scanned pages."""

import os
import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner takes for a virus; in two parts, so that this file is none."""
SILENT, MUTTERING, SMALL = "silent", "muttering", "small"

_OCRMYPDF = """#!{python}
import os, pathlib, sys
asked = sys.argv[1:]
calls = pathlib.Path({folder!r}, "calls")
number = len(calls.read_text().splitlines()) + 1 if calls.exists() else 1
with calls.open("a") as file:
    file.write(" ".join(asked) + chr(10))
sys.exit({fails}) if number in {failing} else None
pathlib.Path(asked[asked.index("--sidecar") + 1]).write_text(f"Words of call {{number}}")
pathlib.Path(asked[-1]).write_bytes(b"%PDF")
"""


@contextmanager
def clamd(manner: str = "", *, socket_path: Path | None = None) -> Iterator[str]:
    """A daemon that speaks INSTREAM and finds EICAR; `manner` is how it fails. Gives its address."""
    listening = socket.socket(socket.AF_UNIX) if socket_path else socket.socket()
    listening.bind(str(socket_path) if socket_path else ("127.0.0.1", 0))
    listening.listen()
    ended = threading.Event()

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            # Who is served may go away at any moment, as from a real daemon: it goes on with the next.
            with connection, suppress(OSError, struct.error):
                _answer(connection, manner, ended)

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    try:
        yield f"unix://{socket_path}" if socket_path else f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        ended.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        serving.join()


def _answer(connection: socket.socket, manner: str, ended: threading.Event) -> None:
    stream = connection.makefile("rb")
    assert stream.read(10) == b"zINSTREAM\0"
    content = b""
    while length := struct.unpack("!I", stream.read(4))[0]:
        content += stream.read(length)
        if manner == SMALL and len(content) > 1000:
            connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    if manner == SILENT:
        ended.wait(5)
    elif manner == MUTTERING:
        connection.sendall(b"stream: what is this? ERROR\0")
    else:
        connection.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")


def install_ocr(folder: Path, *, failing: tuple[int, ...] = (), fails: int = 2) -> Path:
    """Put an `ocrmypdf` and a `tesseract` into a folder; answers the file that has a line for each call."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("ocrmypdf", "tesseract"):
        program = folder / name
        program.write_text(
            _OCRMYPDF.format(python=sys.executable, folder=str(folder), failing=failing or (0,), fails=fails)
        )
        program.chmod(0o755)
    return folder / "calls"


def path_with(folder: Path) -> str:
    """A PATH on which these programs come first."""
    return f"{folder}{os.pathsep}{os.environ['PATH']}"
