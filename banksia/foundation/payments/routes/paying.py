"""Links to pay, for whoever holds one and for who sends them; the ways to pay, and what they cost on top."""

import uuid

from fastapi import Request

from banksia.foundation.auth.public import client_address
from banksia.foundation.payments import permissions
from banksia.foundation.payments.errors import (
    AlreadyPaid,
    BeingPaidAtCounter,
    NotPayable,
    PayableNotFound,
    SurchargeDatesInvalid,
    SurchargeNotFound,
)
from banksia.foundation.payments.public import PAY_ERRORS
from banksia.foundation.payments.schemas.paying import (
    Back,
    CheckoutRead,
    PayLinkCreate,
    PayLinkRead,
    PayPageRead,
    SurchargeCreate,
    SurchargeEnd,
    SurchargeRead,
    WayToPayRead,
)
from banksia.foundation.payments.service import methods, pay_links, reading, surcharges
from banksia.kit.errors import TooManyRequests
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep

paying = Router()


@paying.get("/pay/{token}", public=True, raises=[PayableNotFound])
def read_pay_link(session: SessionDep, token: str, back: Back | None = None) -> PayPageRead:
    """What is owed, for whoever holds the link: its lines, its sum, and how it stands.

    `back` is the page that the payer comes from; one that is not the payer's own page of what is sold is left out.
    """
    return pay_links.read_pay_link(session, token=token, back=back)


@paying.post("/pay/{token}/checkout", public=True, transactions=True, raises=[*PAY_ERRORS, TooManyRequests])
def pay_by_link(transactions: TransactionsDep, request: Request, token: str, back: Back | None = None) -> CheckoutRead:
    """Where to pay by card: a page of the payment provider that leads back to the link's own page.

    With the payer's own page of what is sold as `back`, it leads there once it is paid.
    """
    started = pay_links.pay_by_link(transactions, token=token, back=back, client=client_address(request))
    return CheckoutRead(url=started.url, attempt_id=started.attempt_id)


@paying.post(
    "/payables/{payable_id}/pay-link",
    permission=permissions.LINKS_SEND,
    raises=[PayableNotFound, AlreadyPaid, NotPayable, BeingPaidAtCounter, TooManyRequests],
)
def give_pay_link(
    session: SessionDep, actor: ActorDep, request: Request, payable_id: uuid.UUID, body: PayLinkCreate
) -> PayLinkRead:
    """The link to pay what is owed; with an email address it is mailed there too."""
    payable = reading.payable_ref(session, payable_id=payable_id)
    return pay_links.give_pay_link(session, actor, payable=payable, wanted=body, client=client_address(request))


@paying.get("/ways-to-pay", public=True)
def list_ways_to_pay(session: SessionDep) -> list[WayToPayRead]:
    """How the council takes money today, and what each way costs on top."""
    return [WayToPayRead.model_validate(way) for way in methods.ways_to_pay(session)]


@paying.get("/surcharges", permission=permissions.SETTINGS_MANAGE)
def list_surcharges(session: SessionDep) -> list[SurchargeRead]:
    """What ways to pay cost on top: before, today and from when on; the latest first."""
    return surcharges.list_surcharges(session)


@paying.post("/surcharges", permission=permissions.SETTINGS_MANAGE, status_code=201, raises=[SurchargeDatesInvalid])
def add_surcharge(session: SessionDep, actor: ActorDep, body: SurchargeCreate) -> SurchargeRead:
    """Charge for a way to pay from a day on."""
    return surcharges.add_surcharge(session, actor, wish=body)


@paying.post(
    "/surcharges/{surcharge_id}/end",
    permission=permissions.SETTINGS_MANAGE,
    raises=[SurchargeNotFound, SurchargeDatesInvalid],
)
def end_surcharge(
    session: SessionDep, actor: ActorDep, surcharge_id: uuid.UUID, body: SurchargeEnd
) -> list[SurchargeRead]:
    """Charge for it until a last day, or no more from now on; one that has not begun is taken away."""
    return surcharges.end_surcharge(session, actor, surcharge_id=surcharge_id, until_on=body.until_on)
