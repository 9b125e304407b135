"""Working days: what the calendar of New South Wales says, and what must hold for any day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banksia.modules.certificates.service.working_days import (
    SYDNEY,
    WorkingCalendar,
    clock_starts_on,
    due_on,
    local_day,
    working_days_left,
)

STATE = WorkingCalendar()
CUT_OFF = time(15)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
calendars = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20).map(WorkingCalendar)


def sydney(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SYDNEY)


class TestIsWorkingDay:
    @pytest.mark.parametrize(
        "day",
        [
            date(2026, 1, 26),  # Australia Day
            date(2026, 4, 3),  # Good Friday
            date(2026, 4, 6),  # Easter Monday
            date(2026, 6, 8),  # King's Birthday
            date(2026, 10, 5),  # Labour Day
            date(2026, 12, 25),
            date(2026, 12, 28),  # Boxing Day, 26 December being a Saturday
            date(2026, 11, 21),  # a Saturday
        ],
    )
    def test_no_on_weekends_and_public_holidays(self, day: date) -> None:
        assert not STATE.is_working_day(day)

    @pytest.mark.parametrize(
        "day",
        [
            date(2026, 11, 23),
            date(2026, 8, 3),  # the bank holiday closes banks only
            date(2026, 11, 3),  # Melbourne Cup is Victoria's
        ],
    )
    def test_yes_on_other_days(self, day: date) -> None:
        assert STATE.is_working_day(day)

    def test_no_on_the_councils_own_days(self) -> None:
        assert not WorkingCalendar.closed_on([date(2026, 11, 24)], SYDNEY).is_working_day(date(2026, 11, 24))


class TestDueOn:
    @pytest.mark.parametrize(
        ("turnaround_days", "expected"),
        [(1, date(2026, 11, 24)), (3, date(2026, 11, 26)), (5, date(2026, 11, 30)), (7, date(2026, 12, 2))],
    )
    def test_counts_working_days_after_a_monday_morning(self, turnaround_days: int, expected: date) -> None:
        assert due_on(STATE, sydney(2026, 11, 23), turnaround_days=turnaround_days, cut_off=CUT_OFF) == expected

    def test_the_cut_off_itself_is_in_time_and_a_second_later_is_not(self) -> None:
        at = sydney(2026, 11, 23, 15)
        assert clock_starts_on(STATE, at, CUT_OFF) == date(2026, 11, 23)
        assert clock_starts_on(STATE, at + timedelta(seconds=1), CUT_OFF) == date(2026, 11, 24)

    def test_friday_afternoon_counts_from_monday(self) -> None:
        assert due_on(STATE, sydney(2026, 11, 20, 16), turnaround_days=1, cut_off=CUT_OFF) == date(2026, 11, 24)

    def test_the_day_is_the_councils_and_not_utc(self) -> None:
        at = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)  # Monday 9 am in Sydney, Sunday night in UTC
        assert local_day(at, SYDNEY) == date(2026, 11, 23)
        assert due_on(STATE, at, turnaround_days=1, cut_off=CUT_OFF) == date(2026, 11, 24)

    def test_the_hour_of_the_cut_off_follows_daylight_saving(self) -> None:
        assert clock_starts_on(STATE, datetime(2026, 11, 23, 4, 30, tzinfo=UTC), CUT_OFF) == date(2026, 11, 24)
        assert clock_starts_on(STATE, datetime(2026, 6, 22, 4, 30, tzinfo=UTC), CUT_OFF) == date(2026, 6, 22)

    def test_skips_christmas_and_the_councils_shutdown(self) -> None:
        shutdown = WorkingCalendar.closed_on((date(2026, 12, 29) + timedelta(days=step) for step in range(3)), SYDNEY)
        at = sydney(2026, 12, 24)
        assert due_on(STATE, at, turnaround_days=1, cut_off=CUT_OFF) == date(2026, 12, 29)
        assert due_on(shutdown, at, turnaround_days=1, cut_off=CUT_OFF) == date(2027, 1, 4)

    @given(
        calendar=calendars, day=st.dates(date(2026, 1, 1), date(2026, 12, 1)), hour=st.times(), count=st.integers(1, 30)
    )
    def test_is_a_working_day_after_the_payment_and_never_earlier_for_a_later_one(
        self, calendar: WorkingCalendar, day: date, hour: time, count: int
    ) -> None:
        paid_at = datetime.combine(day, hour, UTC)
        due = due_on(calendar, paid_at, turnaround_days=count, cut_off=CUT_OFF)
        assert calendar.is_working_day(due)
        assert due > local_day(paid_at, SYDNEY)
        later = due_on(calendar, paid_at + timedelta(hours=7), turnaround_days=count, cut_off=CUT_OFF)
        assert later >= due


class TestCounting:
    @given(calendar=calendars, day=days, count=st.integers(1, 60))
    def test_between_undoes_add(self, calendar: WorkingCalendar, day: date, count: int) -> None:
        assert calendar.between(day, calendar.add(day, count)) == count

    @given(calendar=calendars, start=days, many=st.integers(0, 800))
    def test_between_counts_each_day(self, calendar: WorkingCalendar, start: date, many: int) -> None:
        after = [start + timedelta(days=step) for step in range(1, many + 1)]
        assert calendar.between(start, start + timedelta(days=many)) == sum(map(calendar.is_working_day, after))

    @given(start=days, end=days)
    def test_between_is_antisymmetric(self, start: date, end: date) -> None:
        assert STATE.between(start, end) == -STATE.between(end, start)

    @pytest.mark.parametrize("count", [0, -1, 251])
    def test_add_refuses_what_is_no_turnaround(self, count: int) -> None:
        with pytest.raises(ValueError, match="1 to 250 working days"):
            STATE.add(date(2026, 11, 23), count)


class TestWorkingDaysLeft:
    @pytest.mark.parametrize(
        ("due", "left"),
        [
            (date(2026, 11, 18), -3),
            (date(2026, 11, 20), -1),
            (date(2026, 11, 23), 0),
            (date(2026, 11, 24), 1),
            (date(2026, 11, 30), 5),
        ],
    )
    def test_says_how_late_or_how_long(self, due: date, left: int) -> None:
        assert working_days_left(STATE, date(2026, 11, 23), due) == left

    def test_on_saturday_what_was_due_on_friday_is_late(self) -> None:
        assert working_days_left(STATE, date(2026, 11, 21), date(2026, 11, 20)) == -1

    @given(calendar=calendars, today=days, due=days)
    def test_is_zero_on_the_due_day_only(self, calendar: WorkingCalendar, today: date, due: date) -> None:
        left = working_days_left(calendar, today, due)
        assert (left == 0) == (due == today)
        assert (left < 0) == (due < today)
