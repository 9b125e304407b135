"""Print poetry.lock as pinned, hashed requirements, so that pip alone can install it.

A newcomer then needs no Poetry, and a mirror that serves only the simple index works as well.
Standard library only: it runs before anything is installed.

Usage: python scripts/locked_requirements.py [main] [dev] > requirements.txt
"""

import sys
import tomllib
from pathlib import Path


def main(groups: set[str]) -> None:
    """Print every package of the lock file that belongs to one of the groups."""
    lock = tomllib.loads(Path(__file__).parents[1].joinpath("poetry.lock").read_text("utf-8"))
    for package in lock["package"]:
        wanted = groups & set(package["groups"])
        if not wanted:
            continue
        markers = package.get("markers", "")
        if isinstance(markers, dict):  # one marker per group: either group asks for it
            markers = " or ".join(f"({markers[group]})" for group in wanted if group in markers)
        line = f"{package['name']}=={package['version']}"
        if markers:
            line += f" ; {markers}"
        print(line, *(f"    --hash={file['hash']}" for file in package["files"]), sep=" \\\n")


if __name__ == "__main__":
    main(set(sys.argv[1:]) or {"main"})
