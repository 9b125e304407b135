"""How a module proves itself, for whom it acts, and what it may then do."""

import time
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.service.credentials import JWT_TYPE
from banksia.foundation.connections.tests.calling_factories import (
    ALL_CAPABILITIES,
    TOKEN_URL,
    CallingModule,
    basic,
    calling_manifest,
    subject_token,
)
from banksia.foundation.connections.tests.factories import connect
from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.checks.contract import api_routes
from banksia.kit.entry import capabilities
from banksia.kit.manifest import CAPABILITIES

SELF = "/api/connections/self"


@pytest.fixture
def module(session: Session, client: TestClient) -> CallingModule:
    """The module's own side."""
    _, secrets = connect(session, manifest=calling_manifest())
    session.commit()
    return CallingModule(client, secrets)


def connection_in(session: Session) -> Connection:
    return session.query(Connection).one()


@pytest.mark.usefixtures("modules")
def test_each_capability_of_a_manifest_is_that_of_a_route() -> None:
    assert capabilities() == set(CAPABILITIES) == set(ALL_CAPABILITIES)


class TestExchange:
    def test_acts_for_itself_without_a_person(self, module: CallingModule, organisation: Council) -> None:
        answer = module.exchange()
        assert answer.status_code == 200
        given = answer.json()
        assert (given["token_type"], given["expires_in"], answer.headers["cache-control"]) == (
            "Bearer",
            300,
            "no-store",
        )
        told = module.acts_for().call("GET", SELF).json()
        assert (told["module"], told["acts_for"], told["permissions"]) == ("bookings", None, [])
        assert told["organisation_id"] == str(organisation.id)
        assert told["settings"] == {"deposit_cents": 5000}

    def test_acts_for_the_person_of_the_gateways_token(
        self, session: Session, module: CallingModule, officer: Actor
    ) -> None:
        subject = subject_token(session, connection_in(session), officer)
        session.commit()
        told = module.acts_for(subject).call("GET", SELF).json()
        assert told["acts_for"] == str(officer.user_id)
        assert module.exchange(subject=subject, subject_token_type=JWT_TYPE).status_code == 200

    def test_a_guests_token_lends_nothing(self, session: Session, module: CallingModule, guest: Actor) -> None:
        subject = subject_token(session, connection_in(session), guest)
        assert module.acts_for(subject).call("GET", SELF).json()["acts_for"] is None

    @pytest.mark.parametrize("wrong", ["secret", "client", "header", "twice"])
    def test_refuses_a_wrong_credential(self, module: CallingModule, client: TestClient, wrong: str) -> None:
        good, form = basic(module.secrets.client_id, module.secrets.client_secret), {"grant_type": "client_credentials"}
        headers = {
            "secret": basic(module.secrets.client_id, "bcs_guessed"),
            "client": basic("bci_other", module.secrets.client_secret),
            "header": {},
            "twice": good,
        }[wrong]
        content = "grant_type=client_credentials&grant_type=client_credentials" if wrong == "twice" else None
        sent: dict[str, Any] = {"content": content} if content else {"data": form}
        answer = client.post(TOKEN_URL, headers=headers, **sent)
        assert (answer.status_code, "error" in answer.json()) == (400 if wrong == "twice" else 401, True)

    def test_refuses_another_grant(self, module: CallingModule) -> None:
        answer = module.exchange(grant_type="password")
        assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")

    @pytest.mark.parametrize("forged", ["expired", "altered", "of another module", "of nobody", "none"])
    def test_refuses_a_subject_that_was_not_sent_to_it(
        self, session: Session, module: CallingModule, officer: Actor, forged: str
    ) -> None:
        connection = connection_in(session)
        other, _ = connect(session, manifest=calling_manifest(
            id="halls", requires=[], capabilities=[], permissions=[], routes=[], pages=None, widgets=[],
            events={}, payments=[],
        ))  # fmt: skip
        good = subject_token(session, connection, officer)
        head, body, signature = good.split(".")
        subject = {
            "expired": subject_token(session, connection, officer, now=time.time() - 61),
            "altered": f"{head}.{body[:-2]}xx.{signature}",
            "of another module": subject_token(session, other, officer),
            "of nobody": f"{head}.{body}.",
            "none": "eyJhbGciOiJub25lIn0.e30.",
        }[forged]
        session.commit()
        answer = module.exchange(subject=subject)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
        assert module.exchange(subject=good).status_code == 200

    def test_software_that_acts_for_a_person_is_not_lent_their_rights(
        self, session: Session, module: CallingModule, customer: Actor
    ) -> None:
        by_software = Actor(
            customer.organisation_id, "token", user_id=customer.user_id, token_id=connection_in(session).id
        )
        module.exchange(subject=subject_token(session, connection_in(session), by_software))
        lent = session.execute(text("SELECT lends_permissions, user_id FROM connections.access_tokens")).one()
        assert tuple(lent) == (False, customer.user_id)


