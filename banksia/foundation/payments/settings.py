"""What a council decides about money."""

from pydantic import BaseModel, Field


class PaymentsSettings(BaseModel):
    """A council's own settings of payments."""

    refund_approval_from_cents: int = Field(
        50_000, ge=0, title="Second person from", description="Refunds of this amount or more need another person."
    )
    receipt_prefix: str = Field("R-", max_length=10, title="Receipt prefix")
    receipt_note: str = Field("", max_length=500, title="Note on receipts")
    alert_email: str = Field(
        "",
        max_length=200,
        title="Alerts go to",
        description="Told when money needs review; empty means the council's own address.",
    )
    unpaid_expires_after_days: int = Field(
        28, ge=1, le=365, title="Unpaid orders expire after", description="Days without payment."
    )
