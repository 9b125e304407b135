"""Which folders and S3 prefixes files of a council may be fetched from: its own part of what the operator allows."""

from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import current_organisation
from banksia.kit.database import platform_of


class AllowedPlace(NamedTuple):
    """A place without detours, and the options by which its store is reached."""

    url: str
    options: str


def allowed_roots(session: Session) -> list[AllowedPlace]:
    """The council's own part, `ROOT/SLUG`, of each folder and prefix in BANKSIA_IMPORT_FOLDERS.

    Nobody reads the server's other files, nor another council's, from a browser.
    """
    slug = current_organisation(session).slug
    found = []
    for given in platform_of(session).settings.import_folders:
        root, _, options = given.partition("?")
        found.append(AllowedPlace(f"{root.rstrip('/')}/{slug}", options))
    return found


def find_allowed(session: Session, url: str) -> AllowedPlace | None:
    """A place that lies in what the council may fetch from, or is the root of it; None for any other."""
    for root in allowed_roots(session):
        found = _within(url, root.url)
        if found is not None:
            return AllowedPlace(found, root.options)
    return None


def _within(url: str, root: str) -> str | None:
    if urlsplit(root).scheme == "s3":
        path = PurePosixPath(url.removeprefix("s3://"))
        inside = url.startswith("s3://") and ".." not in path.parts and path.is_relative_to(root.removeprefix("s3://"))
        return f"s3://{path}" if inside else None
    if urlsplit(url).scheme not in ("", "file") or "\x00" in url:
        return None
    folder = Path(url.removeprefix("file://"))
    if not folder.is_absolute():
        return None
    resolved = folder.resolve()  # a link out of the root is outside
    return str(resolved) if resolved.is_relative_to(Path(root).resolve()) else None
