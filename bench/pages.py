"""Pages as a phone meets them: Lighthouse's scores of the portal's home and of the officers' queue.

Lighthouse is installed beside this file when it is first asked for; without Chromium the part says so and measures
nothing.
"""

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx

from banksia.foundation.auth.public import create_user
from banksia.kit.actor import Actor
from bench.measuring import Bench, Row

TITLE = "Pages"
ROOT = Path(__file__).parents[1]
TOOL = ROOT / "bench" / "lighthouse"
PAGES = (("the portal's home", "/", 0.95), ("the officers' queue", "/certificates/staff", 0.90))
CATEGORIES = ("performance", "accessibility", "best-practices")
EMAIL, PASSWORD = "queue@bench.example", "a long password for the bench"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)


def measure(bench: Bench) -> Iterator[Row]:
    """The middle one of several runs per page, on the slow phone that Lighthouse simulates."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        yield Row("Lighthouse, phone", note="not measured: Chromium is not installed")
        return
    url, runs = bench.serve(), 1 if bench.quick else 5
    cookie = _signed_in(bench, url)
    for what, path, aim in PAGES:
        found: list[dict[str, Any]] = []
        for _ in range(2 * runs):  # now and then Chromium paints nothing in time, and Lighthouse has nothing to score
            if len(found) < runs and (one := _run(chromium, url + path, cookie)):
                found.append(one)
        if found:
            yield _row(what, aim, found)
        else:
            yield Row(f"Lighthouse, phone: {what}", note="not measured: no run came to its end")


def _row(what: str, aim: float, found: list[dict[str, Any]]) -> Row:
    scores = {name: statistics.median(each["categories"][name]["score"] for each in found) for name in CATEGORIES}
    paint = statistics.median(each["audits"]["largest-contentful-paint"]["numericValue"] for each in found)
    blocked = statistics.median(each["audits"]["total-blocking-time"]["numericValue"] for each in found)
    work = found[0]["audits"]["mainthread-work-breakdown"]["details"]["items"]
    longest = ", ".join(f"{each['groupLabel'].lower()} {each['duration']:.0f} ms" for each in work[:3])
    return Row(
        f"Lighthouse, phone: {what}",
        size=f"{found[0]['audits']['total-byte-weight']['numericValue'] / 1000:.0f} kB",
        aim=f"performance >= {aim * 100:.0f}, the others 100",
        met=scores["performance"] >= aim and scores["accessibility"] == scores["best-practices"] == 1,
        note=", ".join(f"{name} {score * 100:.0f}" for name, score in scores.items())
        + f"; largest paint {paint / 1000:.1f} s, blocked {blocked:.0f} ms, middle of {len(found)} runs;"
        f" the work of the first run, on a processor four times as slow: {longest}",
    )


def _run(chromium: str, url: str, cookie: str) -> dict[str, Any] | None:
    node = subprocess.run([ROOT / "scripts" / "node.sh"], capture_output=True, text=True, check=True).stdout.strip()
    environment = os.environ | {"PATH": f"{node}:{os.environ['PATH']}", "CHROME_PATH": chromium}
    if not (TOOL / "node_modules").is_dir():
        install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(install, cwd=TOOL, env=environment, check=True)
    command = [
        *(str(TOOL / "node_modules" / ".bin" / "lighthouse"), url, "--quiet", "--output=json", "--output-path=stdout"),
        *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"),
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
    ]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=180)
    if told.returncode:
        return None
    found: dict[str, Any] = json.loads(told.stdout)
    scored = found["categories"]["performance"]["score"] is not None
    return found if scored else None


def _signed_in(bench: Bench, url: str) -> str:
    """The cookies of a certificate officer; the portal's home shows no more to them than to everybody."""
    with bench.platform.database.session(bench.organisation_id) as session:
        system = Actor.system(bench.organisation_id)
        create_user(
            session,
            system,
            email=EMAIL,
            name="Officer",
            kind="staff",
            roles=["certificate_officer"],
            password=PASSWORD,
            verified=True,
        )
    with httpx.Client(base_url=url, trust_env=False) as client:
        client.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())
