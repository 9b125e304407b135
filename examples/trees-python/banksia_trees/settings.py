"""What each council decides about its register of trees."""

from decimal import Decimal

from pydantic import BaseModel, Field


class TreesSettings(BaseModel):
    """A council's rule for what belongs in the register."""

    significant_height_m: Decimal = Field(
        default=Decimal(5), ge=0, le=100, title="A tree is significant from this height on, in metres, or if protected"
    )
