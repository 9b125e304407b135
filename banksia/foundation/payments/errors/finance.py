"""What can stand in the way of accounts, codes of the general ledger, reports and checks."""

from banksia.kit.errors import Conflict, Invalid, NotFound
from banksia.kit.words import dollars


class AccountNotFound(NotFound):
    title = "Account not found"

    def __init__(self) -> None:
        super().__init__("There is no such account. Open the list of accounts again.")


class AccountCodeTaken(Conflict):
    title = "Another account has this code"

    def __init__(self, code: str) -> None:
        super().__init__(f"Another account is called {code} already. Give this one its own code.")


class AccountClosed(Conflict):
    title = "This account is closed"

    def __init__(self, name: str) -> None:
        super().__init__(f"The account of {name} is closed, so nothing more goes on it. Take the payment another way.")


class AccountOwes(Conflict):
    title = "This account still owes money"

    def __init__(self, name: str, balance_cents: int) -> None:
        what = f"owes {dollars(balance_cents)}" if balance_cents > 0 else f"is owed {dollars(-balance_cents)}"
        super().__init__(f"{name} {what}. Settle that first, then close the account.")


class CreditLimitReached(Conflict):
    title = "The account's limit is reached"

    def __init__(self, name: str, limit_cents: int, left_cents: int) -> None:
        super().__init__(
            f"{name} may owe {dollars(limit_cents)}, and {dollars(max(left_cents, 0))} of it is left. "
            "Take the payment another way, or ask finance to raise the limit."
        )


class AccountPaymentNotFound(NotFound):
    title = "Account payment not found"

    def __init__(self) -> None:
        super().__init__("There is no such payment of this account. Open the account again.")


class AccountPaymentNotCheque(Conflict):
    title = "Only a cheque can come back"

    def __init__(self) -> None:
        super().__init__("This was not paid by cheque, so it cannot be dishonoured.")


class AccountPaymentDishonoured(Conflict):
    title = "This cheque has come back already"

    def __init__(self) -> None:
        super().__init__("Somebody has already recorded that this cheque came back. The account owes its amount again.")


class AccountBalanceChanged(Conflict):
    title = "The balance has changed"

    def __init__(self, seen_cents: int, balance_cents: int) -> None:
        super().__init__(
            f"You saw {dollars(seen_cents)} owed, but it is {dollars(balance_cents)} now. "
            "Nothing was recorded. Look at the account again.",
            balance_cents=balance_cents,
        )


class AccountHasNoEmail(Conflict):
    title = "The account has no email address"

    def __init__(self, name: str) -> None:
        super().__init__(f"Enter the email address of {name} first, or print the statement.")


class GlCodeNotFound(NotFound):
    title = "Code not found"

    def __init__(self) -> None:
        super().__init__("There is no such code of the general ledger. Open the list of codes again.")


class GlCodeTaken(Conflict):
    title = "This code is there already"

    def __init__(self, code: str) -> None:
        super().__init__(f"The general-ledger code {code} is in the list already.")


class PeriodInvalid(Invalid):
    title = "Choose another period"

    def __init__(self, message: str) -> None:
        super().__init__(message, errors=[{"field": "until", "message": message}])
