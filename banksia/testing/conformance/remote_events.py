"""Events that a remote module is told: signed, and counted once however often they come."""

import base64
import secrets
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from banksia.testing.conformance.report import Report
from banksia.testing.routes import Walk

if TYPE_CHECKING:
    from banksia.testing.conformance.remote import Remote

AN_HOUR = 3600


def check_events(remote: "Remote", report: Report) -> None:
    """Tell the module each event that it hears: forged, late, right, and right once more."""
    hears = remote.manifest.events.hears
    if not hears:
        report.passed("events", "It hears no events, so none can count twice.")
        return
    problems = [problem for name in hears for problem in _tell(remote, name)]
    report.judge(
        "events", problems, f"{len(hears)} kinds of events: forged and old ones are refused, repeated ones count once."
    )


def _tell(remote: "Remote", name: str) -> Iterator[str]:
    assert remote.council is not None
    url, data = remote.manifest.events.url, _sample(remote, name)
    forged = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
    refused: dict[str, dict[str, Any]] = {
        "a secret that is not its own": {"secret": forged},
        "an hour's delay": {"age": AN_HOUR},
    }
    before = _state(remote)
    for title, how in refused.items():
        body, headers = remote.council.event(name, data, message_id=f"msg_{uuid.uuid4().hex}", **how)
        if (status := remote.ask("POST", url, content=body, headers=headers).status_code) < 400:
            yield f"{url} answers {status} to {name} with {title}. Check signature and time, and answer 401."
    body, headers = remote.council.event(name, data, message_id=f"msg_{uuid.uuid4().hex}")
    bare = {key: value for key, value in headers.items() if not key.startswith("webhook-")}
    if (status := remote.ask("POST", url, content=body, headers=bare).status_code) < 400:
        yield f"{url} answers {status} to {name} without a signature. Answer 401."
    if _state(remote) != before:
        yield f"{name} changed something although it was refused. Check the signature before anything else."
    if (status := remote.ask("POST", url, content=body, headers=headers).status_code) // 100 != 2:
        yield f"{url} answers {status} to {name} as Banksia sends it. Answer 2xx once it is kept."
        return
    first = _state(remote)
    if (status := remote.ask("POST", url, content=body, headers=headers).status_code) // 100 != 2:
        yield f"{url} answers {status} when {name} comes a second time. Answer 2xx to what is known already."
    if _state(remote) != first:
        yield f"{name} changed more when it came a second time. Keep each webhook-id, and pass over known ones."


def _state(remote: "Remote") -> dict[str, tuple[int, bytes]]:
    """What its routes for reading answer."""
    found = {}
    for route in remote.manifest.routes:
        if "{" not in route.path and "GET" in route.methods:
            answer = remote.ask_as(route, "GET")
            found[route.path] = (answer.status_code, answer.content)
    return found


def _sample(remote: "Remote", name: str) -> Any:
    event = remote.modules.events.get(name)
    if event is None:
        return {}
    schema = event.model_json_schema()
    maker = Walk(None, [], {}, schema.get("$defs", {}))  # type: ignore[arg-type]  # it sends nothing here
    return maker.value(schema, "")
