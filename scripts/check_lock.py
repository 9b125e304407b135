"""Fail when poetry.lock was not made from this pyproject.toml: the check of `poetry check --lock`, without Poetry.

The algorithm is Poetry's (poetry/packages/locker.py, content-hash of lock-version 2.1). Standard library only.
"""

import hashlib
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROJECT_KEYS = ("requires-python", "dependencies", "optional-dependencies")
POETRY_KEYS = ("dependencies", "source", "extras", "dev-dependencies", "group")


def content_hash(pyproject: dict[str, Any]) -> str:
    """Hash what decides about the locked versions, as Poetry 2 does for a project with a [project] table."""
    project = {key: pyproject["project"][key] for key in PROJECT_KEYS if key in pyproject["project"]}
    poetry = pyproject.get("tool", {}).get("poetry", {})
    relevant: dict[str, Any] = {"project": project}
    if groups := pyproject.get("dependency-groups"):
        relevant["dependency-groups"] = groups
    relevant["tool"] = {"poetry": {key: poetry[key] for key in POETRY_KEYS if poetry.get(key) is not None}}
    return hashlib.sha256(json.dumps(relevant, sort_keys=True).encode()).hexdigest()


def main() -> None:
    """Compare the hash in the lock file with the project's."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lock = tomllib.loads((ROOT / "poetry.lock").read_text("utf-8"))
    if lock["metadata"]["content-hash"] != content_hash(pyproject):
        sys.exit("poetry.lock is older than the dependencies in pyproject.toml. Run `poetry lock` and commit both.")


if __name__ == "__main__":
    main()
