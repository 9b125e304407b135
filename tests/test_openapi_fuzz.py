"""Every operation with data that its description allows and that it does not: whatever comes, nothing breaks down.

schemathesis makes the requests from the OpenAPI document. The seed is fixed: the same code meets the same requests.
"""

from contextlib import suppress
from itertools import count
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.platform import Platform
from banksia.testing.people import sign_in_client
from banksia.testing.routes import route_examples_of

schemathesis.serializer.alias("message/rfc822", "application/octet-stream")
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")

EXAMPLES_PER_OPERATION = 4
SEED = 20261123
STAFF = ("certificate_officer", "counter_clerk", "records_officer", "finance_officer", "administrator")


@pytest.fixture
def examples(platform: Platform, session: Session) -> dict[str, dict[str, str]]:
    """Rows that exist, so that a request comes further than "there is no such thing"."""
    found = {module.name: route_examples_of(module, session) for module in platform.modules}
    session.flush()
    # Nobody listens there: what would ask the payment provider hears at once that it is away.
    platform.settings = platform.settings.model_copy(update={"stripe_api_base": "http://127.0.0.1:9"})
    return found


def request_of(case: Case[Any]) -> dict[str, Any]:
    """What schemathesis would send, as our client takes it."""
    given = case.as_transport_kwargs(base_url="http://localhost")
    headers = {name: value.encode("latin-1", "replace") for name, value in (given.get("headers") or {}).items()}
    data = given.get("data")
    body = {"json": given["json"]} if "json" in given else {"data" if isinstance(data, dict) else "content": data}
    return {"method": given["method"], "url": given["url"], "params": given.get("params"), "headers": headers, **body}


def send_and_undo(connection: Connection, client: TestClient, case: Case[Any]) -> Any:
    """Send one request and undo it, so that the next meets the same council and the same browser."""
    cookies = dict(client.cookies)
    savepoint = connection.begin_nested()
    try:
        return client.request(**request_of(case))
    finally:
        savepoint.rollback()
        client.cookies.clear()
        client.cookies.update(cookies)


def break_downs(
    platform: Platform, client: TestClient, examples: dict[str, dict[str, str]], mode: GenerationMode, *, is_guest: bool
) -> list[str]:
    """Every operation that breaks down, with the request that does it."""
    connection = platform.database.bind
    assert isinstance(connection, Connection)
    found: dict[str, str] = {}
    numbers = count()

    def send(case: Case[Any]) -> None:
        known = examples.get(case.path.split("/")[2], {})
        if next(numbers) % 2 and mode is GenerationMode.POSITIVE:
            case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
        answer = send_and_undo(connection, client, case)
        if answer.status_code >= 500 and answer.status_code != 503:
            found.setdefault(f"{case.method} {case.path}", f"{request_of(case)} {answer.text}"[:800])

    limits = settings(
        max_examples=EXAMPLES_PER_OPERATION,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    document = client.get("/api/openapi.json").json()
    for result in schemathesis.openapi.from_dict(document).get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]  # an Err of our own document fails the test
        if is_guest and document["paths"][operation.path][operation.method.lower()].get("x-permission"):
            continue  # a guest is asked to sign in before anything is read; tests/test_route_matrix.py sees that
        with suppress(Unsatisfiable):  # nothing about a request without parameters can be wrong
            limits(seed(SEED)(given(case=operation.as_strategy(generation_mode=mode))(send)))()
    return [f"{operation}: {what}" for operation, what in found.items()]


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "not fitting"])
@pytest.mark.parametrize("roles", [STAFF, ()], ids=["staff", "guest"])
def test_nothing_breaks_down(
    platform: Platform,
    client: TestClient,
    organisation: Council,
    examples: dict[str, dict[str, str]],
    mode: GenerationMode,
    roles: tuple[str, ...],
) -> None:
    browser = sign_in_client(platform, organisation.id, roles, raises=False) if roles else client
    assert break_downs(platform, browser, examples, mode, is_guest=not roles) == []
