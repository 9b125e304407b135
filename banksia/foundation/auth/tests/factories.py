"""Accounts for tests, and the links that were mailed to them."""

import re
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.auth.models import User
from banksia.foundation.auth.public import create_user
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of

PASSWORD = "wattle and waratah"


def make_user(session: Session, email: str = "mei@example.org", **given: Any) -> User:
    values: dict[str, Any] = {
        "name": "Mei Tran",
        "kind": "customer",
        "roles": ["customer"],
        "password": PASSWORD,
        "verified": True,
    }
    user = create_user(session, Actor.system(organisation_id_of(session)), email=email, **(values | given))
    session.flush()
    return user


def make_staff(session: Session, email: str, *roles: str, **given: Any) -> User:
    return make_user(session, email, kind="staff", roles=list(roles), **given)


def mails_to(session: Session, email: str) -> list[tuple[str, str]]:
    found = "SELECT template, text FROM notifications.messages WHERE to_address = :email ORDER BY id"
    return [tuple(row) for row in session.execute(text(found), {"email": email})]


def token_in(message: str) -> str:
    found = re.search(r"#token=([\w-]+)", message)
    assert found, message
    return found.group(1)


def token_delivered(client: TestClient) -> str:
    """The token of the mail that was delivered last; the log of messages no longer has it."""
    newest = re.search(r'href="/dev/mail/([\w.-]+)"', client.get("/dev/mail").text)
    assert newest
    return token_in(client.get(f"/dev/mail/{newest.group(1)}/html").text)


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name."""
    return {"user_id": str(make_staff(session, "example@council.example", "counter_clerk").id)}
