"""The rest of Schedule 2, the contaminated land matters, and the advice under section 10.7(5)."""

from banksia.modules.certificates.service.sections.planning import INSTRUMENTS, LAND, PART_2, PART_5
from banksia.modules.certificates.service.sections.questions import Question, SectionOf, in_words, yes_or_no


def _alone(number: str, title: str, question: Question) -> SectionOf:
    return SectionOf(number, title, (question,))


OTHER_LAWS = (
    _alone(
        "14",
        "Paper subdivision information",
        yes_or_no(
            "paper_subdivision",
            "Paper subdivision",
            yes="A development plan of a paper subdivision applies to the land or is proposed for it.",
            no="No development plan of a paper subdivision applies to the land or is proposed for it.",
            standard="no",
        ),
    ),
    _alone(
        "15",
        "Property vegetation plans",
        yes_or_no(
            "vegetation_plan",
            "Property vegetation plan",
            yes="Council has been notified that an approved property vegetation plan is in force for the land.",
            no="Council has not been notified of an approved property vegetation plan for the land.",
            standard="no",
        ),
    ),
    _alone(
        "16",
        "Biodiversity stewardship sites",
        yes_or_no(
            "stewardship_site",
            "Biodiversity stewardship site",
            yes="Council has been notified that the land is a biodiversity stewardship site.",
            no="Council has not been notified that the land is a biodiversity stewardship site.",
            standard="no",
        ),
    ),
    _alone(
        "17",
        "Biodiversity certified land",
        yes_or_no(
            "biodiversity_certified",
            "Biodiversity certified land",
            yes="The land is biodiversity certified land.",
            no="The land is not biodiversity certified land.",
            standard="no",
        ),
    ),
    _alone(
        "18",
        "Orders under the Trees (Disputes Between Neighbours) Act 2006",
        yes_or_no(
            "tree_orders",
            "Tree orders",
            yes="Council has been notified of an order to carry out work in relation to a tree on the land.",
            no="Council has not been notified of an order to carry out work in relation to a tree on the land.",
            standard="no",
        ),
    ),
    _alone(
        "19",
        "Annual charges for coastal protection services",
        yes_or_no(
            "coastal_charges",
            "Coastal protection charges",
            yes="The owner has consented to annual charges for coastal protection services for the land.",
            no="No annual charges for coastal protection services apply to the land.",
            standard="no",
        ),
    ),
    _alone(
        "20",
        "Western Sydney Aerotropolis",
        yes_or_no(
            "aerotropolis",
            "Western Sydney Aerotropolis",
            yes="Provisions for the Western Sydney Aerotropolis apply to the land.",
            no="Provisions for the Western Sydney Aerotropolis do not apply to the land.",
            standard="no",
        ),
    ),
    _alone(
        "21",
        "Development consent conditions for seniors housing",
        yes_or_no(
            "seniors_housing",
            "Seniors housing",
            yes="A condition of a development consent for seniors housing applies to the land.",
            no="No condition of a development consent for seniors housing applies to the land.",
            standard="no",
        ),
    ),
    _alone(
        "22",
        "Site compatibility certificates and conditions for affordable rental housing",
        yes_or_no(
            "site_compatibility",
            "Site compatibility",
            yes="A current site compatibility certificate, or a condition for affordable rental housing, applies "
            "to the land.",
            no="Council knows of no current site compatibility certificate, and of no condition for affordable "
            "rental housing, "
            "that applies to the land.",
            standard="no",
        ),
    ),
    _alone(
        "23",
        "Water or sewerage services",
        yes_or_no(
            "private_water",
            "Private water or sewerage services",
            yes="Water or sewerage services are provided to the land under the Water Industry Competition Act 2006.",
            no="No water or sewerage services are provided to the land under the Water Industry Competition Act 2006.",
            standard="no",
        ),
    ),
    _alone(
        "24",
        "Contaminated land: Contaminated Land Management Act 1997, section 59(2)",
        yes_or_no(
            "contaminated_land",
            "Contaminated land",
            yes="The land is significantly contaminated land, or subject to a management order, an approved "
            "voluntary proposal, "
            "an ongoing maintenance order or a site audit statement.",
            no="The land is not significantly contaminated land, and not subject to a management order, an "
            "approved voluntary "
            "proposal, an ongoing maintenance order or a site audit statement.",
            ask="No entry in the contaminated land register. What should the certificate say?",
        ),
    ),
)

ADVICE = (
    SectionOf(
        "25",
        "Relevant matters that council knows of",
        (
            in_words(
                "sewer_and_water", "Water and sewer", ask="What does council know of water and sewer for this lot?"
            ),
            in_words(
                "consents", "Development consents", ask="Which consents of the last five years does council know of?"
            ),
            in_words("other_matters", "Other matters", ask="What else does council know that affects the land?"),
        ),
        part=PART_5,
    ),
)

PLANNING_2 = INSTRUMENTS + LAND + OTHER_LAWS
_FIRST = INSTRUMENTS[0]
PLANNING_2_5 = (SectionOf(_FIRST.number, _FIRST.title, _FIRST.questions, part=PART_2), *PLANNING_2[1:], *ADVICE)
