"""Every administrator hears of every step by which documents leave or come back."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import users_with_permission
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url
from banksia.kit.models import new_id
from banksia.modules.files.models import Document
from banksia.modules.files.permissions import REMOVALS_DECIDE


def tell_administrators(session: Session, document: Document, *, happened: str, reason: str) -> None:
    """Mail who decides about removals; `happened` is a sentence that begins with who did it."""
    about = {"happened": happened, "title": document.title, "property": document.property_label, "reason": reason}
    mail_administrators(session, "removal", about)


def mail_administrators(session: Session, template: str, about: Mapping[str, object]) -> None:
    """Mail everybody who decides about removals, each time once, with their name and the way to the removals."""
    step = new_id()
    for person in users_with_permission(session, REMOVALS_DECIDE.name):
        send_mail(
            session,
            template=f"files/{template}",
            to=person.email,
            context={"name": person.name, **about, "link": council_url(session, "/files/settings/removals")},
            dedupe_key=f"files.{template}:{step}:{person.id}",
        )
