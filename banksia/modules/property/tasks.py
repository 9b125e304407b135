"""Imports and what follows them, in a worker; decides nothing."""

import uuid

from sqlalchemy.orm import Session

from banksia.kit.database import Transactions
from banksia.kit.tasks import task
from banksia.modules.property.service.imports import quality, reverting, running, watching

LONGEST_SECONDS = 3000
"""A state's file on a small machine; below the hour after which Redis gives a message to another worker."""


@task(transactions=True, time_limit_seconds=LONGEST_SECONDS)
def check_import(transactions: Transactions, *, run_id: uuid.UUID) -> None:
    """Try an import: everything is done, reported and taken back."""
    running.run_check(transactions, run_id=run_id)


@task(transactions=True, time_limit_seconds=LONGEST_SECONDS)
def apply_import(transactions: Transactions, *, run_id: uuid.UUID) -> None:
    """Make a checked import part of the truth."""
    running.run_apply(transactions, run_id=run_id)


@task(transactions=True, time_limit_seconds=LONGEST_SECONDS)
def revert_import(transactions: Transactions, *, run_id: uuid.UUID) -> None:
    """Take an applied import back as a unit."""
    reverting.run_revert(transactions, run_id=run_id)


@task()
def review_quality(session: Session) -> None:
    """Look through a council for what is wrong in its records."""
    quality.review_quality(session)


@task(transactions=True, time_limit_seconds=LONGEST_SECONDS)
def watch_sources(transactions: Transactions) -> None:
    """Look into the watched folders of a council for new files."""
    watching.watch_sources(transactions)
