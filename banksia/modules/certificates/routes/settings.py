"""What an administrator edits: products and their fees."""

import uuid

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors.products import (
    FeeInForce,
    FeeInvalid,
    FeeNotFound,
    ProductCodeTaken,
    ProductInvalid,
    ProductNotFound,
    ProductStale,
)
from banksia.modules.certificates.schemas.catalogue import (
    FeeCreate,
    ProductCode,
    ProductCreate,
    ProductList,
    ProductRead,
    ProductUpdate,
)
from banksia.modules.certificates.service import products

settings = Router(prefix="/products")


@settings.get("", permission=permissions.PRODUCTS_MANAGE)
def list_products(session: SessionDep, actor: ActorDep) -> ProductList:
    """Every product with all its fees."""
    return products.list_products(session, actor)


@settings.post("", permission=permissions.PRODUCTS_MANAGE, status_code=201, raises=[ProductCodeTaken, ProductInvalid])
def create_product(session: SessionDep, actor: ActorDep, created: ProductCreate) -> ProductRead:
    """Add a product."""
    return products.create_product(session, actor, created=created)


@settings.put("/{code}", permission=permissions.PRODUCTS_MANAGE, raises=[ProductNotFound, ProductStale, ProductInvalid])
def update_product(session: SessionDep, actor: ActorDep, code: ProductCode, changes: ProductUpdate) -> ProductRead:
    """Change a product; orders keep what they were sold."""
    return products.update_product(session, actor, code=code, changes=changes)


@settings.post(
    "/{code}/fees", permission=permissions.PRODUCTS_MANAGE, status_code=201, raises=[ProductNotFound, FeeInvalid]
)
def add_fee(session: SessionDep, actor: ActorDep, code: ProductCode, fee: FeeCreate) -> ProductRead:
    """Add a fee that holds from a day on."""
    return products.add_fee(session, actor, code=code, fee=fee)


@settings.delete(
    "/{code}/fees/{fee_id}",
    permission=permissions.PRODUCTS_MANAGE,
    raises=[ProductNotFound, FeeNotFound, FeeInForce],
)
def withdraw_fee(session: SessionDep, actor: ActorDep, code: ProductCode, fee_id: uuid.UUID) -> ProductRead:
    """Take back a fee that has not begun."""
    return products.withdraw_fee(session, actor, code=code, fee_id=fee_id)
