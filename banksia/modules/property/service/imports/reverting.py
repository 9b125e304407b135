"""An applied import is taken back as a unit, while nothing later depends on it."""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.events.public import enqueue
from banksia.kit.actor import Actor
from banksia.modules.property.schemas.imports import ImportRunDetail
from banksia.modules.property.service.imports.reading import describe_run, get_run
from banksia.modules.property.service.imports.reviewing import require_state


def revert_import(session: Session, actor: Actor, *, run_id: uuid.UUID) -> ImportRunDetail:
    """Have an applied import taken back; raises ImportNotFound, ImportNotNow and ImportDependedOn."""
    run = get_run(session, actor, run_id, lock=True)
    require_state(run, ("applied",), "reverted")
    run.state, run.failure, run.reverted_by_name = "reverting", None, actor.name
    session.flush()
    audit.record(session, actor, "property.import_revert_started", subject=run, detail={"file": run.file_name})
    enqueue(session, "property.revert_import", run_id=run.id)
    return describe_run(session, actor, run)
