"""Documents that hold a council's own text are drawn in a process of their own, with limits on all that it takes.

Measured on two cores: 60 to 90 ms a document, of which 35 ms are the start of the process; 30 ms in this process.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from banksia.modules.certificates.adapters.certificate_pdf.compiler import REFUSED, TOO_LARGE
from banksia.modules.certificates.adapters.certificate_pdf.mistakes import Mistake, TemplateRefusedError

MOST_PAGES = 200

_COMPILER = Path(__file__).with_name("compiler.py")
# One thread and one arena: else the address space that is counted grows with the machine's cores.
_ENVIRONMENT = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}


@dataclass(frozen=True)
class Limits:
    """What drawing one document may take: seconds by the clock; bytes of memory and of the PDF."""

    seconds: float = 10
    memory_bytes: int = 512 * 1024 * 1024
    pdf_bytes: int = 20_000_000


LIMITS = Limits()


class CompileError(RuntimeError):
    """The compiler refused; `diagnostic` is all that it wrote."""

    def __init__(self, message: str, diagnostic: str) -> None:
        """Take what it said."""
        super().__init__(message)
        self.diagnostic = diagnostic


def compile_confined(sources: Mapping[str, bytes], *, timestamp: int, limits: Limits = LIMITS) -> bytes:
    """Return the PDF of some sources; raises CompileError, and TemplateRefusedError at a limit."""
    asked = {"timestamp": timestamp, "sources": {name: text.decode() for name, text in sources.items()}}
    command = [sys.executable, "-I", str(_COMPILER)]
    # The processor's time is limited too, for a process that nobody waits for any more.
    command += [str(each) for each in (ceil(limits.seconds), limits.memory_bytes, limits.pdf_bytes)]
    with TemporaryDirectory(prefix="certificate-") as empty:
        try:
            done = subprocess.run(
                command,
                input=json.dumps(asked).encode(),
                capture_output=True,
                timeout=limits.seconds,
                env=_ENVIRONMENT,
                cwd=empty,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TemplateRefusedError(_too_long(limits)) from None
    if done.returncode == 0:
        return done.stdout
    raise _reason(done, limits)


def _reason(done: subprocess.CompletedProcess[bytes], limits: Limits) -> Exception:
    if done.returncode == REFUSED:
        said = json.loads(done.stdout)
        return CompileError(said["message"], said["diagnostic"])
    if done.returncode == TOO_LARGE:
        return TemplateRefusedError(Mistake(f"The PDF would be larger than {limits.pdf_bytes // 1_000_000} MB."))
    if done.returncode in (-24, -9):  # SIGXCPU, and SIGKILL should that be ignored
        return TemplateRefusedError(_too_long(limits))
    if b"memory allocation" in done.stderr or done.returncode == -6:
        megabytes = limits.memory_bytes // 1024**2
        return TemplateRefusedError(Mistake(f"It needs more than {megabytes} MB of memory. Look for what repeats."))
    return CompileError(f"The compiler ended with {done.returncode}.", done.stderr.decode(errors="replace"))


def _too_long(limits: Limits) -> Mistake:
    return Mistake(f"It takes longer than {limits.seconds:g} seconds. Look for what repeats.")
