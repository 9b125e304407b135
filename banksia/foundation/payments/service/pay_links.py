"""Links to pay: whoever holds one may see what is owed, pay it and read the receipt, and nothing else of the order."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import limit_rate
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url, current_organisation
from banksia.foundation.payments import queries
from banksia.foundation.payments.errors import PayableNotFound
from banksia.foundation.payments.models import OPEN_ATTEMPTS, Method, Money, Payable, PaymentAttempt
from banksia.foundation.payments.queries import paying as queries_paying
from banksia.foundation.payments.schemas import ReceiptRead
from banksia.foundation.payments.schemas.paying import (
    PayLineRead,
    PayLinkCreate,
    PayLinkRead,
    PayPageRead,
    PayShown,
    RefundShownRead,
)
from banksia.foundation.payments.service.checkout import (
    SMALLEST_ONLINE_CENTS,
    CheckoutStarted,
    check_payable,
    start_checkout,
)
from banksia.foundation.payments.service.methods import takes_card_online
from banksia.foundation.payments.service.raising import PayableRef, locked
from banksia.foundation.payments.service.standing import MoneyOf, money_of
from banksia.foundation.payments.service.surcharges import basis_points_of, surcharge_cents
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of

TOKEN_BYTES = 24
MAILS_A_DAY = 5
"""For one payable; and four times as many an hour for one person, so that nobody mails strangers through a council."""
CHECKOUTS_AN_HOUR = 60
_SHOWN: dict[Money, PayShown] = {
    Money.AWAITING_PAYMENT: "to_pay",
    Money.PAID: "paid",
    Money.PART_REFUNDED: "paid",
    Money.REFUNDED: "refunded",
    Money.NEEDS_REVIEW: "checking",
    Money.EXPIRED: "expired",
    Money.CANCELLED: "cancelled",
}


def give_pay_link(
    session: Session, actor: Actor, *, payable: PayableRef, wanted: PayLinkCreate, client: str
) -> PayLinkRead:
    """The link to pay something that is not paid; mailed as well when an address is given.

    `client` is the network address by which guests are counted. Raises PayableNotFound, AlreadyPaid, NotPayable,
    BeingPaidAtCounter, TooManyRequests.
    """
    owed = locked(session, payable)
    check_payable(owed)
    url = council_url(session, pay_path(owed))
    if wanted.email is None:
        audit.record(session, actor, "payments.pay_link_given", subject=owed)
        return PayLinkRead(url=url, sent_to=None)
    _limit_mails(session, actor, owed, client)
    _mail(session, actor, owed, wanted.email, wanted.note, url)
    audit.record(session, actor, "payments.pay_link_sent", subject=owed, detail={"to": wanted.email})
    return PayLinkRead(url=url, sent_to=wanted.email)


class PayPages(NamedTuple):
    """Paths of the page to pay on, which goes on to tell how it stands."""

    anybody: str
    payer: str
    """The same page, which leads back to the payer's own page of what is sold and so tells it."""


def pay_pages_of(session: Session, payable: PayableRef) -> PayPages:
    """Where something is paid by card; raises PayableNotFound."""
    owed = session.scalar(queries.payable_named(organisation_id_of(session), payable))
    if owed is None:
        raise PayableNotFound
    return _pages(owed)


def _pages(owed: Payable) -> PayPages:
    path = pay_path(owed)
    return PayPages(path, f"{path}?{urlencode({'back': owed.return_path})}")


def pay_path(owed: Payable) -> str:
    """The page to pay on; what was raised before there were such pages gets its key now, under the caller's lock.

    The payment provider sees this path: its key opens nothing but what the provider is asked to be paid for.
    """
    owed.pay_token = owed.pay_token or secrets.token_urlsafe(TOKEN_BYTES)
    return f"/payments/customer/pay/{owed.pay_token}"


def _limit_mails(session: Session, actor: Actor, owed: Payable, client: str) -> None:
    name, sender = "payments.pay_link", str(actor.user_id) if actor.user_id else client
    limit_rate(session, name, subject=str(owed.id), at_most=MAILS_A_DAY, per=timedelta(days=1))
    limit_rate(session, name, subject=sender, at_most=MAILS_A_DAY * 4, per=timedelta(hours=1))


