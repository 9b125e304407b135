"""New signing keys for one council or all of them, by the operator."""

from banksia.foundation.connections.service.signing_keys import rotate_key
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_slugs
from banksia.kit.keeping import forget_councils
from banksia.kit.platform import Platform


def rotate_keys(platform: Platform, only: str = "") -> dict[str, str]:
    """Change the keys, one transaction for each council; answers the new key's id by the council's short name.

    Processes sign with the new key within two seconds. Raises SigningNotPossible.
    """
    with platform.database.session(None) as session:
        councils = organisation_slugs(session)
    rotated = {}
    for slug, organisation_id in councils.items():
        if only in ("", slug):
            with platform.database.session(organisation_id) as session:
                rotated[slug] = rotate_key(session, Actor.system(organisation_id)).kid
                forget_councils(session)
    return rotated
