"""What a planning certificate shows: EP&A Regulation 2021, Schedule 2, and section 10.7(5) of the Act."""

from banksia.modules.certificates.service.sections.questions import SectionOf, in_words, yes_or_no

PART_2 = "Part 1. Matters prescribed for section 10.7(2)"
PART_5 = "Part 2. Advice on other matters, section 10.7(5)"

INSTRUMENTS = (
    SectionOf(
        "1",
        "Names of relevant planning instruments and development control plans",
        (
            in_words("lep", "Local environmental plan"),
            in_words(
                "sepps",
                "State environmental planning policies",
                standard="State environmental planning policies apply to the land as their own provisions say, "
                "among them the "
                "State Environmental Planning Policy (Exempt and Complying Development Codes) 2008.",
            ),
            in_words("dcp", "Development control plans"),
            in_words(
                "proposed_instruments",
                "Proposed instruments",
                standard="No proposed environmental planning instrument that has been the subject of "
                "consultation or public "
                "exhibition applies to the land.",
            ),
        ),
    ),
    SectionOf(
        "2",
        "Zoning and land use",
        (
            in_words("zone", "Zone"),
            in_words(
                "land_use",
                "Development in the zone",
                standard="What may be carried out without consent, what needs consent and what is prohibited "
                "stands in the "
                "land use table of the local environmental plan.",
            ),
            in_words("minimum_lot_size", "Minimum lot size"),
            yes_or_no(
                "heritage_item",
                "Heritage item",
                yes="An item of environmental heritage is situated on the land.",
                no="No item of environmental heritage is situated on the land.",
            ),
            yes_or_no(
                "conservation_area",
                "Conservation area",
                yes="The land is in a heritage conservation area.",
                no="The land is not in a heritage conservation area.",
            ),
        ),
    ),
    SectionOf(
        "3",
        "Contributions plans",
        (
            in_words(
                "contributions_plans",
                "Contributions plans",
                standard="Council's local infrastructure contributions plan applies to the land.",
            ),
        ),
    ),
    SectionOf(
        "4",
        "Complying development",
        (
            yes_or_no(
                "complying_development",
                "Complying development",
                yes="Complying development under the complying development codes may be carried out on the land.",
                no="Complying development under the complying development codes may not be carried out on the land.",
            ),
        ),
    ),
    SectionOf(
        "5",
        "Exempt development",
        (
            yes_or_no(
                "exempt_development",
                "Exempt development",
                yes="Exempt development under the exempt development codes may be carried out on the land.",
                no="Exempt development under the exempt development codes may not be carried out on the land.",
                standard="yes",
            ),
        ),
    ),
)

LAND = (
    SectionOf(
        "6",
        "Affected building notices and building product rectification orders",
        (
            yes_or_no(
                "building_notices",
                "Affected building notices",
                yes="An affected building notice or a building product rectification order is in force for the land.",
                no="No affected building notice or building product rectification order is in force for the "
                "land, and none is "
                "intended.",
            ),
        ),
    ),
    SectionOf(
        "7",
        "Land reserved for acquisition",
        (
            yes_or_no(
                "land_acquisition",
                "Land reserved for acquisition",
                yes="An environmental planning instrument provides for the acquisition of the land by a public "
                "authority.",
                no="No environmental planning instrument provides for the acquisition of the land by a public "
                "authority.",
            ),
        ),
    ),
    SectionOf(
        "8",
        "Road widening and road realignment",
        (
            yes_or_no(
                "road_widening",
                "Road widening",
                yes="The land is affected by road widening or road realignment.",
                no="The land is not affected by road widening or road realignment.",
            ),
        ),
    ),
    SectionOf(
        "9",
        "Flood related development controls",
        (
            yes_or_no(
                "flood_controls",
                "Flood related controls",
                yes="The land, or part of it, is within the flood planning area and subject to flood related "
                "development "
                "controls.",
                no="The land is not within the flood planning area and not subject to flood related development "
                "controls.",
                ask="Council holds no flood study for this lot. What should the certificate say?",
            ),
        ),
    ),
    SectionOf(
        "10",
        "Council and other public authority policies on hazard risk restrictions",
        (
            yes_or_no(
                "hazard_policies",
                "Hazard risk policies",
                yes="A policy restricts the development of the land because of landslip, bush fire, tidal inundation, "
                "subsidence, acid sulfate soils, contamination, aircraft noise, salinity, coastal hazards, sea "
                "level rise or "
                "another risk.",
                no="No policy restricts the development of the land because of landslip, bush fire, tidal inundation, "
                "subsidence, acid sulfate soils, contamination, aircraft noise, salinity, coastal hazards, sea "
                "level rise or "
                "another risk.",
            ),
        ),
    ),
    SectionOf(
        "11",
        "Bush fire prone land",
        (
            yes_or_no(
                "bush_fire_prone",
                "Bush fire prone land",
                yes="The land, or part of it, is bush fire prone land as shown on the map certified by the "
                "Commissioner of the "
                "NSW Rural Fire Service.",
                no="None of the land is bush fire prone land.",
            ),
        ),
    ),
    SectionOf(
        "12",
        "Loose-fill asbestos insulation",
        (
            yes_or_no(
                "loose_fill_asbestos",
                "Loose-fill asbestos",
                yes="The land includes residential premises that are listed on the loose-fill asbestos "
                "insulation register.",
                no="The land includes no residential premises that are listed on the loose-fill asbestos "
                "insulation register.",
            ),
        ),
    ),
    SectionOf(
        "13",
        "Mine subsidence",
        (
            yes_or_no(
                "mine_subsidence",
                "Mine subsidence district",
                yes="The land is in a mine subsidence district.",
                no="The land is not in a mine subsidence district.",
            ),
        ),
    ),
)
