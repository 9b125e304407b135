"""Every administrator hears of a load that was taken back: by it many documents leave their files at once."""

from sqlalchemy.orm import Session

from banksia.foundation.auth.public import users_with_permission
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url
from banksia.kit.models import new_id
from banksia.modules.files.models import Batch
from banksia.modules.files.permissions import REMOVALS_DECIDE


def tell_administrators(session: Session, batch: Batch) -> None:
    """Mail who decides about removals, once for each time that a load was taken back."""
    step = new_id()
    for person in users_with_permission(session, REMOVALS_DECIDE.name):
        send_mail(
            session,
            template="files/load_undone",
            to=person.email,
            context={
                "name": person.name,
                "load": batch.name,
                "became": _became(batch),
                "link": council_url(session, "/files/settings/removals"),
            },
            dedupe_key=f"files.load_undone:{step}:{person.id}",
        )


def _became(batch: Batch) -> str:
    undone, kept, left = (batch.counts.get(verdict, 0) for verdict in ("undone", "kept", "loaded"))
    said = [
        f"{_counted(undone)} {'is' if undone == 1 else 'are'} in isolation and can be restored there.",
        f"{_counted(kept)} stayed where {'it was' if kept == 1 else 'they were'}; the lines of the load say why.",
        f"{_counted(left)} {'has' if left == 1 else 'have'} yet to be taken back: something went wrong on the way.",
    ]
    return " ".join(words for words, count in zip(said, (1, kept, left), strict=True) if count)


def _counted(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"
