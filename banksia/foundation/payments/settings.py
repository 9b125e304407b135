"""What a council decides about money."""

import re

from pydantic import BaseModel, Field, field_validator

_ADDRESS = re.compile(r"[^@\s,;]+@[^@\s,;]+")


class PaymentsSettings(BaseModel):
    """A council's own settings of payments."""

    refund_approval_from_cents: int = Field(
        50_000, ge=0, title="Second person from", description="Refunds of this amount or more need another person."
    )
    receipt_prefix: str = Field("R-", max_length=10, title="Receipt prefix")
    receipt_note: str = Field("", max_length=500, title="Note on receipts")
    alert_email: str = Field(
        "",
        max_length=1000,
        title="Alerts go to",
        description="Told when money needs review or the books do not add up: one or more email addresses, "
        "with commas between them; empty means the council's own address.",
    )
    takes_card: bool = Field(
        True, title="Take cards online", description="Off, nobody can pay on a page of the payment provider."
    )
    takes_cash: bool = Field(True, title="Take cash at the counter")
    takes_eftpos: bool = Field(True, title="Take EFTPOS at the counter")
    takes_cheque: bool = Field(True, title="Take cheques at the counter")
    takes_account: bool = Field(
        True, title="Let firms buy on account", description="Only firms that have an account with the council."
    )
    surcharge_gl_code: str = Field(
        "",
        max_length=40,
        pattern=r"^\S*$",
        title="Code for surcharges",
        description="Of the general ledger; empty, surcharges have a row of their own in reports and no code in the "
        "journal.",
    )
    unpaid_expires_after_days: int = Field(
        28, ge=1, le=365, title="Unpaid orders expire after", description="Days without payment."
    )

    @field_validator("alert_email")
    @classmethod
    def _addresses(cls, given: str) -> str:
        """Addresses with commas between them; one alone is what older settings hold."""
        pieces = [piece.strip() for piece in given.split(",") if piece.strip()]
        if not all(_ADDRESS.fullmatch(piece) for piece in pieces):
            message = "Enter email addresses with commas between them."
            raise ValueError(message)
        return ", ".join(pieces)

    @property
    def alert_addresses(self) -> list[str]:
        """Who is told; nobody named means the council's own address."""
        return [piece for piece in self.alert_email.split(", ") if piece]
