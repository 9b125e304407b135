"""What can stand in the way at the counter: tills, banking, waivers and cheques that come back."""

from collections.abc import Mapping

from banksia.kit.errors import Conflict, Forbidden, Invalid, NotFound
from banksia.kit.words import dollars

TILL_PATH = "/payments/staff/till"


class LocationNotFound(NotFound):
    title = "Counter not found"

    def __init__(self) -> None:
        super().__init__("There is no such counter. Open the list of counters and tills again.")


class TillNotFound(NotFound):
    title = "Till not found"

    def __init__(self) -> None:
        super().__init__("There is no such till. Open the list of tills again.")


class NameTaken(Conflict):
    title = "This name is used already"

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is there already, perhaps closed. Choose another name, or open that one again.")


class TillInUse(Conflict):
    title = "The till is open"

    def __init__(self, till: str, cashier: str) -> None:
        super().__init__(f"{cashier} has {till} open. It can be taken away once it is closed with a count.")


class TillTakenAway(Conflict):
    title = "This till is not in use"

    def __init__(self, till: str) -> None:
        super().__init__(f"{till} is not in use any more. Choose another till.")


class AlreadyAtTill(Conflict):
    title = "You have a till open"

    def __init__(self, till: str) -> None:
        super().__init__(f"You have {till} open already. Close it with a count before you open another.")


class ClerkNeeded(Forbidden):
    title = "A till belongs to a person"

    def __init__(self) -> None:
        super().__init__("A till is opened by a person who signs in, not by a program.")


class TillNotOpen(Conflict):
    title = "Your till is not open"

    def __init__(self) -> None:
        super().__init__(
            "Nothing was recorded, because you have no till open. Open your till with its float under "
            f"Counter and money, Till ({TILL_PATH}), then take the money again.",
            open_at=TILL_PATH,
        )


class NotEnoughInTill(Conflict):
    title = "There is not enough cash in the till"

    def __init__(self, till: str, holds_cents: int, wanted_cents: int) -> None:
        super().__init__(
            f"{till} should hold {dollars(max(holds_cents, 0))} in cash, which is less than {dollars(wanted_cents)}. "
            "Give the money back from another till."
        )


class TillSessionNotFound(NotFound):
    title = "Till session not found"

    def __init__(self) -> None:
        super().__init__("There is no such till session. Open the list of till sessions again.")


class TillSessionClosed(Conflict):
    title = "This till is closed"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has already closed this till.")


class NotYourTill(Forbidden):
    title = "This is somebody else’s till"

    def __init__(self, cashier: str) -> None:
        super().__init__(f"{cashier} has this till open. They, or a supervisor of tills, can close it.")


class VarianceNeedsReason(Invalid):
    title = "Say why the count differs"

    def __init__(self, differences: Mapping[str, int]) -> None:
        words = ", ".join(
            f"{method} {dollars(abs(cents))} {'over' if cents > 0 else 'short'}"
            for method, cents in differences.items()
        )
        message = f"The count differs: {words}. Count again, or enter the reason."
        super().__init__(message, errors=[{"field": "variance_reason", "message": message}])


class BankingNotFound(NotFound):
    title = "Banking not found"

    def __init__(self) -> None:
        super().__init__("There is no such banking. Open the list of bankings again.")


class NotToBank(Conflict):
    title = "This cannot be banked"

    def __init__(self) -> None:
        super().__init__(
            "One of these till sessions is open, is banked already, or belongs to another counter. "
            "Nothing was recorded. Look at the list again."
        )


class BankingChanged(Conflict):
    title = "The amount has changed"

    def __init__(self, seen_cents: int, present_cents: int) -> None:
        super().__init__(f"You saw {dollars(seen_cents)} to bank, but it is {dollars(present_cents)} now. Look again.")


class NothingToBank(Conflict):
    title = "There is nothing to bank"

    def __init__(self) -> None:
        super().__init__("These till sessions hold no more cash than their floats, and no cheque.")


class WaiverNotFound(NotFound):
    title = "Waiver not found"

    def __init__(self) -> None:
        super().__init__("There is no such waiver. Open the list of waivers again.")


class WaiverAsked(Conflict):
    title = "A waiver is asked for already"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has already asked to waive this. It waits for somebody to decide.")


class WaiverDecided(Conflict):
    title = "This waiver is decided"

    def __init__(self) -> None:
        super().__init__("Somebody has already approved or turned down this waiver.")


class WaiverChanged(Conflict):
    title = "The amount has changed"

    def __init__(self, asked_cents: int, left_cents: int) -> None:
        super().__init__(
            f"{dollars(asked_cents)} was asked to be waived, but {dollars(left_cents)} is owed now. "
            "Turn this waiver down and ask again."
        )


class SecondPersonForWaiver(Forbidden):
    title = "Another person has to decide this"

    def __init__(self) -> None:
        super().__init__("You asked for this waiver, so somebody else has to approve it.")


class PaymentNotFound(NotFound):
    title = "Payment not found"

    def __init__(self) -> None:
        super().__init__("There is no such payment. Open what was owed again.")


class NotADishonourableCheque(Conflict):
    title = "This cheque cannot be dishonoured"
