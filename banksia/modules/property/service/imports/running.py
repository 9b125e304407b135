"""The work of imports in a worker: check, apply, revert, each of which can be done again."""

import uuid

from banksia.kit.database import Transactions


def run_check(transactions: Transactions, *, run_id: uuid.UUID) -> None:
    """x."""


def run_apply(transactions: Transactions, *, run_id: uuid.UUID) -> None:
    """x."""


def run_revert(transactions: Transactions, *, run_id: uuid.UUID) -> None:
    """x."""
