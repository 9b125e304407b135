"""How long a customer can download an issued certificate again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import current_organisation, module_settings
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.errors import DownloadOver
from banksia.modules.certificates.permissions import ORDERS_READ
from banksia.modules.certificates.service.working_days import SYDNEY, local_day
from banksia.modules.certificates.settings import CertificatesSettings


@dataclass(frozen=True)
class DownloadRule:
    """The council's period for one reader, on one of its days."""

    days: int | None
    """After the day of issue; None is always."""
    today: date
    always: bool
    """Staff need no period."""
    zone: ZoneInfo = SYDNEY
    """Where the council's days are read."""
    contact: str = ""

    @classmethod
    def for_staff(cls) -> "DownloadRule":
        """No period at all."""
        return cls(days=None, today=date.min, always=True)

    def ends_on(self, issued_at: datetime) -> date | None:
        """The last day on which its customer can download it."""
        return None if self.days is None else local_day(issued_at, self.zone) + timedelta(days=self.days)

    def allows(self, issued_at: datetime) -> bool:
        """Whether this reader can download it today."""
        last_on = self.ends_on(issued_at)
        return self.always or last_on is None or self.today <= last_on

    def expect(self, issued_at: datetime) -> None:
        """Raise DownloadOver unless this reader can download it today."""
        last_on = self.ends_on(issued_at)
        if last_on is not None and not self.allows(issued_at):
            raise DownloadOver(last_on, self.contact)


def download_rule(session: Session, actor: Actor) -> DownloadRule:
    """The rule for whoever acts; who sees the council's orders is staff."""
    council = current_organisation(session)
    zone = ZoneInfo(council.time_zone)
    return DownloadRule(
        days=module_settings(session, CertificatesSettings).download_days,
        today=local_day(utc_now(), zone),
        always=actor.may(ORDERS_READ),
        zone=zone,
        contact=" or ".join(filter(None, (council.phone, council.email))),
    )
