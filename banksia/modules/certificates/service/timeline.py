"""How an order came along and what lies ahead, told for its customer."""

import uuid
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from banksia.kit.words import dollars
from banksia.modules.certificates.models import OPEN_STATES, LineTransition, LineUpgrade, Order, OrderLine
from banksia.modules.certificates.schemas.orders import TimelineEntry
from banksia.modules.certificates.schemas.straight_through import StraightThroughRead
from banksia.modules.certificates.service.states import UNPAID
from banksia.modules.certificates.service.steps import is_kept

NO_DECISIONS: Mapping[uuid.UUID, StraightThroughRead] = MappingProxyType({})


def timeline_of(
    order: Order,
    transitions: Sequence[LineTransition],
    money: str,
    upgrades: Sequence[LineUpgrade] = (),
    decided: Mapping[uuid.UUID, StraightThroughRead] = NO_DECISIONS,
) -> list[TimelineEntry]:
    """Return the steps of an order, oldest first, then what is happening and what is to come.

    `decided` is for staff: what was decided about issuing its lines without an officer. A customer sees none of it.
    """
    lines = {line.id: line for line in order.lines}
    steps = [_done("placed", "Order placed", order.created_at, _who_lodged(order))]
    if order.queued_at:
        steps.append(_done("paid", "Paid", order.queued_at))
    work_began = False
    for transition in transitions:
        begins = transition.from_state == "queued" and transition.to_state in ("assigned", "on_hold")
        if begins and not work_began:
            work_began = True
            steps.append(_done("started", "Council started work", transition.created_at))
        told = _told(transition, lines[transition.line_id], decided.get(transition.line_id))
        if told and told.kind == steps[-1].kind == "unpaid":
            continue  # one cheque, however many certificates wait for it
        if told:
            steps.append(told)
    steps += [_upgraded(each) for each in upgrades if each.state in ("done", "too_late")]
    steps += [
        _done("left_to_officer", f"{lines[line_id].product_title} left to an officer", each.decided_at, each.words)
        for line_id, each in decided.items()
        if not each.issued
    ]
    if order.cancelled_at:
        title = "Not paid in time" if money == "expired" else "Order cancelled"
        steps.append(_done("cancelled", title, order.cancelled_at, _how_cancelled(order)))
    steps.sort(key=lambda step: step.at.timestamp() if step.at else 0)
    return steps if order.cancelled_at else steps + _ahead(order, money)


def _upgraded(upgrade: LineUpgrade) -> TimelineEntry:
    if upgrade.state == "done":
        title = f"{upgrade.from_title} became {upgrade.title}"
        return _done("upgraded", title, upgrade.decided_at, f"{dollars(upgrade.amount_cents)} paid on top")
    detail = f"Council had begun the certificate. {dollars(upgrade.amount_cents)} comes back."
    return _done("upgrade_too_late", f"Upgrade to {upgrade.title} came too late", upgrade.decided_at, detail)


def _how_cancelled(order: Order) -> str | None:
    if order.kept_cents is None:
        return order.cancel_reason
    back = "The payment comes back."
    if order.kept_cents:
        back = f"The payment comes back less {dollars(order.kept_cents)}, which council keeps for its handling."
    return f"{order.cancel_reason.rstrip('.')}. {back}" if order.cancel_reason else back


def _told(transition: LineTransition, line: OrderLine, decided: StraightThroughRead | None) -> TimelineEntry | None:
    title = line.product_title
    if is_kept(transition):
        return _done("kept_issued", f"{title} stays as it was issued", transition.created_at)
    if transition.note == UNPAID:
        return _done("unpaid", "Payment came back from the bank", transition.created_at)
    happened = {
        "issued": ("issued", f"{title} issued"),
        "cannot_issue": ("cannot_issue", f"{title} cannot be issued"),
        "on_hold": ("question", f"Question about {title}"),
    }.get(transition.to_state)
    if happened:
        note = transition.note if transition.to_state != "issued" else None
        if decided and decided.issued and transition.from_state == "queued" and transition.to_state == "issued":
            note = decided.words
        return _done(happened[0], happened[1], transition.created_at, note)
    if transition.from_state == "on_hold":
        return _done("resumed", f"Work on {title} went on", transition.created_at)
    if transition.from_state == "issued":
        return _done("replacing", f"{title} is being replaced", transition.created_at)
    return None


def _ahead(order: Order, money: str) -> list[TimelineEntry]:
    """Return what is to come; the first of it is what happens now."""
    if order.queued_at is None or money == "awaiting_payment":
        waits = {
            "awaiting_payment": "Waiting for payment",
            "needs_review": "Council is checking the payment",
            "paid": "Payment confirmed, work begins in a moment",
        }
        return [_to_come("payment", waits[money], "current")] if money in waits else []
    entries: list[TimelineEntry] = []
    for line in sorted(order.lines, key=lambda line: (line.due_on, line.position)):
        if line.state == "on_hold":
            until = "it is paid" if line.reason == UNPAID else "you answer"
            entries.append(_to_come("waiting", line.product_title, "upcoming", detail=f"Clock stopped until {until}"))
        elif line.state in OPEN_STATES:
            entries.append(_to_come("due", line.product_title, "upcoming", line=line))
    entries.sort(key=lambda entry: entry.due_on is None)
    if entries:
        first = entries[0]
        title = f"{first.title} being prepared" if first.kind == "due" else first.title
        entries[0] = first.model_copy(update={"state": "current", "title": title})
        if len(order.lines) > 1:
            entries.append(_to_come("complete", f"All {len(order.lines)} certificates issued", "upcoming"))
    return entries


def _who_lodged(order: Order) -> str | None:
    if order.channel == "counter":
        return "Lodged at the counter"
    return f"By {order.placed_by_name}" if order.firm_id and order.placed_by_name else None


def _done(kind: str, title: str, at: object, detail: str | None = None) -> TimelineEntry:
    return TimelineEntry.model_validate(
        {"kind": kind, "title": title, "detail": detail, "at": at, "due_on": None, "state": "done"}
    )


def _to_come(
    kind: str, title: str, state: str, *, line: OrderLine | None = None, detail: str | None = None
) -> TimelineEntry:
    due_on = line.due_on if line else None
    return TimelineEntry.model_validate(
        {"kind": kind, "title": title, "detail": detail, "at": None, "due_on": due_on, "state": state}
    )
