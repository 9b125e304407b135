"""What an import reports besides its counts: samples of records, and what is suspicious in the file."""

from typing import Any, Final

from banksia.modules.property.queries import reporting as queries
from banksia.modules.property.service.importing.applying import Applying

Finding = dict[str, Any]
SHARE_OF_ROWS = 20
"""One row in so many that is rejected, repeated or without a parcel makes a file suspicious."""
_FOUND_IN_FILE: Final = (
    (
        "impossible_numbers",
        queries.IMPOSSIBLE_NUMBERS,
        "{count} {rows} an impossible street number, range or area.",
    ),
    ("impossible_validity", queries.IMPOSSIBLE_VALIDITY, "{count} {rows} an end before its beginning."),
    ("far_points", queries.FAR_POINTS, "{count} {rows} coordinates far away from all others."),
)


def findings_of(applying: Applying, counts: dict[str, int], *, file_format: str) -> list[Finding]:
    """What is suspicious, most serious first."""
    return [
        *_ended(applying, counts),
        *_rejected(counts),
        *_in_file(applying),
        *_orphans(applying, file_format),
    ]


def _ended(applying: Applying, counts: dict[str, int]) -> list[Finding]:
    """More of the source's records would end than it allows."""
    ended = sum(counts.get(f"{name}_ended", 0) for name in ("addresses", "parcels", "assessments"))
    if not applying.owned or ended * 100 <= applying.owned * applying.source.ended_percent_limit:
        return []
    share = min(100, round(ended * 100 / applying.owned))
    message = (
        f"{ended:,} of the source's {applying.owned:,} records are no longer listed ({share}%, the limit is"
        f" {applying.source.ended_percent_limit}%) and would end."
    )
    return [{"code": "many_ended", "message": message, "count": ended, "examples": []}]


def _rejected(counts: dict[str, int]) -> list[Finding]:
    rows, rejected = counts["rows"], counts["rejected"]
    if rejected * SHARE_OF_ROWS <= rows:
        return []
    message = f"{rejected:,} of {rows:,} rows cannot be taken. Look into the list of rejected rows."
    return [{"code": "many_rejected", "message": message, "count": rejected, "examples": []}]


def rejected_findings(counts: dict[str, int]) -> list[Finding]:
    """What is suspicious about a file of owners or attributes."""
    found = _rejected(counts)
    unmatched = sum(count for name, count in counts.items() if name.endswith("_unmatched"))
    if unmatched * SHARE_OF_ROWS > counts["rows"]:
        message = f"{unmatched:,} of {counts['rows']:,} rows name a parcel or assessment that is not known here."
        found.append({"code": "orphans", "message": message, "count": unmatched, "examples": []})
    return found


def _in_file(applying: Applying) -> list[Finding]:
    found = []
    for code, query, words in _FOUND_IN_FILE:
        row = applying.rows(query)[0]
        if row["count"]:
            rows = "row has" if row["count"] == 1 else "rows have"
            found.append(_finding(code, words.format(count=f"{row['count']:,}", rows=rows), row))
    repeated = applying.rows(queries.REPEATED)[0]
    if repeated["count"] * SHARE_OF_ROWS > applying.staged:
        words = f"{repeated['count']:,} rows repeat an address that the file has already, without a parcel."
        found.append(_finding("repeated", words, repeated))
    twice = applying.rows(queries.TWO_ASSESSMENTS)[0]
    if twice["count"]:
        words = f"{twice['count']:,} parcels are in two assessments of the file."
        found.append(_finding("two_assessments", words, twice))
    return found


def _orphans(applying: Applying, file_format: str) -> list[Finding]:
    """Rows that lack what most rows of the file have, and lots that the council does not know."""
    found = []
    unknown = applying.rows(queries.UNKNOWN_PARCELS)[0]
    if unknown["count"]:
        words = f"{unknown['count']:,} rows name a lot by a number that is not known here."
        found.append(_finding("unknown_parcels", words, unknown))
    shape = applying.rows(queries.SHAPE_OF_FILE)[0]
    if file_format == "csv" and shape["with_parcel"] * 2 > shape["rows"]:
        orphans = applying.rows(queries.ORPHANS)[0]
        if orphans["count"] * SHARE_OF_ROWS > shape["rows"]:
            words = f"{orphans['count']:,} rows have neither a parcel nor an assessment, as the others have."
            found.append(_finding("orphans", words, orphans))
    return found


def _finding(code: str, message: str, row: dict[str, Any]) -> Finding:
    return {"code": code, "message": message, "count": int(row["count"]), "examples": row["examples"]}


def samples_of(applying: Applying) -> dict[str, list[dict[str, Any]]]:
    """The first records of each kind."""
    new = [{**row, "before": {}, "after": {}} for row in applying.rows(queries.NEW_SAMPLES)]
    return {
        "new": new,
        "changed": [_sample(row) for row in applying.rows(queries.CHANGED_SAMPLES)],
        "ended": [_sample(row) for row in applying.rows(queries.ENDED_SAMPLES)],
    }


def _sample(row: dict[str, Any]) -> dict[str, Any]:
    return row | {side: {name: _said(value) for name, value in row[side].items()} for side in ("before", "after")}


def _said(value: Any) -> str | None:
    return None if value is None else str(value)
