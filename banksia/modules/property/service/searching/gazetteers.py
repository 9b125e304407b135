"""The gazetteers of the councils that this process has searched lately."""

import threading
import uuid
from collections import OrderedDict
from typing import NamedTuple

from sqlalchemy.orm import Session

from banksia.modules.property.queries.searching import any_historic, buildings_of, gazetteer_of, streets_of
from banksia.modules.property.service.searching.gazetteer import Gazetteer
from banksia.modules.property.service.searching.spelling import Spelling

MAX_COUNCILS = 256


class Known(NamedTuple):
    """A council's streets, and how their words are spelt."""

    gazetteer: Gazetteer
    spelling: Spelling


_known: OrderedDict[uuid.UUID, Known] = OrderedDict()
_lock = threading.Lock()


def remembered(organisation_id: uuid.UUID) -> Known | None:
    """What this process knows of a council; its generation says whether it still holds."""
    return _known.get(organisation_id)


def load(session: Session, organisation_id: uuid.UUID) -> Known:
    """Read a council's streets; searches meanwhile go on with the old ones."""
    generation = session.scalar(gazetteer_of(organisation_id))
    gazetteer = Gazetteer(
        generation,
        session.execute(streets_of(organisation_id)),
        filter(None, session.scalars(buildings_of(organisation_id))),
        has_historic=bool(session.scalar(any_historic(organisation_id))),
    )
    known = Known(gazetteer, Spelling(gazetteer))
    with _lock:
        _known[organisation_id] = known
        _known.move_to_end(organisation_id)
        while len(_known) > MAX_COUNCILS:
            _known.popitem(last=False)
    return known
