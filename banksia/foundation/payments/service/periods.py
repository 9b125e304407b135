"""Days of the council as moments: from the first second of the first day to the last of the last."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import current_organisation
from banksia.foundation.payments.errors.finance import PeriodInvalid

LONGEST_DAYS = 1100
"""Three years and a little: enough to compare a year with the two before."""


@dataclass(frozen=True)
class Period:
    """Some days of a council, both ends included."""

    from_on: datetime.date
    until_on: datetime.date
    time_zone: str

    @property
    def start(self) -> datetime.datetime:
        """The first moment of the first day."""
        return self._midnight(self.from_on)

    @property
    def end(self) -> datetime.datetime:
        """The first moment after the last day."""
        return self._midnight(self.until_on + datetime.timedelta(days=1))

    def day_of(self, moment: datetime.datetime) -> datetime.date:
        """The council's day of a moment."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()

    def _midnight(self, day: datetime.date) -> datetime.datetime:
        local = datetime.datetime.combine(day, datetime.time.min, tzinfo=ZoneInfo(self.time_zone))
        return local.astimezone(datetime.UTC)


def period_of(
    session: Session, from_on: datetime.date, until_on: datetime.date, *, longest_days: int = LONGEST_DAYS
) -> Period:
    """The days in the council's own time zone. Raises PeriodInvalid when they are none, too many or not of this age."""
    if until_on < from_on:
        message = "The last day lies before the first."
        raise PeriodInvalid(message)
    if (until_on - from_on).days >= longest_days:
        message = f"Choose at most {longest_days} days."
        raise PeriodInvalid(message)
    if not 2000 <= from_on.year <= until_on.year <= 2200:
        message = "Choose days between 2000 and 2200."
        raise PeriodInvalid(message)
    return Period(from_on, until_on, current_organisation(session).time_zone)
