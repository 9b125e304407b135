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
