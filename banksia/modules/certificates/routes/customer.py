"""What customers do, with an account or as guests with the key from their mail; anybody may check a certificate."""

import uuid
from typing import Annotated

from fastapi import Header, Query, Request
from fastapi.responses import StreamingResponse

from banksia.foundation.auth.public import client_address
from banksia.foundation.payments import public as payments
from banksia.foundation.storage.public import content_disposition, serve_object, serve_zip
from banksia.kit.errors import TooManyRequests, Unauthenticated
from banksia.kit.routing import ActorDep, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Page, RequiredLine
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors import (
    AccountNeeded,
    CertificateNotFound,
    DownloadOver,
    FeesChanged,
    IdempotencyKeyInvalid,
    IdempotencyKeyReused,
    OrderInvalid,
    OrderNotFound,
    OrderNotPayable,
    OrderTokenNeeded,
)
from banksia.modules.certificates.routes.documents import CSV, PDF, ZIP
from banksia.modules.certificates.schemas.catalogue import CatalogueRead
from banksia.modules.certificates.schemas.history import OrderListing, OrderSearch
from banksia.modules.certificates.schemas.orders import (
    EarlierLines,
    OrderClaim,
    OrderCreate,
    OrderLinkRequest,
    OrderLinkSent,
    OrderPlaced,
    OrderRead,
    OrdersClaimed,
    OrderSummary,
    PayRead,
)
from banksia.modules.certificates.service import (
    catalogue,
    claiming,
    downloading,
    duplicates,
    exporting,
    history,
    ordering,
    paying,
    reading,
)
from banksia.modules.certificates.service.access import find_order

customer = Router()

OrderToken = Annotated[
    str | None, Header(alias="X-Order-Token", max_length=200, description="The key of the order, from its mail")
]
IdempotencyKey = Annotated[
    str | None, Header(alias="Idempotency-Key", max_length=400, description="Random, the same when sent again")
]


@customer.get("/catalogue", public=True, scope="any")
def read_catalogue(session: SessionDep) -> CatalogueRead:
    """What the council sells, with fees and due dates as of now."""
    return catalogue.read_catalogue(session)


@customer.post(
    "/orders",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    status_code=201,
    raises=[OrderInvalid, FeesChanged, IdempotencyKeyReused, IdempotencyKeyInvalid, TooManyRequests],
)
def place_order(
    session: SessionDep, actor: ActorDep, request: Request, placed: OrderCreate, idempotency_key: IdempotencyKey = None
) -> OrderPlaced:
    """Place an order; staff with the permission to lodge place it for a person at the counter."""
    return ordering.place_order(
        session, actor, placed=placed, idempotency_key=idempotency_key, client=client_address(request)
    )


@customer.get("/orders", public=True, scope=permissions.OWN_ORDERS_READ, raises=[Unauthenticated])
def list_orders(session: SessionDep, actor: ActorDep, wanted: Annotated[OrderListing, Query()]) -> Page[OrderSummary]:
    """The orders of the signed-in customer and of their firms, or for staff of the council, newest first."""
    return history.list_orders(session, actor, wanted=wanted)


@customer.get(
    "/orders.csv",
    public=True,
    scope=permissions.OWN_ORDERS_READ,
    transactions=True,
    response_class=StreamingResponse,
    openapi_extra=CSV,
    raises=[Unauthenticated],
)
def export_orders(transactions: TransactionsDep, wanted: Annotated[OrderSearch, Query()]) -> StreamingResponse:
    """The same orders as a table for a spreadsheet, one row for each certificate."""
    rows = exporting.history_csv(transactions, wanted=wanted)
    headers = {"Content-Disposition": content_disposition("attachment", "Orders.csv"), "Cache-Control": "no-store"}
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=headers)


@customer.get("/earlier-lines", public=True, scope=permissions.OWN_ORDERS_READ)
def list_earlier_lines(
    session: SessionDep,
    actor: ActorDep,
    property_id: uuid.UUID,
    parcel: Annotated[RequiredLine, Query(max_length=40)],
) -> EarlierLines:
    """What was bought for this parcel in the last 90 days, so that nobody buys it twice; nothing for guests."""
    return duplicates.list_earlier_lines(session, actor, property_id=property_id, parcel=parcel)


