"""The catalogue as an administrator edits it: products, and fees that hold from a day on."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_day
from banksia.kit.actor import Actor
from banksia.kit.models import new_id
from banksia.modules.certificates.errors.products import (
    FeeInForce,
    FeeInvalid,
    FeeNotFound,
    ProductCodeTaken,
    ProductInvalid,
    ProductNotFound,
    ProductStale,
)
from banksia.modules.certificates.models import Product, ProductFee
from banksia.modules.certificates.queries.products import fees_of, product_with_code, products_of
from banksia.modules.certificates.schemas.catalogue import (
    FeeCreate,
    FeeRead,
    ProductCreate,
    ProductFields,
    ProductList,
    ProductRead,
    ProductUpdate,
)


def list_products(session: Session, actor: Actor) -> ProductList:
    """Return every product with all its fees, in a fixed number of queries."""
    products = session.scalars(products_of(actor.organisation_id)).all()
    fees = session.scalars(fees_of(actor.organisation_id, [product.id for product in products])).all()
    today = council_day(session)
    return ProductList(
        products=[_read(product, [fee for fee in fees if fee.product_id == product.id], today) for product in products]
    )


def create_product(session: Session, actor: Actor, *, created: ProductCreate) -> ProductRead:
    """Add a product; one that is sold comes with its first fee. Raises ProductCodeTaken and ProductInvalid."""
    if session.scalar(product_with_code(actor.organisation_id, created.code)):
        raise ProductCodeTaken(created.code)
    _check(session, actor, created.code, created)
    if created.kind == "sale" and created.fee is None:
        _refuse_product("fee", "Enter the fee that the product has from its first day.")
    product = Product(id=new_id(), organisation_id=actor.organisation_id, code=created.code)
    _assign(product, created)
    session.add(product)
    session.flush()
    if created.fee:
        session.add(_fee(product, created.fee))
    audit.record(session, actor, "certificates.product_created", subject=product, detail=_noted(created))
    session.flush()
    return _read_one(session, product)


def update_product(session: Session, actor: Actor, *, code: str, changes: ProductUpdate) -> ProductRead:
    """Change a product; orders keep what they were sold. Raises ProductNotFound, ProductStale and ProductInvalid."""
    product = _locked(session, actor, code)
    if product.version != changes.version:
        raise ProductStale(product.version)
    _check(session, actor, code, changes)
    _assign(product, changes)
    product.version += 1
    audit.record(session, actor, "certificates.product_changed", subject=product, detail=_noted(changes))
    session.flush()
    return _read_one(session, product)


def add_fee(session: Session, actor: Actor, *, code: str, fee: FeeCreate) -> ProductRead:
    """Add a fee that holds from a day on, today at the earliest. Raises ProductNotFound and FeeInvalid."""
    product = _locked(session, actor, code)
    taken = {each.valid_from_on for each in session.scalars(fees_of(actor.organisation_id, [product.id]))}
    today = council_day(session)
    if fee.valid_from_on < today:
        _refuse_fee("A fee starts today or later: what was sold keeps the fee it had.")
    if fee.valid_from_on in taken and fee.valid_from_on == today:
        _refuse_fee("The fee from today is in force and is kept. Choose a later day.")
    if fee.valid_from_on in taken:
        _refuse_fee("A fee from this day exists. Choose another day, or withdraw that one first.")
    session.add(_fee(product, fee))
    audit.record(session, actor, "certificates.fee_added", subject=product, detail=fee.model_dump(mode="json"))
    session.flush()
    return _read_one(session, product)


def withdraw_fee(session: Session, actor: Actor, *, code: str, fee_id: uuid.UUID) -> ProductRead:
    """Take back a fee that has not begun. Raises ProductNotFound, FeeNotFound and FeeInForce."""
    product = _locked(session, actor, code)
    fees = session.scalars(fees_of(actor.organisation_id, [product.id])).all()
    fee = next((each for each in fees if each.id == fee_id), None)
    if fee is None:
        raise FeeNotFound
    if fee.valid_from_on <= council_day(session):
        raise FeeInForce(fee.valid_from_on)
    session.delete(fee)
    audit.record(
        session,
        actor,
        "certificates.fee_withdrawn",
        subject=product,
        detail={"valid_from_on": fee.valid_from_on, "fee_cents": fee.fee_cents},
    )
    session.flush()
    return _read_one(session, product)


def _locked(session: Session, actor: Actor, code: str) -> Product:
    statement = product_with_code(actor.organisation_id, code).with_for_update()
    product = session.scalar(statement.execution_options(populate_existing=True))
    if product is None:
        raise ProductNotFound(code)
    return product


def _check(session: Session, actor: Actor, code: str, fields: ProductFields) -> None:
    known = {product.code for product in session.scalars(products_of(actor.organisation_id))}
    strangers = [each for each in fields.contains if each not in known or each == code]
    if strangers:
        _refuse_product("contains", f"{', '.join(strangers)} is no other product of the catalogue.")
    if fields.kind == "link" and fields.link_url is None:
        _refuse_product("link_url", "Enter the address, beginning with https://, that the link leads to.")
    if fields.urgent_turnaround_days and fields.urgent_turnaround_days > fields.turnaround_days:
        _refuse_product("urgent_turnaround_days", "Urgent cannot take longer than standard.")
    if fields.opens_again_on and not fields.closed_from_on:
        _refuse_product("closed_from_on", "Enter the first day on which it is closed.")
    if fields.closed_from_on and fields.opens_again_on and fields.opens_again_on <= fields.closed_from_on:
        _refuse_product("opens_again_on", "It opens again on a day after it closes.")


def _refuse_product(field: str, message: str) -> None:
    raise ProductInvalid(message, errors=[{"field": field, "message": message}])


def _refuse_fee(message: str) -> None:
    raise FeeInvalid(message, errors=[{"field": "valid_from_on", "message": message}])


def _assign(product: Product, fields: ProductFields) -> None:
    for name in ProductFields.model_fields:
        setattr(product, name, getattr(fields, name))


def _noted(fields: ProductFields) -> dict[str, Any]:
    return fields.model_dump(mode="json", exclude={"description"})


def _fee(product: Product, fee: FeeCreate) -> ProductFee:
    return ProductFee(id=new_id(), organisation_id=product.organisation_id, product_id=product.id, **fee.model_dump())


def _read_one(session: Session, product: Product) -> ProductRead:
    fees = session.scalars(fees_of(product.organisation_id, [product.id])).all()
    return _read(product, fees, council_day(session))


def _read(product: Product, fees: Sequence[ProductFee], today: date) -> ProductRead:
    begun = [fee.valid_from_on for fee in fees if fee.valid_from_on <= today]
    in_force = max(begun, default=None)
    fields = {name: getattr(product, name) for name in ("code", "version", *ProductFields.model_fields)}
    read = [
        FeeRead(
            id=fee.id,
            valid_from_on=fee.valid_from_on,
            fee_cents=fee.fee_cents,
            urgent_fee_cents=fee.urgent_fee_cents,
            gst_treatment=fee.gst_treatment,
            gl_code=fee.gl_code,
            status="future" if fee.valid_from_on > today else "in_force" if fee.valid_from_on == in_force else "past",
        )
        for fee in fees
    ]
    return ProductRead(**fields, fees=read)
