"""Events come at least once: a module that hears one twice is where it was after the first time."""

import uuid

from sqlalchemy import text

from banksia.foundation.events.public import emit, run_row
from banksia.kit.module import Module
from banksia.testing.conformance.ground import Ground, rows_in


def repeated_events(ground: Ground, module: Module) -> tuple[list[str], int]:
    """What is wrong with how a module hears events twice, and how many it was told."""
    problems = []
    for name in module.listens:
        if name not in ground.modules.events:
            problems.append(f"It hears {name}, which no installed module emits. Correct the name, or take it out.")
            continue
        if (problem := _tell_twice(ground, module, name)) is not None:
            problems.append(problem)
    return problems, len(module.listens)


def _tell_twice(ground: Ground, module: Module, name: str) -> str | None:
    event = ground.modules.events[name]
    with ground.platform.database.session(ground.organisation_id) as session:
        emit(session, event.model_validate(ground.sample_of(event.model_json_schema())))
    _run(ground, name)
    listener = f"{name}>{module.name}"
    first = _state(ground, module)
    if any(_run(ground, listener)):
        return f"{listener} ran again although it was done. Do not change rows of the outbox."
    failed_first = _again(ground, listener)
    failed = _run_failed(ground, listener)
    if _state(ground, module) != first:
        return f"{name} changed more when it came a second time. Look first whether what it asks for is done."
    if failed and not failed_first:
        return f"{name} failed when it came a second time. What is done already must be no error."
    return None


def _state(ground: Ground, module: Module) -> dict[str, str]:
    """The module's tables; the outbox's own change with every run of it."""
    return rows_in(ground.platform.settings.database_url, module.name, ground.organisation_id)


def _run(ground: Ground, name: str) -> list[bool]:
    """Run the rows of a name and of what follows from them."""
    ran = []
    for _ in range(2):  # the event's own row writes one for each listener
        with ground.platform.database.session(ground.organisation_id) as session:
            rows: list[uuid.UUID] = list(
                session.scalars(
                    text(
                        "SELECT id FROM events.outbox"
                        " WHERE status = 'pending' AND attempts = 0 AND starts_with(name, :name)"
                    ),
                    {"name": name},
                )
            )
        ran += [run_row(ground.platform, ground.organisation_id, each) for each in rows]
    return ran


def _again(ground: Ground, listener: str) -> bool:
    """Ask for a listener's work again, as an operator's replay does; answers whether it had failed."""
    with ground.platform.database.session(ground.organisation_id) as session:
        statuses = list(
            session.scalars(text("SELECT status FROM events.outbox WHERE name = :name"), {"name": listener})
        )
        session.execute(
            text(
                "UPDATE events.outbox SET status = 'pending', attempts = 0, available_at = now(),"
                " claimed_until = NULL, finished_at = NULL WHERE name = :name"
            ),
            {"name": listener},
        )
    return any(status != "done" for status in statuses)


def _run_failed(ground: Ground, listener: str) -> bool:
    _run(ground, listener)
    with ground.platform.database.session(ground.organisation_id) as session:
        statuses = list(
            session.scalars(text("SELECT status FROM events.outbox WHERE name = :name"), {"name": listener})
        )
    return any(status != "done" for status in statuses)
