"""Inviting people to a firm by e-mail, and joining it.

The link of the mail shows the invitation to whoever opens it, once or before there is an account; only an account that
has shown the invited address to be its own can accept it. Sent again, the link of the mail before ends.
"""

import secrets
import uuid
from datetime import timedelta

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors.firms import (
    AlreadyInvited,
    AlreadyMember,
    InvitationForAnother,
    InvitationGone,
    InvitationNotFound,
    InvitationsFull,
)
from banksia.foundation.auth.models import Firm, FirmInvitation, FirmMembership, User
from banksia.foundation.auth.queries import user_by_email, users_of
from banksia.foundation.auth.queries.firms import (
    any_membership_in,
    count_of_invitations,
    firm_with_id,
    invitation_with_id,
    invitations_of_firm,
    membership_in,
    waiting_invitations,
)
from banksia.foundation.auth.schemas.firms import FirmInvitationCreate, FirmInvitationShown
from banksia.foundation.auth.service.firm_members import check_may_give
from banksia.foundation.auth.service.firms import check_may_join, find_firm, verified_account
from banksia.foundation.auth.service.rates import limit_rate
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.kit.sealing import hash_token

INVITATIONS_LAST = timedelta(days=14)
JOIN_PAGE = "/auth/customer/join-firm"
MOST_WAITING, MAILS_AN_HOUR, LOOKS_AN_HOUR = 200, 60, 100
PER_HOUR = timedelta(hours=1)


def invite_to_firm(
    session: Session, actor: Actor, *, firm_id: uuid.UUID, wanted: FirmInvitationCreate
) -> FirmInvitation:
    """Mail somebody a link to join the firm.

    Raises FirmNotFound, FirmRoleTooLow, AlreadyMember, AlreadyInvited, InvitationsFull and TooManyAttempts.
    """
    firm, mine = find_firm(session, actor, firm_id, lock=True)
    check_may_give(mine, wanted.role)
    email = wanted.email.strip().lower()
    _check_address(session, firm, email)
    invitation = FirmInvitation(
        id=new_id(), organisation_id=firm.organisation_id, firm_id=firm.id, email=email, role=wanted.role
    )
    _send(session, actor, firm, invitation)
    session.add(invitation)
    detail = {"invitation_id": invitation.id, "role": wanted.role}
    audit.record(session, actor, "auth.firm_invited", subject=firm, detail=detail)
    session.flush()
    return invitation


def _check_address(session: Session, firm: Firm, email: str) -> None:
    user = session.scalar(user_by_email(firm.organisation_id, email))
    if user and session.scalar(membership_in(firm.organisation_id, firm.id, user.id)) is not None:
        raise AlreadyMember(email)
    waiting = invitations_of_firm(firm.organisation_id, firm.id)
    if session.scalar(waiting.where(FirmInvitation.email == email)) is not None:
        raise AlreadyInvited(email)
    if session.scalars(count_of_invitations(firm.organisation_id, firm.id)).one() >= MOST_WAITING:
        raise InvitationsFull(MOST_WAITING)


def _send(session: Session, actor: Actor, firm: Firm, invitation: FirmInvitation) -> None:
    """Give the invitation a new link, which ends the one before, and mail it."""
    subject = str(actor.user_id)
    limit_rate(session, "auth.invite_to_firm", subject=subject, at_most=MAILS_AN_HOUR, per=PER_HOUR)
    token, now = secrets.token_urlsafe(32), utc_now()
    invitation.token_hash = hash_token(token)
    invitation.sent_at, invitation.expires_at = now, now + INVITATIONS_LAST
    invitation.invited_by_id = verified_account(session, actor).id
    send_mail(
        session,
        template="auth/firm_invitation",
        to=invitation.email,
        context={
            "firm": firm.name,
            "inviter": actor.name,
            "email": invitation.email,
            "days": INVITATIONS_LAST.days,
            "link": council_url(session, f"{JOIN_PAGE}#token={token}"),
        },
        confidential=True,
    )


def resend_invitation(
    session: Session, actor: Actor, *, firm_id: uuid.UUID, invitation_id: uuid.UUID
) -> FirmInvitation:
    """Mail a fresh link; raises FirmNotFound, FirmRoleTooLow, InvitationNotFound and TooManyAttempts."""
    firm, invitation = _waiting_of_firm(session, actor, firm_id, invitation_id)
    _send(session, actor, firm, invitation)
    detail = {"invitation_id": invitation.id}
    audit.record(session, actor, "auth.firm_invitation_resent", subject=firm, detail=detail)
    return invitation


