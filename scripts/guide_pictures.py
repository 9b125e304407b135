"""Take the pictures of the guides from those that the journeys took: run `make e2e` first.

A picture `docs/images/NAME.png` that a document shows is `NAME` as a journey looked at it, 1280 pixels wide.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHOWN = re.compile(r"!\[[^\]]+\]\((?:\.\./|docs/)images/([\w-]+)\.png\)")


def shown_pictures() -> Iterator[str]:
    """Every picture that the README or a guide shows, by its name."""
    for document in (ROOT / "README.md", *sorted((ROOT / "docs" / "guides").glob("*.md"))):
        yield from SHOWN.findall(document.read_text("utf-8"))


def main() -> None:
    """Copy each picture; exit with 1 when a journey has not taken one of them."""
    taken, kept = ROOT / "e2e" / "screenshots", ROOT / "docs" / "images"
    missing = []
    for name in sorted(set(shown_pictures())):
        source = taken / f"{name}-1280.png"
        if source.is_file():
            shutil.copyfile(source, kept / f"{name}.png")
        else:
            missing.append(name)
    if missing:
        sys.exit(f"No journey has taken: {', '.join(missing)}. Run `make e2e` first.")


if __name__ == "__main__":
    main()
