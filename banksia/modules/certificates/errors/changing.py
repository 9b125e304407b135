"""What can go wrong when a paid order is changed or taken back."""

from banksia.kit.errors import Conflict, NotFound
from banksia.kit.words import dollars


class CancellationChanged(Conflict):
    """Another sum comes back than the person saw."""

    title = "What comes back has changed"

    def __init__(self, seen_cents: int | None, refund_cents: int) -> None:
        """Say both sums."""
        seen = f"you saw {dollars(seen_cents)}" if seen_cents is not None else "confirm that first"
        super().__init__(
            f"{dollars(refund_cents)} comes back when this order is cancelled now; {seen}. Look again, then cancel.",
            refund_cents=refund_cents,
        )


class UpgradeNotOffered(Conflict):
    """This certificate cannot become that one any more, or never could."""

    title = "This upgrade is not offered"

    def __init__(self) -> None:
        """Say when it is."""
        super().__init__(
            "A certificate can be upgraded until council starts work on it, where the council allows it. Open the "
            "order again to see what is offered now."
        )


class UpgradeFeeChanged(Conflict):
    """The difference is another than the person saw."""

    title = "The fees have changed"

    def __init__(self, seen_cents: int, amount_cents: int) -> None:
        """Say both sums."""
        super().__init__(
            f"The upgrade costs {dollars(amount_cents)} now; you saw {dollars(seen_cents)}. Look again, then pay.",
            amount_cents=amount_cents,
        )


class UpgradeNotFound(NotFound):
    """The order has no such upgrade."""

    title = "Upgrade not found"

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__("This order has no such upgrade. Open the order again to see what was asked for.")


class UpgradeNotOwed(Conflict):
    """What was paid for it went through, or it is no longer asked for."""

    title = "Nothing is to be paid for this upgrade"

    def __init__(self) -> None:
        """Say where the truth stands."""
        super().__init__("Open the order again: it says what is paid and what is owed.")
