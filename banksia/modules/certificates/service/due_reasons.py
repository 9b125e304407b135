"""Why a certificate is due on its day, told for its customer: cut-off, working days, closed days, stopped clock."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from banksia.modules.certificates.models import OPEN_STATES, LineTransition, OrderLine
from banksia.modules.certificates.service.states import UNPAID
from banksia.modules.certificates.service.working_days import (
    WorkingCalendar,
    clock_starts_on,
    due_on,
    local_day,
    state_holidays,
)

_SATURDAY = 5


def due_because(line: OrderLine, transitions: Iterable[LineTransition], calendar: WorkingCalendar) -> list[str]:
    """Say in sentences why an open line is due when it is; nothing for one that is ready or ended."""
    if line.state == "awaiting_payment" and line.queued_at is None:
        return [_if_paid(line)]
    if line.state not in OPEN_STATES or line.queued_at is None:
        return []
    stops = list(_stops(line, transitions, calendar.zone))
    reasons = [_start(line, line.queued_at, calendar)]
    from_payment = due_on(calendar, line.queued_at, turnaround_days=line.turnaround_days, cut_off=line.cut_off)
    first = clock_starts_on(calendar, line.queued_at, line.cut_off)
    if stops or line.due_on == from_payment:
        # What was promised otherwise, such as by an upgrade, is no sum of these days.
        closed = _closed_in_words(calendar, first, line.due_on)
        reasons += [f"Council is closed on {closed}."] if closed else []
    return reasons + stops


def _if_paid(line: OrderLine) -> str:
    days = _days(line.turnaround_days)
    return f"{days} from the payment. Paid after {_clock(line.cut_off)}, it counts from the next working day."


def _start(line: OrderLine, paid_at: datetime, calendar: WorkingCalendar) -> str:
    local = paid_at.astimezone(calendar.zone)
    counts_as = clock_starts_on(calendar, paid_at, line.cut_off)
    day_one, cut_off = _day(calendar.next_working_day(counts_as)), _clock(line.cut_off)
    paid = f"Paid {_day(local.date())} at {_clock(local.time())}"
    if counts_as == local.date():
        why = f"before {cut_off}, so day one is {day_one}"
    elif calendar.is_working_day(local.date()):
        why = f"after {cut_off}, so it counts as paid on {_day(counts_as)} and day one is {day_one}"
    else:
        why = f"when council was closed, so it counts as paid on {_day(counts_as)} and day one is {day_one}"
    return f"{paid}, {why}; {_days(line.turnaround_days)}."


def _closed_in_words(calendar: WorkingCalendar, after: date, until: date) -> str:
    """`25 to 28 Dec and 1 Jan`: the days between that would be working days, with the weekends that they enclose."""
    days = [after + timedelta(days=step) for step in range(1, (until - after).days + 1)]
    spans: list[list[date]] = []
    weekend: list[date] = []
    for day in days:
        if day.weekday() >= _SATURDAY and not _is_named(calendar, day):
            weekend.append(day)
            continue
        if not calendar.is_working_day(day):
            if spans and spans[-1][-1] == (weekend[0] if weekend else day) - timedelta(days=1):
                spans[-1] += [*weekend, day]
            else:
                spans.append([day])
        weekend = []
    spans = [span for span in spans if any(day.weekday() < _SATURDAY for day in span)]
    return _listed([_span(span[0], span[-1]) for span in spans])


def _is_named(calendar: WorkingCalendar, day: date) -> bool:
    return day in calendar.closed_days or day in state_holidays(day.year)


def _stops(line: OrderLine, transitions: Iterable[LineTransition], zone: ZoneInfo) -> Iterable[str]:
    """When the clock of this line stood still, and for what."""
    since: LineTransition | None = None
    for each in transitions:
        if each.line_id != line.id:
            continue
        if each.to_state == "on_hold" and since is None:
            since = each
        elif since is not None and each.to_state != "on_hold":
            yield _stop(since, each, zone)
            since = None
    if since is not None:
        yield f"The clock stands still since {_day(local_day(since.created_at, zone))}."


def _stop(since: LineTransition, until: LineTransition, zone: ZoneInfo) -> str:
    first, last = local_day(since.created_at, zone), local_day(until.created_at, zone)
    days = f"on {_day(first)}" if first == last else f"from {_day(first)} to {_day(last)}"
    return f"The clock stood still {days}, {_awaiting(since)}."


def _awaiting(since: LineTransition) -> str:
    return "while the payment was awaited again" if since.note == UNPAID else "while council waited for an answer"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def _span(first: date, last: date) -> str:
    if first == last:
        return f"{first.day} {first:%b}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{start} to {last.day} {last:%b}"


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _clock(at: time) -> str:
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'am' if at.hour < 12 else 'pm'}"
