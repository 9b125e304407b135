"""What modules tell each other: an event is a named fact in the past tense, heard after the commit."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

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


class RemoteEvent(Event):
    """What a remote module told: its name and its data, which fit the schema in its manifest."""

    type: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Heard:
    """An event as whoever hears all of them gets it."""

    id: uuid.UUID
    """The same however often it is told."""
    name: str
    data: dict[str, Any]
    occurred_at: datetime


@dataclass(frozen=True)
class EveryEvent:
    """Hears the events of all modules, for whoever stands outside; what nobody wants makes no work."""

    wants: Callable[[Session, str], bool]
    """Asked by the event's name, in the transaction that finds its listeners."""
    hear: Callable[[Session, Heard], None]
