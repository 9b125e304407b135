"""A condition that takes a whole list as one value."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, literal
from sqlalchemy.orm import InstrumentedAttribute


def among(column: InstrumentedAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column is one of these values.

    `column.in_(values)` writes one parameter for each value: every length of list is a statement of its own, which is
    written, parsed and planned anew. This is one statement for all lists, prepared like any other, and the same index
    serves it.
    """
    return column == any_(literal(list(values), ARRAY(column.type)))
