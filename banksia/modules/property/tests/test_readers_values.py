"""Dates in every form that sources have."""

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banksia.modules.property.service.importing.readers.values import NoDateError, read_time

DATES = st.dates(datetime.date(1788, 1, 26), datetime.date(2899, 12, 31))
FORMS = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%Y%m%d",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d",
)


class TestReadTime:
    @given(DATES, st.sampled_from(FORMS))
    def test_a_date_comes_back_from_every_form(self, date: datetime.date, form: str) -> None:
        found = read_time(datetime.datetime.combine(date, datetime.time()).strftime(form))
        assert found
        assert (found.date(), found.tzinfo) == (date, datetime.UTC)

    @given(st.dates(datetime.date(1928, 1, 1), datetime.date(2173, 1, 1)))
    def test_excel_counts_days(self, date: datetime.date) -> None:
        found = read_time(str((date - datetime.date(1899, 12, 30)).days))
        assert found
        assert found.date() == date

    @given(st.datetimes(datetime.datetime(1976, 1, 1), datetime.datetime(2200, 1, 1)))  # noqa: DTZ001
    def test_the_state_counts_milliseconds(self, time: datetime.datetime) -> None:
        time = time.replace(tzinfo=datetime.UTC, microsecond=time.microsecond // 1000 * 1000)
        milliseconds = (time - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)) // datetime.timedelta(milliseconds=1)
        assert read_time(str(milliseconds)) == time

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("26/11/2004 7:43:44 PM", "2004-11-26 19:43:44+00:00"),
            ("2004-11-26T09:30:00+10:00", "2004-11-25 23:30:00+00:00"),
            ("2004-11-26 09:30", "2004-11-26 09:30:00+00:00"),
            ("1/7/99", "1999-07-01 00:00:00+00:00"),
            ("45292.5", "2024-01-01 12:00:00+00:00"),
        ],
    )
    def test_times_are_kept(self, text: str, found: str) -> None:
        assert str(read_time(text)) == found

    @pytest.mark.parametrize("text", ["", "32503680000000", "1/01/3000", "31/12/9999", "null", "0", "00/00/0000"])
    def test_what_has_no_end_is_none(self, text: str) -> None:
        assert read_time(text) is None

    @pytest.mark.parametrize("text", ["soon", "31/02/2024", "13/13/2024", "2024", "1/1/1066", "99/99/99 99:99"])
    def test_what_is_no_date_says_so(self, text: str) -> None:
        with pytest.raises(NoDateError):
            read_time(text)

    @given(st.text(max_size=30))
    def test_no_text_raises_anything_else(self, text: str) -> None:
        with contextlib.suppress(NoDateError):
            read_time(text)
