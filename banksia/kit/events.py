"""What modules tell each other: an event is a named fact in the past tense, heard after the commit."""

import re
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from banksia.kit.models import module_of


class Event(BaseModel):
    """Base of every event; declared in a module's events.py, its name is the module's and the class's.

    `CertificateIssued` of the module certificates is `certificates.certificate_issued`.
    """

    model_config = ConfigDict(frozen=True)
    name: ClassVar[str] = ""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Name the event after its module and class."""
        cls.name = f"{module_of(cls.__module__)}.{re.sub(r'(?<!^)(?=[A-Z])', '_', cls.__name__).lower()}"
