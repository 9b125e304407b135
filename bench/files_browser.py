"""A folder of a thousand documents in Chromium: scrolling, keys, ticks and opening, by frames and by long tasks.

`BANKSIA_BENCH_PROFILE=1` has the functions that took longest written to the terminal. Without Chromium the part says so
and measures nothing.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from banksia.foundation.auth.public import open_session
from banksia.foundation.organisations.public import create_organisation
from banksia.kit.actor import Actor
from banksia.modules.property.public import ImportOptions, import_addresses
from bench import files_register
from bench.measuring import Bench, Row, quantile
from bench.own_database import account, own_database
from bench.property_register import write_parcels

TITLE = "A folder of a thousand in the browser"
ROOT = Path(__file__).parents[1]
DATABASE, HOST = "banksia_files_browser", "files.localhost"
PROPERTIES, DOCUMENTS = 300, 2_000
AIM_FRAMES, AIM_TASK_MS, AIM_KEY_MS = 50, 100, 100
"""A frame lasts 16.7 ms; what answers within 100 ms is felt to answer at once."""
_LARGE = """
SELECT property_id, folder_id FROM files.documents WHERE organisation_id = %s
GROUP BY property_id, folder_id ORDER BY count(*) DESC LIMIT 1"""


def measure(bench: Bench) -> Iterator[Row]:
    """Fill a council, open its largest folder, and walk through it."""
    chromium = os.environ.get("BANKSIA_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        yield Row("1,000 rows", note="not measured: Chromium is not installed")
        return
    with own_database(bench, DATABASE) as platform:
        council = create_organisation(platform, slug="files", name="Blue Hills", hosts=[HOST])
        with platform.database.session(council) as session:
            user = account(session, "records@files.example", who="Records", role="records_officer")
            cookie = open_session(session, Actor(council, "staff", user_id=user.id)).token
            path = write_parcels(bench, PROPERTIES)
            import_addresses(session, Actor.system(council), path, ImportOptions(format="csv"))
        files_register.fill(bench.server.url(database=DATABASE), council, DOCUMENTS)
        with psycopg.connect(bench.server.url(database=DATABASE)) as connection:
            large = connection.execute(_LARGE, [council]).fetchone()
        assert large is not None
        settings = platform.settings
        url = bench.serve(
            BANKSIA_DATABASE_URL=str(settings.database_url), BANKSIA_DATABASE_OWNER_URL=str(settings.database_owner_url)
        )
        address = f"{url.replace('127.0.0.1', HOST)}/files/staff/{large[0]}?folder={large[1]}"
        for taken in _walk(address, cookie, chromium):
            yield _row(taken)


def _row(taken: dict[str, Any]) -> Row:
    frames, tasks, keys = taken["frames"], taken["tasks"], taken["keys"]
    rate, longest = 1000 * len(frames) / sum(frames), max(tasks, default=0)
    slow = quantile(keys, 0.99) if keys else 0
    met = longest <= AIM_TASK_MS and (slow <= AIM_KEY_MS if keys else rate >= AIM_FRAMES)
    task = f"longest task {longest:.0f} ms" if tasks else "no task of 50 ms"
    spent = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in taken["spent"].items())
    return Row(
        taken["what"],
        size=f"{taken['rows']:,} rows",
        p50_ms=quantile(keys or frames, 0.5),
        p99_ms=quantile(keys or frames, 0.99),
        per_second=rate,
        aim=(f"p99 <= {AIM_KEY_MS} ms" if keys else f">= {AIM_FRAMES} frames/s") + f", no task over {AIM_TASK_MS} ms",
        met=met,
        note=f"frames a second; the times are {'from a key to its frame' if keys else 'between frames'};"
        f" {task}; of {sum(frames) / 1000:.0f} s: {spent}",
    )


def _walk(address: str, cookie: str, chromium: str) -> list[dict[str, Any]]:
    node = subprocess.run([ROOT / "scripts" / "node.sh"], capture_output=True, text=True, check=True).stdout.strip()
    environment = os.environ | {"PATH": f"{node}:{os.environ['PATH']}", "BANKSIA_CHROMIUM": chromium}
    command = ["node", "bench/files_browser.ts", address, cookie, str(files_register.LARGE_FOLDER)]
    told = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=600
    )
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return found
