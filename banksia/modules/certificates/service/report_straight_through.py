"""How many certificates of a period went out without an officer, why the others did not, and the time that saved."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from banksia.modules.certificates.queries import straight_through_report as queries
from banksia.modules.certificates.queries.reports import CountedDays, Span
from banksia.modules.certificates.schemas.reports import OfficerReason, StraightThroughProduct, StraightThroughReport
from banksia.modules.certificates.service.straight_through.reporting import TITLES

NOT_ASKED, NOT_ASKED_TITLE = "not_asked", "It was not set to go out by itself"


def report_straight_through(
    session: Session, span: Span, counted: CountedDays, titles: Mapping[str, str]
) -> StraightThroughReport:
    """Report on what was first issued in a period, either way.

    What went out without an officer saved, for each, the working hours that officers took for the same certificate
    (half of theirs took no longer), or those promised where officers issued none, less what it took itself.
    """
    rows = {row[0]: row for row in session.execute(queries.issued_either_way(span, counted))}
    known = [code for code in titles if code in rows]
    codes = [*known, *sorted(code for code in rows if code is not None and code not in titles)]
    products = [_product(code, titles.get(code, code), rows[code]) for code in codes]
    reasons = session.execute(queries.reasons_of_officers(span, counted)).all()
    counted_reasons = [_reason(code, count) for code, count in reasons]
    return StraightThroughReport(
        products=products,
        total=_product("", "Total", rows[None]).model_copy(
            update={"saved_hours": round(sum(each.saved_hours for each in products), 1), "saved_against": None}
        ),
        reasons=sorted(counted_reasons, key=lambda each: (-each.count, each.title)),
    )


def _product(code: str, title: str, row: Any) -> StraightThroughProduct:
    _, issued, alone, seconds, officer_seconds, officer_hours, hours, promised_days = row
    by_officers = officer_hours is not None
    usual = alone * officer_hours if by_officers else (promised_days or 0) * queries.HOURS_A_DAY
    return StraightThroughProduct(
        product=code,
        title=title,
        issued=issued,
        without_officer=alone,
        median_minutes=_minutes(seconds),
        officer_median_minutes=_minutes(officer_seconds),
        officer_median_hours=None if officer_hours is None else round(officer_hours, 1),
        saved_hours=round(max(0.0, usual - (hours or 0)), 1),
        saved_against=("officers" if by_officers else "promise") if alone else None,
    )


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 1)


def _reason(code: str | None, count: int) -> OfficerReason:
    if code is None:
        return OfficerReason(code=NOT_ASKED, title=NOT_ASKED_TITLE, count=count)
    return OfficerReason(code=code, title=TITLES.get(code, code), count=count)  # type: ignore[call-overload]  # only these are written
