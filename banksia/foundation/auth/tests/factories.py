"""Accounts for tests, and the links that were mailed to them."""

import re
import uuid
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.auth import service
from banksia.foundation.auth.models import User
from banksia.foundation.auth.public import actor_for, create_user
from banksia.foundation.auth.schemas.firms import FirmCreate, FirmInvitationCreate
from banksia.foundation.auth.service.api_tokens import MadeToken, make_api_token, scopes_of
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


def make_token(session: Session, actor: Actor, *scopes: str, days: int = 365) -> MadeToken:
    """An API token of a customer, by default with every scope."""
    wanted = list(scopes) or [scope.name for scope in scopes_of(session, actor)]
    made = make_api_token(session, actor, name="Practice software", scopes=wanted, expires_in_days=days)
    session.flush()
    return made


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


def make_firm(session: Session, owner: Actor, *, name: str = "Dale & Kaur", **members: Actor) -> uuid.UUID:
    """A firm of this owner; others join it as what they are named by: `manager=actor`."""
    firm = service.create_firm(session, owner, wanted=FirmCreate(name=name))
    for role, actor in members.items():
        wanted = FirmInvitationCreate.model_validate({"email": actor.email, "role": role})
        invitation = service.invite_to_firm(session, owner, firm_id=firm.id, wanted=wanted)
        service.accept_invitation(session, actor, invitation_id=invitation.id)
    return firm.id


def route_examples(session: Session) -> dict[str, str]:
    """What the routes' path parameters can name."""
    customer = actor_for(session, make_user(session, "software@example.org"))
    owner = actor_for(session, make_user(session, "owner@firm.example"))
    firm_id = make_firm(session, owner)
    wanted = FirmInvitationCreate(email="invited@firm.example")
    return {
        "user_id": str(make_staff(session, "example@council.example", "counter_clerk").id),
        "token_id": str(make_token(session, customer).row.id),
        "firm_id": str(firm_id),
        "invitation_id": str(service.invite_to_firm(session, owner, firm_id=firm_id, wanted=wanted).id),
    }
