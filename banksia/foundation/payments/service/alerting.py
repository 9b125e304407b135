"""Who is told when money needs a person."""

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import current_organisation, module_settings
from banksia.foundation.payments.settings import PaymentsSettings


def alert_addresses(session: Session) -> list[str]:
    """The addresses that the council has named, or its own; none when it has none."""
    own = current_organisation(session).email
    return module_settings(session, PaymentsSettings).alert_addresses or ([own] if own else [])
