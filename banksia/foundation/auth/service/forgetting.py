"""What nobody can use any more is not kept: who signed in and when stands in the audit log."""

import uuid
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors import OnlyCustomersForgotten
from banksia.foundation.auth.models import FirmInvitation, User
from banksia.foundation.auth.queries import api_tokens_before, counts_before, sessions_before, tokens_before
from banksia.foundation.auth.queries.firms import forget_invitations_before, waiting_invitations
from banksia.foundation.auth.service.api_tokens import revoke_api_tokens
from banksia.foundation.auth.service.firm_members import end_memberships
from banksia.foundation.auth.service.links import void_tokens
from banksia.foundation.auth.service.sessions import end_sessions
from banksia.foundation.auth.service.staff import get_user
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of

COUNTS_KEPT, SESSIONS_KEPT, INVITATIONS_KEPT = timedelta(days=2), timedelta(days=30), timedelta(days=90)
FORGOTTEN_NAME = "Former customer"


def forget_old(session: Session) -> None:
    """Remove old counts of attempts, and sessions, links, API tokens and invitations to firms that ended long ago."""
    organisation_id, now = organisation_id_of(session), utc_now()
    session.execute(counts_before(organisation_id, now - COUNTS_KEPT))
    session.execute(sessions_before(organisation_id, now - SESSIONS_KEPT))
    session.execute(api_tokens_before(organisation_id, now - SESSIONS_KEPT))
    session.execute(tokens_before(organisation_id, now - SESSIONS_KEPT))
    session.execute(forget_invitations_before(organisation_id, now - INVITATIONS_KEPT))


def forget_account(session: Session, actor: Actor, *, user_id: uuid.UUID) -> User:
    """Empty a customer's account of name, address and password; raises UserNotFound, OnlyCustomersForgotten.

    The person leaves their firms, each of which keeps an owner if it has another member. What was ordered is the
    council's record and stays with the contact that it names: of a firm's orders the firm loses nothing.
    """
    user = get_user(session, actor, user_id=user_id)
    if user.kind != "customer":
        raise OnlyCustomersForgotten
    end_memberships(session, actor, user=user)
    end_sessions(session, user)
    revoke_api_tokens(session, user)
    void_tokens(session, user)
    for invitation in session.scalars(
        waiting_invitations(user.organisation_id).where(FirmInvitation.email == user.email)
    ):
        invitation.withdrawn_at = utc_now()
        invitation.email = _nobody(invitation.id)
    user.name, user.email, user.password_hash = FORGOTTEN_NAME, _nobody(user.id), ""
    user.email_verified_at, user.active = None, False
    audit.record(session, actor, "auth.account_forgotten", subject=user)
    session.flush()
    return user


def _nobody(row_id: uuid.UUID) -> str:
    """An address that reaches nobody (RFC 2606) and stays unique."""
    return f"forgotten-{row_id}@forgotten.invalid"
