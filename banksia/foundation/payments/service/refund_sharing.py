"""Sharing a refund out: over the payments that it comes from, and the lines that it gives back."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.foundation.payments.errors import RefundLinesDoNotAddUp, RefundTooLarge
from banksia.foundation.payments.models import Payable, PayableLine, Refund, RefundLine
from banksia.foundation.payments.queries import refunds as queries
from banksia.foundation.payments.service.raising import gst_in


@dataclass(frozen=True)
class LineWish:
    """How much of one line goes back, in cents."""

    payable_line_id: uuid.UUID
    amount_cents: int


@dataclass(frozen=True)
class LineLeft:
    """A line, and what of it is refunded or about to be, in cents."""

    line: PayableLine
    held_cents: int
    held_gst_cents: int

    @property
    def left_cents(self) -> int:
        """What can still be refunded of the line."""
        return self.line.amount_cents - self.held_cents

    def after(self, part_cents: int, gst_cents: int) -> "LineLeft":
        """The line once a further part is on its way back."""
        return LineLeft(self.line, self.held_cents + part_cents, self.held_gst_cents + gst_cents)

    def gst_in_part(self, part_cents: int) -> int:
        """The GST that goes back with a part of the line.

        One eleventh of all that is back by then, rounded once, less what went back before: so the parts of a line
        that is wholly refunded carry exactly the line's GST, however many they are.
        """
        taxable = self.line.gst_treatment == "taxable"
        back_cents = gst_in(self.held_cents + part_cents, "taxable" if taxable else "exempt")
        return max(0, min(back_cents, self.line.gst_cents) - self.held_gst_cents)


def lines_left(session: Session, owed: Payable) -> list[LineLeft]:
    """What is left of each line of a payable, in their order."""
    rows = session.execute(queries.held_of_lines(owed.organisation_id, [line.id for line in owed.lines]))
    held = {line_id: (int(cents), int(gst_cents)) for line_id, cents, gst_cents in rows}
    return [LineLeft(line, *held.get(line.id, (0, 0))) for line in owed.lines]


def in_proportion(amount_cents: int, weights: Sequence[int]) -> list[int]:
    """Share an amount out in proportion to weights, to the cent, by largest remainder; never above a weight.

    The amount may be at most the sum of the weights.
    """
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    shares = [amount_cents * weight // whole for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda place: (-(amount_cents * weights[place] % whole), -weights[place], place)
    )
    for place in by_remainder[: amount_cents - sum(shares)]:
        shares[place] += 1
    return shares


def wanted_parts(
    wishes: Sequence[LineWish], amount_cents: int | None, available_cents: int, left: Sequence[LineLeft]
) -> tuple[int, list[int]]:
    """The amount to refund and how much of it gives back which line, in cents and in the order of the lines.

    What is paid above the lines is a surcharge: it goes back in proportion, or as what is given above the lines'
    parts, and belongs to no line. Raises RefundTooLarge, RefundLinesDoNotAddUp.
    """
    given = {wish.payable_line_id: wish.amount_cents for wish in wishes}
    total_cents = amount_cents or sum(given.values()) or available_cents
    if total_cents > available_cents:
        raise RefundTooLarge(total_cents, available_cents)
    if not given:
        above_cents = max(0, available_cents - sum(each.left_cents for each in left))
        return total_cents, in_proportion(total_cents, [*(each.left_cents for each in left), above_cents])[:-1]
    parts = [given.get(each.line.id, 0) for each in left]
    given_cents = sum(given.values())
    above_cents = max(0, available_cents - sum(each.left_cents for each in left))
    if sum(parts) != given_cents or len(given) != len(wishes) or not 0 <= total_cents - given_cents <= above_cents:
        raise RefundLinesDoNotAddUp(total_cents, given_cents)
    for each, part_cents in zip(left, parts, strict=True):
        if part_cents > each.left_cents:
            raise RefundTooLarge(part_cents, each.left_cents, each.line.description)
    return total_cents, parts


def part_again(
    amount_cents: int, rows: Sequence[RefundLine], available_cents: int, left: Sequence[LineLeft]
) -> tuple[int, list[LineWish]]:
    """What of a refund that failed can be sent once more, in cents, and the lines that it gave back.

    What is left of the payment and of each line caps it; lines that no longer fit are left out, and the amount is
    shared out anew.
    """
    left_of = {each.line.id: each.left_cents for each in left}
    parts = [(row.payable_line_id, min(row.amount_cents, left_of[row.payable_line_id])) for row in rows]
    given_cents = sum(part_cents for _, part_cents in parts)
    cut_cents = sum(row.amount_cents for row in rows) - given_cents
    again_cents = min(amount_cents - cut_cents, available_cents)
    above_cents = max(0, available_cents - sum(left_of.values()))
    fits = given_cents <= again_cents <= given_cents + above_cents
    return again_cents, [LineWish(*part) for part in parts if part[1] > 0] if fits else []


def over_payments(amount_cents: int, left: dict[uuid.UUID, int]) -> dict[uuid.UUID, int]:
    """Take an amount out of payments, the earliest first; only those that give something are in the answer."""
    taken: dict[uuid.UUID, int] = {}
    for payment_id, left_cents in left.items():
        part_cents = min(left_cents, amount_cents - sum(taken.values()))
        if part_cents > 0:
            taken[payment_id] = part_cents
    return taken


def refund_lines(refunds: Sequence[Refund], left: Sequence[LineLeft], parts: Sequence[int]) -> Iterator[RefundLine]:
    """The lines of one or more refunds that together give back these parts: each takes what the one before left."""
    states, open_parts = list(left), list(parts)
    for refund in refunds:
        room_cents = refund.amount_cents
        for place, state in enumerate(states):
            part_cents = min(open_parts[place], room_cents)
            if part_cents == 0:
                continue
            gst_cents = min(state.gst_in_part(part_cents), part_cents)
            room_cents -= part_cents
            open_parts[place] -= part_cents
            states[place] = state.after(part_cents, gst_cents)
            yield RefundLine(
                organisation_id=refund.organisation_id,
                refund_id=refund.id,
                payable_line_id=state.line.id,
                amount_cents=part_cents,
                gst_cents=gst_cents,
            )
