"""The demo's councils, people, addresses and first orders, made once; a second start finds them there."""

import gzip
import uuid
from importlib.resources import files

from sqlalchemy.orm import Session

from banksia.app import create_platform
from banksia.demo.counter import make_tills
from banksia.demo.embedded import DROP
from banksia.demo.land import seed_land
from banksia.demo.orders import place_orders
from banksia.demo.shelf import make_shelf
from banksia.demo.sign_ins import COUNCILS, PASSWORD, SIGN_INS, DemoCouncil
from banksia.foundation.auth.public import actor_for, create_user
from banksia.foundation.organisations.public import (
    create_organisation,
    update_module_settings,
    update_organisation,
)
from banksia.foundation.organisations.schemas import OrganisationUpdate
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, organisation_slugs
from banksia.kit.migrations import migrate
from banksia.kit.module import discover
from banksia.kit.platform import Platform
from banksia.kit.settings import Settings
from banksia.modules.certificates.schemas.straight_through import Age, Flag, RulesUpdate
from banksia.modules.certificates.service.straight_through.rules import update_rules

NAMES = {
    "customer": "Mei Tran",
    "officer": "Priya Nair",
    "counter": "Tom Okafor",
    "records": "Ruth Abernethy",
    "environment": "Ngaire Walker",
    "viewer": "Owen Petrou",
    "finance": "Sana Iqbal",
    "admin": "Jack Lindqvist",
}
ADDRESSES = {"bluehills": "lithgow_addresses.csv.gz", "kurrajong": "kurrajong_addresses.csv.gz"}
DETAILS = {
    "bluehills": OrganisationUpdate(
        abn="53 004 085 616",
        email="certificates@bluehills.example",
        phone="(02) 5550 0100",
        address="12 Civic Place\nLithgow NSW 2790",
        counter_hours="Monday to Friday, 8:30 am to 4:30 pm",
        acknowledgement=(
            "We acknowledge the Wiradjuri people, Traditional Custodians of the land on which we live and work, "
            "and pay our respects to Elders past and present."
        ),
    ),
    "kurrajong": OrganisationUpdate(
        abn="51 824 753 556",
        email="certificates@kurrajong.example",
        phone="(02) 5550 0170",
        address="3 Station Street\nBlackheath NSW 2785",
        counter_hours="Monday to Friday, 9 am to 4 pm",
        acknowledgement=(
            "We acknowledge the Dharug and Gundungurra peoples, Traditional Custodians of this land, "
            "and pay our respects to Elders past and present."
        ),
        theme={"action": "#1d4f7c", "header": "#12324f", "accent": "#d9822b"},
    ),
}
STANDARD_ANSWERS = {
    "bluehills": {
        "lep": "Blue Hills Local Environmental Plan 2014",
        "dcp": "Blue Hills Development Control Plan 2021",
        "land_acquisition": "no",
        "road_widening": "no",
    },
    "kurrajong": {
        "lep": "Kurrajong Flat Local Environmental Plan 2015",
        "dcp": "Kurrajong Flat Development Control Plan 2019",
        "land_acquisition": "no",
    },
}

STRAIGHT_THROUGH = {
    "bluehills": RulesUpdate(
        products=("603",),
        ages=(Age(attribute="rates_balance", days=14),),
        flags=(Flag(attribute="postponed_rates", value="Yes"), Flag(attribute="cost_of_work", value="Yes")),
        sample_percent=0,
        version=0,
    )
}
"""Its 603 certificates go out by themselves where the rates export answers everything; none is drawn for a look."""


def prepare_demo() -> None:
    """Migrate the database of these settings, and make what is missing of the demo's councils."""
    settings, modules = Settings(), discover()
    migrate(settings, modules)
    platform = create_platform(settings, modules)
    with platform.database.session(None) as session:
        present = organisation_slugs(session)
    for council in COUNCILS:
        if council.slug not in present:
            _make(platform, council)


def _make(platform: Platform, council: DemoCouncil) -> None:
    """Make one council with its addresses, people and first orders."""
    hosts = [council.host, *(["127.0.0.1"] if council.host == "localhost" else [])]
    organisation_id = create_organisation(platform, slug=council.slug, name=council.name, hosts=hosts)
    actor = Actor.system(organisation_id)
    with platform.database.session(organisation_id) as session:
        update_organisation(session, actor, changes=DETAILS[council.slug])
        answers = {"standard_answers": STANDARD_ANSWERS[council.slug]}
        update_module_settings(session, actor, name="certificates", values=answers)
        if council.slug in STRAIGHT_THROUGH:
            update_rules(session, actor, changes=STRAIGHT_THROUGH[council.slug])
        _import(session, actor, council.slug)
    clerk = _make_people(platform, council, organisation_id)
    place_orders(Transactions(platform, clerk), council=council.slug)
    make_tills(Transactions(platform, actor))
    if council.slug == "bluehills":
        make_shelf(Transactions(platform, actor), platform.settings.data_dir / DROP / council.slug / "shelf-7")


def _import(session: Session, actor: Actor, council: str) -> None:
    """The real addresses of the council with invented parcels, owners and attributes."""
    content = gzip.decompress(files("banksia.demo").joinpath("data", ADDRESSES[council]).read_bytes())
    seed_land(session, actor, council=council, register=content.decode("utf-8"))


def _make_people(platform: Platform, council: DemoCouncil, organisation_id: uuid.UUID) -> Actor:
    """Make the people who can sign in; answers the counter clerk."""
    actor, clerk = Actor.system(organisation_id), None
    with platform.database.session(organisation_id) as session:
        for person in SIGN_INS:
            user = create_user(
                session,
                actor,
                email=person.email(council),
                name=NAMES[person.mailbox],
                kind="customer" if person.role == "customer" else "staff",
                roles=[person.role],
                password=PASSWORD,
                verified=True,
            )
            if person.mailbox == "counter":
                session.flush()
                clerk = actor_for(session, user)
    assert clerk is not None  # noqa: S101  (the list of people has one)
    return clerk
