"""Messages for tests."""

from sqlalchemy.orm import Session

from banksia.foundation.notifications.models import Message
from banksia.foundation.notifications.public import send_mail


def make_message(session: Session, to: str = "mei@example.org") -> Message:
    """A message that has been sent."""
    message = send_mail(session, template="notifications/test_message", to=to, context={"name": "Mei"})
    message.status = "sent"
    session.flush()
    return message


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name."""
    return {"message_id": str(make_message(session).id), "name": "notifications.test_message"}
