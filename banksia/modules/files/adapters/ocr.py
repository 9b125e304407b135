"""Words off the picture of a page, by the programs ocrmypdf and tesseract where they are installed.

They are given a picture that the confined reader drew, never the file that somebody sent.
"""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

COMMANDS: Final = ("ocrmypdf", "tesseract")
_DEPENDENCY_MISSING: Final = 3  # exit codes of ocrmypdf's manual
_MOST_BYTES: Final = 4 * 1024**2


class OcrAwayError(Exception):
    """The programs are not there, or lack something: no page can be read at the moment."""


class PageUnreadableError(Exception):
    """This page could not be read, or not in time."""


def missing_commands() -> list[str]:
    """Which of the programs are not installed."""
    return [command for command in COMMANDS if shutil.which(command) is None]


def words_of_page(picture: bytes, *, languages: str, seconds: float) -> str:
    """The words on one page, a JPEG; it works at the lowest priority, and so many seconds at most by the clock."""
    with TemporaryDirectory(prefix="banksia-ocr-") as name:
        folder = Path(name)
        (folder / "page.jpg").write_bytes(picture)
        _run(
            [
                *_nice(), "ocrmypdf", "--quiet", "--jobs", "1", "--image-dpi", "300", "--language", languages,
                "--output-type", "pdf", "--sidecar", "words.txt", "page.jpg", "page.pdf",
            ],
            folder,
            seconds,
        )  # fmt: skip
        try:
            with (folder / "words.txt").open("rb") as written:
                return written.read(_MOST_BYTES).decode("utf-8", "replace")
        except FileNotFoundError as error:
            raise PageUnreadableError from error


def _nice() -> list[str]:
    found = shutil.which("nice")
    return [found, "-n", "19"] if found else []


def _run(command: list[str], folder: Path, seconds: float) -> None:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "TMPDIR": str(folder)}
    try:
        started = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise OcrAwayError(str(error)) from error
    with started as process:
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise PageUnreadableError from error
        finally:
            if process.poll() is None:  # with tesseract, which it started
                os.killpg(process.pid, signal.SIGKILL)
    if status in (_DEPENDENCY_MISSING, 126, 127):
        message = f"ocrmypdf ended with {status}: something that it needs is not installed."
        raise OcrAwayError(message)
    if status != 0:
        raise PageUnreadableError
