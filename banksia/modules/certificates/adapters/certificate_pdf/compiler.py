"""Draw one document of a council's own text, in a process of its own that can reach nothing and ends soon.

Run as a file, with the numbers of `confined.Limits`: sources come in as JSON, the PDF goes out. Everything trusted is
done first; then the process gives up what it does not need for good. A process that may not open one more file can
read none and reach no network, whatever the text asks for.
"""

import contextlib
import json
import resource
import sys
from typing import Any

import typst

REFUSED = 3
TOO_LARGE = 4


def main() -> None:
    """Read sources, give up, draw, write."""
    seconds, memory_bytes, most_bytes = map(int, sys.argv[1:])
    asked = json.load(sys.stdin)
    fonts = typst.Fonts(include_system_fonts=False)
    nothing: Any = {"package_path": "packages", "package_cache_path": "packages"}  # neither exists
    # Everything that is loaded on first use is loaded now.
    typst.compile(_sources({"main": "ready"}), format="pdf", font_paths=fonts, timestamp=0, root=".", **nothing)
    _give_up(seconds, memory_bytes)
    try:
        pdf = typst.compile(
            _sources(asked["sources"]),
            format="pdf",
            font_paths=fonts,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=asked["timestamp"],
            root=".",
            **nothing,
        )
    except typst.TypstError as error:
        sys.stdout.write(json.dumps({"message": error.message, "diagnostic": error.diagnostic}))
        sys.exit(REFUSED)
    except RuntimeError as error:  # some broken pictures raise a plain one
        sys.stdout.write(json.dumps({"message": str(error), "diagnostic": ""}))
        sys.exit(REFUSED)
    if len(pdf) > most_bytes:
        sys.exit(TOO_LARGE)
    sys.stdout.buffer.write(pdf)


def _sources(texts: dict[str, str]) -> Any:  # the stub of typst knows the form for one source only
    return {name: text.encode() for name, text in texts.items()}


def _give_up(seconds: int, memory_bytes: int) -> None:
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