class TestBearer:
    def test_ends_when_the_module_is_disabled_and_when_its_time_is_over(
        self, session: Session, module: CallingModule
    ) -> None:
        acting = module.acts_for()
        connection_in(session).state = "disabled"
        session.commit()
        assert acting.call("GET", SELF).status_code == 401
        assert module.exchange().status_code == 401
        connection_in(session).state = "enabled"
        session.commit()
        assert acting.call("GET", SELF).status_code == 200
        session.execute(text("UPDATE connections.access_tokens SET expires_at = now() - interval '1 second'"))
        session.commit()
        assert acting.call("GET", SELF).status_code == 401

    def test_ends_when_the_person_is_switched_off(
        self, session: Session, module: CallingModule, officer: Actor
    ) -> None:
        acting = module.acts_for(subject_token(session, connection_in(session), officer))
        session.execute(text("UPDATE auth.users SET active = false WHERE id = :id"), {"id": officer.user_id})
        session.commit()
        assert acting.call("GET", SELF).status_code == 401

    def test_is_nothing_at_another_council(self, module: CallingModule, other_organisation: Council) -> None:
        acting = module.acts_for()
        acting.client.base_url = f"http://{other_organisation.slug}.localhost"
        assert acting.call("GET", SELF).status_code == 401
        assert module.exchange().status_code == 401

    def test_opens_no_route_that_names_no_capability_even_for_an_administrator(
        self, session: Session, module: CallingModule, administrator: Actor
    ) -> None:
        acting = module.acts_for(subject_token(session, connection_in(session), administrator))
        app: Any = module.client.app
        closed = [route for route in api_routes(app) if "x-capability" not in (route.openapi_extra or {})]
        asked = {str(route.path) for route in closed if "GET" in (route.methods or ()) and "{" not in str(route.path)}
        assert len(asked) > 40
        answers = {path: acting.call("GET", path) for path in asked}
        assert {path: each.status_code for path, each in answers.items() if each.status_code != 403} == {}
        assert acting.call("GET", "/api/modules").status_code == 403


class TestCapabilities:
    @pytest.mark.parametrize(
        ("capability", "method", "path"),
        [
            ("property.snapshot", "GET", "/api/property/properties/019a0000-0000-7000-8000-000000000000/snapshot"),
            ("payments.raise", "GET", "/api/connections/payments/019a0000-0000-7000-8000-000000000000"),
            ("notices.send", "POST", "/api/connections/notices"),
            ("objects.store", "GET", "/api/connections/objects/019a0000-0000-7000-8000-000000000000"),
            ("audit.record", "POST", "/api/connections/audit"),
            ("reminders.enqueue", "GET", "/api/connections/reminders/019a0000-0000-7000-8000-000000000000"),
        ],
    )
    def test_what_was_not_asked_for_is_refused(
        self, session: Session, client: TestClient, capability: str, method: str, path: str
    ) -> None:
        asked = [each for each in ALL_CAPABILITIES if each != capability]
        _, secrets = connect(session, manifest=calling_manifest(capabilities=asked, payments=[]))
        session.commit()
        answer = CallingModule(client, secrets).acts_for().call(method, path, json={} if method == "POST" else None)
        assert (answer.status_code, answer.json().get("capability")) == (403, capability)

    def test_people_cannot_call_as_modules_do(self, signed_in_as: Any, client: TestClient) -> None:
        assert signed_in_as("administrator").get(SELF).status_code == 403
        assert client.get(SELF).status_code == 401
