"""Pages in a real browser: Chromium by way of playwright-core, looked at with axe."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import banksia

HERE = Path(__file__).parent
CHECKOUT = Path(banksia.__file__).parents[1]
SECONDS, SECONDS_FOR_ALL = 15, 240
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Page:
    """A page to look at: an address of the shell, or the bare stage with what is mounted on it."""

    title: str
    path: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    mount: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Browser:
    """What pages are looked at with, or a sentence that says why they are not."""

    node: str = ""
    chromium: str = ""
    packages: Path = Path()
    missing: str = ""

    @classmethod
    def find(cls) -> "Browser":
        """The browser of this machine, with the packages of the checkout or of the folder we are in."""
        chromium = os.environ.get("BANKSIA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
        node = node_of_this_machine()
        packages = next((each for each in _folders_of_packages() if (each / "playwright-core").is_dir()), None)
        if chromium is None or not Path(chromium).is_file():
            return cls.none("There is no Chromium here. Install it, or name it in BANKSIA_CHROMIUM, and check again.")
        if node is None:
            return cls.none("There is no Node here. Install Node 20 or later, and check again.")
        if packages is None or not (packages / "axe-core").is_dir():
            return cls.none(
                "playwright-core and axe-core are not here. Run `npm install playwright-core axe-core` in this folder."
            )
        return cls(node, chromium, packages)

    @classmethod
    def none(cls, reason: str) -> "Browser":
        """No browser, and why."""
        return cls(missing=reason)

    def look(self, base: str, pages: Sequence[Page]) -> dict[str, tuple[list[str], list[str]]]:
        """For each page by its title: what broke, and what axe found."""
        given = {
            "base": base,
            "executable": self.chromium,
            "seconds": SECONDS,
            "pages": [asdict(each) for each in pages],
        }
        ran = subprocess.run(
            [
                self.node,
                str(HERE / "pages.mjs"),
                str(self.packages / "playwright-core"),
                str(self.packages / "axe-core"),
            ],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            timeout=SECONDS_FOR_ALL,
            check=False,
        )
        if ran.returncode != 0:
            message = f"The browser did not start: {ran.stderr.strip()[-600:]}"
            return {page.title: ([message], []) for page in pages}
        answers = [json.loads(line) for line in ran.stdout.splitlines()]
        return {each["title"]: (each["broken"], each["violations"]) for each in answers}


def node_of_this_machine() -> str | None:
    """The Node on the PATH, or the one that the checkout brought for itself."""
    own = sorted(CHECKOUT.glob(".tools/node/node_modules/node-*/bin/node"))
    return shutil.which("node") or (str(own[0]) if own else None)


def _folders_of_packages() -> list[Path]:
    folder = Path.cwd()
    return [each / "node_modules" for each in (folder, *folder.parents, CHECKOUT)]
