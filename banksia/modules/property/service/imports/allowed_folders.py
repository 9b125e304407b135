"""Which folders and S3 prefixes a council may watch: its own part of what the operator allows."""

from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import current_organisation
from banksia.kit.database import platform_of
from banksia.modules.property.errors import SourceInvalid


def check_watched_url(session: Session, url: str) -> str:
    """The folder or prefix as it is kept, if this council may watch it; raises SourceInvalid.

    A council watches only below its own part, `ROOT/SLUG`, of what BANKSIA_IMPORT_FOLDERS allows, so that nobody reads
    the server's other files, nor another council's, from a browser.
    """
    roots = roots_of(session)
    if not roots:
        message = "This installation watches no folders. Ask its operator to set BANKSIA_IMPORT_FOLDERS."
        raise SourceInvalid("watched_url", message)
    for root, _ in roots:
        found = within(url, root)
        if found is not None:
            return found
    raise SourceInvalid("watched_url", f"Choose a folder in {' or '.join(root for root, _ in roots)}.")


def roots_of(session: Session) -> list[tuple[str, str]]:
    """What this council may watch, each with the options by which the store is reached."""
    slug = current_organisation(session).slug
    found = []
    for given in platform_of(session).settings.import_folders:
        root, _, options = given.partition("?")
        found.append((f"{root.rstrip('/')}/{slug}", options))
    return found


def within(url: str, root: str) -> str | None:
    """The address without detours if it lies in the root or is the root itself."""
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
