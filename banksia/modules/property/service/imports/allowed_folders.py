"""Which folders and S3 prefixes a council may watch: its own part of what the operator allows."""

from sqlalchemy.orm import Session

from banksia.foundation.storage.public import AllowedPlace, allowed_roots, find_allowed
from banksia.modules.property.errors import SourceInvalid


def check_watched_url(session: Session, url: str) -> str:
    """The folder or prefix as it is kept, if this council may watch it; raises SourceInvalid."""
    return find_watched(session, url).url


def find_watched(session: Session, url: str) -> AllowedPlace:
    """The same with the options by which its store is reached."""
    found = find_allowed(session, url)
    if found is not None:
        return found
    roots = allowed_roots(session)
    if not roots:
        message = "This installation watches no folders. Ask its operator to set BANKSIA_IMPORT_FOLDERS."
        raise SourceInvalid("watched_url", message)
    raise SourceInvalid("watched_url", f"Choose a folder in {' or '.join(root.url for root in roots)}.")
