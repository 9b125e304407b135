"""The attributes that a New South Wales council begins with; their codes are those that certificates ask for."""

from typing import Literal, NamedTuple

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.property.models import AttributeDefinition
from banksia.modules.property.service.attributes.catalogue import STEP

PLANNING, HERITAGE, HAZARDS, ENVIRONMENT, RATES, SERVICES = (
    "Planning", "Heritage", "Hazards", "Environment", "Rates", "Water and sewer",
)  # fmt: skip


class Default(NamedTuple):
    """One attribute of the first catalogue."""

    code: str
    title: str
    group: str
    kind: Literal["text", "choice", "amount", "date", "yes_no"] = "yes_no"
    subject: Literal["parcel", "property"] = "parcel"
    help: str = ""
    choices: tuple[str, ...] = ()


_OF_MAP = "Yes when any part of the land is on the map."
CATALOGUE = (
    Default("zone", "Zone", PLANNING, "text", help="As the local environmental plan writes it: RU5 Village."),
    Default("lep", "Local environmental plan", PLANNING, "text"),
    Default("dcp", "Development control plans", PLANNING, "text"),
    Default("minimum_lot_size", "Minimum lot size", PLANNING, "text"),
    Default("land_acquisition", "Land reserved for acquisition", PLANNING),
    Default("road_widening", "Road widening", PLANNING),
    Default("building_notices", "Affected building notices", PLANNING),
    Default("complying_development", "Complying development", PLANNING),
    Default("heritage_item", "Heritage item", HERITAGE, help="An item of Schedule 5 of the plan, or of the state."),
    Default("conservation_area", "Conservation area", HERITAGE),
    Default("bush_fire_prone", "Bush fire prone", HAZARDS, help=_OF_MAP),
    Default("flood_controls", "Flood related controls", HAZARDS, help="Unknown where no flood study was made."),
    Default("hazard_policies", "Hazard risk policies", HAZARDS),
    Default("contaminated_land", "Contaminated land", HAZARDS),
    Default("mine_subsidence", "Mine subsidence", HAZARDS),
    Default("acid_sulfate_soils", "Acid sulfate soils", HAZARDS, "text", help="The class on the map: Class 5."),
    Default("loose_fill_asbestos", "Loose-fill asbestos", HAZARDS),
    Default("landslip", "Landslip risk", HAZARDS, help=_OF_MAP),
    Default("biodiversity_certified", "Biodiversity certified land", ENVIRONMENT),
    Default("vegetation_plan", "Property vegetation plan", ENVIRONMENT),
    Default("stewardship_site", "Biodiversity stewardship site", ENVIRONMENT),
    Default("tree_orders", "Tree orders", ENVIRONMENT),
    Default("rates_balance", "Rates balance", RATES, "amount", "property", "What is owing; below nought is a credit."),
    Default(
        "rating_category",
        "Rating category",
        RATES,
        "choice",
        "property",
        "Local Government Act 1993, section 493.",
        ("Residential", "Farmland", "Business", "Mining"),
    ),
    Default("postponed_rates", "Postponed rates", RATES, subject="property"),
    Default("cost_of_work", "Cost of work by council", RATES, subject="property"),
    Default("sewer_connected", "Connected to the sewer", SERVICES),
    Default("stormwater_lines", "Stormwater line across the land", SERVICES),
)


def seed_attributes(session: Session, actor: Actor) -> None:
    """Give a council its first catalogue; attributes that it has, perhaps changed or retired, stay as they are."""
    rows = [
        {
            "id": new_id(),
            "created_at": utc_now(),
            "organisation_id": actor.organisation_id,
            "position": position * STEP,
            **default._asdict(),
            "choices": list(default.choices),
        }
        for position, default in enumerate(CATALOGUE, start=1)
    ]
    statement = insert(AttributeDefinition).values(rows)
    session.execute(statement.on_conflict_do_nothing(index_elements=["organisation_id", "code"]))
