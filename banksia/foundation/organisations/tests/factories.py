"""What the routes of councils can name."""

from sqlalchemy.orm import Session


def route_examples(_session: Session) -> dict[str, str]:
    """What the routes' path parameters can name."""
    return {"name": "certificates"}
