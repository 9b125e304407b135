"""What can go wrong with accounts and sign-in."""

from datetime import timedelta

from banksia.kit.errors import Conflict, Forbidden, Gone, Invalid, NotFound, TooManyRequests, Unauthenticated


class WrongPassword(Unauthenticated):
    """The e-mail address or the password is wrong; which of them is not told."""

    title = "The email address or password is wrong"
    keeps_transaction = True

    def __init__(self) -> None:
        """Say what else to do."""
        super().__init__("The email address or password is wrong. Try again, or set a new password.")


class EmailNotVerified(Forbidden):
    """The address has to be shown to be the person's before anything is done with it."""

    title = "Confirm your email address first"
    keeps_transaction = True

    def __init__(self) -> None:
        """Say where the link is."""
        super().__init__("Confirm your email address first: open the link in the email that we have sent to it.")


class ForgedRequest(Forbidden):
    """A request with a session cookie that does not come from our own pages."""

    title = "This request did not come from our pages"

    def __init__(self) -> None:
        """Say what helps."""
        super().__init__("The page is out of date. Reload it and try again.")


class TokenInvalid(Unauthenticated):
    """The API token is unknown at this council, was revoked or has expired, or its account is switched off."""

    title = "The API token is not valid"
    keeps_transaction = True

    def __init__(self) -> None:
        """Say what to do; which of the reasons it is, is not told."""
        super().__init__(
            "The API token is unknown at this council, was revoked or has expired. Make a new one in your account."
        )
        self.headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


class TokenNotFound(NotFound):
    """No such API token of this person."""

    title = "API token not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("You have no such API token, or it was revoked. Your account lists those you have.")


class ScopeUnknown(Invalid):
    """A scope that no token can have."""

    def __init__(self, scope: str) -> None:
        """Name it."""
        super().__init__(errors=[{"field": "scopes", "message": f"There is no scope “{scope}” that you may give."}])


class TooManyTokens(Conflict):
    """One account may have so many."""

    title = "You have too many API tokens"

    def __init__(self, at_most: int) -> None:
        """Say what to do first."""
        super().__init__(f"You have {at_most} API tokens, as many as an account may have. Revoke one first.")


class TooManyAttempts(TooManyRequests):
    """Tried too often within a time."""

    keeps_transaction = True

    def __init__(self, wait: timedelta) -> None:
        """Say when to try again."""
        minutes = max(1, round(wait.total_seconds() / 60))
        super().__init__(f"Too many attempts. Try again in {minutes} minute{'s' if minutes != 1 else ''}.")
        self.headers = {"Retry-After": str(max(1, round(wait.total_seconds())))}


class EmailTaken(Conflict):
    """An account with this address exists."""

    title = "This email address has an account"

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("An account with this email address exists already.")


class LinkExpired(Gone):
    """The link was used, or is too old, or never was one."""

    title = "This link no longer works"

    def __init__(self) -> None:
        """Say how to get a new one."""
        super().__init__("This link was used already or is too old. Ask for a new one.")


class UserNotFound(NotFound):
    """No such account at this council."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("There is no such account at this council.")


class UnknownRole(Invalid):
    """A role that no module knows."""

    def __init__(self, role: str) -> None:
        """Name it."""
        super().__init__(errors=[{"field": "roles", "message": f"There is no role “{role}”."}])


class PasswordTooWeak(Invalid):
    """Too short, or known to everybody."""

    def __init__(self, field: str, message: str) -> None:
        """Name the field and the reason."""
        super().__init__(errors=[{"field": field, "message": message}])


class LastAdministrator(Conflict):
    """Without an administrator nobody could give the role back."""

    title = "The council needs an administrator"

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__("This is the last active administrator. Give the role to another person first.")


class WrongCurrentPassword(Invalid):
    """The present password, asked for before a new one is taken, does not match."""

    keeps_transaction = True

    def __init__(self) -> None:
        """Name the field."""
        super().__init__(errors=[{"field": "current_password", "message": "This is not your present password."}])


class AccountInactive(Conflict):
    """The account is switched off."""

    title = "This account is switched off"

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__("This account is switched off. Switch it on first, then send the link.")


class CustomersHaveOneRole(Conflict):
    """A customer's account was to be given the roles of staff."""

    title = "This is a customer's account"

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(
            "A customer's account cannot have roles of staff. Invite the person with a work address instead."
        )


class OnlyCustomersForgotten(Conflict):
    """An account of staff was to be forgotten."""

    title = "This is an account of staff"

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__("What staff did stays on record under their names. Switch the account off instead.")
