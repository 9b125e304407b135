"""How far a running import is: written beside its long transaction, in short ones, where everybody can read it."""

import time
import uuid

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql import insert

from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.modules.property.models import ImportProgress

EVERY_SECONDS = 1.0


class ProgressNotes:
    """The progress of one import; writing it seldom costs the import nothing."""

    def __init__(self, transactions: Transactions, run_id: uuid.UUID) -> None:
        """Take whose import it is."""
        self.transactions, self.run_id = transactions, run_id
        self.step_name, self._written = "", 0.0

    def step(self, name: str) -> None:
        """A new step begins; how long it takes cannot be said."""
        self.step_name = name
        self._write(0, 0)

    def advance(self, done: int, total: int) -> None:
        """The present step has come so far."""
        if time.monotonic() - self._written >= EVERY_SECONDS:
            # Kilobytes, because two gigabytes do not fit the column.
            self._write(done // 1024, max(1, total // 1024))

    def _write(self, done: int, total: int) -> None:
        self._written = time.monotonic()
        if not isinstance(self.transactions.platform.database.bind, Engine):
            return  # on one shared connection nothing can be written beside the import
        values = {"step": self.step_name, "done": done, "total": total, "updated_at": utc_now()}
        keys = {"organisation_id": self.transactions.actor.organisation_id, "import_run_id": self.run_id}
        statement = insert(ImportProgress).values(**keys, **values)
        with self.transactions() as session:
            session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=values))
