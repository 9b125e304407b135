"""Run pytest again and again on one copy of the tree, each time in a fork that has every library imported already.

Nothing of Banksia is imported before the fork, so each run sees the copy as it is then. A run that costs nineteen
seconds from cold, most of them for imports, costs about six.

Usage: python scripts/warm_pytest.py TREE

Each line of stdin is a JSON list: seconds, the file for the output, the arguments of pytest. For each, one on stdout:
pytest's exit status, or -1 when the time was up and it was killed.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

TIME_IS_UP, BROKEN = -1, 3
"""Besides pytest's own: a run that did not come to pytest's verdict must not look like one in which a test failed."""
_ASK_FOR_NAMES = (
    "import sys, hypothesis, pytest, banksia.testing.warm_imports, banksia.testing.plugin; print(*sys.modules)"
)
_LOOK_EVERY_S = 0.02


def main() -> None:
    """Serve until stdin ends."""
    tree = Path(sys.argv[1]).resolve()
    _import_libraries(tree)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        seconds, output, arguments = json.loads(line)
        print(_run(tree, float(seconds), Path(output), arguments), flush=True)


def _import_libraries(tree: Path) -> None:
    """Import what Banksia imports, but nothing of its own: a copy that lies first on the path may change it."""
    asked = subprocess.run([sys.executable, "-c", _ASK_FOR_NAMES], cwd=tree, capture_output=True, text=True, check=True)
    for name in asked.stdout.split():
        if name.split(".")[0] not in {"banksia", "__main__", "__mp_main__"}:
            with contextlib.suppress(Exception):  # made at run time by a library that has no such file
                importlib.import_module(name)
    ours = [name for name in sys.modules if name.split(".")[0] == "banksia"]
    if ours:
        sys.exit(f"Libraries brought {', '.join(ours)} with them: a change to it would not be seen.")


def _run(tree: Path, seconds: float, output: Path, arguments: Sequence[str]) -> int:
    child = os.fork()
    if child == 0:
        _become_pytest(tree, output, arguments)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(_LOOK_EVERY_S)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return TIME_IS_UP


def _become_pytest(tree: Path, output: Path, arguments: Sequence[str]) -> None:
    """Never returns."""
    os.setsid()
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(written, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(tree)
    sys.path[0] = str(tree)  # as `python -m pytest` has it, before the installed package
    sys.dont_write_bytecode = True  # what a patch changed is compiled for this run alone
    status = BROKEN
    try:
        import pytest  # noqa: PLC0415  (imported before the fork, named here)

        from banksia.kit.tether import follow_parent  # noqa: PLC0415  (of the copy)

        follow_parent(signal.SIGKILL)
        # The libraries that are plugins too were imported before pytest could look at their assertions.
        status = pytest.main(["-W", "ignore::pytest.PytestAssertRewriteWarning", *arguments])
    except BaseException:  # noqa: BLE001  (the fork ends here, whatever it was)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(status))


if __name__ == "__main__":
    main()
