"""The worker's look for lost work, on a broker of folders and a database that commits."""

from pathlib import Path

from banksia.foundation.events.public import enqueue
from banksia.foundation.organisations.public import Council
from banksia.kit.broker import RUN_TASK, SWEEP_TASK, bells_unheard
from banksia.kit.platform import Platform
from banksia.worker import MANY_UNHEARD, create_worker


def test_lost_bells_are_rung_again_unless_many_wait_to_be_heard(
    live_platform: Platform, live_organisation: Council, tmp_path: Path
) -> None:
    settings = live_platform.settings.model_copy(update={"data_dir": tmp_path})  # where nobody rang before
    celery = create_worker(settings, live_platform.modules)
    with live_platform.database.session(live_organisation.id) as session:
        enqueue(session, "events.forget_done", key="once")

    def look_again() -> int:
        before = bells_unheard(celery)
        celery.tasks[SWEEP_TASK]()
        return bells_unheard(celery) - before

    assert look_again() == 1
    while bells_unheard(celery) < MANY_UNHEARD - 1:
        celery.send_task(RUN_TASK, args=["somebody", "something"])
    assert look_again() == 1
    assert look_again() == 0
