"""Firms: for customers who order together."""

import uuid

from fastapi import Request

from banksia.foundation.auth import permissions, service
from banksia.foundation.auth.errors import EmailNotVerified, TooManyAttempts
from banksia.foundation.auth.errors.firms import (
    AlreadyInvited,
    AlreadyMember,
    FirmNotFound,
    FirmRoleTooLow,
    InvitationForAnother,
    InvitationGone,
    InvitationNotFound,
    InvitationsFull,
    LastOwner,
    MemberNotFound,
    TooManyFirms,
)
from banksia.foundation.auth.schemas.firms import (
    FirmCreate,
    FirmInvitationCreate,
    FirmInvitationShown,
    FirmInvitationUse,
    FirmJoined,
    FirmList,
    FirmRead,
    FirmUpdate,
    RoleChange,
)
from banksia.foundation.organisations.public import AbnInvalid
from banksia.kit.routing import ActorDep, Router, SessionDep

firms = Router()
CHANGE_ERRORS = (FirmNotFound, FirmRoleTooLow)
JOIN_ERRORS = (InvitationGone, InvitationForAnother, EmailNotVerified, TooManyFirms)


@firms.get("/firms", permission=permissions.FIRMS_KEEP, raises=[EmailNotVerified])
def list_firms(session: SessionDep, actor: ActorDep) -> FirmList:
    """One's firms, the one used last first, and the invitations that wait for one."""
    return service.list_firms(session, actor)


@firms.post(
    "/firms",
    permission=permissions.FIRMS_KEEP,
    status_code=201,
    raises=[EmailNotVerified, AbnInvalid, TooManyFirms, TooManyAttempts],
)
def create_firm(session: SessionDep, actor: ActorDep, wanted: FirmCreate) -> FirmRead:
    """Make a firm and own it."""
    firm = service.create_firm(session, actor, wanted=wanted)
    return service.read_firm(session, actor, firm_id=firm.id)


@firms.get("/firms/{firm_id}", permission=permissions.FIRMS_KEEP, raises=[FirmNotFound])
def read_firm(session: SessionDep, actor: ActorDep, firm_id: uuid.UUID) -> FirmRead:
    """A firm that one belongs to, with its members."""
    return service.read_firm(session, actor, firm_id=firm_id)


@firms.put("/firms/{firm_id}", permission=permissions.FIRMS_KEEP, raises=[*CHANGE_ERRORS, AbnInvalid])
def update_firm(session: SessionDep, actor: ActorDep, firm_id: uuid.UUID, changes: FirmUpdate) -> FirmRead:
    """Change the details of a firm; its owners may."""
    service.update_firm(session, actor, firm_id=firm_id, changes=changes)
    return service.read_firm(session, actor, firm_id=firm_id)


@firms.put(
    "/firms/{firm_id}/members/{user_id}",
    permission=permissions.FIRMS_KEEP,
    raises=[*CHANGE_ERRORS, MemberNotFound, LastOwner],
)
def change_member_role(
    session: SessionDep, actor: ActorDep, firm_id: uuid.UUID, user_id: uuid.UUID, change: RoleChange
) -> FirmRead:
    """Give a member another role."""
    return service.change_member_role(session, actor, firm_id=firm_id, user_id=user_id, role=change.role)


@firms.delete(
    "/firms/{firm_id}/members/{user_id}",
    permission=permissions.FIRMS_KEEP,
    status_code=204,
    raises=[*CHANGE_ERRORS, MemberNotFound, LastOwner],
)
def remove_member(session: SessionDep, actor: ActorDep, firm_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Take somebody out of the firm; they see its orders no more."""
    service.remove_member(session, actor, firm_id=firm_id, user_id=user_id)


@firms.post(
    "/firms/{firm_id}/leave",
    permission=permissions.FIRMS_KEEP,
    status_code=204,
    raises=[FirmNotFound, LastOwner],
)
def leave_firm(session: SessionDep, actor: ActorDep, firm_id: uuid.UUID) -> None:
    """Leave a firm; its last owner cannot."""
    service.leave_firm(session, actor, firm_id=firm_id)


@firms.post(
    "/firms/{firm_id}/invitations",
    permission=permissions.FIRMS_KEEP,
    status_code=201,
    raises=[*CHANGE_ERRORS, AlreadyMember, AlreadyInvited, InvitationsFull, TooManyAttempts],
)
def invite_to_firm(session: SessionDep, actor: ActorDep, firm_id: uuid.UUID, wanted: FirmInvitationCreate) -> FirmRead:
    """Mail somebody a link with which they join the firm."""
    service.invite_to_firm(session, actor, firm_id=firm_id, wanted=wanted)
    return service.read_firm(session, actor, firm_id=firm_id)


@firms.post(
    "/firms/{firm_id}/invitations/{invitation_id}/resend",
    permission=permissions.FIRMS_KEEP,
    raises=[*CHANGE_ERRORS, InvitationNotFound, TooManyAttempts],
)
def resend_invitation(session: SessionDep, actor: ActorDep, firm_id: uuid.UUID, invitation_id: uuid.UUID) -> FirmRead:
    """Mail the invitation again, with a fresh link; the one before ends."""
    service.resend_invitation(session, actor, firm_id=firm_id, invitation_id=invitation_id)
    return service.read_firm(session, actor, firm_id=firm_id)


@firms.delete(
    "/firms/{firm_id}/invitations/{invitation_id}",
    permission=permissions.FIRMS_KEEP,
    status_code=204,
    raises=[*CHANGE_ERRORS, InvitationNotFound],
)
def withdraw_invitation(session: SessionDep, actor: ActorDep, firm_id: uuid.UUID, invitation_id: uuid.UUID) -> None:
    """Take an invitation back before it is accepted."""
    service.withdraw_invitation(session, actor, firm_id=firm_id, invitation_id=invitation_id)


@firms.post("/firm-invitations/read", public=True, raises=[InvitationGone, TooManyAttempts])
def read_firm_invitation(session: SessionDep, request: Request, link: FirmInvitationUse) -> FirmInvitationShown:
    """What the link of a mail invites to."""
    return service.read_invitation(session, token=link.token, client=service.client_address(request))


@firms.post("/firm-invitations/accept", permission=permissions.FIRMS_KEEP, raises=JOIN_ERRORS)
def accept_firm_link(session: SessionDep, actor: ActorDep, link: FirmInvitationUse) -> FirmJoined:
    """Join a firm by the link of a mail; needs an account with the invited address."""
    return FirmJoined.model_validate(service.accept_link(session, actor, token=link.token))


@firms.post(
    "/firm-invitations/{invitation_id}/accept",
    permission=permissions.FIRMS_KEEP,
    raises=[InvitationNotFound, *JOIN_ERRORS],
)
def accept_firm_invitation(session: SessionDep, actor: ActorDep, invitation_id: uuid.UUID) -> FirmJoined:
    """Join a firm that has invited one's verified address."""
    return FirmJoined.model_validate(service.accept_invitation(session, actor, invitation_id=invitation_id))
