"""Every administrator hears of a load that was taken back: by it many documents leave their files at once."""

from sqlalchemy.orm import Session

from banksia.modules.files.models import Batch
from banksia.modules.files.service.removing.telling import mail_administrators


def tell_administrators(session: Session, batch: Batch) -> None:
    """Mail who decides about removals, once for each time that a load was taken back."""
    mail_administrators(session, "load_undone", {"load": batch.name, "became": _became(batch)})


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
