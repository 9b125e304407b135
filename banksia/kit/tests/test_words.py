"""Days, sums and cells as people and spreadsheets read them."""

from datetime import date

import pytest

from banksia.kit.words import day_in_words, dollars, harmless


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "$0.00"),
        (6900, "$69.00"),
        (123456, "$1,234.56"),
        (-5, "-$0.05"),
        (-123456, "-$1,234.56"),
        (100_000_00, "$100,000.00"),
    ],
)
def test_a_sum_has_cents_always(cents: int, text: str) -> None:
    assert dollars(cents) == text


def test_a_day_has_no_leading_zero() -> None:
    assert day_in_words(date(2026, 8, 3)) == "3 August 2026"


@pytest.mark.parametrize(
    ("cell", "kept"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5"), ("1/7 Mort St", "1/7 Mort St"), ("", "")]
)
def test_a_spreadsheet_runs_no_cell(cell: str, kept: str) -> None:
    assert harmless(cell) == kept