def _mail(session: Session, actor: Actor, owed: Payable, to: str, note: str, url: str) -> None:
    money = money_of(session, [owed.ref])[owed.ref]
    by_staff = not (actor.is_customer or actor.kind == "guest")
    words = hashlib.sha256(f"{to}\n{note}".encode()).hexdigest()[:16]
    send_mail(
        session,
        template="payments/pay_link",
        to=to,
        context={
            "title": owed.title,
            "reference": owed.reference,
            "total_cents": money.total_cents - money.paid_cents,
            "asked_by": None if by_staff else owed.payer_name or "Somebody",
            "note": note,
            "link": url,
        },
        # A button that is pressed twice sends one mail.
        dedupe_key=f"payments.pay_link:{owed.id}:{words}:{utc_now():%Y%m%d%H%M}",
    )


@dataclass(frozen=True)
class OnlineSum:
    """What is still to be paid, in cents, and what a card costs on top today."""

    possible: bool
    left_cents: int
    surcharge_cents: int
    surcharge_basis_points: int


def card_surcharge_basis_points(session: Session) -> int:
    """What paying by card online costs on top today, in hundredths of a percent; nothing while it is off."""
    return basis_points_of(session, Method.CARD) if takes_card_online(session) else 0


def online_sum(session: Session, money: MoneyOf) -> OnlineSum:
    """What paying the rest by card would come to; not possible when cards are off or so little is left."""
    left_cents = money.total_cents - money.paid_cents if money.state == Money.AWAITING_PAYMENT else 0
    possible = left_cents >= SMALLEST_ONLINE_CENTS and takes_card_online(session)
    basis_points = basis_points_of(session, Method.CARD) if possible else 0
    return OnlineSum(possible, left_cents, surcharge_cents(left_cents, basis_points), basis_points)


def read_pay_link(session: Session, *, token: str, back: str | None = None) -> PayPageRead:
    """What the link shows now; what came of a page at the provider is asked by `confirm_payment`, never here.

    `back` is repeated when it is the payer's own page of what is sold: who does not know it is not told.
    """
    owed = _owed_by_token(session, token)
    money = money_of(session, [owed.ref])[owed.ref]
    attempt = session.scalar(queries.latest_attempts(owed.organisation_id, [owed.id]))
    online = online_sum(session, money)
    return PayPageRead(
        council=current_organisation(session).name,
        title=owed.title,
        reference=owed.reference,
        shown="at_counter" if money.at_counter_since else _SHOWN[money.state],
        lines=[PayLineRead.model_validate(line) for line in owed.lines],
        total_cents=owed.total_cents,
        gst_cents=owed.gst_cents,
        left_cents=online.left_cents,
        surcharge_cents=online.surcharge_cents,
        surcharge_basis_points=online.surcharge_basis_points,
        paid_cents=money.paid_cents + money.surcharge_cents,
        online=online.possible,
        attempt_id=attempt.id if attempt else None,
        attempt=_attempt_words(attempt),
        receipts=[ReceiptRead.model_validate(receipt) for receipt in money.receipts],
        refunds=[RefundShownRead.model_validate(each) for each in money.refunds],
        back=owed.return_path if _leads_back(owed, back) else None,
    )


def _leads_back(owed: Payable, back: str | None) -> bool:
    """Whether somebody knows the payer's own page, whose address may be a secret; no other page is led to."""
    return back is not None and hmac.compare_digest(back.encode(errors="replace"), owed.return_path.encode())


def _attempt_words(attempt: PaymentAttempt | None) -> Literal["none", "open", "declined", "ended"]:
    if attempt is None:
        return "none"
    if attempt.state not in OPEN_ATTEMPTS:
        return "ended"
    return "declined" if attempt.decline_code else "open"


def pay_by_link(transactions: Transactions, *, token: str, client: str, back: str | None = None) -> CheckoutStarted:
    """A page at the provider that comes back to the link; call it outside any transaction.

    With the payer's own page of what is sold as `back`, it comes back there once it is paid. Raises PayableNotFound,
    TooManyRequests and what `start_checkout` raises.
    """
    with transactions() as session:
        limit_rate(session, "payments.pay_by_link", subject=client, at_most=CHECKOUTS_AN_HOUR, per=timedelta(hours=1))
        owed = _owed_by_token(session, token)
        payable, pages = owed.ref, _pages(owed)
        paid, unpaid = pages.anybody, pages.anybody
        if _leads_back(owed, back):
            paid, unpaid = owed.return_path, pages.payer
    return start_checkout(transactions, payable=payable, success_path=paid, cancel_path=unpaid)


def _owed_by_token(session: Session, token: str) -> Payable:
    statement = queries_paying.payable_with_token(organisation_id_of(session), token)
    # What no key of ours contains, the database need not be asked for: it refuses some of it.
    owed = session.scalar(statement) if token.isprintable() else None
    if owed is None:
        raise PayableNotFound
    return owed