def withdraw_invitation(session: Session, actor: Actor, *, firm_id: uuid.UUID, invitation_id: uuid.UUID) -> None:
    """Let nobody join by this invitation any more; raises FirmNotFound, FirmRoleTooLow and InvitationNotFound."""
    firm, invitation = _waiting_of_firm(session, actor, firm_id, invitation_id)
    invitation.withdrawn_at = utc_now()
    detail = {"invitation_id": invitation.id}
    audit.record(session, actor, "auth.firm_invitation_withdrawn", subject=firm, detail=detail)
    session.flush()


def _waiting_of_firm(
    session: Session, actor: Actor, firm_id: uuid.UUID, invitation_id: uuid.UUID
) -> tuple[Firm, FirmInvitation]:
    firm, mine = find_firm(session, actor, firm_id, lock=True)
    check_may_give(mine, "member")
    statement = invitations_of_firm(firm.organisation_id, firm.id).where(FirmInvitation.id == invitation_id)
    invitation = session.scalar(statement.execution_options(populate_existing=True))
    if invitation is None:
        raise InvitationNotFound
    check_may_give(mine, invitation.role)
    return firm, invitation


def read_invitation(session: Session, *, token: str, client: str) -> FirmInvitationShown:
    """Tell whoever holds a link what it invites to; raises InvitationGone and TooManyAttempts."""
    limit_rate(session, "auth.read_firm_invitation", subject=client, at_most=LOOKS_AN_HOUR, per=PER_HOUR)
    invitation = _usable(session, _with_token(session, token))
    firm = session.scalars(firm_with_id(invitation.organisation_id, invitation.firm_id)).one()
    inviter = session.scalars(users_of(invitation.organisation_id).where(User.id == invitation.invited_by_id)).one()
    return FirmInvitationShown.of(invitation, firm_name=firm.name, invited_by=inviter.name)


def accept_link(session: Session, actor: Actor, *, token: str) -> Firm:
    """Join the firm of a mail's link; raises as `accept_invitation` does."""
    return _accept(session, actor, _with_token(session, token))


def accept_invitation(session: Session, actor: Actor, *, invitation_id: uuid.UUID) -> Firm:
    """Join the firm of an invitation to one's own address.

    Raises InvitationNotFound, InvitationGone, InvitationForAnother, EmailNotVerified and TooManyFirms.
    """
    if session.scalar(invitation_with_id(organisation_id_of(session), invitation_id)) is None:
        raise InvitationNotFound
    waiting = waiting_invitations(organisation_id_of(session)).where(FirmInvitation.id == invitation_id)
    return _accept(session, actor, waiting)


def _accept(session: Session, actor: Actor, waiting: Select[FirmInvitation]) -> Firm:
    user = verified_account(session, actor)
    found = _usable(session, waiting)
    firm = session.scalars(firm_with_id(user.organisation_id, found.firm_id).with_for_update()).one()
    invitation = _usable(session, waiting)  # as it is under the lock: two clicks join once
    if invitation.email != user.email:
        raise InvitationForAnother
    invitation.accepted_at = utc_now()
    if session.scalar(membership_in(user.organisation_id, firm.id, user.id)) is None:
        check_may_join(session, user)
        _join(session, user, invitation)
    detail = {"invitation_id": invitation.id, "role": invitation.role}
    audit.record(session, actor, "auth.firm_joined", subject=firm, detail=detail)
    session.flush()
    return firm


def _join(session: Session, user: User, invitation: FirmInvitation) -> None:
    earlier = session.scalar(any_membership_in(user.organisation_id, invitation.firm_id, user.id))
    membership = earlier or FirmMembership(
        id=new_id(), organisation_id=user.organisation_id, firm_id=invitation.firm_id, user_id=user.id
    )
    membership.role, membership.joined_at = invitation.role, utc_now()
    membership.ended_at = None
    session.add(membership)


def _with_token(session: Session, token: str) -> Select[FirmInvitation]:
    return waiting_invitations(organisation_id_of(session)).where(FirmInvitation.token_hash == hash_token(token))


def _usable(session: Session, waiting: Select[FirmInvitation]) -> FirmInvitation:
    invitation = session.scalar(waiting.execution_options(populate_existing=True))
    if invitation is None or invitation.expires_at <= utc_now():
        raise InvitationGone
    return invitation
