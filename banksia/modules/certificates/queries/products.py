"""The council's products and fees."""

import uuid
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on

from banksia.modules.certificates.models import Product, ProductFee


def products_of(organisation_id: uuid.UUID) -> Select[Product]:
    """Every product, in the catalogue's order."""
    return select(Product).where(Product.organisation_id == organisation_id).order_by(Product.position, Product.code)


def product_with_code(organisation_id: uuid.UUID, code: str) -> Select[Product]:
    """The product of that code."""
    return select(Product).where(Product.organisation_id == organisation_id, Product.code == code)


def products_with_codes(organisation_id: uuid.UUID, codes: Iterable[str]) -> Select[Product]:
    """The products of some codes."""
    return select(Product).where(Product.organisation_id == organisation_id, Product.code.in_(list(codes)))


def fees_of(organisation_id: uuid.UUID, product_ids: Iterable[uuid.UUID]) -> Select[ProductFee]:
    """Every fee version of some products, newest first."""
    return (
        select(ProductFee)
        .where(ProductFee.organisation_id == organisation_id, ProductFee.product_id.in_(list(product_ids)))
        .order_by(ProductFee.valid_from_on.desc())
    )


def fees_in_force(organisation_id: uuid.UUID, on: date) -> Select[ProductFee]:
    """The fee of each product on a day; a product whose first fee lies ahead has none."""
    return (
        select(ProductFee)
        .ext(distinct_on(ProductFee.product_id))
        .where(ProductFee.organisation_id == organisation_id, ProductFee.valid_from_on <= on)
        .order_by(ProductFee.product_id, ProductFee.valid_from_on.desc())
    )
