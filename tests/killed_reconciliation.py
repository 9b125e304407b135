"""A reconciliation whose process is killed after its first batch; a test starts it, with the settings in variables."""

import os
import signal
import sys
import uuid

from banksia.app import create_platform
from banksia.foundation.payments.service.reconciling import reconcile
from banksia.kit import kill_points
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.module import discover
from banksia.kit.settings import Settings


def _die(reached: str) -> None:
    if reached == "payments.books_batch":
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    kill_points._on_reach = _die
    platform = create_platform(Settings(), discover())
    reconcile(Transactions(platform, Actor.system(uuid.UUID(sys.argv[1]))))