@customer.post("/orders/claim", public=True, raises=[Unauthenticated, AccountNeeded])
def claim_orders(session: SessionDep, actor: ActorDep, claim: OrderClaim) -> OrdersClaimed:
    """Take guest orders with the account's verified e-mail address into the account."""
    return claiming.claim_orders(session, actor, numbers=claim.numbers)


@customer.post("/orders/send-link", public=True, status_code=202, raises=[TooManyRequests])
def send_order_link(session: SessionDep, request: Request, wanted: OrderLinkRequest) -> OrderLinkSent:
    """Mail a fresh link to an order to the address it carries."""
    return claiming.send_order_link(session, wanted=wanted, client=client_address(request))


@customer.get(
    "/orders/{order_id}", public=True, scope=permissions.OWN_ORDERS_READ, raises=[OrderNotFound, OrderTokenNeeded]
)
def read_order(
    session: SessionDep, actor: ActorDep, order_id: uuid.UUID, x_order_token: OrderToken = None
) -> OrderRead:
    """An order with its certificates, timeline and receipts."""
    return reading.read_order(session, actor, find_order(session, actor, order_id, x_order_token))


@customer.post(
    "/orders/{order_id}/pay",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    transactions=True,
    raises=[OrderNotFound, OrderTokenNeeded, OrderNotPayable, *payments.PAY_ERRORS],
)
def pay_order(transactions: TransactionsDep, order_id: uuid.UUID, x_order_token: OrderToken = None) -> PayRead:
    """Where to pay: a page of the payment provider that leads back to the order."""
    return paying.pay_order(transactions, order_id=order_id, token=x_order_token)


@customer.post(
    "/orders/{order_id}/pay-link",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    raises=[OrderNotFound, OrderTokenNeeded, OrderNotPayable, *payments.PAY_LINK_ERRORS],
)
def give_pay_link(
    session: SessionDep,
    actor: ActorDep,
    request: Request,
    order_id: uuid.UUID,
    wanted: payments.PayLinkCreate,
    x_order_token: OrderToken = None,
) -> payments.PayLinkRead:
    """The link with which somebody else can pay the order, and see no more of it; it can be mailed too."""
    order = find_order(session, actor, order_id, x_order_token)
    return paying.give_pay_link(session, actor, order=order, wanted=wanted, client=client_address(request))


@customer.get(
    "/orders/{order_id}/certificates.zip",
    public=True,
    scope=permissions.OWN_CERTIFICATES_DOWNLOAD,
    transactions=True,
    response_class=StreamingResponse,
    openapi_extra=ZIP,
    raises=[OrderNotFound, OrderTokenNeeded, CertificateNotFound, DownloadOver],
)
def download_certificates(
    transactions: TransactionsDep, order_id: uuid.UUID, x_order_token: OrderToken = None
) -> StreamingResponse:
    """Every issued certificate of an order as one zip; those that were replaced say so in their names."""
    found = exporting.zip_of_order(transactions, order_id=order_id, token=x_order_token)
    return serve_zip(transactions.platform, found.members, file_name=found.file_name)


@customer.get(
    "/orders/{order_id}/certificates/{certificate_id}",
    public=True,
    scope=permissions.OWN_CERTIFICATES_DOWNLOAD,
    transactions=True,
    response_class=StreamingResponse,
    openapi_extra=PDF,
    raises=[OrderNotFound, OrderTokenNeeded, CertificateNotFound, DownloadOver],
)
def download_certificate(
    transactions: TransactionsDep,
    request: Request,
    order_id: uuid.UUID,
    certificate_id: uuid.UUID,
    x_order_token: OrderToken = None,
    show: Annotated[bool, Query(description="Open it in the browser, to print it, rather than save it")] = False,
) -> StreamingResponse:
    """The PDF of an issued certificate."""
    with transactions() as session:
        order = find_order(session, transactions.actor, order_id, x_order_token)
        download = downloading.download_certificate(
            session, transactions.actor, order=order, certificate_id=certificate_id
        )
    return serve_object(
        transactions.platform,
        download.stored,
        file_name=download.file_name,
        inline=show,
        requested_range=request.headers.get("range"),
        if_range=request.headers.get("if-range"),
    )
