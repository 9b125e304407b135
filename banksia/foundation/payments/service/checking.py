"""Running the checks of the books of every module, keeping how they stand, and telling people once when one turns."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url, enabled_modules
from banksia.foundation.payments.models import BooksCheck
from banksia.foundation.payments.queries import finance as queries
from banksia.foundation.payments.schemas.checks import CheckRead, ChecksRead, FindingRead
from banksia.foundation.payments.service.alerting import alert_addresses
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of
from banksia.kit.models import new_id
from banksia.kit.module import MOST_FINDINGS, Check, Finding

EXAMPLES = 20
"""How many of what is found are kept and shown; more do not help anybody to find the cause."""
CHECKS_PAGE = "/payments/staff/checks"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Named:
    """A check with the name under which it is kept: the module's and its own."""

    name: str
    module: str
    check: Check


def check_books(transactions: Transactions) -> ChecksRead:
    """Run every check of the council's modules, each in a transaction of its own; call it outside any transaction.

    One that breaks down counts as failing, with that as what was found: silence would look like good news.
    """
    with transactions() as session:
        checks = _checks_of(session)
    for each in checks:
        findings = _findings(transactions, each)
        with transactions() as session:
            _keep(session, each, findings)
    with transactions() as session:
        return checks_read(session)


def check_now(transactions: Transactions) -> ChecksRead:
    """The same because a person asked for it."""
    with transactions() as session:
        audit.record(session, transactions.actor, "payments.books_checked")
    return check_books(transactions)


def _checks_of(session: Session) -> list[_Named]:
    """The checks of the modules that the council uses."""
    used = enabled_modules(session)
    return [
        _Named(f"{module.name}.{check.name}", module.name, check)
        for module in platform_of(session).modules
        if module.always_on or module.name in used
        for check in module.checks
    ]


def _findings(transactions: Transactions, named: _Named) -> list[Finding]:
    try:
        with transactions() as session:
            return named.check.find(session)[:MOST_FINDINGS]
    except Exception:  # noqa: BLE001  (whatever it is, the check did not say that all is well)
        _log.exception("payments.check_broke_down", check=named.name)
        return [Finding("This check broke down and could not be finished; the log says why.", CHECKS_PAGE)]


def _keep(session: Session, named: _Named, findings: list[Finding]) -> None:
    """Note how it stands; when it turned, tell people in the same transaction, so once."""
    row = _locked_row(session, named.name)
    now, was_failing = utc_now(), row.failing_since
    row.found, row.checked_at = len(findings), now
    row.examples = [asdict(finding) for finding in findings[:EXAMPLES]]
    row.failing_since = (was_failing or now) if findings else None
    if (was_failing is None) == (not findings):
        return
    audit.record(
        session,
        Actor.system(row.organisation_id),
        "payments.check_failed" if findings else "payments.check_passed",
        detail={"check": named.name, "found": len(findings)},
    )
    if findings:
        _log.error("payments.check_failed", check=named.name, found=len(findings))
    _tell(session, named.check, row, turned_at=row.failing_since or now)


def _locked_row(session: Session, name: str) -> BooksCheck:
    """The check's row, locked, so that two runs at once see one turn and not two."""
    organisation_id = organisation_id_of(session)
    values = {"id": new_id(), "created_at": utc_now(), "organisation_id": organisation_id, "name": name}
    fresh: dict[str, Any] = {"found": 0, "examples": [], "checked_at": utc_now()}
    session.execute(
        insert(BooksCheck).values(values | fresh).on_conflict_do_nothing(index_elements=["organisation_id", "name"])
    )
    statement = queries.checks_of(organisation_id).where(BooksCheck.name == name)
    return session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one()


def _tell(session: Session, check: Check, row: BooksCheck, *, turned_at: datetime) -> None:
    failing = row.failing_since is not None
    for to in alert_addresses(session):
        send_mail(
            session,
            template="payments/check_failed" if failing else "payments/check_passed",
            to=to,
            context={
                "title": check.title,
                "explanation": check.explanation,
                "found": row.found,
                "most": MOST_FINDINGS,
                "examples": row.examples[:5],
                "link": council_url(session, CHECKS_PAGE),
            },
            dedupe_key=f"payments.check:{row.name}:{failing}:{turned_at.isoformat()}:{to}",
        )


def checks_read(session: Session) -> ChecksRead:
    """How every check of the council's modules stands; one that never ran is neither."""
    rows = {row.name: row for row in session.scalars(queries.checks_of(organisation_id_of(session)))}
    modules = platform_of(session).modules
    checks = [_read(named, rows.get(named.name), modules[named.module].title) for named in _checks_of(session)]
    return ChecksRead(checks=sorted(checks, key=lambda each: each.failing_since is None))


def _read(named: _Named, row: BooksCheck | None, module_title: str) -> CheckRead:
    return CheckRead(
        name=named.name,
        module=module_title,
        title=named.check.title,
        explanation=named.check.explanation,
        found=row.found if row else 0,
        found_at_most=MOST_FINDINGS,
        examples=[FindingRead.model_validate(example) for example in row.examples] if row else [],
        checked_at=row.checked_at if row else None,
        failing_since=row.failing_since if row else None,
    )


def checks_widget(session: Session, _actor: Actor) -> dict[str, Any]:
    """How many checks fail, for the dashboard."""
    failing = queries.failing_checks(organisation_id_of(session))
    names = {named.name for named in _checks_of(session)}
    count = sum(1 for row in session.scalars(failing) if row.name in names)
    return {"counts": [{"label": "Checks that fail", "count": count, "to": CHECKS_PAGE, "alert": True}]}
