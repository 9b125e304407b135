"""What each council decides about property files."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class FilesSettings(BaseModel):
    """Settings of the module files for one council."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    attach_up_to_megabytes: Annotated[
        int, Field(ge=1, le=25, title="Attach documents up to this size to a mail, in MB; larger ones go as a link")
    ] = 10
    link_days: Annotated[int, Field(ge=1, le=90, title="For how many days a link to documents works")] = 14
    isolation_days: Annotated[
        int, Field(ge=90, le=730, title="For how many days a removed document can be restored")
    ] = 90
