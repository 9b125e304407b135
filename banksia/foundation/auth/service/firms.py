"""Firms: several customers who order together. Who belongs to one is asked at each request, never remembered."""

import uuid
from collections import defaultdict
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors import EmailNotVerified, UserNotFound
from banksia.foundation.auth.errors.firms import FirmNotFound, FirmRoleTooLow, TooManyFirms
from banksia.foundation.auth.models import Firm, FirmMembership, User
from banksia.foundation.auth.queries import users_of
from banksia.foundation.auth.queries.firms import (
    firm_with_id,
    firms_of_user,
    invitations_to,
    membership_in,
    people_of_firms,
)
from banksia.foundation.auth.schemas.firms import (
    FirmCreate,
    FirmList,
    FirmPersonRead,
    FirmSummary,
    FirmUpdate,
    InvitationForMe,
)
from banksia.foundation.auth.service.rates import limit_rate
from banksia.foundation.organisations.public import checked_abn
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id

MOST_FIRMS = 50
FIRMS_A_DAY = 10


def create_firm(session: Session, actor: Actor, *, wanted: FirmCreate) -> Firm:
    """Make a firm that the person owns; raises EmailNotVerified, AbnInvalid, TooManyFirms and TooManyAttempts."""
    user = verified_account(session, actor)
    limit_rate(session, "auth.create_firm", subject=str(user.id), at_most=FIRMS_A_DAY, per=timedelta(days=1))
    check_may_join(session, user)
    firm = Firm(
        id=new_id(),
        organisation_id=user.organisation_id,
        name=wanted.name,
        abn=checked_abn(wanted.abn),
        billing_email=wanted.billing_email.lower() if wanted.billing_email else None,
    )
    session.add(firm)
    session.flush()
    session.add(
        FirmMembership(
            id=new_id(),
            organisation_id=user.organisation_id,
            firm_id=firm.id,
            user_id=user.id,
            role="owner",
            joined_at=utc_now(),
        )
    )
    audit.record(session, actor, "auth.firm_created", subject=firm, detail={"name": firm.name})
    session.flush()
    return firm


def update_firm(session: Session, actor: Actor, *, firm_id: uuid.UUID, changes: FirmUpdate) -> Firm:
    """Change a firm's details; raises FirmNotFound, FirmRoleTooLow for all but owners, and AbnInvalid."""
    firm, membership = find_firm(session, actor, firm_id, lock=True)
    if membership.role != "owner":
        needed = "an owner"
        raise FirmRoleTooLow(needed)
    given = {
        "name": changes.name,
        "abn": checked_abn(changes.abn),
        "billing_email": changes.billing_email.lower() if changes.billing_email else None,
    }
    changed = [field for field, value in given.items() if getattr(firm, field) != value]
    for field in changed:
        setattr(firm, field, given[field])
    if changed:
        audit.record(session, actor, "auth.firm_changed", subject=firm, detail={"changed": changed})
    return firm


def find_firm(session: Session, actor: Actor, firm_id: uuid.UUID, *, lock: bool = False) -> tuple[Firm, FirmMembership]:
    """Return a firm that the person belongs to, with their membership; raises FirmNotFound.

    Locked, nobody else changes its members until the transaction ends: every change of members begins so.
    """
    statement = firm_with_id(actor.organisation_id, firm_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    firm = session.scalar(statement)
    membership = find_membership(session, actor, firm_id)
    if firm is None or membership is None:
        raise FirmNotFound
    return firm, membership


def find_membership(session: Session, actor: Actor, firm_id: uuid.UUID) -> FirmMembership | None:
    """Return the person's own membership of a firm, as it is now; None for whoever does not belong to it."""
    if not actor.is_customer or actor.user_id is None:
        return None
    statement = membership_in(actor.organisation_id, firm_id, actor.user_id)
    return session.scalar(statement.execution_options(populate_existing=True))


def use_firm(session: Session, actor: Actor, firm_id: uuid.UUID) -> Firm | None:
    """Note that the person orders for a firm; None when they do not belong to it."""
    membership = find_membership(session, actor, firm_id)
    if membership is None:
        return None
    membership.last_used_at = utc_now()
    return session.scalar(firm_with_id(actor.organisation_id, firm_id))


def list_firms(session: Session, actor: Actor) -> FirmList:
    """Return the person's firms, the one used last first, and the invitations to their verified address."""
    user = verified_account(session, actor)
    found = session.execute(firms_of_user(actor.organisation_id, user.id)).all()
    people: defaultdict[uuid.UUID, list[FirmPersonRead]] = defaultdict(list)
    firm_ids = [firm.id for _, firm in found]
    for membership, person in session.execute(people_of_firms(actor.organisation_id, firm_ids)) if firm_ids else ():
        has_left = membership.ended_at is not None
        people[membership.firm_id].append(FirmPersonRead(user_id=person.id, name=person.name, has_left=has_left))
    invitations = session.execute(invitations_to(actor.organisation_id, user.email, utc_now()))
    return FirmList(
        firms=[
            FirmSummary(id=firm.id, name=firm.name, role=membership.role, people=people[firm.id])
            for membership, firm in found
        ],
        invitations=[
            InvitationForMe(
                id=each.id, firm_name=firm_name, role=each.role, invited_by=inviter, expires_at=each.expires_at
            )
            for each, firm_name, inviter in invitations
        ],
    )


def verified_account(session: Session, actor: Actor) -> User:
    """Return the account of who acts; raises UserNotFound, and EmailNotVerified until its address is shown."""
    user = session.scalar(users_of(actor.organisation_id).where(User.id == actor.user_id))
    if user is None:
        raise UserNotFound
    if user.email_verified_at is None:
        raise EmailNotVerified
    return user


def check_may_join(session: Session, user: User) -> None:
    """Refuse whoever belongs to more firms than anybody needs; raises TooManyFirms."""
    if len(session.execute(firms_of_user(user.organisation_id, user.id)).all()) >= MOST_FIRMS:
        raise TooManyFirms(MOST_FIRMS)
