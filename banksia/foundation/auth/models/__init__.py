"""Tables in the schema "auth"."""

from banksia.foundation.auth.models.accounts import ApiToken, OneTimeToken, RateCount, SignInSession, User
from banksia.foundation.auth.models.firms import Firm, FirmInvitation, FirmMembership, FirmRole

__all__ = [
    "ApiToken",
    "Firm",
    "FirmInvitation",
    "FirmMembership",
    "FirmRole",
    "OneTimeToken",
    "RateCount",
    "SignInSession",
    "User",
]
