"""What can go wrong with firms, their members and their invitations."""

from banksia.kit.errors import Conflict, Forbidden, Gone, Invalid, NotFound


class FirmNotFound(NotFound):
    """There is no such firm, or the person does not belong to it."""

    def __init__(self) -> None:
        """Say both, and no more."""
        super().__init__("There is no such firm, or you are not a member of it.")


class FirmRoleTooLow(Forbidden):
    """A member, or a manager, tried what only others in the firm may do."""

    title = "Your role in the firm does not allow this"

    def __init__(self, needed: str) -> None:
        """Say who may."""
        super().__init__(f"Only {needed} of the firm can do this. Ask one of them.")


class LastOwner(Conflict):
    """Without an owner nobody could give the role back."""

    title = "The firm needs an owner"

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__("This is the last owner of the firm. Make another member an owner first.")


class MemberNotFound(NotFound):
    """Nobody of the firm has this id."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("This person is not a member of the firm any more.")


class AlreadyMember(Conflict):
    """The account of the address belongs to the firm."""

    title = "This person is a member already"

    def __init__(self, email: str) -> None:
        """Name the address."""
        super().__init__(f"{email} belongs to a member of the firm already.")


class AlreadyInvited(Conflict):
    """An invitation to the address waits."""

    title = "This address is invited already"

    def __init__(self, email: str) -> None:
        """Say what to do instead."""
        super().__init__(f"{email} is invited already. Send that invitation again, or withdraw it first.")


class InvitationNotFound(NotFound):
    """No invitation has this id, or none of the firm that waits."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("There is no such invitation, or it was accepted or withdrawn.")


class InvitationGone(Gone):
    """The invitation was accepted, withdrawn or sent again, or is too old, or never was one."""

    title = "This invitation no longer works"

    def __init__(self) -> None:
        """Say how to get a new one."""
        super().__init__("This invitation was used or withdrawn, or is too old. Ask the firm to send you a new one.")


class InvitationForAnother(Forbidden):
    """The account's address is not the one that was invited."""

    title = "This invitation is for another email address"

    def __init__(self) -> None:
        """Say which account it needs."""
        super().__init__("Sign in with the account of the email address that the invitation was sent to.")


class TooManyFirms(Conflict):
    """One person belongs to a number of firms that nobody needs."""

    title = "You belong to too many firms"

    def __init__(self, most: int) -> None:
        """Say how many are allowed."""
        super().__init__(f"One person can belong to {most} firms. Leave one of them first.")


class InvitationsFull(Invalid):
    """A firm has more invitations waiting than it can have people."""

    def __init__(self, most: int) -> None:
        """Name the field."""
        message = f"{most} invitations wait already. Withdraw some of them first."
        super().__init__(errors=[{"field": "email", "message": message}])
