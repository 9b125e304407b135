"""Before an order is placed: what a basket costs now, and many certificates from one table."""

from typing import Annotated

from fastapi import Header
from fastapi.responses import Response

from banksia.foundation.storage.public import content_disposition
from banksia.kit.errors import TooManyRequests, Unauthenticated
from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors import (
    AccountNeeded,
    FeesChanged,
    IdempotencyKeyInvalid,
    IdempotencyKeyReused,
    OrderInvalid,
)
from banksia.modules.certificates.errors.bulk import BulkFileInvalid
from banksia.modules.certificates.routes.documents import CSV
from banksia.modules.certificates.schemas.basket import BasketCheck, BasketRead
from banksia.modules.certificates.schemas.bulk import BulkFile, BulkPlace, BulkPlaced, BulkRead, BulkRows
from banksia.modules.certificates.service import basket_reading, bulk

baskets = Router()

BulkKey = Annotated[
    str, Header(alias="Idempotency-Key", max_length=180, description="Random, the same when sent again")
]


@baskets.post("/basket", public=True, scope=permissions.OWN_ORDERS_READ)
def read_basket(session: SessionDep, actor: ActorDep, basket: BasketCheck) -> BasketRead:
    """What each line of a basket costs now, what stands against it, and when the same was ordered lately."""
    return basket_reading.read_basket(session, actor, basket.lines)


@baskets.get("/bulk/template.csv", public=True, scope="any", response_class=Response, openapi_extra=CSV)
def download_template() -> Response:
    """A table to start from, with every column."""
    headers = {"Content-Disposition": content_disposition("attachment", "Certificates to order.csv")}
    return Response(bulk.TEMPLATE.encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


@baskets.post(
    "/bulk/file",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    raises=[BulkFileInvalid, Unauthenticated, AccountNeeded, TooManyRequests],
)
def read_table(session: SessionDep, actor: ActorDep, file: BulkFile) -> BulkRead:
    """The rows of a customer's CSV file, each with its verdict; nothing is ordered."""
    return bulk.check_rows(session, actor, bulk.read_table(file.content))


@baskets.post(
    "/bulk/rows",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    raises=[Unauthenticated, AccountNeeded, TooManyRequests],
)
def check_rows(session: SessionDep, actor: ActorDep, table: BulkRows) -> BulkRead:
    """The verdict on each row after some were corrected; nothing is ordered."""
    return bulk.check_rows(session, actor, table.rows)


@baskets.post(
    "/bulk/orders",
    public=True,
    scope=permissions.OWN_ORDERS_PLACE,
    status_code=201,
    raises=[
        Unauthenticated,
        AccountNeeded,
        OrderInvalid,
        FeesChanged,
        IdempotencyKeyReused,
        IdempotencyKeyInvalid,
        TooManyRequests,
    ],
)
def place_in_bulk(session: SessionDep, actor: ActorDep, placed: BulkPlace, idempotency_key: BulkKey) -> BulkPlaced:
    """Place one order for each matter, all or none; each is paid by itself."""
    return bulk.place_in_bulk(session, actor, placed=placed, idempotency_key=idempotency_key)
