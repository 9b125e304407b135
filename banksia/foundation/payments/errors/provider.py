"""What can stand in the way at the provider: keys, disputes, reconciliation."""

from banksia.kit.errors import Conflict, Invalid, NotFound, Unavailable


class SecretKeyMissing(Conflict):
    title = "Keys cannot be kept safely here"

    def __init__(self) -> None:
        super().__init__(
            "This installation has no secret key, so a provider's keys cannot be sealed. Nothing was saved. "
            "Its operator has to set BANKSIA_SECRET_KEY."
        )


class ProviderKeyRefused(Invalid):
    title = "The provider does not accept this key"

    def __init__(self, said: str) -> None:
        message = f"The provider does not accept this key. Copy the secret key again. {said}".strip()
        super().__init__(message, errors=[{"field": "secret_key", "message": message}])


class ProviderNotAnswering(Unavailable):
    title = "The payment provider does not answer"

    def __init__(self) -> None:
        super().__init__("The payment provider does not answer, so nothing was changed. Try again in a few minutes.")


class PagesStillOpen(Conflict):
    title = "Payment pages are still open"

    def __init__(self, count: int) -> None:
        pages = "1 payment page is" if count == 1 else f"{count} payment pages are"
        super().__init__(
            f"{pages} still open with the present account, and somebody may pay there. Nothing was changed. "
            "Pages close by themselves within a day; try again then."
        )


class RefundsUnderWay(Conflict):
    title = "Refunds are under way"

    def __init__(self, count: int) -> None:
        refunds = "1 refund is" if count == 1 else f"{count} refunds are"
        super().__init__(
            f"{refunds} under way with the present account, and only its keys can tell how it ends. Nothing was "
            "changed. Look under Refunds, On their way, and try again when none is left."
        )


class ProviderAccountMissing(NotFound):
    title = "No keys of your own"

    def __init__(self) -> None:
        super().__init__("This council has saved no keys of its own. Save them first.")


class DisputeNotFound(NotFound):
    title = "Dispute not found"

    def __init__(self) -> None:
        super().__init__("There is no such dispute. Open the list of disputes again.")


class PayoutNotFound(NotFound):
    title = "Payout not found"

    def __init__(self) -> None:
        super().__init__("There is no such payout. Open the list of payouts again.")


class RunNotFound(NotFound):
    title = "Reconciliation not found"

    def __init__(self) -> None:
        super().__init__("There is no such reconciliation. Open the list again.")


class ReconciliationRunning(Conflict):
    title = "A reconciliation is running"

    def __init__(self) -> None:
        super().__init__("The books are being compared at this moment. The result appears here when it is done.")
