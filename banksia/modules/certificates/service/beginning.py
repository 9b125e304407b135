"""What a council has from the start."""

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.database import platform_of
from banksia.modules.certificates.service.default_catalogue import seed_catalogue
from banksia.modules.certificates.service.signing import key_for_issuing


def begin(session: Session, actor: Actor) -> None:
    """Give the council the default products, and in the demo what signs; safe to call again."""
    seed_catalogue(session, actor)
    if platform_of(session).settings.environment == "demo":
        key_for_issuing(session, actor)
