"""The products that a new council starts with; it edits them and their fees from then on.

Fees are those that councils of New South Wales printed for 2024/25. Each is GST-free under section 81-10 of the GST Act
as councils treat it; what holds for one council is for its administrator to decide.
"""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.models import new_id
from banksia.modules.certificates.models import Product, ProductFee
from banksia.modules.certificates.queries.products import products_of

FIRST_FEES_FROM = date(2024, 7, 1)
CUT_OFF = time(15)


@dataclass(frozen=True)
class _Default:
    code: str
    title: str
    short_title: str
    description: str
    law: str
    template: str
    number_prefix: str
    gl_code: str
    fee_cents: int
    turnaround_days: int
    urgent_fee_cents: int | None = None
    contains: tuple[str, ...] = ()


DEFAULTS = (
    _Default(
        "10.7-2",
        "Planning certificate 10.7(2)",
        "Planning 10.7(2)",
        "Zoning, planning controls and hazards that apply to the land.",
        "Section 10.7(2), Environmental Planning and Assessment Act 1979",
        "planning_2",
        "10.7",
        "1100-4010",
        6900,
        5,
        6000,
    ),
    _Default(
        "10.7-2-5",
        "Planning certificate 10.7(2) and (5)",
        "Planning 10.7(2) and (5)",
        "The 10.7(2), with advice on other matters council knows about.",
        "Section 10.7(2) and (5), Environmental Planning and Assessment Act 1979",
        "planning_2_5",
        "10.7",
        "1100-4010",
        17400,
        7,
        6000,
        ("10.7-2",),
    ),
    _Default(
        "603",
        "603 certificate",
        "603 certificate",
        "Rates and charges owing on the property, and when they are due.",
        "Section 603, Local Government Act 1993",
        "rates",
        "603",
        "1200-4020",
        10000,
        3,
        6000,
    ),
    _Default(
        "735A",
        "Outstanding notices 735A",
        "Outstanding notices 735A",
        "Notices council has issued that are not yet complied with.",
        "Section 735A, Local Government Act 1993",
        "notices",
        "735A",
        "1100-4030",
        8600,
        5,
    ),
    _Default(
        "orders",
        "Outstanding orders",
        "Outstanding orders",
        "Planning orders, and notices that one is intended, that stand against the land.",
        "Schedule 5 clause 41, Environmental Planning and Assessment Act 1979",
        "orders",
        "OO",
        "1100-4031",
        12100,
        5,
    ),
    _Default(
        "drainage",
        "Drainage diagram",
        "Drainage diagram",
        "Where the sewer runs on the land.",
        "A document prescribed for contracts for the sale of land",
        "drainage",
        "DD",
        "1300-4040",
        5400,
        5,
    ),
)
PLANNING_PORTAL = "https://www.planningportal.nsw.gov.au/"


def seed_catalogue(session: Session, actor: Actor) -> None:
    """Give the council the default products unless it has any; safe to call again."""
    if session.scalars(products_of(actor.organisation_id).limit(1)).first() is not None:
        return
    for position, default in enumerate(DEFAULTS, start=1):
        product = _product(actor, default, position * 10)
        session.add(product)
        session.add(
            ProductFee(
                organisation_id=actor.organisation_id,
                product_id=product.id,
                valid_from_on=FIRST_FEES_FROM,
                fee_cents=default.fee_cents,
                urgent_fee_cents=default.urgent_fee_cents,
                gst_treatment="exempt",
                gl_code=default.gl_code,
            )
        )
    session.add(_building_information(actor, (len(DEFAULTS) + 1) * 10))


def _product(actor: Actor, default: _Default, position: int) -> Product:
    return Product(
        id=new_id(),
        organisation_id=actor.organisation_id,
        code=default.code,
        kind="sale",
        title=default.title,
        short_title=default.short_title,
        description=default.description,
        law=default.law,
        template=default.template,
        number_prefix=default.number_prefix,
        contains=list(default.contains),
        turnaround_days=default.turnaround_days,
        urgent_turnaround_days=1 if default.urgent_fee_cents else None,
        cut_off=CUT_OFF,
        is_offered=True,
        position=position,
    )


def _building_information(actor: Actor, position: int) -> Product:
    return Product(
        organisation_id=actor.organisation_id,
        code="building-information",
        kind="link",
        title="Building information certificate",
        short_title="Building information",
        description="Lodged on the NSW Planning Portal.",
        law="Division 6.7, Environmental Planning and Assessment Act 1979",
        template="notices",
        number_prefix="BIC",
        contains=[],
        link_url=PLANNING_PORTAL,
        turnaround_days=10,
        urgent_turnaround_days=None,
        cut_off=CUT_OFF,
        is_offered=True,
        position=position,
    )
